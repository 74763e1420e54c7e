"""How often the checks of submissions are wrong, what they find, and how long they take.

The rules are those of params/checks/zhejiang.yaml. Figures of the demonstration are made up; each year is judged as if
it were handed in, with the years before it for history. Faults are planted in figures of the last year, one kind at a
time; one is found where a rule remarks on its row. The tables are those of docs/checks.md.
"""

import time
from collections.abc import Iterator

import numpy as np
import pandas as pd

from evalkit.base.project import CHECKOUT
from evalkit.data import Regions
from evalkit.data.dataset import SHIPPED
from evalkit.data.metadata import METADATA, Metadata
from evalkit.index import IndexSystem
from evalkit.register.checks.checks import Checks
from evalkit.register.checks.judging import judge

FACTORS = {"×10": 10, "÷10": 0.1, "×100": 100, "÷100": 0.01, "×1000": 1e3, "×10000": 1e4, "÷10000": 1e-4}
ANY = ("any", "any, of regions", "any, of facilities")
# Kinds of rule that name no variables.
ANYWHERE = ("range", "whole", "slip", "jump", "peers", "constant", "counties")
SEED, PLANTED, LAST = 20081231, 400, 2012
CHECKS = Checks.load(CHECKOUT / "params" / "checks" / "zhejiang.yaml")
REGIONS = Regions.load(CHECKOUT / "params" / "regions" / "zhejiang.yaml").table
SYSTEM = IndexSystem.load(CHECKOUT / "params" / "index" / "zhejiang-plan.yaml")


class Figures:
    """A shipped dataset, with what declares it."""

    def __init__(self, name: str):
        folder = SHIPPED / name
        self.metadata = Metadata.load(folder / METADATA)
        tables = [pd.read_csv(file, dtype={"region": str}) for file in sorted(folder.glob("*.csv"))]
        table = pd.concat(tables, ignore_index=True).reindex(columns=["unit", *tables[0].columns])
        self.table = table.assign(unit=table.unit.astype(object).fillna(""), standing="own", source="报表")

    def remarks(self, answers: pd.DataFrame, history: pd.DataFrame, checks: Checks = CHECKS) -> list:
        """Judge answers by rules whose variables the dataset has."""
        return judge(answers, history, checks, self.metadata, REGIONS, system=SYSTEM)


def main() -> None:
    demonstration, published = Figures("zhejiang-plan-demo"), Figures("zhejiang")
    print("warnings per 100 figures, demonstration (made up)")
    print(alarms(demonstration, range(2009, LAST + 1), CHECKS).to_string(), end="\n\n")
    anywhere = [rule for rule in CHECKS.rules if rule.kind in ANYWHERE and not rule.variables]
    free = CHECKS.model_copy(update={"rules": tuple(one.model_copy(update={"leave_out": ()}) for one in anywhere)})
    print("warnings per 100 figures, published statistics of eleven cities")
    print(alarms(published, range(2009, LAST + 1), free).to_string(), end="\n\n")
    print(f"share of {PLANTED} planted faults found (seed {SEED}), demonstration")
    print(found(demonstration).to_string(), end="\n\n")
    speed(demonstration)


def alarms(figures: Figures, years: range, checks: Checks) -> pd.DataFrame:
    """Count remarks per 100 figures, rule × year, and their number."""
    columns = {}
    for year in years:
        answers = figures.table[figures.table.year == year]
        told = figures.remarks(answers, figures.table[figures.table.year < year], checks)
        n = answers.value.notna().sum()
        by_rule = pd.Series([remark.rule for remark in told], dtype=object).value_counts()
        columns[f"{year} ({n})"] = pd.concat([100 * by_rule / n, any_rule(answers, told)])
    rows = [*(rule.code for rule in checks.rules), *ANY]
    return pd.DataFrame(columns).reindex(rows).fillna(0).round(2)


def any_rule(answers: pd.DataFrame, told: list) -> pd.Series:
    """Count the figures with a remark per 100 figures: of all, of regions, and of facilities."""
    remarked = answers.index.isin([remark.row for remark in told])
    region, known = (answers.unit == "").to_numpy(), answers.value.notna().to_numpy()
    kinds = dict(zip(ANY, (known, known & region, known & ~region), strict=True))
    return pd.Series({name: 100 * (remarked & kind).sum() / max(kind.sum(), 1) for name, kind in kinds.items()})


def found(figures: Figures) -> pd.DataFrame:
    """Give the share of planted faults that each rule remarks on by itself, and any of them, fault × rule."""
    answers = figures.table[figures.table.year == LAST]
    history = figures.table[figures.table.year < LAST]
    shares = {}
    for name, (planted, rows, before) in faults(answers, history).items():
        told = {rule.code: rows_of(figures, planted, before, rule) & set(rows) for rule in CHECKS.rules}
        told["any"] = set.union(*told.values())
        shares[f"{name} ({len(rows)})"] = {code: len(hit) / len(rows) for code, hit in told.items()}
    return pd.DataFrame(shares).T.loc[:, lambda table: table.max() > 0].round(2)


def rows_of(figures: Figures, answers: pd.DataFrame, history: pd.DataFrame, rule) -> set:
    """Give the rows on which one rule remarks by itself."""
    return {remark.row for remark in figures.remarks(answers, history, CHECKS.model_copy(update={"rules": (rule,)}))}


def faults(answers: pd.DataFrame, history: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, list, pd.DataFrame]]:
    """Plant each kind of fault: the answers with it, the rows that have it, and the history."""
    random = np.random.default_rng(SEED)
    of_region = answers[(answers.unit == "") & (answers.value.abs() > 0)]
    kinds = {}
    for name, factor in FACTORS.items():
        rows = chosen(random, of_region.index)
        kinds[name] = with_values(answers, rows, answers.value[rows] * factor), rows, history
    units = chosen(random, answers.index[(answers.unit != "") & answers.value.notna()])
    kinds["×10, floor area"] = with_values(answers, units, answers.value[units] * 10), units, history
    kinds["rows swapped"] = swapped(answers, of_region, random, history)
    last = last_year(answers, history)
    stale = chosen(random, of_region.index[last[of_region.index].notna() & (last != answers.value)[of_region.index]])
    kinds["last year's figure again"] = with_values(answers, stale, last[stale]), stale, history
    return kinds | relations(answers, history, random, last)


def relations(answers, history, random, last) -> dict:
    """Plant what contradicts other figures."""
    cities = answers.index[answers.region.map(REGIONS.level).eq("city") & (answers.value > 100)]
    cities = cities.intersection(answers.index[answers.variable.isin(answers[answers.region == "330122"].variable)])
    city = chosen(random, cities)
    part = next(rule for rule in CHECKS.rules if rule.kind == "parts").at_most
    parts = answers[answers.variable.isin(list(part)) & answers.value.notna()]
    total = answers.set_index(["variable", "region"]).value[lambda x: ~x.index.duplicated()]
    whole = pd.Series([total.get((part[row.variable], row.region)) for row in parts.itertuples()], parts.index)
    above = chosen(random, whole.index[whole > 20])
    older = chosen(random, last.index[last > 20])
    shown = answers.assign(last=last.where(~last.index.isin(older), last + 1))
    own = chosen(random, answers.index[(answers.unit == "") & (answers.value.abs() > 20)])
    second = answers.loc[own].assign(standing="department", value=np.rint(answers.value[own] * 1.05))
    stations = answers[answers.variable == "township_station_area"].drop_duplicates("region", keep="last")
    fewer = answers.drop(stations.index)
    counted = answers.variable.eq("townships") & answers.region.isin(stations.region) & answers.value.notna()
    return {
        "a city's figure 5 % less": (with_values(answers, city, np.rint(answers.value[city] * 0.95)), city, history),
        "a part 5 % above its total": (with_values(answers, above, np.ceil(whole[above] * 1.05)), above, history),
        "last year changed on the form": (shown, older, history),
        "another source 5 % apart": (answers, own, pd.concat([history, second], ignore_index=True)),
        "a station missing": (fewer, answers.index[counted].tolist(), history),
    }


def swapped(answers, of_region, random, history) -> tuple:
    """Put the figures of two neighbouring rows of a form into each other's place."""
    pairs = of_region.sort_values(["region"], kind="stable")
    same = pairs.region.eq(pairs.region.shift(-1)) & pairs.value.ne(pairs.value.shift(-1))
    starts = np.flatnonzero(same)[::3]
    starts = np.sort(random.choice(starts, PLANTED // 2, replace=False))
    first, second = pairs.index[starts], pairs.index[starts + 1]
    rows = [*first, *second]
    return with_values(answers, rows, [*answers.value[second], *answers.value[first]]), rows, history


def last_year(answers: pd.DataFrame, history: pd.DataFrame) -> pd.Series:
    """Give the figure of the year before of each answer."""
    key = ["variable", "region", "unit"]
    before = history[history.year == LAST - 1].set_index(key).value
    return pd.Series(before.reindex(pd.MultiIndex.from_frame(answers[key])).to_numpy(), answers.index)


def chosen(random: np.random.Generator, rows: pd.Index) -> list:
    """Draw the rows that get a fault."""
    return sorted(random.choice(rows, min(PLANTED, len(rows)), replace=False).tolist())


def with_values(answers: pd.DataFrame, rows: list, values) -> pd.DataFrame:
    """Give the answers with other values in some rows."""
    changed = answers.value.copy()
    changed.loc[rows] = np.asarray(values)
    return answers.assign(value=changed)


def workbooks(figures: Figures) -> Iterator[pd.DataFrame]:
    """Give what each county hands in for the last year, without its register."""
    table = figures.table[(figures.table.year == LAST) & (figures.table.unit == "")]
    yield from (rows for region, rows in table.groupby("region") if REGIONS.level[region] == "county")


def speed(figures: Figures) -> None:
    """Print the CPU time of one county's workbook, and of those of all counties at once."""
    history = figures.table[figures.table.year < LAST]
    forms = list(workbooks(figures))
    for name, answers in {"one workbook": forms[0], f"{len(forms)} workbooks at once": pd.concat(forms)}.items():
        start = time.process_time()
        told = figures.remarks(answers, history)
        took = time.process_time() - start
        print(
            f"{name}: {len(answers)} rows, {len(told)} remark(s), history of {len(history)} figures: {took:.3f} CPU s"
        )


if __name__ == "__main__":
    main()
