from dataclasses import replace

from evalkit.base.text import Text
from evalkit.register.forms.columns import columns, sheet_names, state_label
from tests.register.forms.small import survey


def test_a_sheet_has_the_columns_that_its_kind_and_its_reporter_need():
    plain, units = survey().form("0101").sections
    city, department, register = (
        [column.key for column in columns(*given)] for given in ((plain, "own"), (plain, "department"), (units, "own"))
    )
    assert [key for key in department if key not in city] == ["region"]
    assert register[:4] == ["key", "unit", "measure", "last"]
    assert [column.key for column in columns(plain, "own") if column.is_open][:3] == ["value", "state", "reason"]


def test_the_name_of_a_sheet_is_one_that_excel_takes_and_stands_once():
    form = survey().form("0100")
    long = Text(zh="城乡/居民[基本]养老*保险?覆盖：面" + "很长" * 12, en="x")
    same = replace(form.sections[0], code="P3", name=long)
    wild = replace(
        form, sections=(same, replace(same, questions=()), replace(same, code="", name=Text(zh="审核意见", en="x")))
    )
    names = list(sheet_names(wild))
    assert [len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names] == [True] * 3
    assert names[1].endswith(" 2")
    assert names[2] == "审核意见 2"


def test_a_state_has_its_word():
    assert [state_label(state, "zh") for state in ("not due", "not applicable")] == ["未到期", "不适用"]
