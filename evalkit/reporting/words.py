"""The words of tables, figures, pages and sentences, in the language of the report."""

from functools import cache
from pathlib import Path

from pydantic import RootModel

from evalkit import params
from evalkit.errors import ParamsError
from evalkit.reporting.prose import marked
from evalkit.text import Text


class _Words(RootModel[dict[str, Text]]):
    pass


@cache
def words() -> dict[str, Text]:
    """Every label and sentence by its key."""
    here = Path(__file__).parent
    labels, sentences = (params.read(_Words, here / f"{name}.yaml").root for name in ("words", "sentences"))
    if twice := sorted(labels.keys() & sentences.keys()):
        raise ParamsError("a key is both a label and a sentence", twice)
    return labels | {key: Text(zh=marked(text.zh), en=marked(text.en)) for key, text in sentences.items()}


def word(key: str, language: str, **values) -> str:
    """Give one label or sentence; `values` fill its braces."""
    return words()[key][language].format(**values)
