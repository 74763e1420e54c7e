import os
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.base.errors import ParamsError
from evalkit.runs import outputs
from evalkit.runs.outputs import output_folder, replace, stage_of, staging


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_the_folder_is_named_by_study_year_and_other_language():
    options = {"default_language": "zh"}
    assert output_folder(Path("p"), "s", 2012, language="zh", **options) == Path("p/outputs/s/2012")
    assert output_folder(Path("p"), "s", 2012, language="en", **options) == Path("p/outputs/s/2012-en")
    assert output_folder(Path("p"), "s", 2012, language="en", default_language="en") == Path("p/outputs/s/2012")


def test_a_stage_is_empty_beside_the_folder_and_gone_afterwards(tmp_path):
    put(tmp_path / "2012" / "a", "1")
    with staging(tmp_path / "2012") as stage:
        assert stage.parent == tmp_path
        assert list(stage.iterdir()) == []
        put(stage / "cities" / "a", "2")
    assert files(tmp_path) == {"2012/a": "1"}
    assert not stage.exists()


def test_a_stage_is_gone_after_an_error_and_after_an_interruption(tmp_path):
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            fail(tmp_path, error)
        assert list(tmp_path.iterdir()) == []


def fail(folder, error):
    with staging(folder / "2012") as stage:
        put(stage / "a", "1")
        raise error


def test_what_a_killed_run_left_is_not_taken_over(tmp_path):
    put(stage_of(tmp_path / "2012", os.getpid()) / "old", "1")
    with staging(tmp_path / "2012") as stage:
        assert list(stage.iterdir()) == []


def ended():
    """The number of a process that is gone."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_run_left_is_put_in_order(tmp_path):
    put(stage_of(tmp_path / "2012", ended()) / "cities" / "a", "stray")
    put(stage_of(tmp_path / "2013", ended()) / "a", "of another year")
    put(tmp_path / "2012" / "cities" / ".330100.old" / "report.html", "about to be replaced")
    put(tmp_path / "2012" / "cities" / ".330200.old" / "report.html", "replaced")
    put(tmp_path / "2012" / "cities" / "330200" / "report.html", "new")
    with staging(tmp_path / "2012"):
        pass
    left = {name for name in files(tmp_path) if not name.startswith(".2013.")}
    assert left == {"2012/cities/330100/report.html", "2012/cities/330200/report.html"}
    assert files(tmp_path)["2012/cities/330100/report.html"] == "about to be replaced"
    assert files(tmp_path)["2012/cities/330200/report.html"] == "new"


@pytest.mark.parametrize(("machine", "process"), [(outputs.MACHINE, os.getppid()), ("another", 10**9)])
def test_what_a_run_that_goes_on_or_may_go_on_has_written_stays(tmp_path, machine, process):
    put(tmp_path / f".2012.{machine}.{process}" / "a", "theirs")
    put(tmp_path / "2012" / ".a.old" / "b", "being replaced")
    before = files(tmp_path)
    with staging(tmp_path / "2012"):
        pass
    assert files(tmp_path) == before


def test_a_file_takes_the_place_of_a_file(tmp_path):
    replace(put(tmp_path / "new", "2"), put(tmp_path / "a" / "final", "1"))
    assert files(tmp_path) == {"a/final": "2"}


def test_a_folder_takes_the_place_of_a_folder_as_a_whole(tmp_path):
    put(tmp_path / "final" / "only-old", "1")
    put(tmp_path / "new" / "only-new", "2")
    replace(tmp_path / "new", tmp_path / "final")
    assert files(tmp_path) == {"final/only-new": "2"}
    assert os.listdir(tmp_path) == ["final"]


def test_a_place_that_is_not_there_is_made(tmp_path):
    put(tmp_path / "new" / "a", "1")
    replace(tmp_path / "new", tmp_path / "cities" / "330100")
    assert files(tmp_path) == {"cities/330100/a": "1"}


def test_the_old_folder_is_kept_until_the_new_one_is_in_place(tmp_path, monkeypatch):
    put(tmp_path / "final" / "a", "old")
    put(tmp_path / "new" / "a", "new")
    moves, rename = [], Path.rename

    def watched(path, target):
        rename(path, target)
        moves.append((path.name, sorted(files(tmp_path).values())))

    monkeypatch.setattr(Path, "rename", watched)
    replace(tmp_path / "new", tmp_path / "final")
    assert moves == [("final", ["new", "old"]), ("new", ["new", "old"])]
    assert files(tmp_path) == {"final/a": "new"}


def test_what_a_killed_run_left_aside_is_kept_until_there_is_a_new_folder(tmp_path):
    put(tmp_path / ".final.old" / "a", "old")  # killed between the two renames
    replace(put(tmp_path / "file", "1"), tmp_path / "other")
    assert files(tmp_path / ".final.old") == {"a": "old"}
    put(tmp_path / "new" / "a", "new")
    replace(tmp_path / "new", tmp_path / "final")
    assert files(tmp_path) == {"other": "1", "final/a": "new"}


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path, monkeypatch):
    put(tmp_path / "final" / "a", "old")
    put(tmp_path / "new" / "a", "new")
    rename = Path.rename

    def fails(path, target):
        if path.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(ParamsError, match=r"final: found permission denied; expected .* no file in it .* open"):
        replace(tmp_path / "new", tmp_path / "final")
    assert files(tmp_path / "final") == {"a": "old"}


def test_where_nothing_can_be_written_it_says_so(tmp_path):
    put(tmp_path / "outputs", "a file")
    with pytest.raises(ParamsError, match="2012: found not a directory"), staging(tmp_path / "outputs" / "2012"):
        pass
