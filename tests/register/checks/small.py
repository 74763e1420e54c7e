"""A small province: figures of a few variables, handed in and accepted, and what a rule says of them."""

import pandas as pd

from evalkit.data.metadata import Metadata
from evalkit.register.checks.figures import Figures

CITY, COUNTIES = "0100", ("0101", "0102", "0103")
UNITS = {
    "people": ("count", {"zh": "人", "en": "persons"}),
    "pupils": ("count", {"zh": "人", "en": "persons"}),
    "boys": ("count", {"zh": "人", "en": "persons"}),
    "girls": ("count", {"zh": "人", "en": "persons"}),
    "stations": ("count", {"zh": "个", "en": "stations"}),
    "spending": ("amount", {"zh": "万元", "en": "10 000 yuan"}),
    "cover": ("rate", {"zh": "%", "en": "%"}),
    "area": ("facility", {"zh": "平方米", "en": "m²"}),
}
MORE = {"spending": {"scale": 10000}, "cover": {"valid": (0, 100)}}


def metadata():
    variables = {
        code: {
            "name": {"zh": f"{code}数", "en": code},
            "unit": unit,
            "definition": {"zh": code, "en": code},
            "kind": kind,
            "scope": {"zh": "全市", "en": "all"},
            "years": (2005, 2012),
            **MORE.get(code, {}),
        }
        for code, (kind, unit) in UNITS.items()
    }
    named = {"zh": "表", "en": "form"}
    return Metadata(title=named, licence=named, publications={}, variables=variables)


def regions(counties=COUNTIES):
    rows = {CITY: ("city", None), **dict.fromkeys(counties, ("county", CITY))}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["level", "parent"])
    return table.assign(since=float("nan"), until=float("nan")).rename_axis("code")


def figure(variable, value, region=CITY, year=2012, **more):
    row = {"variable": variable, "region": region, "unit": "", "year": year, "value": value, "state": "value"}
    return row | {"standing": "own", "source": "报表", "explanation": ""} | more


def series(variable, *values, region=CITY, last=2011, **more):
    """Figures of the years up to the last one."""
    first = last + 1 - len(values)
    return [figure(variable, value, region, first + place, **more) for place, value in enumerate(values)]


def frame(rows):
    """Rows under labels that are no places: 10, 20, …"""
    table = pd.DataFrame(rows if rows else [figure("people", 1)])
    table.index = 10 * (table.index + 1)
    return table if rows else table.iloc[:0]


def figures(answers, history=(), system=None, counties=COUNTIES):
    return Figures(frame(list(answers)), frame(list(history)), metadata(), regions(counties), system)


def told(rule, answers, history=(), **more):
    """The rows that a rule remarks on, each with what was found in Chinese and English."""
    return {remark.row: (remark.found.zh, remark.found.en) for remark in rule.judge(figures(answers, history, **more))}
