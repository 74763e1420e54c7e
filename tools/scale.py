"""Make a project of as many regions as a nation has: made up from a seed, or of the figures in a file.

    python tools/scale.py FOLDER [--regions 2800] [--provinces 31] [--seed SEED]
    python tools/scale.py FOLDER --from FILE.csv [--fewer COLUMN ...]

Its study is called scale-<regions>. Figures that are made up say so on every page and in every table. A FILE has the
columns region_code, region and year, a row for each region and year, and a column for each indicator; `--fewer` names
those of which less is better. The first two digits of a code are those of the province (GB/T 2260). Of `pop_resident`,
where there is such a column, no indicator is made: means are weighed by it.
"""

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from evalkit.base import params
from evalkit.data.metadata import METADATA

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SEED = 20200101
YEARS = range(2016, 2021)
PEOPLE = "pop_resident"
INDICATORS = 60
PROJECTS, PARTS = 4, 5  # of an area, of a project
GIVEN = {"zh": "使用者提供", "en": "given by the user"}
GAPS = 0.002  # the share of figures that are missing
KEY = ["region_code", "region", "year"]
# GB/T 2260: the provinces in the order of their codes
PROVINCES = {
    "11": ("北京", "Beijing"), "12": ("天津", "Tianjin"), "13": ("河北", "Hebei"), "14": ("山西", "Shanxi"),
    "15": ("内蒙古", "Inner Mongolia"), "21": ("辽宁", "Liaoning"), "22": ("吉林", "Jilin"),
    "23": ("黑龙江", "Heilongjiang"), "31": ("上海", "Shanghai"), "32": ("江苏", "Jiangsu"),
    "33": ("浙江", "Zhejiang"), "34": ("安徽", "Anhui"), "35": ("福建", "Fujian"), "36": ("江西", "Jiangxi"),
    "37": ("山东", "Shandong"), "41": ("河南", "Henan"), "42": ("湖北", "Hubei"), "43": ("湖南", "Hunan"),
    "44": ("广东", "Guangdong"), "45": ("广西", "Guangxi"), "46": ("海南", "Hainan"), "50": ("重庆", "Chongqing"),
    "51": ("四川", "Sichuan"), "52": ("贵州", "Guizhou"), "53": ("云南", "Yunnan"), "54": ("西藏", "Tibet"),
    "61": ("陕西", "Shaanxi"), "62": ("甘肃", "Gansu"), "63": ("青海", "Qinghai"), "64": ("宁夏", "Ningxia"),
    "65": ("新疆", "Xinjiang"),
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The figures of a nation.

    Attributes
    ----------
    names : the name of each region by its code, whose first two digits are those of its province.
    values : one row a region and year (the index), one column an indicator, and that of the residents, if there is one.
    fewer : the columns of which less is better.
    made_up : whether they are.
    """

    names: dict[str, dict[str, str]]
    values: pd.DataFrame
    fewer: frozenset[str]
    made_up: bool

    @property
    def indicators(self) -> list[str]:
        """The columns that are indicators."""
        return [column for column in self.values if column != PEOPLE]

    def of(self, code: str) -> pd.Series:
        """Give an indicator: a figure as it is or, of those made up, as a share of the residents in per cent."""
        return 100 * self.values[code] / self.values[PEOPLE] if self.made_up else self.values[code]

    @property
    def years(self) -> list[int]:
        """The first and the last year."""
        found = self.values.index.unique("year")
        return [int(found.min()), int(found.max())]

    @property
    def code(self) -> str:
        """What the study is called."""
        return f"scale-{len(self.names)}"


def made_up(regions: int, provinces: int, seed: int) -> Figures:
    """Make up 60 indicators of so many regions, which are dealt out to so many provinces."""
    dealt = [list(PROVINCES)[place * provinces // regions] for place in range(regions)]
    numbers = pd.Series(dealt).groupby(dealt).cumcount() + 1
    names = {
        f"{province}-{number:03}": {
            "zh": f"{PROVINCES[province][0]}虚构{number:03}", "en": f"{PROVINCES[province][1]} made-up {number:03}",
        }
        for province, number in zip(dealt, numbers, strict=True)
    }  # fmt: skip
    index = pd.MultiIndex.from_product([names, YEARS], names=["region_code", "year"])
    codes = [f"i{number:02}" for number in range(1, INDICATORS + 1)]
    people = _drawn(seed, PEOPLE).uniform(1e5, 9e5, (regions, 1)) * 1.003 ** np.arange(len(YEARS))
    served = {code: people * _shares(seed, code, dealt) for code in codes}
    columns = {code: found.round() for code, found in ({PEOPLE: people} | served).items()}
    values = pd.DataFrame({code: found.ravel() for code, found in columns.items()}, index=index)
    return Figures(names, values, frozenset(codes[::7]), made_up=True)


def _shares(seed: int, code: str, provinces: list[str]) -> np.ndarray:
    """Draw whom each region (down) serves each year (across): what its province does, more or less, and rising."""
    drawn, own, size = _drawn(seed, code), _drawn(seed, "regions"), len(provinces)
    of_province = dict(zip(PROVINCES, _drawn(seed, "provinces").normal(0, 0.08, len(PROVINCES)), strict=True))
    level = np.array([of_province[province] for province in provinces]) + own.normal(0, 0.06, size)
    level = 0.5 + level + drawn.normal(0, 0.07, size)
    values = level[:, None] + np.linspace(-0.06, 0.06, len(YEARS)) + drawn.normal(0, 0.01, (size, len(YEARS)))
    missing = drawn.random(values.shape) < GAPS
    return np.where(missing, np.nan, values.clip(0.15, 1))


def _drawn(seed: int, name: str) -> np.random.Generator:
    """Give the generator of one thing: what else is drawn does not move it."""
    return np.random.default_rng([seed, crc32(name.encode())])


def read(file: Path, fewer: list[str]) -> Figures:
    """Read the figures of a file; a figure that is blank is missing."""
    table = pd.read_csv(file, dtype={"region_code": str})
    if lacking := [column for column in [*KEY, *fewer] if column not in table]:
        raise SystemExit(f"{file} lacks the column(s) {', '.join(lacking)}")
    if unknown := sorted(set(table.region_code.str[:2]) - set(PROVINCES)):
        raise SystemExit(f"{file}: region_code begins with {', '.join(unknown)}, which is no province of GB/T 2260")
    latest = table.sort_values("year").groupby("region_code").region.last()
    twice = latest.duplicated(keep=False)
    named = latest.where(~twice, latest + " " + latest.index)
    years = range(table.year.min(), table.year.max() + 1)
    index = pd.MultiIndex.from_product([named.index, years], names=["region_code", "year"])
    values = table.set_index(["region_code", "year"]).drop(columns="region").reindex(index)
    return Figures({code: {"zh": name} for code, name in named.items()}, values, frozenset(fewer), made_up=False)


def write(figures: Figures, folder: Path) -> None:
    """Write the project."""
    declared = {"studies": study(figures), "regions": regions(figures), "index": index_system(figures)}
    for kind, data in declared.items():
        _write(folder / "params" / kind / f"{figures.code}.yaml", params.dump({"code": figures.code, **data}))
    _write(folder / "data" / METADATA, params.dump(metadata(figures)))
    for number, columns in enumerate(_in_parts(list(figures.values), 20), 1):
        file = folder / "data" / f"figures{number}.csv"
        _rows(figures.values[columns]).to_csv(file, index=False, lineterminator="\n")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")


def study(figures: Figures) -> dict:
    """Declare the round: scores between goalposts, two other ways, draws of the weights, and what is read beside."""
    code, some = figures.code, figures.indicators[:: max(len(figures.indicators) // 5, 1)][:5]
    return {
        "title": {"zh": "全国基本公共服务评价（规模试验）", "en": "Assessment of basic public services, at scale"},
        "index": code, "regions": code, "dataset": "data", "years": figures.years, "report_year": figures.years[1],
        "method": {"min_weight": 0.5, "normalisation": {"kind": "goalposts"}},
        "composition": {"missing": 1, "jump": 1e12, "at_cap": 1},
        "alternatives": [
            {
                "code": "equal", "name": {"zh": "等权", "en": "equal weights"},
                "method": {"weighting": {"kind": "equal"}},
            },
            {
                "code": "geometric", "name": {"zh": "几何平均", "en": "geometric mean"},
                "method": {"aggregation": {"kind": "geometric", "floor": 1}},
            },
        ],
        "uncertainty": {"draws": 200, "sources": {"weights": {"kind": "weight_noise", "spread": 0.25}}},
        "readings": {"services": some, "draws": 100} if PEOPLE in figures.values else {},
    }  # fmt: skip


def regions(figures: Figures) -> dict:
    """Declare the regions, and their provinces as the groups that are compared."""
    there = dict.fromkeys(code[:2] for code in figures.names)
    made_up = {"zh": "地区为虚构，省份代码为真实", "en": "Made-up regions, under the codes of real provinces"}
    return {
        "name": {"zh": "全国", "en": "the nation"},
        "source": made_up if figures.made_up else GIVEN,
        "groups": {code: dict(zip(("zh", "en"), PROVINCES[code], strict=True)) for code in there},
        "regions": [
            {"code": code, "name": name, "level": "city", "group": code[:2]} for code, name in figures.names.items()
        ],
    }


def index_system(figures: Figures) -> dict:
    """Declare areas of projects of indicators, in the order of the columns."""
    parts = _in_parts([_leaf(figures, code) for code in figures.indicators], PARTS)
    projects = [_group("project", number, part) for number, part in enumerate(parts, 1)]
    areas = _in_parts(projects, PROJECTS)
    children = [_group("area", number, below) for number, below in enumerate(areas, 1)]
    name = {"zh": "综合指数", "en": "Index"}
    return {
        "version": "1", "name": name, "edition": {"zh": "规模试验", "en": "trial of scale"},
        "population": {"resident": PEOPLE} if PEOPLE in figures.values else {},
        "tree": {"code": "index", "name": name, "level": "index", "children": children},
    }  # fmt: skip


def _in_parts(whole: list, size: int) -> list[list]:
    return [whole[first : first + size] for first in range(0, len(whole), size)]


def _group(level: str, number: int, children: list[dict]) -> dict:
    name = {"zh": f"{'领域' if level == 'area' else '工程'}{number}", "en": f"{level} {number}"}
    return {"code": f"{level}-{number}", "name": name, "level": level, "children": children}


def _leaf(figures: Figures, code: str) -> dict:
    """Declare an indicator, between what all but a twentieth of the regions exceed and what a twentieth does."""
    ends = figures.of(code).quantile([0.05, 0.95]).round(4).tolist()
    share = {"numerator": code, "denominator": PEOPLE, "per": 100, "population_base": "resident"}
    terms = share if figures.made_up else {"variable": code}
    worst, best = ends[::-1] if code in figures.fewer else ends
    return {
        "code": code, "name": {"zh": _name(figures, code)}, "unit": _unit(figures),
        "layer": "output", "decimals": 1, **terms,
        "goalposts": {
            "worst": worst, "best": best, "date": str(figures.years[1]), "worst_status": "proposed",
            "best_status": "proposed", "basis": {"zh": "各地区的 5% 和 95% 分位数", "en": "5th and 95th percentile"},
        },
    }  # fmt: skip


def metadata(figures: Figures) -> dict:
    """Declare what the figures are."""
    said = {"zh": "虚构数据", "en": "made-up data"} if figures.made_up else None
    source = said or GIVEN
    return {
        "title": source, "licence": source, **({"synthetic": said} if said else {}),
        "publications": {"given": {"title": source, "stated": True}},
        "variables": {code: _variable(figures, code, source) for code in figures.values},
    }  # fmt: skip


def _variable(figures: Figures, code: str, source: dict) -> dict:
    persons = {"unit": {"zh": "人", "en": "persons"}, "kind": "count"}
    common = {"definition": source, "scope": {"zh": "全域", "en": "whole area"}, "years": figures.years}
    if code == PEOPLE:
        return {"name": {"zh": "常住人口", "en": "residents"}, "population_base": "resident"} | persons | common
    weighed = {"weight": PEOPLE} if PEOPLE in figures.values else {}
    given = {"unit": _unit(figures), "kind": "average", "valid": [None, None]} | weighed
    return {"name": {"zh": _name(figures, code)}} | common | (persons if figures.made_up else given)


def _unit(figures: Figures) -> dict:
    return {"zh": "%" if figures.made_up else "—"}


def _name(figures: Figures, code: str) -> str:
    return f"虚构指标 {code}" if figures.made_up else code


def _rows(values: pd.DataFrame) -> pd.DataFrame:
    """Give one row a figure."""
    long = values.rename_axis(columns="variable").stack(future_stack=True).rename("value").reset_index()
    long = long.rename(columns={"region_code": "region"})
    return long.assign(state=np.where(long.value.isna(), "missing", "value"), publication="given")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Make the project."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--regions", type=int, default=2800)
    parser.add_argument("--provinces", type=int, default=len(PROVINCES))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", dest="file", type=Path)
    parser.add_argument("--fewer", nargs="*", default=[])
    asked = parser.parse_args()
    if asked.folder.exists():
        raise SystemExit(f"{asked.folder} is there already")
    made = read(asked.file, asked.fewer) if asked.file else made_up(asked.regions, asked.provinces, asked.seed)
    write(made, asked.folder)
    print(f"{asked.folder}: the study {made.code}")


if __name__ == "__main__":
    main()
