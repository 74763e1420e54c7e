"""Tables of verdicts on cities' targets: those that a document gives one by one, and those that are met no longer."""

from __future__ import annotations

from evalkit.reporting.aims import aim
from evalkit.reporting.chapters.province_grades.tables import city_targets
from evalkit.reporting.chapters.province_targets.tables import behind_on, completion_of, lamps_of, lead_of
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.lags import turned
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import number

DOUBTED = ("no_data", "disputed")
_DOCUMENTED = ("indicator", "lead_department", "city_aim", "lamp_met", "lamp_behind", "without_verdict")
_DOCUMENTED += ("cities_behind",)
_LOST = ("city", "project", "indicator", "lead_department", "completion")


@round_table
@of_an_assessed_round
def documented(report: RoundReport) -> Table:
    """The targets of cities that a document of the round gives: how many cities meet each, and which are behind."""
    lamps = lamps_of(report)
    rows = [
        {
            "indicator": report.target_name(code),
            "lead_department": lead_of(report, code),
            "city_aim": aim(report, report.system.node(code)),
            **{f"lamp_{lamp}": int((lamps[code] == lamp).sum()) for lamp in ("met", "behind")},
            "without_verdict": int(lamps[code].isin(DOUBTED).sum()),
            "cities_behind": report.listed(behind_on(report, code)),
        }
        for code in confirmed(report)
    ]
    return report.table(rows, _DOCUMENTED)


@round_table
@of_an_assessed_round
def lost(report: RoundReport) -> Table:
    """The targets that a city kept the year before and no longer does, the lowest completion first."""
    gone = turned_cells(report)[1]
    shares = completion_of(report, report.year).stack().reindex(gone).sort_values(kind="stable")
    rows = [
        {
            "city": report.region(city),
            "project": report.project_of(report.system.node(code)),
            "indicator": report.target_name(code),
            "lead_department": lead_of(report, code),
            "completion": number(share, 1),
        }
        for (city, code), share in shares.items()
    ]
    return report.table(rows, _LOST)


def turned_cells(report: RoundReport) -> tuple[list, list]:
    """Give what cities keep since the year before, and what they no longer keep: pairs of city and target."""
    if report.previous is None:
        return [], []
    return turned(*(lamps_of(report, year).stack() for year in (report.previous, report.year)))


def confirmed(report: RoundReport) -> list[str]:
    """Give the indicators whose targets for cities a document of the round gives."""
    return [code for code in city_targets(report) if report.system.node(code).target_status == "confirmed"]


OF_PROVINCE = {
    "province_documented": documented,
    "province_lost": lost,
}
