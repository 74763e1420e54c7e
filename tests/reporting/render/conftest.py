import io

import docx
import pytest
from PIL import Image

from evalkit.reporting.render.document import Cell, Document, Grid, Heading, Listing, Paragraph, Picture, Span, Volume
from evalkit.reporting.render.docx.writer import docx_of


def png(size=(1, 1)):
    """Give a white picture."""
    file = io.BytesIO()
    Image.new("L", size, 255).save(file, format="png")
    return file.getvalue()


PNG = png()
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="442pt" height="442pt" viewBox="0 0 442 442"><text '
    """style="font-size: 9px; font-family: 'Noto Sans SC'; text-anchor: middle; fill: #ff0000" x="100" y="50" """
    'transform="rotate(-0 100 50)">市3</text></svg>'
)


def grid(rows=3, **options):
    cells = tuple((Cell(f"市{n}"), Cell(f"{n}.50"), Cell("▼ 未完成", "behind")) for n in range(rows))
    return Grid("表 1　得分", ("城市", "得分", "状态"), cells, ("", "number", ""), **options)


BLOCKS = (
    Heading(2, "一、结论", "summary"),
    Paragraph((Span("得分 "), Span("86.40", strong=True), Span("，见"), Span("附注", href="#notes"))),
    Heading(3, "变化"),
    Listing(((Span("甲"),), (Span("乙"),)), ordered=True),
    Heading(3, "差距"),
    grid(),
    Picture("图 1　升", "得分上升", PNG, SVG),
    Heading(2, "二、附注", "notes"),
    Paragraph((Span("<b> & =1+1 {x} \\"),)),
)


def bound(*blocks, landscape=False, mark="演示数据", language="zh", title="温州市2012年度基本公共服务均等化评价报告"):
    volume = Volume("report", "城市报告", landscape, blocks or BLOCKS)
    return Document(title, language, "第 3 版", mark, (volume,))


@pytest.fixture
def written():
    """Write a document and read it again by what python-docx makes of it."""

    def write(document=None):
        document = document or bound()
        return docx.Document(io.BytesIO(docx_of(document, document.volumes[0])))

    return write
