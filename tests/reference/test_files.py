import pytest

from evalkit.base.errors import ParamsError
from evalkit.reference import files
from evalkit.reference.files import reference, save
from evalkit.reference.kinds import SCHEMAS
from tests.conftest import ROOT


def test_what_is_kept_is_what_the_models_give():
    made = reference(ROOT, ROOT / SCHEMAS, ROOT / "docs")
    kept = {path: path.read_text(encoding="utf-8") if path.is_file() else None for path in made}
    stale = [path.relative_to(ROOT).as_posix() for path, text in made.items() if kept[path] != text]
    left_over = [path.name for path in (ROOT / SCHEMAS).iterdir() if path not in made]
    assert (stale, left_over) == ([], []), "write them anew with `make reference` (`evalkit schema --pages docs`)"


def test_files_take_the_place_of_those_that_are_there_in_a_folder_that_is_made(tmp_path):
    kept, new = tmp_path / "kept.json", tmp_path / "schema" / "new.json"
    kept.write_bytes("甲\r\n1\r\n2\r\nold".encode())
    save({kept: "甲\n1\n2\n3\n", new: "乙\n"})
    assert (kept.read_bytes(), new.read_bytes()) == ("甲\n1\n2\n3\n".encode(), "乙\n".encode())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept.json", "new.json", "schema"]


def test_a_file_that_is_another_is_replaced_by_force_only(tmp_path):
    own = tmp_path / "index.json"
    own.write_text('{"mine": 1}')
    with pytest.raises(
        ParamsError, match=r"index\.json: found one that is not of evalkit; expected another folder, or"
    ):
        save(reference(ROOT, tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["index.json"]
    assert own.read_text() == '{"mine": 1}'
    save(reference(ROOT, tmp_path), force=True)
    save(reference(ROOT, tmp_path))  # what was written here


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/there/a.json", "found no .*none; expected a folder that is there"),
        ("file/a.json", "file: found a file; expected a folder"),
        ("folder", "the file folder: found a folder; expected a file"),
        (f"{'a' * 300}.json", "name too long; expected one that can be written"),
        (f"{'a' * 300}/a.json", "name too long; expected one that can be written"),
    ],
)
def test_nothing_is_written_where_one_file_cannot_be(tmp_path, name, message):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ParamsError, match=message):
        save({tmp_path / "good.json": "", tmp_path / name: ""})
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_is_made_where_a_meaning_is_missing(monkeypatch):
    monkeypatch.setattr(files, "gaps", lambda models: ["Round.more"])
    with pytest.raises(ParamsError, match=r"the meanings do not fit the models\n  - Round.more"):
        reference(ROOT, ROOT / SCHEMAS)
