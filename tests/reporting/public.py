"""The tables of the public round, which is not assessed by targets and imputes nothing, and has none that need it."""

from evalkit.reporting.chapters import joined
from evalkit.reporting.chapters.quality.tables import city_imputed, imputed

ASSESSMENT = {
    "grade",
    "targets",
    "lagging",
    "duties",
    "county_projects",
    "rectification",
    "incentives",
    "supervision",
    "leadership",
}
IMPUTING = {imputed, city_imputed}


def public(tables):
    chapters = {name: table.__module__.split(".")[-2] for name, table in tables.items()}
    return {n: table for n, table in tables.items() if chapters[n] not in ASSESSMENT and table not in IMPUTING}


OF_A_PUBLIC_CITY = public(joined("OF_A_CITY"))
OF_THE_PUBLIC_SYSTEM = public(joined("OF_INDEX_SYSTEM"))
