"""The assessment of every region and year by the rules of a round, and the selection of one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evalkit.assessment.grading.evidence import EXEMPT, WEIGHING, Evidence
from evalkit.assessment.grading.grades import Case, Reason, gated, over_quota, quota_reason, reasons
from evalkit.assessment.grading.period import period_scores
from evalkit.assessment.grading.points import points_by_part, project_codes, project_scores, score_of, valid_shares
from evalkit.assessment.grading.rules import Rules
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.scoring.ranking import competition_ranks


@dataclass(frozen=True)
class RegionAssessment:
    """One region in one year: its row of results, its parts, projects and reasons."""

    region: str
    year: int
    result: pd.Series
    parts: pd.DataFrame
    projects: pd.Series
    reasons: pd.DataFrame


@dataclass(frozen=True)
class Assessment:
    """What the rules yield.

    Attributes
    ----------
    results : DataFrame, index (region, year): `points` (the parts' sum), `events` (points of all events), `counted`
        (within the limits of the rules), `score` (points + counted, within 0–100, published; blank where not rated),
        `band` of the score, `gated` (after the gates), `grade` (after the quota), `rank` in the province, `group`,
        `rank_in_group`, `valid_share`, `dropped` (parts without data) and `factor` (by which the others grew).
    parts : as `points_by_part` gives them.
    cases : what the gates look at, by (region, year).
    projects : DataFrame, index (region, year), one column a project: published scores.
    reasons : DataFrame, index (region, year), the columns of `Reason`: every rule that bit or could not be tested.
    """

    evidence: Evidence
    rules: Rules
    results: pd.DataFrame
    parts: pd.DataFrame
    projects: pd.DataFrame
    cases: dict[tuple[str, int], Case]
    reasons: pd.DataFrame

    def of(self, region: str, year: int) -> RegionAssessment:
        """Select one region and year. Raises ParamsError where it is not assessed."""
        key = (region, year)
        if key not in self.results.index:
            named = zip(self.results.index.names, key, strict=True)
            known = {name: self.results.index.unique(name) for name in self.results.index.names}
            wrong = [Problem(name, repr(value), one_of(value, known[name])) for name, value in named]
            raise ParamsError("this region and year is not assessed", wrong)
        chosen = self.reasons.index == key
        own = self.reasons[chosen].reset_index(drop=True)
        parts = self.parts.xs(key, level=["region", "year"])
        return RegionAssessment(region, year, self.results.loc[key], parts, self.projects.loc[key], own)

    def base(self, region: str, year: int) -> dict[str, frozenset[str]]:
        """Give by part the columns of its basis that count in a year's score; a part without any is left out."""
        found = {}
        for part in self.rules.parts:
            values, weights = self.evidence.basis(part)
            counted = values.loc[(region, year)].notna() & (weights > 0)
            found[part] = frozenset(counted.index[counted])
        return {part: columns for part, columns in found.items() if columns}

    def period(self, *, final: int | None = None) -> pd.DataFrame:
        """Give the scores of the period up to a final year, as `period_scores` does."""
        return period_scores(self.results.score, self.rules, final=final)


def assess(evidence: Evidence, rules: Rules) -> Assessment:
    """Give every region and year its points, score, band and grade by the rules, with every reason."""
    parts, projects = points_by_part(evidence, rules), project_scores(evidence)
    results = _scored(evidence, rules, parts)
    cases = _cases(evidence, results, projects)
    found = [(key, reason) for key, case in cases.items() for reason in reasons(case, rules)]
    results["band"] = results.score.map(rules.bands.of)
    results["gated"] = pd.Series({key: gated(case, rules) for key, case in cases.items()})
    results["grade"] = results.gated
    if rules.quota:
        over = over_quota(results.score, results.gated, rules.quota)
        results.loc[over.index, "grade"] = rules.bands.below(rules.quota.band)
        found += [(key, quota_reason(row.place, row.places, rules)) for key, row in over.iterrows()]
    results, told = _ranked(results, evidence), _reasons(found, evidence.index)
    return Assessment(evidence, rules, results, parts, projects, cases, told)


def _scored(evidence: Evidence, rules: Rules, parts: pd.DataFrame) -> pd.DataFrame:
    by_row = parts.groupby(level=["region", "year"], sort=False)
    results = pd.DataFrame({"points": by_row.points.sum(min_count=1)})
    results["events"] = [sum(event.points for event in evidence.events.of(*key)) for key in results.index]
    results["counted"] = results.events.clip(-rules.events.penalty, rules.events.bonus)
    results["valid_share"] = valid_shares(evidence)
    rated = results.valid_share >= rules.valid_share.least
    scores = [score_of(*pair) for pair in zip(results.points, results.counted, strict=True)]
    results["score"] = pd.Series(scores, index=results.index).where(rated)
    absent = parts.n.eq(0).unstack("part").reindex(results.index)[list(rules.points)]
    results["dropped"] = [tuple(absent.columns[row]) for row in absent.to_numpy()]
    results["factor"] = by_row.factor.max()
    return results


def _cases(evidence: Evidence, results: pd.DataFrame, projects: pd.DataFrame) -> dict[tuple[str, int], Case]:
    due = _due(evidence)
    met = evidence.given("earmark").map(_verdict)
    return {
        key: Case(
            score=row.score,
            valid_share=row.valid_share,
            projects=projects.loc[key][due.loc[key]].to_dict(),
            earmark=met[key],
            vetoes=tuple(event.code for event in evidence.events.of(*key) if event.veto),
        )
        for key, row in results.iterrows()
    }


def _verdict(met: object) -> bool | str | None:
    return None if pd.isna(met) else EXEMPT if met == EXEMPT else bool(met)


def _due(evidence: Evidence) -> pd.DataFrame:
    """Say of which projects an indicator with weight is applicable and due."""
    weighing = evidence.given("states").isin(WEIGHING)
    found = {project: weighing[codes].any(axis=1) for project, codes in project_codes(evidence).items()}
    return pd.DataFrame(found, index=evidence.index)


def _ranked(results: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    results["rank"] = competition_ranks(results[["score"]]).score
    groups = pd.Series(dtype=object) if evidence.groups is None else evidence.groups
    results["group"] = groups.reindex(results.index.get_level_values("region")).to_numpy()
    within = results.groupby(["year", "group"])
    results["rank_in_group"] = within.score.rank(method="min", ascending=False)
    columns = ["points", "events", "counted", "score", "band", "gated", "grade", "rank", "group", "rank_in_group"]
    return results[[*columns, "valid_share", "dropped", "factor"]]


def _reasons(found: list[tuple[tuple, Reason]], index: pd.MultiIndex) -> pd.DataFrame:
    place = {key: number for number, key in enumerate(index)}
    found = sorted(found, key=lambda item: place[item[0]])
    keys = pd.MultiIndex.from_tuples([key for key, _ in found], names=index.names) if found else index[:0]
    return pd.DataFrame([reason for _, reason in found], index=keys, columns=Reason._fields)
