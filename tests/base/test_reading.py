"""Whatever stands where a file is expected is told in words."""

import os

import pytest

from evalkit.base.errors import DataError, ParamsError
from evalkit.base.reading import check_file, read_text

MOST = 2**20


@pytest.fixture
def path(tmp_path):
    return tmp_path / "table.csv"


def refused(path, error=ParamsError):
    with pytest.raises(error) as told:
        read_text(path, most=MOST, error=error)
    return str(told.value)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_text_is_read_with_a_mark_or_without(path, start):
    path.write_bytes(start + "浙江\n".encode())
    assert read_text(path, most=MOST) == "浙江\n"


def test_a_missing_file_is_told(path):
    assert refused(path, DataError) == f"there is no file {path}"


def test_a_folder_is_told(path):
    path.mkdir()
    assert "table.csv: found a folder; expected a file" in refused(path)


def test_a_pipe_is_told_and_not_waited_for(path):
    os.mkfifo(path)
    assert "table.csv: found a device or a pipe; expected a file" in refused(path)


def test_a_link_that_leads_nowhere_is_told(path):
    path.symlink_to(path.parent / "gone")
    assert "table.csv: found a link that leads nowhere; expected a file" in refused(path)


def test_a_link_to_itself_is_told(path):
    path.symlink_to(path)
    assert "table.csv: found too many levels of symbolic links; expected a file" in refused(path)


def test_a_name_of_300_letters_is_told_in_short(path):
    message = refused(path.with_name("x" * 300))
    assert "found file name too long; expected a file that can be read" in message
    assert "x" * 61 not in message


def test_a_file_that_may_not_be_read_is_told(path, monkeypatch):
    path.touch()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
    assert "table.csv: found a file that may not be read; expected a file" in refused(path)


def test_a_file_that_cannot_be_read_after_all_is_told(path, monkeypatch):
    path.touch()

    def fails(self):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(path), "read_bytes", fails)
    assert "table.csv: found input/output error; expected a file that can be read" in refused(path)


def test_a_file_that_is_too_large_is_told_with_the_limit(path):
    with path.open("wb") as stream:
        stream.truncate(3 * MOST)
    assert "table.csv: found 3.0 MB; expected a file of at most 1 MB" in refused(path)
    with pytest.raises(ParamsError):
        check_file(path, most=MOST)


def test_another_encoding_is_told(path):
    path.write_bytes("浙江".encode("gbk"))
    assert "table.csv: found another encoding; expected UTF-8 (in Excel, save as “CSV UTF-8”)" in refused(path)


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"a\nb\0", "line 2: found the character U+0000"),
     (b"\xef\xbb\xbf" * 2 + b"a", "line 1: found the character U+FEFF")],
)  # fmt: skip
def test_what_cannot_be_seen_is_told_by_line(path, content, found):
    path.write_bytes(content)
    assert f"table.csv, {found}; expected text that can be seen" in refused(path)


def test_of_very_much_that_cannot_be_seen_the_first_is_told(path):
    path.write_bytes(b"\0\n" * 30)
    message = refused(path)
    assert message.count("U+0000") == 12
    assert message.endswith("… and more")
