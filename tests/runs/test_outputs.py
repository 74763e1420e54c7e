import errno
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.base.errors import ParamsError, Problem
from evalkit.runs.outputs import check_folder, output_folder, replace, stage_of, staging


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


def test_what_killed_runs_of_any_machine_left_is_put_in_order(tmp_path):
    put(stage_of(tmp_path / "2012", 1) / "cities" / "a", "stray")
    put(tmp_path / ".2012.another.1" / "a", "stray")
    put(tmp_path / ".2012.lock", "a run of process 1 on another")
    put(stage_of(tmp_path / "2013", 1) / "a", "of another year")
    put(tmp_path / "2012" / "cities" / ".330100.old" / "report.html", "about to be replaced")
    put(tmp_path / "2012" / "cities" / ".330200.old" / "report.html", "replaced")
    put(tmp_path / "2012" / "cities" / "330200" / "report.html", "new")
    with staging(tmp_path / "2012"):
        pass
    left = {name for name in files(tmp_path) if not name.startswith(".2013.")}
    assert left == {"2012/cities/330100/report.html", "2012/cities/330200/report.html"}
    assert files(tmp_path)["2012/cities/330100/report.html"] == "about to be replaced"
    assert files(tmp_path)["2012/cities/330200/report.html"] == "new"


def test_a_second_run_into_a_folder_is_refused_and_touches_nothing(tmp_path):
    with staging(tmp_path / "2012") as stage, staging(tmp_path / "2013"):
        put(stage / "a", "1")
        with pytest.raises(ParamsError) as refused, staging(tmp_path / "2012"):
            pass
        assert files(stage) == {"a": "1"}
    found = f"a run of process {os.getpid()} on {platform.node()}"
    assert refused.value.problems == (Problem(str(tmp_path / "2012"), found, "none: wait for its end"),)
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_a_run_that_is_killed_is_let_go_of(tmp_path):
    script = (
        f"from evalkit.runs.outputs import *\nwith staging(Path({str(tmp_path / '2012')!r})): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == -9
    assert len(list(tmp_path.iterdir())) == 2  # the lock and the stage
    with staging(tmp_path / "2012"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told(tmp_path):
    put(tmp_path / "outputs", "a file")
    with pytest.raises(ParamsError, match=r"cannot go on.*\n.*outputs: found .*; expected a disk with room"):
        staging(tmp_path / "outputs" / "2012").__enter__()
    with (
        pytest.raises(ParamsError, match=r"/n\.csv: found no space left on device; expected"),
        staging(tmp_path / "2012"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device", "/n.csv")


def test_what_is_in_the_way_is_told_where_it_is(tmp_path):
    def run():
        with staging(tmp_path / "2012") as stage:
            replace(put(stage / "index.html", "new"), tmp_path / "2012" / "index.html")

    put(tmp_path / "2012" / "index.html" / "mine", "")
    with pytest.raises(ParamsError, match=r"2012/index\.html: found is a directory"):
        run()


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
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(PermissionError):
        replace(tmp_path / "new", tmp_path / "final")
    assert files(tmp_path / "final") == {"a": "old"}


@pytest.mark.parametrize("link", ["outputs", "outputs/study", "outputs/study/2012", "outputs/study/2012/cities"])
def test_no_link_is_written_through(tmp_path, link):
    root, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (root / link).parent.mkdir(parents=True)
    elsewhere.mkdir()
    (root / link).symlink_to(elsewhere)
    with pytest.raises(ParamsError, match=f"{link}: found a link to {elsewhere}; expected a file or folder of its own"):
        check_folder(root / "outputs" / "study" / "2012", root)


def test_a_folder_without_links_is_written_to(tmp_path):
    (tmp_path / "outputs" / "study" / "2012" / "cities").mkdir(parents=True)
    check_folder(tmp_path / "outputs" / "study" / "2012", tmp_path)
    check_folder(tmp_path / "outputs" / "other" / "2012", tmp_path)
