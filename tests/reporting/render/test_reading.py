import nbformat.v4 as nbf

from evalkit.base.text import Text
from evalkit.reporting.render.document import Cell, Heading, Listing, Paragraph, Picture, Span, Verbatim
from evalkit.reporting.render.reading import About, about, document
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import LAMP_SIGNS, number


def read(*cells, **said):
    about = {"title": "题", "language": "zh", "edition": "版"} | said
    return document(nbf.new_notebook(cells=list(cells), metadata={"evalkit": about}))


def blocks(*cells):
    return read(*cells).volumes[0].blocks


def output(data, **metadata):
    return nbf.new_code_cell("", outputs=[nbf.new_output("display_data", data, metadata=metadata)])


def test_prose_becomes_headings_paragraphs_points_and_quotations():
    text = "## 甲 · A\n\n**粗**、细\n续，见[甲](#one)、[网](https://example.org)\n\n- 一\n- **二**\n\n1. 三\n\n> 引"
    assert blocks(nbf.new_markdown_cell(text, metadata={"tags": ["chapter:one"]})) == (
        Heading(2, "一、甲", "one"),
        Paragraph((
            Span("粗", strong=True), Span("、细 续，见"), Span("甲", href="#one"), Span("、"),
            Span("网", href="https://example.org"),
        )),
        Listing(((Span("一"),), (Span("二", strong=True),))),
        Listing(((Span("三"),),), ordered=True),
        Paragraph((Span("引"),), quoted=True),
    )  # fmt: skip


def test_a_table_keeps_what_is_printed_and_its_values():
    columns = [
        Column(code, Text(zh=name, en=name)) for code, name in (("city", "市"), ("score", "得分"), ("lamp", "状态"))
    ]
    table = Table(tuple(columns), (("杭州市", number(86.404, 2), LAMP_SIGNS["behind"]),), "zh", "得分")
    (grid,) = blocks(output(table._repr_mimebundle_()))
    assert (grid.caption, grid.heads, grid.kinds) == ("表 1　得分", ("市", "得分", "状态"), ("", "number", ""))
    assert grid.rows == ((Cell("杭州市"), Cell("86.40"), Cell("▼", "behind")),)
    assert Table.unpacked(grid.packed) == table


def test_a_table_that_is_only_html_has_no_values():
    (grid,) = blocks(output({"text/html": "<table><tr><th>甲</th></tr><tr><td>1</td></tr></table>"}))
    assert grid.packed is None
    assert grid.rows == ((Cell("1"),),)


def test_a_figure_has_its_caption_and_says_what_is_to_be_seen():
    (picture,) = blocks(output({"image/png": "iVBORw=="}, **{"image/png": {"alt": "升"}}))
    assert picture == Picture("图 1　升", "升", b"\x89PNG")
    assert picture.svg == ""


def test_a_figure_that_the_notebook_keeps_as_lines_too_has_them():
    kept = {"image/svg+xml": "<svg>升</svg>", "image/png": "iVBORw=="}
    alone, beside = blocks(output({"image/png": "iVBORw=="}), output(kept, **{"image/png": {"alt": "升"}}))
    assert (alone.svg, beside.svg) == ("", "<svg>升</svg>")
    assert beside.caption == "图 1　升"


def test_what_a_cell_prints_stays_as_it_is():
    assert blocks(nbf.new_code_cell("", outputs=[nbf.new_output("stream", name="stdout", text="a\n b")])) == (
        Verbatim("a\n b"),
    )


def test_links_lead_to_anchors_in_whatever_volume_they_stand():
    annex = nbf.new_markdown_cell("# 附件", metadata={"tags": ["volume:annex"]})
    there = nbf.new_markdown_cell("## 依据\n\n文", metadata={"tags": ["chapter:basis"]})
    found = read(nbf.new_markdown_cell("# 报告\n\n见[依据](#basis)"), annex, there)
    assert [(volume.name, volume.kicker, volume.landscape) for volume in found.volumes] == [
        ("report", "报告", False),
        ("annex", "附件", True),
    ]
    assert found.volumes[0].blocks[0].spans[1] == Span("依据", href="#basis")
    assert found.volumes[1].chapters == [Heading(2, "一、依据", "basis")]


def test_what_is_written_on_by_hand_begins_its_page_and_says_so():
    html = '<div class="new-page checklist"><h3>甲</h3><table><tr><td>1</td></tr></table></div>'
    heading, grid = blocks(output({"text/html": html}))
    assert heading == Heading(3, "甲", new_page=True)
    assert grid.room


def test_all_that_is_printed_can_be_looked_through_for_what_a_font_lacks():
    found = read(
        nbf.new_markdown_cell("文 **粗**\n\n- 点"),
        output({"text/html": "<table><tr><td>格</td></tr></table>"}),
        mark="样",
    )
    assert {"题", "版", "样", "文", "粗", "点", "格"} <= set(found.text)


def test_a_notebook_that_says_nothing_of_itself_is_called_by_its_first_heading():
    notebook = nbf.new_notebook(
        cells=[nbf.new_code_cell("# no"), nbf.new_markdown_cell("文\n\n# 城市报告 · City report")]
    )
    assert about(notebook) == About("城市报告")
    assert about(nbf.new_notebook()) == About("")
