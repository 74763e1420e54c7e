"""The list of duties: what a city has to put right, by whom, by when, and how that is tested."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.chapters.rectification.items import acceptance_in_short, item_name, listed, open_items
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.lags import MINOR
from evalkit.reporting.made import report_table
from evalkit.tabular import Table

SHOWN = 12
_OF_THE_ITEM = ("gap", "deadline")
COLUMNS = ("to_rectify", "city_unit", "lead_department", *_OF_THE_ITEM, "test")


@report_table
@shown_where(called_to_account)
def duties(report: CityReport) -> Table:
    """The gravest open items, with the unit of the city and the department of the province that answer for each."""
    found = grave(report).head(SHOWN)
    figures = listed(report, found, _OF_THE_ITEM).rows
    rows = [
        {"to_rectify": item_name(report, item.subject), **_answering(report, item["lead"])}
        | dict(zip(_OF_THE_ITEM, cells, strict=True))
        | {"test": acceptance_in_short(report, item)}
        for (_, item), cells in zip(found.iterrows(), figures, strict=True)
    ]
    return report.table(rows, COLUMNS)


def grave(report: CityReport) -> pd.DataFrame:
    """Give the open items, as they weigh, without those that miss by little."""
    found = open_items(report, region=report.city)
    completion = found.subject.map(report.judged.completion).astype(float)
    return found[~((found.fault == "behind") & (completion >= MINOR))]


def unit_unknown(report: CityReport) -> bool:
    """Whether the unit of the city is left to be filled in on any row."""
    return any(not _unit(report, lead) for lead in grave(report).head(SHOWN)["lead"])


def _answering(report: CityReport, lead: str) -> dict[str, str]:
    department = report.named_department(lead) if lead else ""
    return {"city_unit": _unit(report, lead) or report.word("to_be_filled_in"), "lead_department": department}


def _unit(report: CityReport, lead: str) -> str:
    """Name the unit of the city that carries a department's duty out; nothing where that is not declared."""
    declared = report.system.departments[lead].in_city if lead else None
    return declared[report.language] if declared else ""


OF_A_CITY = {
    "duties": duties,
}
