"""What becomes of a register under writers that are killed or come at once, full disks and broken files."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import event

from evalkit.base.errors import DataError, EvalkitError
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE
from tests.conftest import ROOT
from tests.register.conftest import BOTH, entry, figures, submission

SIZE = 1000
NOBODY = 65534


def writer(url, name, most, size=SIZE, **more):
    command = [sys.executable, "-m", "tests.register.writer", url, name, str(most), str(size)]
    started = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, **more,
    )  # fmt: skip
    assert started.stdout.readline() == "ready\n", started.stderr.read()
    return started


@BOTH
def test_a_writer_that_is_killed_leaves_whole_submissions_or_none(url):
    killed = writer(url, "a", 1000)
    for _ in range(2):
        told = killed.stdout.readline()
    killed.kill()  # as kill -9: amid the next one
    killed.wait()
    register = Register.open(url)
    found = Counter(register.rows(FIGURE).submission)
    assert set(found.values()) == {SIZE}
    assert len(found) >= int(told) + 1
    assert set(found) == set(register.submissions().index)
    assert register.altered() == []
    register.receive(submission("b"), figures(1.0), entry((4, 2)))


@BOTH
def test_two_writers_at_once_wait_in_turn(url):
    both = [writer(url, name, 4, 200) for name in "ab"]
    assert [(one.communicate(timeout=120), one.returncode)[1] for one in both] == [0, 0]
    register = Register.open(url)
    assert sorted(register.submissions().by) == [*"a" * 4, *"b" * 4]
    assert (register.until(), register.altered()) == (8, [])


@BOTH
def test_a_reader_is_not_in_the_way_of_a_writer_and_sees_nothing_half_done(url):
    register = Register.make(url)
    register.receive(submission("a"), figures(1.0), entry((4, 1)))

    def look(_):
        assert Register.open(url).figures([2012]).value.tolist() == [1]

    register.write(entry((4, 2)), submission("b").rows(figures(2.0), "submitted"), first=look)
    assert register.figures([2012]).value.tolist() == [2]


@pytest.fixture
def file(tmp_path):
    """A register with one submission."""
    register = Register.make(f"sqlite:///{tmp_path / 'r.sqlite'}")
    register.receive(submission("a"), figures(*range(500), unit=[*map(str, range(500))]), entry((4, 1)))
    return tmp_path / "r.sqlite"


def opened(file):
    return Register.open(f"sqlite:///{file}")


def test_a_full_disk_is_told_and_nothing_is_lost(file):
    register = opened(file)

    @event.listens_for(register.engine, "connect")
    def full(connection, _):
        most = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {most}")

    more = figures(*range(9000), unit=[*map(str, range(9000))])
    with pytest.raises(DataError, match="database or disk is full"):
        register.receive(submission("b"), more, entry((4, 2)))
    again = opened(file)
    assert (again.submissions().index.tolist(), len(again.figures([2012])), again.altered()) == (["a"], 500, [])


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_file_that_is_cut_off_is_told(file, kept):
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(EvalkitError, match=r"(?s)r\.sqlite.*(malformed|not a database|tables)"):
        opened(file).check()
    assert len(file.read_bytes()) == int(len(whole) * kept)


def test_a_file_with_pages_of_something_else_is_told(file):
    with file.open("r+b") as broken:
        broken.seek(8192)
        broken.write(b"\xff" * 40_000)
    with pytest.raises(DataError, match=r"(?s)cannot be used.*malformed"):
        opened(file).check()


@pytest.fixture
def as_nobody(file):
    """A register of another user's, which nobody else may write; gives it in a folder that the test may open."""
    with TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shared = Path(shutil.copy(file, folder))
        shared.chmod(0o444)
        before = os.geteuid()
        os.seteuid(NOBODY)
        yield shared
        os.seteuid(before)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only who is root can become somebody else")
def test_who_may_not_write_is_told(as_nobody):
    with pytest.raises(DataError, match=r"(?s)cannot be used.*a file and a folder that can be written"):
        opened(as_nobody).receive(submission("b"), figures(1.0), entry((4, 2)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only who is root can become somebody else")
def test_who_may_write_the_folder_alone_reads(as_nobody):
    os.seteuid(0)
    as_nobody.parent.chmod(0o777)
    os.seteuid(NOBODY)
    assert len(opened(as_nobody).figures([2012])) == 500
    with pytest.raises(DataError, match="attempt to write a readonly database"):
        opened(as_nobody).receive(submission("b"), figures(1.0), entry((4, 2)))
    assert opened(as_nobody).submissions().index.tolist() == ["a"]


def test_a_server_that_does_not_answer_is_told():
    with pytest.raises(DataError, match=r"(?s)cannot be used.*a server that answers"):
        Register.open("postgresql+psycopg://me:secret@localhost:1/none")


def test_a_password_is_not_told():
    with pytest.raises(DataError) as error:
        Register.open("postgresql+psycopg://me:secret@localhost:1/none")
    assert "secret" not in str(error.value)
