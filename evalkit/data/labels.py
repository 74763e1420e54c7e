"""What the headings and labels of a printed table mean: years, the variables of a dataset, regions by code or name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from evalkit.base.errors import one_of
from evalkit.data.metadata import Metadata, Variable
from evalkit.data.regions import Region, Regions

MarkKind = Literal["year", "variable", "region"]
KINDS: tuple[MarkKind, ...] = get_args(MarkKind)
WHOLE = ("全省", "全市", "全国", "合计", "总计", "total", "whole")
# A year, or its last day: figures of that day are the year's.
YEAR = re.compile(r"([12]\d{3})(?:年?|年[末底]|年12月31日|(?P<by>[-/.])12(?P=by)31)")
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # and nothing else: ① after a number is no digit
IN_UNIT = re.compile(r"(.+)\(([^()]+)\)")
# The number of a table, which stands before what it is of: 2-1, 表3.2, 表5.
TABLE = re.compile(r"^(?:(?:表|table)?\d+(?:[-.—–]\d+)+|(?:表|table)\d+)[:.、]?(?=\D)")
SUFFIX = re.compile(r"(?<=..)(?:自治州|自治县|地区|市|县|区|州|盟|旗|city|county|district)$")


class Mark(NamedTuple):
    """What a text stands for: the year, the code of the variable, or the codes of the regions that bear the name."""

    kind: MarkKind
    value: int | str | tuple[str, ...]
    unit: str = ""


def common(mark: Mark | None, other: Mark | None) -> Mark | None:
    """Give what two labels of one kind stand for together, the one where there is no other; None if they disagree."""
    if mark is None or other is None or mark == other:
        return mark
    codes = tuple(code for code in mark.value if code in other.value) if mark.kind == "region" else ()
    return Mark("region", codes) if codes else None


def narrow(text: str) -> str:
    """Give a text with what is full-width in it as narrow as usual."""
    return text.translate(NARROW)


def plain(text: str) -> str:
    """Give a text as it is compared: without blanks, capitals and full-width characters."""
    return "".join(narrow(text).split()).casefold()


@dataclass(frozen=True)
class Labels:
    """The variables and regions that tables may speak of."""

    metadata: Metadata
    regions: Regions

    def mark(self, text: str, kinds: Collection[MarkKind] = KINDS) -> Mark | None:
        """Give what a heading, a title or a label stands for, if it is of these kinds; None where nobody knows."""
        names = dict.fromkeys((plain(text), TABLE.sub("", plain(text))))
        found = (self._read[kind](name) for name in names for kind in KINDS if kind in kinds)
        return next(filter(None, found), None)

    def is_whole(self, text: str) -> bool:
        """Whether a label is that of all regions together, which no dataset holds, and not the name of one of them."""
        own = (self.regions.code, self.regions.name.zh, self.regions.name.en)
        return plain(text) in {plain(name) for name in (*WHOLE, *own)} - self._regions.keys()

    def declares(self, variable: str, region: str, year: int) -> bool:
        """Whether the metadata declare a figure."""
        declared, place = self.metadata.variables[variable], self.regions.by_code[region]
        return year in declared.calendar and place.level in declared.levels and place.is_there(year)

    def among(self, codes: tuple[str, ...], variable: str, year: int) -> tuple[str, ...]:
        """Give those of the regions of one name of which a variable is declared in a year; all, where it is of none."""
        return tuple(code for code in codes if self.declares(variable, code, year)) or codes

    def has_unit(self, variable: str, unit: str) -> bool:
        """Whether a unit is that of a variable."""
        return plain(unit) in map(plain, dict(self.metadata.variables[variable].unit).values())

    def near(self, text: str, kinds: Collection[MarkKind]) -> str:
        """Say which names of these kinds are known, and which of them is near."""
        named = {"variable": self.metadata.variables, "region": self.regions.by_code}
        known = [own for kind, own in named.items() if kind in kinds]
        names = [name for own in known for name in (*(one.name.zh for one in own.values()), *own)]
        return " or ".join([*(["a year"] if "year" in kinds else []), *([one_of(text, names)] if names else [])])

    @property
    def _read(self) -> dict[MarkKind, Callable[[str], Mark | None]]:
        return {"year": _year, "variable": self._variable, "region": self._region}

    def _variable(self, name: str) -> Mark | None:
        if name in self._variables:
            return Mark("variable", self._variables[name])
        in_unit = IN_UNIT.fullmatch(name)
        known = in_unit and self._variables.get(in_unit[1])
        return Mark("variable", known, in_unit[2]) if known else None

    def _region(self, name: str) -> Mark | None:
        codes = self._regions.get(name) or self._in_short.get(SUFFIX.sub("", name))
        return Mark("region", tuple(codes)) if codes else None

    @cached_property
    def _variables(self) -> dict[str, str]:
        """The variables by code and by those names that no other bears."""
        codes = _by_name(self.metadata.variables)
        return {name: found[0] for name, found in codes.items() if len(found) == 1}

    @cached_property
    def _regions(self) -> dict[str, list[str]]:
        return _by_name(self.regions.by_code)

    @cached_property
    def _in_short(self) -> dict[str, list[str]]:
        """The regions by their names without what says of which level they are."""
        short = defaultdict(list)
        for name, codes in self._regions.items():
            short[SUFFIX.sub("", name)] += codes
        return short


def _year(name: str) -> Mark | None:
    year = YEAR.fullmatch(name)
    return Mark("year", int(year[1])) if year else None


def _by_name(named: Mapping[str, Variable | Region]) -> dict[str, list[str]]:
    """Give the codes that each code and each name in Chinese and English stands for."""
    codes = defaultdict(list)
    for code, one in named.items():
        for name in dict.fromkeys(map(plain, (code, one.name.zh, one.name.en))):
            codes[name].append(code)
    return codes
