"""Pages as they are printed by a browser."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pypdf import PdfReader

HEAD, FOOT, ACROSS = 75, 40, 30  # points: what stands at the head and the foot of each sheet; type that lies across it


@dataclass(frozen=True)
class Piece:
    """A piece of text on a page: how far above the foot of the paper it stands, and its size, both in points."""

    text: str
    height: float
    size: float


@dataclass(frozen=True)
class Printed:
    """A page of HTML on paper."""

    path: Path

    @cached_property
    def sheets(self) -> list[list[Piece]]:
        """The pieces of text of every sheet."""
        return [_pieces(sheet) for sheet in PdfReader(self.path).pages]

    @property
    def body(self) -> list[list[Piece]]:
        """The pieces of every sheet from below its head to above its foot, without what lies across it."""
        heights = [height for _, height in self.sizes]
        return [
            [piece for piece in sheet if FOOT < piece.height < height - HEAD and piece.size < ACROSS]
            for sheet, height in zip(self.sheets, heights, strict=True)
        ]

    @cached_property
    def scales(self) -> list[float]:
        """The pixels to the inch of every picture."""
        return [scale for sheet in PdfReader(self.path).pages for scale in _scales(sheet)]

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of every sheet, in points."""
        return [(float(sheet.mediabox.width), float(sheet.mediabox.height)) for sheet in PdfReader(self.path).pages]


def printed(browser, page: Path, folder: Path) -> Printed:
    """Print a page into a folder."""
    path, tab = folder / f"{page.parent.name}-{page.stem}.pdf", browser.new_page()
    tab.goto(page.as_uri())
    tab.pdf(path=path, prefer_css_page_size=True, print_background=True)
    tab.close()
    return Printed(path)


def _pieces(sheet) -> list[Piece]:
    found = []

    def keep(text, frame, matrix, font, size):
        if text.strip():
            height = frame[1] * matrix[4] + frame[3] * matrix[5] + frame[5]
            found.append(Piece(text.strip(), height, abs(size * matrix[3] * frame[3])))

    sheet.extract_text(visitor_text=keep)
    return found


def _scales(sheet) -> list[float]:
    found = []

    def keep(operator, operands, frame, matrix):
        drawn = sheet["/Resources"]["/XObject"][operands[0]] if operator == b"Do" else {}
        if drawn.get("/Subtype") == "/Image":
            found.append(drawn["/Width"] * 72 / abs(frame[0]))

    sheet.extract_text(visitor_operand_before=keep)
    return found
