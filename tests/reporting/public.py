"""The tables of the public round, which is not assessed by targets and imputes nothing, and has none that need it."""

from evalkit.reporting.tables import OF_A_CITY, OF_INDEX_SYSTEM, city_imputed, imputed

ASSESSMENT = {
    f"evalkit.reporting.tables.{name}"
    for name in (
        *("assessment", "grades", "points", "targets_met"),
        *("rectification", "incentives", "inspections", "supervision", "leadership"),
    )
}
IMPUTING = {imputed, city_imputed}


def public(tables):
    return {
        name: table for name, table in tables.items() if table.__module__ not in ASSESSMENT and table not in IMPUTING
    }


OF_A_PUBLIC_CITY = public(OF_A_CITY)
OF_THE_PUBLIC_SYSTEM = public(OF_INDEX_SYSTEM)
