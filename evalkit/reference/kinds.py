"""The kinds of YAML file in which a project declares what it evaluates, and the models that they are read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from os.path import relpath
from pathlib import Path

from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import assessment_files
from evalkit.base import params
from evalkit.base.model import DeclaredModel
from evalkit.base.project import SUFFIXES
from evalkit.data import Regions
from evalkit.data.dataset import SHIPPED
from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
from evalkit.index.extension import Extension
from evalkit.register.calendar import Calendar
from evalkit.register.checks.checks import Checks
from evalkit.round import Round
from evalkit.words import Words

METADATA, SCHEMAS = "metadata", "params/schema"


@dataclass(frozen=True)
class FileKind:
    """One kind of file; `variant` is the model of one that `extends` another file of its kind."""

    code: str
    model: type[DeclaredModel]
    variant: type[DeclaredModel] | None = None

    @property
    def models(self) -> tuple[type[DeclaredModel], ...]:
        """The models that a file of this kind may be read as."""
        return (self.model, self.variant) if self.variant else (self.model,)

    @property
    def place(self) -> str:
        """Where such a file stands in a project."""
        return f"data/<name>/{METADATA}.yaml" if self.code == METADATA else f"params/{self.code}/<code>.yaml"

    @property
    def schema_file(self) -> str:
        """Where the schema of such a file stands in a project."""
        return f"{SCHEMAS}/{self.code}.json"

    def header(self, folder: str | None = None) -> str:
        """Give the line by which an editor finds the schema of a file in the folder of its kind, or in another one."""
        way = relpath(self.schema_file, folder or Path(self.place).parent)
        return f"# yaml-language-server: $schema={Path(way).as_posix()}"

    def files(self, root: Path) -> list[Path]:
        """Give the files of this kind in a project, or beside evalkit itself: metadata are those of datasets."""
        if self.code == METADATA:
            return sorted([*SHIPPED.glob(f"*/{METADATA}.yaml"), *root.glob(f"data/*/{METADATA}.yaml")])
        return sorted((root / "params" / self.code).glob("*.yaml"))

    def read(self, path: Path) -> DeclaredModel:
        """Read one file by itself, without what it extends. Raises ParamsError."""
        data, lines = params.parse(path)
        extends = isinstance(data, dict) and "extends" in data
        model = self.variant if self.variant and extends else self.model
        return params.checked(model, data, path, partial(params.place, lines=lines))


def _assessment_files() -> Iterator[FileKind]:
    """The kinds that an assessment may name and that are written in YAML."""
    for code, model in assessment_files.KINDS.items():
        if assessment_files.FOLDERS[code] == code and ".yaml" in SUFFIXES.get(code, (".yaml",)):
            yield FileKind(code, model)


DATASETS = FileKind(METADATA, Metadata)
KINDS = (
    FileKind("studies", Round),
    FileKind("index", IndexSystem, variant=Extension),
    FileKind("regions", Regions),
    DATASETS,
    FileKind("livelihood", Livelihood),
    FileKind("words", Words),
    FileKind("checks", Checks),
    FileKind("calendar", Calendar),
    *_assessment_files(),
)
