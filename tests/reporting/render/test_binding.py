import nbformat.v4 as nbf

from evalkit.reporting.render.binding import bind


def test_what_is_bound_has_its_kicker_its_chapters_and_its_side():
    annex = nbf.new_markdown_cell("# 附件 · Annex\n\n## 甲 · A\n\n文", metadata={"tags": ["volume:annex"]})
    found = bind(nbf.new_notebook(cells=[nbf.new_markdown_cell("# 报告 · Report"), annex]), "en")
    assert [(name, one.kicker, one.landscape) for name, one in found.items()] == [
        ("report", "Report", False),
        ("annex", "Annex", True),
    ]
    assert found["annex"].sections == [("section-1", "1. A")]


def test_the_mark_of_what_the_notebook_keeps_beside_is_not_shown():
    data = {"text/html": "<table><tr><td>1</td></tr></table>", "application/vnd.evalkit.table+json": {"title": ""}}
    cell = nbf.new_code_cell("", outputs=[nbf.new_output("display_data", data)])
    (bound,) = bind(nbf.new_notebook(cells=[cell]), "zh").values()
    (place,) = bound.kept
    assert (place.tag, dict(place.attrib), bound.kept[place]) == ("div", {"class": "output"}, {"title": ""})
