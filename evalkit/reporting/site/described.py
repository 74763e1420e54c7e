"""What the site says of each indicator: what it is, what is asked of it, where its figures come from, who answers."""

from __future__ import annotations

from evalkit.index import Indicator
from evalkit.reporting.aims import aim
from evalkit.reporting.chapters.basis.tables import scored_or_why
from evalkit.reporting.chapters.sources.tables import publications_of
from evalkit.reporting.report import Report


def described(report: Report) -> list[dict]:
    """Give each indicator: `c` code, `n` name, `u` unit, `p` project, `d` decimals, `facts` by label, `t` target,
    and `sources` in words.

    `s` is 1 where more is better, -1 where less is, and 0 where neither is; `line` is the level of a plain target.
    """
    return [
        {
            "c": indicator.code,
            "n": indicator.name[report.language],
            "u": indicator.unit[report.language],
            "p": report.project_of(indicator),
            "d": indicator.decimals,
            "s": {True: 1, False: -1, None: 0}[indicator.higher_is_better],
            "t": aim(report, indicator) if indicator.target else "",
            "line": indicator.aim.line if indicator.target else None,
            "sources": _sources(report, indicator),
            "facts": [[name, said] for name, said in _facts(report, indicator).items() if said],
        }
        for indicator in report.system.indicators
    ]


def _facts(report: Report, indicator: Indicator) -> dict[str, str]:
    target, language = indicator.target, report.language
    variables = report.study.dataset.metadata.variables
    definitions = [
        report.word("with_value", name=variables[term].name[language], value=variables[term].definition[language])
        for term in indicator.terms
    ]
    stop = report.word("site_stop")
    departments = report.system.departments_of(indicator.code)
    return {
        report.word("unit"): indicator.unit[language],
        report.word("layer"): report.word(indicator.layer),
        report.word("site_scored"): str(scored_or_why(report, indicator)),
        report.word("target"): aim(report, indicator) if target else report.word("none"),
        report.word("target_status"): report.word(target.status) if target else "",
        report.word("document"): target.document[language] if target else "",
        report.word("site_answers"): report.listed(map(report.named_department, departments)) if departments else "",
        report.word("site_definition"): report.joined(f"{text}{stop}" for text in definitions),
        report.word("site_sources"): _sources(report, indicator),
        report.word("note"): indicator.note[language] if indicator.note else "",
    }


def _sources(report: Report, indicator: Indicator) -> str:
    publications = (one.title[report.language] for term in indicator.terms for one in publications_of(report, term))
    return report.listed(dict.fromkeys(publications))
