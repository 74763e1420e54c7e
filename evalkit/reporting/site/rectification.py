"""What the site shows of the rectification lists: every item of the year, of cities and then of their counties."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.chapters.rectification.items import listed, open_items
from evalkit.reporting.conditions import called_to_account
from evalkit.reporting.report import Report

SHOWN = (
    "to_rectify", "fault", "responsible_units", "item_value", "item_asked", "gap", "acceptance", "deadline",
    "years_behind", "escalation", "target_status", "item_status", "item_code",
)  # fmt: skip


def rectified(report: Report) -> dict | None:
    """Give both lists as one: `columns` with their codes, labels and whether they hold numbers, and `rows`.

    `texts` are what is printed: of each cell a row has the place in them, and `units` those of its departments. None in
    a round that calls nobody to account, or whose lists are empty.
    """
    if not called_to_account(report):
        return None
    found = _found(report)
    if found.empty:
        return None
    table, cities = listed(report, found, SHOWN), found.region.map(lambda code: report.city_of(code) or code)
    table = table.with_column(report.column("city"), list(map(report.region, cities)), at=1)
    if (of_counties := found.region != cities).any():
        own = report.word("site_city_itself")
        counties = [report.region(code) if of else own for code, of in zip(found.region, of_counties, strict=True)]
        table = table.with_column(report.column("site_county"), counties, at=2)
    units = [
        [report.named_department(code) for code in (lead, *joint) if code]
        for lead, joint in zip(found["lead"], found.joint, strict=True)
    ]
    rows = [list(map(str, row)) for row in table.rows]
    places = {text: place for place, text in enumerate(dict.fromkeys(text for row in (*rows, *units) for text in row))}
    columns = zip(table.codes, table.labels, table.numeric, strict=True)
    return {
        "columns": [{"c": code, "n": label, "number": number} for code, label, number in columns],
        "texts": list(places),
        "rows": [[places[text] for text in row] for row in rows],
        "units": [[places[text] for text in row] for row in units],
    }


def _found(report: Report) -> pd.DataFrame:
    """Give the items that the year left open or closed, of cities first."""
    consequences = report.study.consequences
    of_cities = [open_items(report), consequences.rectification.closed(report.year)]
    if (lists := consequences.county_rectification) is None:
        return pd.concat(of_cities)
    return pd.concat([*of_cities, open_items(report, counties=True), lists.closed(report.year)])
