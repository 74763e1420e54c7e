from evalkit.runs import archive


def test_tables_come_back_as_they_were_and_their_folder_is_gone(tmp_path):
    folder, path = tmp_path / "tables", tmp_path / archive.NAME
    (folder / "data").mkdir(parents=True)
    (folder / "a.csv").write_text("码,值\r\n1,2\r\n", encoding="utf-8-sig", newline="")
    (folder / "data" / "a.csv").write_text("code,value\r\n", encoding="utf-8-sig", newline="")
    archive.pack(folder, path)
    assert not folder.exists()
    assert archive.unpacked(path) == {"a.csv": "码,值\r\n1,2\r\n", "data/a.csv": "code,value\r\n"}


def test_the_same_tables_are_the_same_bytes(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_text("x")
        archive.pack(tmp_path / name, tmp_path / f"{name}.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_what_is_no_archive_holds_nothing(tmp_path):
    assert archive.unpacked(tmp_path / "none.zip") == {}
    (tmp_path / "broken.zip").write_text("no")
    assert archive.unpacked(tmp_path / "broken.zip") == {}
