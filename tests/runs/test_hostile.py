"""Whatever stands in params and metadata is text in every page and table: it makes no element and no formula."""

import csv
import io
import re
import shutil

import openpyxl
import pandas as pd
import pytest
import yaml
from lxml import html

from evalkit import load_study
from evalkit.assessment.supervision.findings_sheet import COLUMNS, FINDINGS, VERDICTS
from evalkit.base.model import DeclaredModel
from evalkit.data.dataset import SHIPPED
from evalkit.runs import runner
from evalkit.runs.request import prepare
from evalkit.tabular.xlsx.sheets import Sheet
from evalkit.tabular.xlsx.writer import write_sheets
from tests.conftest import DEMO, ROOT, shipped
from tests.runs.in_process import here

KEPT = re.compile(r"330[23478]00|3303\d\d|330000")  # five cities, which the fund takes, and the counties of one
HOSTILE = "<img src=x onerror=alert(1)><iframe src=//h></iframe>![x](http://h/x)[y](http://h/y)**b**"
ONLY = dict.fromkeys(("province", "index_system", "consequences", "supervision"), ())
ONLY |= {"cities": ("330300",), "departments": ("culture",)}
ELEMENTS = {"script", "iframe", "object", "embed", "link", "base", "form", "input", "frame", "video", "audio"}
FREE = {"approved", "prepared", "reviewed", "clause", "number", "version"}  # besides phrases in two languages
NO_PROSE = {
    "dataset",
    "file",
    "key",
    "date",
    "store",
    "variables",
}  # checked as paths, names of a file's key, and dates; of no page


def hostile(value):
    """The same declarations, every phrase with a tail that a page must not take for its own."""
    if isinstance(value, dict):
        texts = value.keys() == {"zh", "en"} and all(isinstance(text, str) for text in value.values())
        free = value.keys() if texts else FREE
        return {key: _tailed(it) if key in free and isinstance(it, str) else hostile(it) for key, it in value.items()}
    return [hostile(it) for it in value] if isinstance(value, list) else value


def _tailed(text):
    return f"={text}{HOSTILE}"


def row(finding):
    """A finding as a row of the workbook in which an office fills it in."""
    texts = {f"{key}.{tongue}": finding[key][tongue] for key in ("document", "note") for tongue in ("zh", "en")}
    told = {value: label for label, value in VERDICTS.items()}[finding["verdict"]]
    return finding | texts | {"verdict": told, "closes": "；".join(finding.get("closes", ()))}


def elsewhere(address):
    """Whether an address leaves the page and the folders around it; what stands behind its # is for the page alone."""
    address = address.partition("#")[0]
    return ("//" in address or ":" in address) and not address.startswith("data:image/")


def without(value, gone):
    """The same declarations, without what is said of some regions."""
    if isinstance(value, dict):
        return {key: without(it, gone) for key, it in value.items()}
    if isinstance(value, list):
        codes = ((it.get("code"), it.get("region")) if isinstance(it, dict) else (str(it),) for it in value)
        return [without(it, gone) for it, told in zip(value, codes, strict=True) if gone.isdisjoint(told)]
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(SHIPPED / DEMO, root / "tables")
    gone = {code for code in shipped(DEMO).all_regions.table.index if not KEPT.fullmatch(code)}
    for path in (root / "tables").glob("*.csv"):
        figures = pd.read_csv(path, dtype=str)
        figures[~figures.region.isin(gone)].to_csv(path, index=False)
    for path in [*(root / "params").rglob("*.yaml"), root / "tables" / "metadata.yaml"]:
        declared = without(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader), gone)
        written = yaml.dump(hostile(declared), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        path.write_text(written, "utf-8")
    inspected = root / "params" / "findings" / f"{DEMO}.yaml"  # comes in as a workbook, as an office would have it
    found = yaml.load(inspected.read_text("utf-8"), yaml.CSafeLoader)["findings"]
    write_sheets([Sheet(FINDINGS, COLUMNS, list(map(row, found)))], inspected.with_suffix(".xlsx"))
    inspected.unlink()
    study = root / "params" / "studies" / f"{DEMO}.yaml"
    declared = yaml.load(study.read_text("utf-8"), yaml.CSafeLoader) | {
        "dataset": "tables",
        "sign_off": {"number": HOSTILE},
    }
    study.write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    requested = prepare(load_study(DEMO, root=root), only=ONLY)
    with here(root):
        assert len(runner.run(requested)) == 6
    return requested.folder


def declarations(model=DeclaredModel):
    for own in model.__subclasses__():
        yield own
        yield from declarations(own)


def test_every_field_of_text_is_tried():
    ours = [model for model in declarations() if model.__module__.startswith("evalkit.")]
    fields = {name for model in ours for name, field in model.model_fields.items() if is_free(field)}
    assert fields == FREE | NO_PROSE | {"zh", "en"}


def is_free(field):
    """Whether a field takes any text: no code, no choice, no other check."""
    return field.annotation in (str, str | None) and not field.metadata


@pytest.mark.slow
def test_no_phrase_makes_an_element_an_attribute_or_an_address(folder):
    pages = {path: html.parse(str(path)).getroot() for path in sorted(folder.rglob("*.html"))}
    assert len(pages) == 21
    for path, page in pages.items():
        assert "alert(1)" in page.text_content()
        if path.parent.name == "site" or path.name == "index.html":
            drop_what_the_site_loads(path, page)
        for element in page.iter(html.etree.Element):
            assert element.tag not in ELEMENTS
            assert not [name for name in element.attrib if name.startswith("on")]
            addresses = [element.get(name) for name in ("src", "href", "data", "action") if element.get(name)]
            assert not [address for address in addresses if elsewhere(address)]
            assert element.get("src", "data:image/").startswith("data:image/")


@pytest.mark.slow
def test_no_phrase_ends_a_script_of_the_site(folder):
    data = [path.read_text("utf-8") for path in sorted((folder / "site" / "data").glob("*.js"))]
    assert len(data) == 6
    assert any("alert(1)" in text for text in data)
    assert not [text for text in data if "<" in text or ">" in text]


def drop_what_the_site_loads(path, page):
    """Take out the site's own scripts and its style, which are files of its folder without a word in the page."""
    for element in page.xpath("//script | //link[@rel='stylesheet']"):
        found = path.parent / (element.get("src") or element.get("href"))
        assert not (element.text or "").strip()
        assert found.resolve().is_relative_to(path.parents[path.parent.name == "site"] / "site")
        assert found.is_file()
        element.drop_tree()


@pytest.mark.slow
def test_no_cell_of_a_table_or_workbook_is_a_formula(folder):
    tables = sorted(folder.rglob("*.csv"))
    for table in tables:
        cells = [cell for row in csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t"))]
    assert any("'=" in table.read_text("utf-8-sig") for table in tables)
    for path in folder.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
