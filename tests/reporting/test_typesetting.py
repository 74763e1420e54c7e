import pandas as pd
import pytest
from lxml.html import fragment_fromstring, tostring

from evalkit.reporting.typesetting import typeset, write


def typed(html):
    body = fragment_fromstring(html, create_parent="main")
    typeset(body.find("table"))
    return body


def made(data, **options):
    return typed(pd.DataFrame(data).to_html(**options))


def rows(body, part):
    return [[(cell.get("class"), cell.text) for cell in row] for row in body.iterfind(f".//{part}/tr")]


def test_the_box_stands_where_the_table_stood():
    body = typed("前<table><tbody><tr><td>甲</td></tr></tbody></table>后")
    assert body.text_content() == "前甲后"
    assert [(tag.tag, tag.get("class"), tag.tail) for tag in body] == [("div", "scroll short", "后")]


def test_columns_are_counted_from_the_right():
    body = typed("<table><tbody><tr><th>甲</th><td>1</td></tr><tr><td>2</td></tr></tbody></table>")
    assert rows(body, "tbody") == [[(None, "甲"), ("number", "1")], [("number", "2")]]


def test_an_index_that_counts_rows_is_left_out_and_another_is_not():
    assert rows(made({"甲": ["子", "丑"]}), "tbody") == [[(None, "子")], [(None, "丑")]]
    assert rows(made({"甲": ["子", "丑"]}, index=False), "tbody") == [[(None, "子")], [(None, "丑")]]
    counted = pd.DataFrame({"甲": ["子", "丑"]}, index=[1, 2]).to_html()
    assert rows(typed(counted), "tbody") == [[("number", "1"), (None, "子")], [("number", "2"), (None, "丑")]]


@pytest.mark.parametrize(("text", "written"), [("-12345.60", "-12,345.60"), ("12345", "12345"), ("9999.5", "9999.5")])
def test_thousands_of_amounts_are_parted(text, written):
    assert rows(made({"甲": [text]}), "tbody") == [[("number", written)]]


def test_a_cell_with_other_tags_in_it_is_read_whole():
    body = typed("<table><tbody><tr><td><b>12</b>345.67</td></tr></tbody></table>")
    assert tostring(body.find(".//td"), encoding="unicode") == '<td class="number">12,345.67</td>'


def test_a_class_is_added_to_those_that_there_are():
    body = typed('<table><tbody><tr><td class="a">1</td></tr></tbody></table>')
    assert rows(body, "tbody") == [[("a number", "1")]]


def test_writing_takes_the_place_of_all_that_a_tag_holds():
    tag = fragment_fromstring("<p>甲<b>乙</b>丙</p>")
    write(tag, "<丁>")
    assert tostring(tag, encoding="unicode") == "<p>&lt;丁&gt;</p>"
