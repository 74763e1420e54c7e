"""Labels and sentences of the reports in other words, as a study may have them."""

from __future__ import annotations

from pathlib import Path

from pydantic import model_validator

from evalkit.base import params
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel


class Wording(DeclaredModel):
    """A phrase in other words, in one language or in both; the language that is left out keeps the report's own."""

    zh: str | None = None
    en: str | None = None

    @model_validator(mode="after")
    def _says_something(self):
        if self.zh is None and self.en is None:
            raise ValueError("words in `zh` or in `en`")
        return self

    def __getitem__(self, language: str) -> str | None:
        return getattr(self, language)


class Words(DeclaredModel):
    """What `params/words/<words>.yaml` declares: labels and sentences by the keys that they have in the package."""

    code: Code
    words: dict[Code, Wording]

    @classmethod
    def load(cls, path: Path) -> Words:
        """Read words from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)
