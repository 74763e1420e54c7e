"""The words of the reference pages."""

from functools import cache
from pathlib import Path

from pydantic import RootModel

from evalkit.base import params
from evalkit.base.text import Language, Text


class _Labels(RootModel[dict[str, Text]]):
    pass


@cache
def _labels() -> dict[str, Text]:
    return params.read(_Labels, Path(__file__).with_name("labels.yaml")).root


def label(key: str, language: Language, **values: object) -> str:
    """Give one label; `values` fill its braces."""
    found = _labels()[key][language]
    return found.format(**values) if values else found
