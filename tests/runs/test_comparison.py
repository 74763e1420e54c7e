import pytest

from evalkit.base.errors import ParamsError
from evalkit.runs import manifest
from evalkit.runs.comparison import compare

INPUTS = {"params/rules/r.yaml": "1", "evalkit/study.py": "1", "data/own/a.csv": "1", "register": "1"}


def run(folder, *, inputs=INPUTS, **tables):
    data = folder / "tables" / "data"
    data.mkdir(parents=True)
    for name, text in tables.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    record = {"study": "s", "year": 2012, "language": "zh", "outputs": {}, "inputs": inputs}
    manifest.write(record, folder / manifest.NAME)
    return folder


def changes(tmp_path, before, after):
    found = compare(run(tmp_path / "a", **before), run(tmp_path / "b", **after)).changes
    return [tuple(row) for row in found.itertuples(index=False)]


def test_runs_that_are_alike_have_no_changes(tmp_path):
    assert changes(tmp_path, {"grade": "code,grade\n01,优秀\n"}, {"grade": "code,grade\n01,优秀\n"}) == []


def test_cells_are_found_by_what_tells_their_row_though_ranks_have_moved(tmp_path):
    before = "rank,city,code,score\n1,甲市,01,90\n2,乙市,02,80\n"
    after = "rank,city,code,score\n1,乙市,02,95\n2,甲市,01,90\n"
    assert changes(tmp_path, {"ranking": before}, {"ranking": after}) == [
        ("ranking", "01", "rank", "1", "2"),
        ("ranking", "02", "rank", "2", "1"),
        ("ranking", "02", "score", "80", "95"),
    ]


def test_rows_that_one_run_alone_has_are_told_once(tmp_path):
    before, after = "code,year,score\n01,2011,1\n01,2012,2\n", "code,year,score\n01,2012,2\n02,2012,3\n"
    assert changes(tmp_path, {"x": before}, {"x": after}) == [
        ("x", "01 2011", "", "a row", ""),
        ("x", "02 2012", "", "", "a row"),
    ]


def test_a_table_that_one_run_alone_has_and_what_readers_ask_for_first(tmp_path):
    found = changes(
        tmp_path, {"a": "code,v\n01,1\n", "grade": "code,grade\n01,优秀\n"}, {"grade": "code,grade\n01,良好\n"}
    )
    assert [row[0] for row in found] == ["grade", "a"]


@pytest.mark.parametrize(
    ("changed", "causes"),
    [
        ({"params/rules/r.yaml": "2"}, {"rules": ["params/rules/r.yaml"]}),
        ({"evalkit/study.py": "2"}, {"code": ["evalkit/study.py"]}),
        ({"data/own/a.csv": "2", "register": "2"}, {"figures": ["data/own/a.csv", "register"]}),
        ({"params/studies/s.yaml": "new"}, {"method": ["params/studies/s.yaml"]}),
        ({}, {}),
    ],
)
def test_the_inputs_that_are_others_say_why(tmp_path, changed, causes):
    one, other = run(tmp_path / "a"), run(tmp_path / "b", inputs=INPUTS | changed)
    assert compare(one, other).causes == causes


def test_a_folder_that_is_none_of_a_run_is_told(tmp_path):
    with pytest.raises(ParamsError, match="cannot be verified"):
        compare(run(tmp_path / "a"), tmp_path)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n1,2,3\n", 'a,b\n1,"2\n', "a,b\n\udcff,1\n"])
def test_a_table_that_cannot_be_read_is_told(tmp_path, text):
    one, other = run(tmp_path / "a", x="a,b\n"), run(tmp_path / "b", x="a,b\n")
    table = other / "tables" / "data" / "x.csv"
    table.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ParamsError, match=r"x\.csv: found .*; expected a table as the run left it"):
        compare(one, other)
