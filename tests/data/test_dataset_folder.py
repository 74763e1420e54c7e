import numpy as np
import pandas as pd
import pytest

from evalkit import Dataset, ParamsError
from evalkit.data import dataset_folder
from evalkit.data.dataset_folder import save
from tests.data.conftest import FACILITIES


@pytest.fixture
def target(tables):
    """A folder that is not there yet, beside nothing but the tables."""
    above = tables.folder / "above"
    above.mkdir()
    return above / "saved"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_saved_is_loaded_as_it_was(tables, target):
    tables.edit("people.csv", "330200,2011,50,value", "330200,2011,,missing")
    tables.edit("people.csv", "330100,2011,80,value", "330100,2011,80.125,disputed")
    tables.edit("metadata.yaml", "valid: [0, 100]", 'breaks: [{year: 2012, region: "330100", note: {zh: 断, en: b}}]')
    dataset = tables.load()
    save(dataset, target)
    saved = Dataset.load(target, tables.regions)
    assert saved.metadata == dataset.metadata
    pd.testing.assert_frame_equal(saved.table, dataset.table)


def test_facilities_are_saved_by_name(facilities, target):
    save(facilities.load(), target)
    pd.testing.assert_frame_equal(Dataset.load(target, facilities.regions).units, facilities.load().units)
    assert FACILITIES.count("centre") == (target / "figures.csv").read_text("utf-8").count("centre")


@pytest.mark.parametrize("number", ["80", "0.1", "12345678901234567", "1e-7", "2.5e+20"])
def test_numbers_are_written_in_full_and_no_longer_than_they_are(tables, target, number):
    tables.edit("people.csv", "330100,2011,80,", f"330100,2011,{number},")
    save(tables.load(), target)
    line = next(
        line for line in (target / "figures.csv").read_text("utf-8").splitlines() if "people,330100,2011" in line
    )
    printed = line.split(",")[3]
    assert float(printed) == float(number)
    assert set(printed) <= set("0123456789.")
    assert not printed.endswith(".0")


def test_a_folder_that_is_there_is_only_replaced_by_force_and_then_whole(tables, target):
    target.mkdir()
    (target / "earlier.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(ParamsError, match="found one that is there already; expected another name, or --force"):
        save(tables.load(), target)
    assert files(target) == {"earlier.csv": b"mine"}
    save(tables.load(), target, force=True)
    assert sorted(path.name for path in target.parent.rglob("*")) == ["figures.csv", "metadata.yaml", "saved"]


def test_a_folder_with_more_than_a_dataset_is_never_replaced(tables, target):
    (target / "notes.csv").mkdir(parents=True)
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        ParamsError, match=r"(?s)found notes\.csv; expected nothing beside.*found notes\.txt; expected"
    ) as told:
        save(tables.load(), target, force=True)
    assert len(told.value.problems) == 2
    assert files(target) == {"notes.txt": b"mine"}


def test_a_file_is_no_folder(tables, target):
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(ParamsError, match="found a file; expected a folder"):
        save(tables.load(), target, force=True)


def test_the_folder_above_has_to_be_there(tables, target):
    with pytest.raises(ParamsError, match=r"the folder above: found no .*saved; expected a folder that is there"):
        save(tables.load(), target / "below")


@pytest.mark.parametrize("fault", [OSError("the disk is full"), KeyboardInterrupt("by hand")])
@pytest.mark.parametrize("step", ["_write", "Path.rename"])
def test_what_fails_half_way_leaves_the_folder_as_it_was(tables, target, monkeypatch, step, fault):
    save(tables.load(), target)
    before, rename = files(target.parent), dataset_folder.Path.rename

    def fails(self, *_):
        if step == "_write" or self.name == "new":
            raise fault
        return rename(self, *_)

    monkeypatch.setattr(dataset_folder if step == "_write" else dataset_folder.Path, step.removeprefix("Path."), fails)
    with pytest.raises(type(fault), match=str(fault)):
        save(tables.load(), target, force=True)
    assert files(target.parent) == before


def test_a_blank_is_written_as_nothing():
    assert dataset_folder._printed(np.nan) == ""
