"""The tables of the public round, which is not assessed by targets, imputes nothing and ends with the plan."""

from evalkit.reporting.chapters import joined
from evalkit.reporting.chapters.quality.tables import city_imputed, imputed

ELSEWHERE = {"grade", "targets", "lagging", "duties", "county_projects", "rectification", "incentives", "supervision"}
ELSEWHERE |= {"leadership", "afterwards", "editions"}
IMPUTING = {imputed, city_imputed}


def public(tables):
    chapters = {name: table.__module__.split(".")[-2] for name, table in tables.items()}
    return {n: table for n, table in tables.items() if chapters[n] not in ELSEWHERE and table not in IMPUTING}


OF_A_PUBLIC_CITY = public(joined("OF_A_CITY"))
OF_THE_PUBLIC_SYSTEM = public(joined("OF_INDEX_SYSTEM"))
