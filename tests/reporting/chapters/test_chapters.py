"""What the chapters declare, joined for each kind of report."""

import pytest

from evalkit.reporting import chapters
from evalkit.runs.kinds import KINDS

DECLARED = [
    (name, own)
    for module in chapters.MODULES
    for name, own in vars(module).items()
    if isinstance(own, dict) and name.startswith("OF_")
]
NAMES = sorted({name for name, _ in DECLARED})


@pytest.mark.parametrize("name", NAMES)
def test_no_two_modules_declare_a_table_under_one_name(name):
    assert sum(len(own) for declared, own in DECLARED if declared == name) == len(chapters.joined(name)) > 0


def test_whatever_a_module_declares_is_of_a_kind_of_report():
    of_kinds = {name for kind in KINDS.values() for name in (*kind.tables, *kind.shared)}
    assert {name for _, own in DECLARED for name in own} == of_kinds


def test_tables_stand_in_the_order_of_the_chapters_and_in_one_those_of_its_tables_first():
    assert list(chapters.joined("OF_A_CITY"))[:7] == [
        *("headline", "grade", "gates", "period_score", "project_scores", "improvements"),
        "parts",
    ]
