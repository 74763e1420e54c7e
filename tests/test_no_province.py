"""The package and the notebooks know of no province: what is said of one stands in params and in its data."""

import re

import pytest
import yaml

from tests.conftest import ROOT

REGIONS = yaml.safe_load((ROOT / "params/regions/zhejiang.yaml").read_text("utf-8"))["regions"]
# The plan's clauses, its counts of things, its subjects, and the years and sources that only it has.
WORDS = (
    "zhejiang", "浙江", "浙东", "浙西", "十大", "ten projects", "eleven", "11 ?个?市", "11 (cities|regions|units)",
    "[一二三四五六七八九十][（(][一二三四五六七八九十][）)]", "第[一二三四五六七八九十]部分", r"section \d ?\(\d",
    "行动计划", "14 (项|goals)", "文体", "三分之二", "two.thirds", "新增财力", "省级医院", "provincial hospital",
    "山区", "海岛", "islands?", "hills and", "mountains?", "水资源", "water.management", "咸宁", "渭南", "xianning",
    "weinan", "2008.2012", "20[12]0 ?年?(人口)?普查", "census(es)? (in|of) 20[12]0", "20[12]0 census",
)  # fmt: skip
# What opens where nobody says which study is meant: the shipped ones.
DEFAULTS = {
    'SHIPPED_STUDY = "zhejiang-public"',
    'DEFAULT_REGIONS = "zhejiang"',
    r'"study = \"zhejiang-public\"  # params/studies\n",',
    r'"study = \"zhejiang-plan-demo\"  # params/studies\n",',
}


def names():
    """Every city and county by its name in both languages, and in Chinese without its rank."""
    for name in (region["name"] for region in REGIONS):
        yield from (name["zh"], rf"\b{name['en']}\b")
        if len(name["zh"]) > 2:
            yield name["zh"][:-1]


TIED = re.compile("|".join({*names(), *WORDS}), re.IGNORECASE)
# what is quick to search whole files for: names without their bounds, and the few words that are patterns
NAMES, PATTERNS = {name.replace(r"\b", "").lower() for name in names()}, re.compile("|".join(WORDS), re.IGNORECASE)
FILES = [
    path
    for room in ("evalkit", "notebooks")
    for path in (ROOT / room).rglob("*.*")
    if path.suffix in {".py", ".yaml", ".md", ".ipynb", ".j2", ".css"} and "datasets" not in path.parts
]


def tied(path):
    """The lines of a file that speak of the province, without blanks at their ends."""
    text = path.read_text("utf-8")
    lowered = text.lower()
    if not any(name in lowered for name in NAMES) and not PATTERNS.search(text):
        return set()
    return {line.strip() for line in text.splitlines() if TIED.search(line)}


def test_nothing_speaks_of_the_province_but_what_opens_by_default():
    found = {path: lines for path in FILES if (lines := tied(path))}
    assert {
        path.relative_to(ROOT).as_posix(): lines - DEFAULTS for path, lines in found.items() if lines - DEFAULTS
    } == {}
    assert set().union(*found.values()) == DEFAULTS
    assert len(FILES) > 200


@pytest.mark.parametrize("kind", ["accountability", "incentives", "index", "livelihood", "regions", "rules", "studies"])
def test_what_is_said_of_the_province_is_found_where_it_is_declared(kind):
    assert all(map(tied, (ROOT / "params" / kind).glob("*.yaml")))


@pytest.mark.parametrize(
    "text", ["11 市位次", "计划四（五）", "Section 4(5) of the plan", "杭州的位次", "in Yiwu", "山区、海岛"]
)
def test_a_word_of_the_province_is_known(text):
    assert TIED.search(text)
