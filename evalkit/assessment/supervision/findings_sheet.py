"""Findings of inspections in one sheet of Excel: those on record, and a row for every figure that is to be visited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import get_args

import pandas as pd

from evalkit.assessment.findings.inspections import Finding, Findings, Verdict
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.visit_plan import VisitPlan
from evalkit.base.errors import Problem, one_of
from evalkit.base.exact import publish
from evalkit.base.text import Text
from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.checking import checked, refuse
from evalkit.tabular.xlsx.entries import read_table
from evalkit.tabular.xlsx.sheets import Field, Row, Sheet, flat

FINDINGS = "核查记录"
VERDICTS = dict(zip(("核查相符", "与核查不符", "弄虚作假", "整改完成"), get_args(Verdict), strict=True))
STATE_LABELS = {"missing": "缺失", "not applicable": "不适用", "not due": "未到期", "disputed": "有争议"}
IN_SIGHT = "供查阅，填写无效"
SAME = "留空则与中文相同"
COLUMNS = (
    Field("code", "编号", hint="本表内不得重复，可改"),
    Field("region", "地区代码"),
    Field("region_name", "地区", hint=IN_SIGHT),
    Field("year", "数据年份", "number", hint="被核查的数据所属年份，不是核查的年份"),
    Field("indicator", "指标代码", hint="针对整个地区的“核查相符”“整改完成”可留空，其余必填"),
    Field("indicator_name", "指标", hint=IN_SIGHT),
    Field("unit", "单位", hint=IN_SIGHT),
    Field("reported", "报送值", "number", hint=IN_SIGHT),
    Field("verdict", "核查结论", options=tuple(VERDICTS), hint="未核查的留空，本行其余也不填：该行不读入"),
    Field("seen", "核查值", "number", hint="现场查得的数值，单位同指标；未得出的留空"),
    Field("date", "核查日期", "day", hint="例：2013-03-20"),
    Field("document.zh", "依据文件", hint="核查记录、报告的名称和文号，必填"),
    Field("document.en", "依据文件（英文）", hint=SAME),
    Field("note.zh", "说明", hint="查得的情况，必填"),
    Field("note.en", "说明（英文）", hint=SAME),
    Field("closes", "销号事项", "codes", hint="只填“整改完成”的，且必填：整改清单的事项编号，多个以“；”或“、”隔开"),
)
INFORMATION = ("region_name", "indicator_name", "unit", "reported")
KEYS = tuple(column.key for column in COLUMNS if column.key not in INFORMATION)
# What is not filled in before a visit.
FOUND = KEYS[KEYS.index("verdict") :]


def findings_sheets(
    record: RoundRecord, plan: VisitPlan | None = None, *, names: Mapping[str, str], synthetic: Text | None = None
) -> list[Sheet]:
    """Give the findings on record, then a row without a verdict for every item of the plan's checklists.

    `names` are those of the regions; `synthetic` is the mark of figures that are made up, and stands in the header.
    """
    known = [_written(one) for one in record.findings.findings]
    planned = _planned(plan, [row["code"] for row in known]) if plan else ()
    rows = [{**row, **_information(record, names, row)} for row in (*known, *planned)]
    return [Sheet(FINDINGS, _marked(synthetic), rows)]


def read_findings(path: Path) -> Findings:
    """Read the findings of a workbook, under the name of its file; other sheets are passed over.

    So are rows in which nothing of `FOUND` is filled in: what they are about was not inspected yet.

    Raises
    ------
    ParamsError
        Anything is wrong with the sheet or a finding, by itself or beside the others: every offender by cell.
    """
    book, unread = open_workbook(path), []
    rows = read_table(book, FINDINGS, COLUMNS, unread)
    passed = {row.cells[key] for row in rows for key in INFORMATION}
    inspected = [_completed(row) for row in rows if not row.values.keys().isdisjoint(FOUND)]
    faults = [list(_faults(row)) for row in inspected]
    sound = [row for row, found in zip(inspected, faults, strict=True) if not found]
    findings, beside = _together(path.stem, sound)
    alone = [problem for found in faults for problem in found]
    refuse(path, [problem for problem in unread if problem.where not in passed], [*alone, *beside])
    return findings


def _written(one: Finding) -> dict[str, object]:
    words = {verdict: word for word, verdict in VERDICTS.items()}
    return flat(one.model_dump() | {"verdict": words[one.verdict]}, COLUMNS)


def _planned(plan: VisitPlan, taken: Collection[str]) -> Iterator[dict[str, object]]:
    for visit in plan.visits:
        for indicator in plan.checklist(visit).items.index:
            code = _free(f"D-{visit.year}-{visit.region}-{indicator}", taken)
            yield {"code": code, "region": visit.region, "year": visit.year, "indicator": indicator}


def _free(code: str, taken: Collection[str]) -> str:
    """Give the code, or the first of code-2, code-3 and so on that is not taken."""
    return code if code not in taken else next(f"{code}-{n}" for n in count(2) if f"{code}-{n}" not in taken)


def _information(record: RoundRecord, names: Mapping[str, str], row: Mapping) -> dict[str, object]:
    about = {"region_name": names[row["region"]]}
    if "indicator" not in row:
        return about
    indicator, key = record.system.node(row["indicator"]), (row["region"], row["year"])
    value = record.reported.loc[key, indicator.code]
    state = record.panel.states.loc[key, indicator.code]
    reported = STATE_LABELS.get(state) if pd.isna(value) else publish(value, indicator.decimals)
    return {**about, "indicator_name": indicator.name.zh, "unit": indicator.unit.zh, "reported": reported}


def _marked(synthetic: Text | None) -> tuple[Field, ...]:
    """Put the mark where it stays in sight: into the heading of the first column."""
    first, *others = COLUMNS
    mark = f"（{synthetic.zh}）" if synthetic else ""
    return (replace(first, heading=first.heading + mark), *others)


def _completed(row: Row) -> Row:
    """Put the code of the verdict for its word, and the Chinese text where there is no English."""
    values = row.values
    same = {f"{key}.en": values[f"{key}.zh"] for key in ("document", "note") if f"{key}.zh" in values}
    verdict = {"verdict": VERDICTS.get(values["verdict"], values["verdict"])} if "verdict" in values else {}
    return replace(row, values={**same, **values, **verdict})


def _faults(row: Row) -> Iterator[Problem]:
    """Find what is wrong with a finding by itself."""
    verdict, cell = row.values.get("verdict"), row.cells["verdict"]
    if verdict is None:
        yield Problem(cell, "nothing, beside what was found", one_of(None, VERDICTS))
    elif verdict not in VERDICTS.values():
        yield Problem(cell, repr(verdict), one_of(verdict, VERDICTS))
    wrong = checked(Finding, row.nested(*KEYS), row.at((), *KEYS))[1]
    yield from (problem for problem in wrong if problem.where != cell)


def _together(code: str, rows: Sequence[Row]) -> tuple[Findings | None, list[Problem]]:
    data = {"code": code, "findings": tuple(row.nested(*KEYS) for row in rows)}
    cells = {}
    for place, row in enumerate(rows):
        cells |= row.at(("findings", place), *KEYS)
    return checked(Findings, data, cells)
