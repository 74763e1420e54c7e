from evalkit.reporting.render.document import (
    Cell,
    Document,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Span,
    Verbatim,
    Volume,
)


def test_every_kind_of_block_says_its_text():
    blocks = (
        Heading(2, "甲"), Paragraph((Span("乙"), Span("丙", strong=True))), Listing(((Span("丁"),),)),
        Grid("戊", ("己",), ((Cell("庚"),),), ("",)), Picture("辛", "不印", b""), Verbatim("壬"),
    )  # fmt: skip
    found = Document("题", "zh", "版", None, (Volume("report", "", False, blocks),))
    assert found.text.split("\n") == ["题", "版", "", "甲", "乙丙", "丁", "戊", "己", "庚", "辛", "壬"]
