import math

import pytest
from pydantic import TypeAdapter, ValidationError

from evalkit import IndexSystem
from evalkit.base.errors import ParamsError
from evalkit.index import Target, diff_systems
from evalkit.index.system_file import save
from evalkit.index.system_workbook import read_system_workbook, write_system_workbook
from evalkit.index.target import AnyTarget
from tests.index.books import Edited
from tests.scoring.small import leaf, system, words

ANY = TypeAdapter(AnyTarget)
SPLIT = {"base": "villages", "year": 2007, "document": words("by villages"), "status": "proposed"}
ROOMS = {"kind": "annual_quota", "value": 1000, "assessed": ("province",)}
CLUBS = {"kind": "cumulative_quota", "value": 1000, "assessed": ("province", "city"), "apportionment": SPLIT}
CENTRES = {"kind": "threshold_share", "value": 100, "threshold": 1500, "threshold_unit": words("m²")}
BEDS = {"kind": "interval", "value": 60, "upper": 80, "permitted": (40, 100)}
TAKEN = {"year": 2007, "value": 55, "status": "proxy", "document": words("yearbook"), "by_region": {"r1": 50.5}}


def aimed(**declared):
    """A target as YAML would give it."""
    common = {"value": 90, "year": 2012, "status": "confirmed", "document": words("plan")}
    return ANY.validate_python(common | declared)


KINDS = {
    "floor": aimed(kind="floor", baseline=TAKEN, milestones={2009: 70, 2011: 80.5}, clause="三（五）", valid_from=2008),
    "interval": aimed(**BEDS),
    "threshold_share": aimed(**CENTRES, baseline={"year": 2007}),
    "annual_quota": aimed(**ROOMS, valid_from=2008, milestones={2008: 800, 2012: 1200}),
    "cumulative_quota": aimed(**CLUBS, milestones={2008: 100}),
    "range": aimed(kind="range", value=5, upper=10, assessed=("province",)),
    "parity": aimed(kind="parity", value=1, tolerance=0.05, assessed=("city", "county")),
}


def test_a_target_without_a_kind_follows_the_direction():
    assert leaf("a", target=aimed()).aim.kind == "floor"
    assert leaf("a", worst=100, best=0, target=aimed()).aim.kind == "ceiling"
    assert leaf("a").aim is None
    assert leaf("a", target=KINDS["parity"]).aim is KINDS["parity"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"worst": None, "unscored": "context", "target": aimed()}, "is the target a floor or a ceiling?"),
        ({"target": aimed(kind="ceiling")}, "agrees with the direction, not a ceiling"),
        ({"worst": 100, "best": 0, "target": aimed(kind="floor")}, "agrees with the direction, not a floor"),
    ],
)
def test_a_target_against_the_direction_is_refused(declared, expected):
    with pytest.raises(ValidationError, match=expected):
        leaf("a", **declared)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"milestones": {2012: 80}}, "milestones from any year to 2011, not in 2012"),
        ({"milestones": {2007: 1, 2013: 2}, "baseline": TAKEN}, "milestones from 2008 to 2011, not in 2007, 2013"),
        ({"baseline": {**TAKEN, "year": 2012}}, "a baseline before the target's year, 2012"),
        ({"baseline": {"year": 2007, "value": 1}}, "a status beside a value; a document beside a value"),
        ({"baseline": {"year": 2007, "status": "proxy"}}, "a status left out where there is no value"),
        ({"valid_from": 2013}, "valid_from no later than the target's year, 2012"),
        ({"assessed": ("city", "city")}, "each level once"),
        ({"assessed": ()}, "at least 1 item"),
        ({**BEDS, "upper": 50}, "bounds in order .* not 40 ≤ 60 ≤ 50 ≤ 100"),
        ({**BEDS, "by_region": {"r1": 70}}, "no by_region: the permitted bounds judge it"),
        ({**CENTRES, "value": 101}, "a share of units above 0 and at most 100 %"),
        ({"kind": "threshold_share", "threshold": 1500}, r"(?s)threshold_unit.*Field required"),
        ({**ROOMS, "value": -1}, "a quota of 0 or more"),
        ({**ROOMS, "milestones": {2009: -5}}, "a quota of 0 or more"),
        ({**ROOMS, "baseline": {"year": 2007}}, "no baseline: an annual quota starts from nothing every year"),
        ({**ROOMS, "assessed": ("province", "city")}, "province alone, an apportionment, or by_region"),
        ({**CLUBS, "assessed": ("city",)}, "the province and the level among which its total is split"),
        ({**CLUBS, "by_region": {"r1": 3}}, "either an apportionment or by_region"),
        ({**CLUBS, "baseline": TAKEN}, "the regions' own baselines beside an apportionment"),
        ({**CLUBS, "value": 0.5}, "a whole number, to be split"),
        ({**CLUBS, "apportionment": {**SPLIT, "base": ""}}, r"(?s)apportionment.base.*a code: letters"),
        ({**CLUBS, "milestones": {2009: 500, 2010: 400}}, "milestones that do not fall on the way to 1000"),
        ({"kind": "range", "value": 5, "upper": 4}, "an upper bound of at least the lower one, not 4"),
        ({"kind": "parity", "value": 50}, r"parity at 1 or at 100 \(%\), not 50"),
        ({"kind": "parity", "value": 1, "tolerance": -1}, "greater than or equal to 0"),
        ({"apportionment": SPLIT}, r"(?s)apportionment.*Extra inputs"),
        ({"kind": "flor"}, "does not match any of the expected tags: 'floor', 'ceiling'"),
        ({"kind": 5}, "does not match any of the expected tags"),
    ],
)
def test_a_contradiction_in_a_target_is_refused(declared, expected):
    with pytest.raises(ValidationError, match=expected):
        aimed(**declared)


def test_all_contradictions_of_a_target_are_in_one_message():
    with pytest.raises(ValidationError, match=r"(?s)a quota of 0.*either an apportionment.*that do not fall"):
        aimed(**CLUBS | {"value": -1, "by_region": {"r1": 1}, "milestones": {2008: 9}})


def test_every_offender_in_a_file_is_told_at_its_line(tmp_path):
    rows = [leaf("a", target=aimed(milestones={2009: 70})), leaf("b", target=KINDS["cumulative_quota"])]
    save(system(*rows), file := tmp_path / "small.yaml")
    text = file.read_text(encoding="utf-8").replace("'2009'", "2019").replace("base: villages", "bas: villages")
    file.write_text(text, encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "milestones:" in row)
    with pytest.raises(ParamsError, match=rf"(?s)milestones \(line {line}\).*not in 2019.*the key 'base'"):
        IndexSystem.load(file)


def test_milestones_take_years_as_numbers_or_as_text():
    assert aimed(milestones={"2009": 1, 2010: 2}).milestones == {2009: 1, 2010: 2}
    for wrong in ({"spring": 1}, [1]):
        with pytest.raises(ValidationError, match="milestones"):
            aimed(milestones=wrong)


def test_a_region_has_its_own_target_or_its_part_of_the_total():
    assert aimed(by_region={"r1": 80}).of("r1").value == 80
    part = KINDS["cumulative_quota"].of("r1", 300)
    assert (part.value, part.milestones) == (300, {2008: 30})
    assert KINDS["cumulative_quota"].baseline is None


def test_a_total_of_the_province_is_no_regions_target():
    assert math.isnan(KINDS["cumulative_quota"].at("r1"))
    assert aimed(**ROOMS | {"assessed": ("city",)}).at("r1") == 1000
    own = aimed(**ROOMS | {"assessed": ("province", "city"), "by_region": {"r1": 80}})
    assert own.at("r1") == 80
    assert math.isnan(own.at("r2"))


def test_a_baseline_is_declared_or_the_regions_own():
    assert (KINDS["floor"].baseline.at("r1"), KINDS["floor"].baseline.at("r2")) == (50.5, 55)
    assert KINDS["threshold_share"].baseline.at("r1") is None


@pytest.mark.parametrize("way", ["xlsx", "yaml"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_was(tmp_path, way, kind):
    tree = system(leaf("a", target=KINDS[kind]))
    save(tree, tmp_path / f"file.{way}")
    back = read_system_workbook(tmp_path / f"file.{way}") if way == "xlsx" else IndexSystem.load(tmp_path / "file.yaml")
    assert back == tree
    assert type(back.indicators[0].target) is type(KINDS[kind])


def test_a_fault_of_a_target_is_told_by_its_cell(tmp_path):
    write_system_workbook(system(leaf("a", target=KINDS["cumulative_quota"])), tmp_path / "book.xlsx")
    book = Edited.open(tmp_path / "book.xlsx")
    base = book.set("a", "target.apportionment.base", None)
    assert f"{base} (分解依据变量): found nothing; expected the key 'base'" in book.refused()
    kind = book.set("a", "target.kind", "quota")
    assert f"{kind} (目标类型): found 'quota'; expected one of floor, ceiling" in book.refused()


def test_a_changed_kind_and_its_fields_are_told():
    before, after = (system(leaf("a", target=target)) for target in (aimed(), aimed(kind="range", upper=95)))
    rows = diff_systems(before, after)
    assert dict(zip(rows.field, zip(rows.before, rows.after, strict=True), strict=True)) == {
        "target.kind": (None, "range"),
        "target.upper": (None, 95),
    }


def test_a_variant_may_change_a_target(tmp_path):
    save(system(leaf("a", target=aimed())), tmp_path / "small.yaml")
    change = "{target: {kind: range, value: 5, upper: 10, year: 2012, status: proxy, document: {zh: p, en: p}}}"
    head = "code: v\nversion: '1'\nname: {zh: v, en: v}\nextends: small\n"
    (tmp_path / "v.yaml").write_text(f"{head}change: {{a: {change}}}\n", encoding="utf-8")
    assert IndexSystem.load(tmp_path / "v.yaml").indicators[0].target.kind == "range"


def test_what_is_not_said_is_not_written():
    assert Target(value=1, year=2012, status="proxy", document=words("d")).model_dump(exclude_defaults=True).keys() == {
        "value", "year", "status", "document",
    }  # fmt: skip
