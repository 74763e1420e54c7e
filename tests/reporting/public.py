"""The tables of a city in the public round, which is not assessed by targets and has none of those that need it."""

from evalkit.reporting.tables import OF_A_CITY

ASSESSMENT = {
    f"evalkit.reporting.tables.{name}"
    for name in (
        *("assessment", "grades", "points", "targets_met"),
        *("rectification", "incentives", "inspections", "supervision", "leadership"),
    )
}
OF_A_PUBLIC_CITY = {name: table for name, table in OF_A_CITY.items() if table.__module__ not in ASSESSMENT}
