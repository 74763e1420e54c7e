import pytest
from bs4 import BeautifulSoup

from evalkit.reporting.chapters import supervision
from tests.reporting.assessed import demo


@pytest.fixture(scope="module")
def pages():
    return BeautifulSoup(supervision.pages.every(demo()).data, "html.parser").select(".items")


@pytest.fixture(scope="module")
def backs():
    return BeautifulSoup(supervision.pages.every(demo()).data, "html.parser").select(".evidence")


def test_a_round_without_rules_of_supervision_has_no_checklists(round_report):
    assert supervision.pages.every(round_report()).data == ""


def test_each_visit_has_a_page_of_its_own_in_the_order_of_the_plan(pages):
    visits = demo().study.consequences.visit_plan(2012).visits
    headings = [page.h3.get_text() for page in pages]
    names = [f"{demo().region(visit.region)}，{demo().node(visit.project)}" for visit in visits]
    assert headings == [f"第 {n} 次：{name}" for n, name in enumerate(names, start=1)]


def test_a_page_says_why_and_who_signs(pages):
    for page in pages:
        why, signed = (line.get_text() for line in page.find_all("p"))
        assert "信号：" in why
        assert signed.startswith("核查组长")  # on a line of its own, or its blanks would be broken


def test_what_does_not_fit_on_the_face_goes_on_upon_the_back(pages, backs):
    for page, back in zip(pages, backs, strict=True):
        fits = len(page.find_all("tr")) - 1 <= supervision.pages.ON_ONE_SIDE
        assert ("new-page" in back["class"]) == fits
        assert page["class"][0] == "new-page"


def test_there_is_room_to_write_beside_every_item_and_every_term(pages, backs):
    plan = demo().study.consequences.visit_plan(2012)
    for page, back, visit in zip(pages, backs, plan.visits, strict=True):
        listed = plan.checklist(visit)
        assert len(page.tbody.find_all("tr")) == len(listed.items)
        assert {row.find_all("td")[6].get_text() for row in page.tbody.find_all("tr")} == {""}
        assert len(back.find_all("table")[-1].tbody.find_all("tr")) == len(listed.terms)


def test_a_line_of_a_ledger_says_of_which_indicator_it_is(backs):
    lines = [cell.get_text() for back in backs for cell in back.find_all("td") if "台账第" in cell.get_text()]
    assert lines
    assert all("行（" in line for line in lines)


def test_the_checklists_are_listed_in_their_order(round_report):
    found = BeautifulSoup(supervision.pages.contents(demo()).data, "html.parser").tbody.find_all("tr")
    assert [cell.get_text() for cell in found[0]] == ["1", "丽水市社会保障工程", "8 月"]
    assert len(found) == 22
    assert supervision.pages.contents(round_report()).data == ""


def test_places_beyond_those_shown_are_counted(backs):
    plan = demo().study.consequences.visit_plan(2012)
    for page, visit in zip(backs, plan.visits, strict=True):
        more = len(plan.checklist(visit).places) - supervision.pages.SHOWN
        assert (f"另有 {more} 处" in page.get_text()) == (more > 0)
