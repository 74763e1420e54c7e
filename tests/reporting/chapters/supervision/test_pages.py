import pytest
from bs4 import BeautifulSoup

from evalkit.reporting.chapters import supervision
from tests.reporting.assessed import demo


@pytest.fixture(scope="module")
def pages():
    return BeautifulSoup(supervision.pages.every(demo()).data, "html.parser").select(".new-page.checklist")


def test_a_round_without_rules_of_supervision_has_no_checklists(round_report):
    assert supervision.pages.every(round_report()).data == ""


def test_each_visit_has_a_page_of_its_own_in_the_order_of_the_plan(pages):
    visits = demo().study.consequences.visit_plan(2012).visits
    headings = [page.h3.get_text() for page in pages]
    names = [f"{demo().region(visit.region)}，{demo().node(visit.project)}" for visit in visits]
    assert headings == [f"第 {n} 次：{name}" for n, name in enumerate(names, start=1)]


def test_a_page_says_why_and_who_signs(pages):
    for page in pages:
        why, signatures = [p.get_text() for p in page.find_all("p")[:2]]
        assert "信号：" in why
        assert "核查组长" in signatures


def test_places_beyond_those_shown_are_counted(pages):
    plan = demo().study.consequences.visit_plan(2012)
    for page, visit in zip(pages, plan.visits, strict=True):
        more = len(plan.checklist(visit).places) - supervision.pages.SHOWN
        assert (f"另有 {more} 处" in page.get_text()) == (more > 0)
