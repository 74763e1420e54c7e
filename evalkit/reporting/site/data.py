"""All that the pages of the site show of a round, as plain data: what is printed, beside where it leads to."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.assessment.targets.departments import LAMPS
from evalkit.reporting.chapters.editions.sentences import since_the_edition
from evalkit.reporting.chapters.editions.tables import editions
from evalkit.reporting.conditions import assessed, called_to_account
from evalkit.reporting.report import Report
from evalkit.reporting.site.areas import areas
from evalkit.reporting.site.changes import changes
from evalkit.reporting.site.departments import counted, departments
from evalkit.reporting.site.described import described
from evalkit.reporting.site.profiles import profiles
from evalkit.reporting.site.rectification import rectified
from evalkit.reporting.site.values import values
from evalkit.tabular import Table

# the pages beside the index; named here, since what writes them is dear to import
ORDER = ("indicators", "cities", "compare", "departments", "rectification", "changes", "downloads")
SAID = (
    "site_indicators", "site_rectification", "site_indicator", "site_group", "site_target", "site_every_indicator",
    "site_before", "site_after", "site_highlight", "site_all", "site_rank_in", "site_city", "site_measure", "site_path",
    "site_weak", "site_show", "site_both", "site_worse", "site_sinking", "site_either", "site_value",
    "site_year_before", "site_rank", "site_better", "site_yes", "site_report", "site_compare_these", "site_add",
    "site_chosen", "site_leave_out", "site_year", "site_less", "site_compared", "site_county", "site_department",
    "site_status", "site_until", "site_every", "site_search", "site_found", "site_show_all", "site_in_all",
    "site_chart_title", "site_chart", "site_states", "site_no_figures", "site_structure", "site_weak_note",
    "site_no_peers", "site_nothing", "site_interval_of", "site_nobody", "site_unit", "with_value",
)  # fmt: skip
# what a script fills in itself stays a brace
BRACES = (
    "name", "other", "names", "n", "first", "total", "year", "level", "range", "value", "unit", "top", "high", "bottom",
    "low", "sources",
)  # fmt: skip


def gathered(report: Report, reports: Mapping[str, str | None]) -> dict:
    """Give `scripts`, the data of the pages by name, and what stands on the pages that need no script.

    `reports` has the address of the report of each city from the run's folder, None where there is none.
    """
    found = departments(report)
    return {
        "scripts": {
            "said": _said(report),
            "common": _common(report, reports),
            "indicators": described(report),
            "values": values(report),
            "profiles": profiles(report),
            "rectification": rectified(report),
        },
        "areas": areas(report),
        "departments": [one | {"at": f"#{one['code']}", "targets": plain(one["targets"])} for one in found],
        "scorecards": plain(counted(report, found)) if found else None,
        "edition": since_the_edition(report) if editions(report) else None,
        "changes": [(report.word(key), plain(table)) for key, table in changes(report).items()],
    }


def plain(table: Table) -> dict:
    """Give a table as it is printed: `labels`, `numeric`, `rows`."""
    return {
        "labels": table.labels,
        "numeric": list(table.numeric),
        "rows": [[str(cell) for cell in row] for row in table.rows],
    }


def _common(report: Report, reports: Mapping[str, str | None]) -> dict:
    """Give what several pages go by: the cities with their reports, the years, and whether there is a list."""
    return {
        "cities": [
            [code, report.region(code), f"../{path}" if (path := reports.get(code)) else None]
            for code in report.study.regions.index
        ],
        "years": list(report.years),
        "year": report.year,
        "previous": report.previous,
        "level": str(report.level),
        "listed": called_to_account(report),
    }


def _said(report: Report) -> dict:
    """Give what the script of every page goes by: its words, and the `sorting` of what is neither number nor word.

    That is the place of every grade, verdict and step of escalation among its like; of what is not rated, None.
    """
    filled = {name: f"{{{name}}}" for name in BRACES}
    return {
        "words": {key: report.word(key, **filled) for key in SAID},
        "comma": report.word("site_comma"),
        "sorting": _sorting(report),
    }


def _sorting(report: Report) -> dict[str, int | None]:
    if not assessed(report):
        return {}
    bands, accountability = report.study.rules.bands, report.study.assessment_files.accountability
    steps = accountability.measures if accountability else ()
    scales = (
        map(report.band, bands.codes),
        map(str, map(report.lamp, LAMPS)),
        (step.name[report.language] for step in steps),
    )
    places = {text: place for scale in scales for place, text in enumerate(scale)}
    return places | {bands.unrated[report.language]: None}
