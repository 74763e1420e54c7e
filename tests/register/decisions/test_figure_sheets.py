import math

import pytest

from evalkit.base.errors import ParamsError
from evalkit.data.metadata import Metadata
from evalkit.register.decisions.figure_sheets import figure_sheet, read_figures
from evalkit.register.schema import FIGURE
from evalkit.tabular.xlsx.writer import write_sheets

METADATA = Metadata.model_validate(
    {
        "title": {"zh": "数"},
        "licence": {"zh": "无"},
        "publications": {"form": {"title": {"zh": "报表"}, "stated": True}},
        "variables": {
            "beds": {
                "name": {"zh": "床位数"},
                "unit": {"zh": "张"},
                "definition": {"zh": "床位"},
                "kind": "count",
                "scope": {"zh": "全市"},
                "years": [2012, 2012],
            }
        },
    }
)


def written(city, tmp_path, kind, **filled):
    sheet = figure_sheet(kind, city.rows(FIGURE), METADATA, {"330100": "杭州市"})
    sheet.records[1].update(filled)
    write_sheets([sheet], tmp_path / "a.xlsx")
    return sheet, tmp_path / "a.xlsx"


def test_a_sheet_has_a_row_for_each_figure_with_what_was_reported(city, tmp_path):
    sheet, path = written(city, tmp_path, "seen")
    assert sheet.records[1] == {
        "figure": 2, "region": "330100", "region_name": "杭州市", "variable": "beds", "variable_name": "床位数",
        "measure": "张", "reported": 20, "explanation": "a new hospital",
    }  # fmt: skip
    assert read_figures("seen", path).empty


def test_what_was_seen_is_read_and_words_are_codes(city, tmp_path):
    _, path = written(city, tmp_path, "seen", seen=19.5, verdict="存疑", note="名册")
    assert read_figures("seen", path).values.tolist() == [[2, 19.5, "doubted", "名册"]]
    _, path = written(city, tmp_path, "revised", state="缺失", because="查无", evidence="名册")
    ((number, value, *others),) = read_figures("revised", path).values.tolist()
    assert (number, math.isnan(value), others) == (2, True, ["missing", "查无", "名册"])


def test_a_word_that_is_no_verdict_and_a_figure_without_a_number_are_told_by_cell(city, tmp_path):
    _, path = written(city, tmp_path, "seen", seen=19.5, verdict="好", figure=2.5)
    with pytest.raises(ParamsError, match=r"(?s)数据核实!A4.*found 2\.5.*L4.*'好'; expected 相符 or 存疑"):
        read_figures("seen", path)


def test_a_table_of_csv_is_read_by_its_keys(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("figure,place,seen,verdict,note\n2,x,19.5,,list\n3,y,,,\n", encoding="utf-8")
    assert read_figures("seen", path).values.tolist() == [[2, 19.5, "", "list"]]
    path.write_text("figure,seen,verdict,note\n2,about 19,,\n", encoding="utf-8")
    with pytest.raises(ParamsError, match=r"a\.csv row 2, column 'seen': found 'about 19'; expected a number"):
        read_figures("seen", path)
    path.write_text("figure,seen\n2,19\n", encoding="utf-8")
    with pytest.raises(ParamsError, match="row 1: found no column verdict, note"):
        read_figures("seen", path)
