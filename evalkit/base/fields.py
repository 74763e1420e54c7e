"""Types of field that many declarations share: codes, names, years and numbers within the limits."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from evalkit.base.limits import CODE_LENGTH, COUNT, DECIMALS, DRAWS, FIRST_YEAR, LAST_YEAR, MONTHS, ROUNDS, SEED, TILES
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

# Letters and digits of any script; Windows takes the name of a device for it, whatever its suffix.
DEVICES = r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)"
CODE = re.compile(rf"(?!\.|(?i:{DEVICES}))[\w.-]{{1,{CODE_LENGTH}}}(?<!\.)")
CODE_RULE = f"a code: letters, digits, -, _ and . (not first or last), at most {CODE_LENGTH} characters, not con or aux"

DAY_RULE = "a day such as 2013-05-20"


def is_code(text: str) -> bool:
    """Whether a text may be a code, and so the name of a file."""
    return CODE.fullmatch(text) is not None


def as_day(text: str) -> date | None:
    """Give the day that a text says as 2013-05-20; None where it says none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _day(value: object) -> date:
    day = as_day(value) if isinstance(value, str) else value
    if not isinstance(day, date):
        raise ValueError(DAY_RULE)
    return day


def _code(text: str) -> str:
    if not is_code(text):
        raise ValueError(CODE_RULE)
    return text


def _named(text: Text) -> Text:
    blank = [language for language in ("zh", "en") if not text[language].strip()]
    if blank:
        raise ContradictionError(((language,), "a name") for language in blank)
    return text


def _share(value: object) -> Fraction:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise ValueError("a share above 0, at most 1: a decimal such as 0.6, or a fraction such as 2/3")
    return share


def _places(*names: str) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, list | tuple) or len(value) > len(names):  # of too few, each is told at its place
            raise ValueError(f"[{', '.join(names)}]: {len(names)} items")
        return value

    return BeforeValidator(check)


Code = Annotated[str, AfterValidator(_code), Field(json_schema_extra={"format": "code"})]
Codes = tuple[Code, ...]
Named = Annotated[Text, AfterValidator(_named)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Day = Annotated[date, BeforeValidator(_day)]
Years = Annotated[tuple[Year, Year], _places("first year", "last year")]
Bounds = Annotated[tuple[float, float], _places("lowest", "highest")]
OpenBounds = Annotated[tuple[float | None, float | None], _places("lowest", "highest")]
Share = Annotated[Fraction, BeforeValidator(_share)]
Decimals = Annotated[int, Field(ge=0, le=DECIMALS)]
Months = Annotated[int, Field(le=MONTHS)]
Span = Annotated[int, Field(le=LAST_YEAR - FIRST_YEAR)]
Draws = Annotated[int, Field(le=DRAWS)]
Rounds = Annotated[int, Field(le=ROUNDS)]
Count = Annotated[int, Field(le=COUNT)]
Tile = Annotated[int, Field(ge=0, lt=TILES)]
TilePlace = Annotated[tuple[Tile, Tile], _places("row", "column")]
Seed = Annotated[int, Field(ge=0, le=SEED)]
