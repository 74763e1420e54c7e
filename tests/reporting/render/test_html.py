import base64
import copy
import io
import re

import nbformat.v4 as nbf
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from evalkit.base.errors import DataError, ParamsError
from evalkit.reporting.render.html import pages


def shown(**data):
    output = nbf.new_output("execute_result", {key.replace("_", "/"): value for key, value in data.items()})
    return nbf.new_code_cell("secret = 1", execution_count=7, outputs=[output])


def made(*cells, **options):
    said = {"title": "杭州市报告", "language": "zh", "edition": "第 3 版"} | options
    return pages(telling(*cells, **said))["report"]


def telling(*cells, **said):
    """A notebook that says of itself what it is."""
    return nbf.new_notebook(cells=list(cells), metadata={"evalkit": {"title": "题"} | said})


def soup(*cells, **options):
    return BeautifulSoup(made(*cells, **options), "html.parser")


def test_code_and_prompts_are_hidden_and_output_is_shown():
    html = made(shown(text_plain="结果"))
    assert "结果" in html
    assert "secret" not in html
    assert "[7]" not in html


def test_nothing_is_fetched_and_no_script_runs():
    view = soup(shown(text_html='<p>甲</p><script src="https://cdn.example/x.js"></script>'))
    assert view.find_all(["script", "link", "iframe"]) == []
    assert view.main.get_text().strip() == "甲"
    assert view.find("meta", attrs={"http-equiv": True})["content"].startswith("default-src 'none';")


def test_no_style_but_the_page_s_own_is_kept():
    cells = shown(text_html="<style>p { color: red }</style><p>甲</p>"), nbf.new_markdown_cell("<style>a {}</style>乙")
    view = soup(*cells)
    assert view.main.find_all("style") == []
    assert view.main.get_text().split() == ["甲", "乙"]


def test_the_font_holds_exactly_the_characters_of_the_page():
    html = made(nbf.new_markdown_cell("衢州 &times; 龘"))
    face, rest = re.search(r"base64,([^)]+)\)", html).group(1), re.sub(r"@font-face.*", "", html)
    characters = TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap()
    assert {"×", "龘"} < {chr(code) for code in characters}
    assert {chr(code) for code in characters} == set(rest) - {"\n"}


def test_characters_that_the_font_lacks_are_told_with_their_place():
    with pytest.raises(DataError, match=r"(?s)杭州✔达标: found ✔ \(U\+2714\).*found ✗ \(U\+2717\)"):
        made(nbf.new_markdown_cell("**杭州✔达标** ✗"))


def test_unknown_language():
    with pytest.raises(ParamsError, match="did you mean 'zh'"):
        made(language="zhh")


def test_the_same_notebook_gives_the_same_page_and_stays_as_it_was():
    notebook = nbf.new_notebook(cells=[nbf.new_markdown_cell("# 甲\n\n## 乙"), shown(text_html="<table></table>")])
    before = copy.deepcopy(notebook)
    assert pages(notebook) == pages(notebook)
    assert notebook == before


@pytest.mark.parametrize(
    ("language", "heading", "entries"),
    [("zh", "目录", ["一、总体情况", "二、2012"]), ("en", "Contents", ["1. Overall", "2. 2012"])],
)
def test_contents_are_in_the_language_of_the_report(language, heading, entries):
    text = "## 总体情况 · Overall\n\n### 细节 · Detail\n\n文\n\n## 2012\n\n文"
    view = soup(nbf.new_markdown_cell(text), language=language)
    assert view.nav.p.get_text() == heading
    assert [link.get_text() for link in view.nav.find_all("a")] == entries
    assert view.find(id=view.nav.a["href"].removeprefix("#")).get_text() == entries[0]
    assert view.h3.get_text() == {"zh": "细节", "en": "Detail"}[language]


def test_a_section_in_which_nothing_is_shown_is_left_out_and_the_others_are_numbered():
    table = shown(text_html="<table><tr><td>1</td></tr></table>")
    cells = [
        nbf.new_markdown_cell("## 甲"),
        table,
        nbf.new_markdown_cell("## 乙\n\n### 丙"),
        shown(text_markdown=""),
        nbf.new_markdown_cell("### 丁"),
        nbf.new_markdown_cell("## 戊\n\n### 己"),
        shown(text_markdown="文"),
    ]
    assert [tag.get_text() for tag in soup(*cells).find_all(["h2", "h3"])] == ["一、甲", "二、戊", "己"]


def bound():
    """A body of one chapter, and an annex of one that the body refers to."""
    return (
        nbf.new_markdown_cell("# 报告 · Report"),
        nbf.new_markdown_cell("## 结论 · Conclusion", metadata={"tags": ["chapter:summary"]}),
        nbf.new_markdown_cell("见[依据](#basis)、[本章](#summary)、[无](#none)。"),
        nbf.new_markdown_cell("# 附件 · Annex", metadata={"tags": ["volume:annex"]}),
        nbf.new_markdown_cell("## 依据 · Basis\n\n文，回[结论](#summary)", metadata={"tags": ["chapter:basis"]}),
    )


def test_a_volume_is_a_page_of_its_own_and_links_lead_across():
    made_of = pages(telling(*bound()))
    body, annex = (BeautifulSoup(made_of[name], "html.parser") for name in ("report", "annex"))
    assert [(a.get_text(), a["href"]) for a in body.main.find_all("a")] == [
        ("依据", "annex.html#basis"),
        ("本章", "#summary"),
    ]
    assert body.main.p.get_text() == "见依据、本章、无。"
    assert [(a.get_text(), a["href"]) for a in body.nav.find_all("a")] == [
        ("一、结论", "#summary"),
        ("附件", "annex.html"),
        ("一、依据", "annex.html#basis"),
    ]
    assert annex.main.a["href"] == "report.html#summary"
    assert annex.find(class_="kicker").get_text() == "附件"
    assert body.find(id="summary").name == annex.find(id="basis").name == "h2"


def test_a_volume_in_which_nothing_stands_is_left_out():
    cells = list(bound()[:4])
    assert list(pages(telling(*cells))) == ["report"]


def test_no_sections_no_contents():
    assert soup(nbf.new_markdown_cell("文")).nav is None


def test_title_kicker_and_edition():
    view = soup(nbf.new_markdown_cell("# 城市报告\n\n文"), title="<杭州>")
    assert view.title.get_text() == view.h1.get_text() == "<杭州>"
    assert [p.get_text() for p in view.header.find_all("p")] == ["城市报告", "第 3 版"]
    assert view.select_one(".running").get_text() == "<杭州>第 3 版"


def test_made_up_data_are_marked_above_every_page_and_across_it():
    marked = soup(mark="样例")
    assert [tag.get_text() for tag in marked.select(".running .mark, .watermark")] == ["样例", "样例"]
    assert soup().select(".mark, .watermark") == []


def test_figures_are_embedded():
    assert soup(shown(image_png="iVBO\nRw==\n", text_plain="<Figure>")).img["src"] == "data:image/png;base64,iVBORw=="


def test_stderr_is_left_out_and_an_error_is_not():
    stream = nbf.new_output("stream", name="stderr", text="隐")
    error = nbf.new_output("error", ename="E", evalue="坏", traceback=["\x1b[31mE\x1b[0m: <坏>"])
    text = soup(nbf.new_code_cell("", outputs=[stream, error])).main.get_text()
    assert text.strip() == "E: <坏>"


def test_what_a_cell_leaves_empty_leaves_nothing():
    empty = nbf.new_code_cell("", outputs=[nbf.new_output("display_data", {"text/markdown": ""})])
    assert soup(empty, shown(text_html="<p>x</p>")).find_all("section") == []


def test_a_section_may_begin_a_printed_page():
    cells = nbf.new_markdown_cell('## <span class="new-page"></span>附页 · Annex'), shown(text_html="<p>x</p>")
    (heading,) = soup(*cells).find_all("h2")
    assert heading["class"] == ["new-page"]
    assert heading.get_text() == "一、附页"
    assert soup(cells[0]).find("h2") is None


@pytest.mark.parametrize(
    ("language", "captions"),
    [("zh", ["表 1　位次", "表 2　得分", "图 1　<升>"]), ("en", ["Table 1. 位次", "Table 2. 得分", "Figure 1. <升>"])],
)
def test_tables_and_figures_are_numbered_each_through_their_volume(language, captions):
    tables = [f"<table><caption>{name}</caption><tr><td>1</td></tr></table>" for name in ("位次", "得分")]
    output = nbf.new_output("display_data", {"image/png": "iVBO"}, metadata={"image/png": {"alt": "<升>"}})
    picture = nbf.new_code_cell("", outputs=[output])
    view = soup(*(shown(text_html=table) for table in tables), picture, language=language)
    assert [tag.get_text() for tag in view.find_all(["caption", "figcaption"])] == captions
    assert view.img["alt"] == "<升>"
    annex = nbf.new_markdown_cell("# 附件", metadata={"tags": ["volume:annex"]})
    bound_in = pages(telling(annex, shown(text_html=tables[0])))
    assert BeautifulSoup(bound_in["annex"], "html.parser").caption.get_text() == "附表 1　位次"


def test_quotation_marks_are_straight_in_english_only():
    cell = shown(text_markdown="It is “Excellent”, and ‘so’.")
    english, chinese = (soup(cell, language=language).main.get_text().strip() for language in ("en", "zh"))
    assert (english, chinese) == ("It is \"Excellent\", and 'so'.", "It is “Excellent”, and ‘so’.")
    assert soup(shown(text_html='<p title="“a”">b</p>'), language="en").find("p", title='"a"')
