"""The kinds of YAML file in which a project declares what it evaluates, and the models that they are read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evalkit import params
from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import provisions
from evalkit.data import Regions
from evalkit.data.dataset import SHIPPED
from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
from evalkit.index.extension import Extension
from evalkit.project import SUFFIXES
from evalkit.round import Round
from evalkit.text import Declared

METADATA = "metadata"


@dataclass(frozen=True)
class Kind:
    """One kind of file; `variant` is the model of one that `extends` another file of its kind."""

    code: str
    model: type[Declared]
    variant: type[Declared] | None = None

    @property
    def models(self) -> tuple[type[Declared], ...]:
        """The models that a file of this kind may be read as."""
        return (self.model, self.variant) if self.variant else (self.model,)

    @property
    def place(self) -> str:
        """Where such a file stands in a project."""
        return f"<dataset>/{METADATA}.yaml" if self.code == METADATA else f"params/{self.code}/<code>.yaml"

    @property
    def header(self) -> str:
        """The line by which an editor finds the schema of such a file, from its place in the project."""
        return f"# yaml-language-server: $schema=../{'params/' if self.code == METADATA else ''}schema/{self.code}.json"

    def files(self, root: Path) -> list[Path]:
        """Give the files of this kind in a project; of metadata, those of the datasets that are shipped."""
        if self.code == METADATA:
            return sorted(SHIPPED.glob(f"*/{METADATA}.yaml"))
        return sorted((root / "params" / self.code).glob("*.yaml"))

    def read(self, path: Path) -> Declared:
        """Read one file by itself, without what it extends. Raises ParamsError."""
        data, lines = params.parse(path)
        extends = isinstance(data, dict) and "extends" in data
        model = self.variant if self.variant and extends else self.model
        return params.checked(model, data, path, partial(params.place, lines=lines))


def _provisions() -> Iterator[Kind]:
    """The kinds that an assessment may name and that are written in YAML."""
    for code, model in provisions.KINDS.items():
        if ".yaml" in SUFFIXES.get(code, (".yaml",)):
            yield Kind(code, model)


KINDS = (
    Kind("studies", Round),
    Kind("index", IndexSystem, variant=Extension),
    Kind("regions", Regions),
    Kind(METADATA, Metadata),
    Kind("livelihood", Livelihood),
    *_provisions(),
)
