"""Printed tables on the command line: what is written is what was printed, and nothing where one cell is wrong."""

import pandas as pd
import pytest

from evalkit import Dataset, cli
from evalkit.data.dataset import SHIPPED
from tests.conftest import ROOT
from tests.mutations.project import Small

KEY = ["variable", "region", "unit", "year"]
METADATA = SHIPPED / "zhejiang" / "metadata.yaml"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder in which the command is called for the shipped project."""
    monkeypatch.setenv("EVALKIT_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The small project, in which the command is called, with its printed table."""
    made = Small.make(tmp_path / "small")
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    monkeypatch.chdir(made.root)
    return made


def signed(table):
    """Figures as they are printed, with a sign for what is missing."""
    return table.assign(value=table.value.astype(object).where(table.state == "value", "—"))


def by_variable(table, file, *, titles, labels):
    """One sheet a variable, its regions in the rows and its years in the columns."""
    with pd.ExcelWriter(file) as book:
        for variable, rows in signed(table).groupby("variable"):
            wide = rows.assign(region=rows.region.map(labels)).pivot(index="region", columns="year", values="value")
            years = wide.rename(columns="{}年".format).rename_axis("地 区")
            years.to_excel(book, sheet_name=titles[variable][:31], startrow=2)


def by_row(table, file, *, headings):
    """One row a region and year, one column a variable."""
    wide = signed(table).pivot(index=["region", "year"], columns="variable", values="value")
    wide.rename(columns=headings).to_csv(file, encoding="utf-8-sig")


def test_the_shipped_dataset_comes_back_from_the_tables_of_its_publications(here, study, capsys):
    dataset, regions = study.dataset, study.all_regions.table
    named = dataset.metadata.variables
    zh, en = ({code: form(v) for code, v in named.items()} for form in (lambda v: v.name.zh, lambda v: v.name.en))
    for publication, table in dataset.table.groupby("publication"):
        census = publication.startswith("census")
        labels = regions.index.to_series() if census else regions.name_zh
        half = table.variable.isin(sorted(named)[::2])
        by_variable(table[half], "a.xlsx", titles={c: c for c in named} if census else zh, labels=labels)
        by_row(table[~half], "b.csv", headings={c: f"{name} ({named[c].unit.en})" for c, name in en.items()})
        take = ["import-data", "a.xlsx", "b.csv", "--to", "new", "--metadata", str(METADATA)]
        assert cli.main([*take, "--publication", publication]) == 0
    assert "not there yet" not in capsys.readouterr().out.splitlines()[-1]
    assert (here / "new" / "metadata.yaml").read_bytes() == METADATA.read_bytes()
    tables = Dataset.load(here / "new", regions).table, dataset.table
    pd.testing.assert_frame_equal(*(table.sort_values(KEY, ignore_index=True) for table in tables))


def take(*more, to="new", metadata="tables/metadata.yaml"):
    return ["import-data", "printed.csv", "--to", to, "--metadata", metadata, "--publication", "book", *more]


def test_figures_are_taken_with_a_word_on_what_lacks(small, capsys):
    assert cli.main(take("--sign", "…", "0")) == 0
    assert capsys.readouterr().out.splitlines() == [
        "new: 6 figure(s) taken, 0 in place of others",
        "12 figure(s) that the metadata declare are not there yet",
    ]
    assert "doctors,0200,2012,0,value,book" in (small.root / "new/figures.csv").read_text("utf-8").splitlines()


def test_blanks_are_counted_apart_and_filled_without_force(small, capsys):
    figures = (small.root / "printed.csv").read_text("utf-8")
    cli.main(take())
    assert "new: 5 figure(s) and 1 blank(s) taken, 0 in place of others" in capsys.readouterr().out
    (small.root / "printed.csv").write_text(figures.replace("…", "7"), "utf-8")
    assert cli.main(take()) == 0
    assert "new: 1 figure(s) taken, 1 in place of blanks, 0 in place of others" in capsys.readouterr().out


def test_a_blank_of_another_publication_takes_no_blanks_place(small, capsys):
    small.edit(
        "tables/metadata.yaml", "publications: {", "publications: {later: {title: {zh: 新, en: new}, stated: true}, "
    )
    small.edit("printed.csv", "…", "—")
    cli.main(take())
    (small.root / "printed.csv").write_text("地区,年份,doctors\n乙市,2012,—\n", "utf-8")
    assert cli.main([*take()[:-1], "later"]) == 0
    assert capsys.readouterr().out.splitlines()[-2] == "new: 0 figure(s) taken, 0 in place of others"


def test_the_metadata_may_stand_in_the_folder(small, capsys):
    assert cli.main(["import-data", "printed.csv", "--to", "tables", "--publication", "book", "--force"]) == 0
    told = capsys.readouterr()
    assert told.out == "tables: 5 figure(s) taken, 5 in place of others\n"
    assert told.err.startswith(
        "evalkit: kept: printed.csv!D3: found missing (book); expected 42.0 (book), as figures.csv"
    )


def test_what_is_not_known_is_passed_over_where_that_is_wanted(small, capsys):
    small.edit("printed.csv", "share\n", "备注\n")
    assert cli.main(take("--known-only")) == 0
    assert capsys.readouterr().err == "evalkit: passed over: printed.csv!E1: '备注'\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["printed.csv"], "--publication: found nothing; expected the code of what they are from"),
        (["books/system.xlsx", "printed.csv"], "--publication: found nothing"),
        (["books/findings.xlsx"], "--publication: found nothing"),
        (["gone.xlsx", "gone.csv", "--publication", "book"], "there is no file gone.xlsx\nthere is no file gone.csv"),
        (["printed.csv", "--publication", "bok"], "--publication: found 'bok'; expected one of book (did you mean"),
        (["printed.csv", "--publication", "book", "--metadata", "no.yaml"], "--metadata: found nothing; expected the"),
        (["printed.csv", "--publication", "book", "--regions", "smal"], "(did you mean 'small'?)"),
        (
            ["printed.csv", "--publication", "book", "--sign", "…", "0", "--sign", "…", "missing"],
            "--sign …: found '0' and 'missing'; expected one meaning",
        ),
        (["own.geojson", "--publication", "book"], "found '.geojson'; expected one of .xlsx, .csv"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_and_nothing_is_written(small, capsys, arguments, told):
    before = small.state()
    more = [] if "--metadata" in arguments else ["--metadata", "tables/metadata.yaml"]
    assert cli.main(["import-data", *arguments, "--to", "new", *more]) == 2
    assert told in capsys.readouterr().err
    assert small.state() == before


def test_one_wrong_cell_keeps_everything_from_being_written(small, capsys):
    small.edit("printed.csv", "乙市,2012年,4,…,6", "丁市,2012年,4,约五,6")
    before = small.state()
    assert cli.main(take()) == 2
    assert small.state() == before
    told = capsys.readouterr().err
    assert "printed.csv!A3: found '丁市'; expected one of 甲市, 乙市, 丙市, 丁县" in told
