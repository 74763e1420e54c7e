import pytest

from evalkit.runs import archive


def test_tables_come_back_as_they_were(tmp_path):
    texts = {"a.csv": "码,值\r\n1,2\r\n", "data/a.csv": "code,value\r\n"}
    archive.pack({name: text.encode("utf-8-sig") for name, text in texts.items()}, tmp_path / archive.NAME)
    assert archive.unpacked(tmp_path / archive.NAME) == texts


def test_the_same_tables_are_the_same_bytes(tmp_path):
    archive.pack({"t.csv": b"x", "u.csv": b""}, tmp_path / "a.zip")
    archive.pack({"u.csv": b"", "t.csv": b"x"}, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_what_is_no_archive_holds_nothing(tmp_path):
    assert archive.unpacked(tmp_path / "none.zip") == {}
    (tmp_path / "broken.zip").write_text("no")
    assert archive.unpacked(tmp_path / "broken.zip") == {}


@pytest.fixture
def joined(tmp_path):
    """Joins the table t.csv of several reports, given as texts."""

    def make(*texts):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"{number}.zip")
            archive.pack({"t.csv": text.encode("utf-8-sig")}, paths[-1])
        archive.join([*paths, tmp_path / "none.zip"], ["t.csv", "u.csv"], tmp_path)
        made = tmp_path / "t.csv"
        return made.read_bytes().decode("utf-8-sig") if made.exists() else None

    return make


def test_tables_are_joined_in_their_order_and_cells_stay_as_they_are(joined):
    found = joined("code,x\r\n1,1.50\r\n1,\r\n", 'code,x\r\n3,"a ""b"", c"\r\n')
    assert found == 'code,x\r\n1,1.50\r\n1,\r\n3,"a ""b"", c"\r\n'


def test_of_nothing_there_is_no_table(joined):
    assert joined() is None


def test_columns_that_only_some_have_are_blank_in_the_others(joined):
    assert joined("code,x\r\n1,a\r\n", "code,y\r\n2,b\r\n") == "code,x,y\r\n1,a,\r\n2,,b\r\n"
