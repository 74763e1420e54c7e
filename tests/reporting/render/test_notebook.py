import nbformat.v4 as nbf
import pytest

from evalkit.base.text import Text
from evalkit.reporting.render.notebook import shown
from evalkit.tabular import Column
from evalkit.tabular.table import of_columns, of_rows


def html(*outputs, source="secret = 1"):
    return shown([nbf.new_code_cell(source, outputs=[*outputs])])


def result(**data):
    return nbf.new_output("execute_result", {key.replace("__", "+").replace("_", "/"): it for key, it in data.items()})


def prose(markdown):
    return shown([nbf.new_markdown_cell(markdown)])


def test_cells_and_outputs_stand_in_their_order_and_code_is_left_out():
    code = nbf.new_code_cell("secret = 1", outputs=[result(text_plain="乙"), result(text_plain="丙")])
    html = shown([nbf.new_markdown_cell("甲"), code, nbf.new_markdown_cell("丁")])
    assert html == (
        '<section class="prose">\n<p>甲</p>\n</section>\n<pre>乙</pre>\n<pre>丙</pre>\n'
        '<section class="prose">\n<p>丁</p>\n</section>'
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"text_plain": "<b>", "text_html": "<b>甲</b>"}, '<div class="output">\n<b>甲</b>\n</div>'),
        ({"text_plain": "<b>", "text_markdown": "**甲**"}, "<strong>甲</strong>"),
        ({"text_plain": "<Figure>", "image_svg__xml": "<svg></svg>"}, "<figure><svg></svg></figure>"),
        ({"text_plain": "<Figure>", "image_png": "iV\nBO\n"}, '<figure><img src="data:image/png;base64,iVBO" alt="">'),
        ({"text_plain": "<甲>"}, "<pre>&lt;甲&gt;</pre>"),
    ],
)
def test_the_richest_form_is_shown(data, found):
    assert found in html(result(**data))
    assert "&lt;b&gt;" not in html(result(**data))
    assert "Figure" not in html(result(**data))


def test_a_table_without_rows_shows_nothing_and_one_with_rows_its_rows():
    empty, filled = (of_columns({"a": cells}) for cells in ([], [1]))
    tables = [of_rows(rows, {"a": Column("a", Text(zh="甲", en="a"))}, "zh") for rows in (empty, filled)]
    without, with_rows = (nbf.new_output("display_data", table._repr_mimebundle_()) for table in tables)
    assert html(without) == ""
    assert "<td" in html(with_rows)


def test_a_form_that_is_not_known_shows_nothing():
    assert html(result(application_json="{}")) == ""


def test_streams_and_errors_are_shown_in_plain_characters_without_the_warnings():
    streams = [
        nbf.new_output("stream", name=name, text=f"\x1b[1;31m{name}\x1b[0m & 甲") for name in ("stdout", "stderr")
    ]
    error = nbf.new_output("error", ename="E", evalue="坏", traceback=["\x1b[31mE\x1b[0m: <坏>"])
    assert html(*streams, error) == '<pre>stdout &amp; 甲</pre>\n\n<pre class="error">E: &lt;坏&gt;</pre>'


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("## 甲 · A", "<h2>甲 · A</h2>"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ('<span class="new-page"></span>', '<span class="new-page"></span>'),
        ("~~甲~~", "<del>甲</del>"),
    ],
)
def test_prose_has_tables_and_keeps_html(markdown, found):
    assert found in prose(markdown)
