import pytest

from evalkit import DataError, Dataset
from evalkit.base.errors import ParamsError
from evalkit.data.additions import Added, add
from evalkit.data.intake import Reading, take_in
from tests.data.test_dataset_folder import files

HEADER = "variable,region,year,value,state,publication"
TABLE = "地区,2011,2012\n杭州,80,100\n宁波,50,60\n"


@pytest.fixture
def folder(tmp_path):
    """Where the dataset is to be, with metadata that a person commented."""
    folder = tmp_path / "own" / "data"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def added(tmp_path, labels, folder):
    """Adds a printed table of people to the dataset."""
    declared = tmp_path / "declared.yaml"
    declared.write_text("# of my own\n" + declared.read_text("utf-8"), encoding="utf-8")

    def added(text=TABLE, *, publication="book", signs=(), metadata=declared, force=False):
        (tmp_path / "people.csv").write_text(text, encoding="utf-8")
        intake = take_in([tmp_path / "people.csv"], labels, Reading(publication, dict(signs)))
        return add(intake, labels, metadata, folder, force=force)

    return added


def rows(folder, name="figures.csv"):
    return (folder / name).read_text("utf-8").splitlines()[1:]


def test_figures_and_a_copy_of_the_metadata_make_a_dataset(tmp_path, added, folder):
    assert added() == Added(new=4, replaced=0, lacking=4 + 2 + 4)
    assert (folder / "metadata.yaml").read_bytes() == (tmp_path / "declared.yaml").read_bytes()
    lines = (folder / "figures.csv").read_text("utf-8").splitlines()
    assert lines[:2] == [HEADER, "people,330100,2011,80,value,book"]


def test_the_folder_need_not_be_there(added, folder):
    folder.rmdir()
    added()
    assert len(rows(folder)) == 4


def test_figures_come_beside_those_that_are_there(added, folder):
    added("地区,2012\n宁波,60\n")
    assert added("地区,2012\n杭州,100.0\n").new == 1
    assert added() == Added(new=2, replaced=0, lacking=10)
    assert rows(folder) == [
        "people,330100,2011,80,value,book", "people,330100,2012,100.0,value,book",
        "people,330200,2011,50,value,book", "people,330200,2012,60,value,book",
    ]  # fmt: skip


def test_a_figure_that_is_printed_otherwise_is_replaced_by_force_only(added, folder):
    added()
    before = files(folder)
    with pytest.raises(DataError, match="stand otherwise in the dataset") as told:
        added("地区,2011,2012\n杭州,81,-\n")
    assert [str(problem) for problem in told.value.problems] == [
        "people.csv!B2: found 81 (book); expected 80 (book), as figures.csv row 2 has it; or --force",
        "people.csv!C2: found missing (book); expected 100 (book), as figures.csv row 3 has it; "
        "or --sign - missing and --force",
    ]
    assert files(folder) == before
    assert added("地区,2011,2012\n杭州,81,\n", force=True) == Added(new=1, replaced=1, lacking=10)
    assert rows(folder)[0] == "people,330100,2011,81,value,book"


@pytest.mark.parametrize("sign", ["-", "…"])
def test_a_sign_takes_a_figure_away_only_where_its_meaning_is_given(added, folder, sign):
    added()
    found = added(f"地区,2012\n杭州,{sign}\n", force=True)
    assert (found.new, [each.where for each in found.kept]) == (0, ["people.csv!B2"])
    assert len(rows(folder)) == 4
    assert added(f"地区,2012\n杭州,{sign}\n", signs=[(sign, "missing")], force=True).replaced == 1
    assert rows(folder)[1] == "people,330100,2012,,missing,book"


def test_a_blank_cell_takes_no_figure_away(added, folder):
    added()
    assert added("地区,2011,2012\n杭州,,\n") == Added(new=0, replaced=0, lacking=10)
    assert len(rows(folder)) == 4


@pytest.mark.parametrize("blank", ["", "—", "…"])
def test_a_figure_fills_a_blank_without_force(added, folder, blank):
    assert added(f"地区,2011,2012\n杭州,80,{blank}\n") == Added(new=2, replaced=0, lacking=12, blank=1)
    assert added("地区,2011,2012\n杭州,80,100\n") == Added(new=1, replaced=0, lacking=12, filled=1)
    assert rows(folder) == ["people,330100,2011,80,value,book", "people,330100,2012,100,value,book"]


@pytest.mark.parametrize("state", ["not applicable", "not due"])
def test_a_figure_takes_the_place_of_what_is_said_not_to_be_by_force_only(added, state):
    added("地区,2012\n杭州,x\n", signs=[("x", state)])
    with pytest.raises(DataError, match=rf"found 100 \(book\); expected {state} \(book\)"):
        added("地区,2012\n杭州,100\n")


def test_other_tables_of_the_folder_stay_but_for_what_is_replaced(added, folder):
    people = f"{HEADER}\npeople,330100,2011,79,value,book\npeople,330200,2011,50,value,book\n"
    health = f"{HEADER}\r\ndoctors,330100,2011,1600,value,book\r\n"
    (folder / "people.csv").write_text(people, encoding="utf-8")
    (folder / "health.csv").write_bytes(health.encode())
    assert added(force=True) == Added(new=3, replaced=1, lacking=9)
    assert (folder / "health.csv").read_bytes() == health.encode()
    assert rows(folder, "people.csv") == ["people,330200,2011,50,value,book"]
    assert len(rows(folder)) == 3


def test_what_is_made_is_a_dataset(tmp_path, added, folder, labels):
    whole = tmp_path / "declared.yaml"
    text = whole.read_text("utf-8")
    whole.write_text(text[: text.index("  doctors:")], encoding="utf-8")
    added()
    dataset = Dataset.load(folder, labels.regions.table)
    assert dataset.values.people.tolist() == [80, 100, 50, 60]


def test_other_metadata_are_replaced_by_force_only(added, folder):
    (folder / "metadata.yaml").write_text("title: mine", encoding="utf-8")
    with pytest.raises(
        ParamsError, match=r"metadata\.yaml: found other metadata; expected those of .*declared\.yaml, or"
    ):
        added()
    assert files(folder) == {"metadata.yaml": b"title: mine"}
    added(force=True)
    assert (folder / "metadata.yaml").read_text("utf-8").startswith("# of my own")


def test_tables_that_are_there_have_to_be_right(added, folder):
    (folder / "people.csv").write_text(f"{HEADER}\npeople,330100,2011,x,value,book\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"people\.csv row 2, column 'value': found 'x'"):
        added()


def test_a_folder_that_holds_something_else_is_left_alone(added, folder):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ParamsError, match=r"found notes\.txt; expected nothing beside"):
        added(force=True)
    assert files(folder) == {"notes.txt": b"mine"}
