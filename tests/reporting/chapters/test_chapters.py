"""What the chapters declare, joined for each kind of report."""

import pytest

from evalkit.reporting import chapters

KINDS = [name for name in vars(chapters) if name.startswith("OF_")]


def declared(kind):
    modules = [getattr(chapter, name) for chapter in chapters.CHAPTERS for name in chapter.__all__]
    return [vars(module)[kind] for module in modules if kind in vars(module)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_modules_declare_a_table_under_one_name(kind):
    assert sum(map(len, declared(kind))) == len(getattr(chapters, kind)) > 0


def test_whatever_a_module_declares_is_joined():
    modules = [getattr(chapter, name) for chapter in chapters.CHAPTERS for name in chapter.__all__]
    found = {
        name for module in modules for name, own in vars(module).items() if isinstance(own, dict) and name[:3] == "OF_"
    }
    assert found == set(KINDS)


def test_tables_stand_in_the_order_of_the_chapters_and_in_one_those_of_its_tables_first():
    assert list(chapters.OF_A_CITY)[:7] == [
        *("headline", "grade", "gates", "period_score", "project_scores", "improvements"),
        "parts",
    ]
