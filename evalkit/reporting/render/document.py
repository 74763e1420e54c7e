"""A report as a document: its volumes, and in them blocks one after another, whatever it is to become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """Words of one kind; `href` leads to an anchor of the document (`#summary`) or to an address."""

    text: str
    strong: bool = False
    href: str = ""


MOVED = 400  # characters of what goes to the next page for the sake of what follows, which hold less than one
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of a volume, of level 2 (a chapter, numbered) to 4; one may begin a printed page."""

    level: int
    text: str
    anchor: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Words that go on to the end of the line."""

    spans: Spans
    quoted: bool = False


@dataclass(frozen=True)
class Listing:
    """Points, or what is counted."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell as it is printed; `lamp` is the code of the state whose colour it has."""

    text: str
    lamp: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: heads over rows of cells; `kinds` says of each column whether it is of numbers, long text or neither.

    `packed` is the table with its values, where the notebook kept it. `room` says that there is to be room to write.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kinds: tuple[str, ...]
    packed: Mapping | None = None
    room: bool = False


@dataclass(frozen=True)
class Picture:
    """A figure: what is to be seen stands in its caption and, for who does not see it, in `alt`.

    `svg` is the same picture as lines and words, where the notebook kept it.
    """

    caption: str
    alt: str
    png: bytes
    svg: str = field(default="", compare=False)


@dataclass(frozen=True)
class Verbatim:
    """Text with its own line breaks: what a cell printed, or an error."""

    text: str


Block = Heading | Paragraph | Listing | Grid | Picture | Verbatim


@dataclass(frozen=True)
class Volume:
    """What is bound together: the body of a report, its annex, checklists; `kicker` names it above the title."""

    name: str
    kicker: str
    landscape: bool
    blocks: tuple[Block, ...]

    @property
    def chapters(self) -> list[Heading]:
        """The headings of the chapters, which make the table of contents."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == 2]


@dataclass(frozen=True)
class Document:
    """A report. `edition` is the line that says what it rests on, `mark` that the data are made up (None if not)."""

    title: str
    language: str
    edition: str
    mark: str | None
    volumes: tuple[Volume, ...]

    @property
    def text(self) -> str:
        """Every character that is printed, for who looks up whether a font has them."""
        return "\n".join([self.title, self.edition, self.mark or "", *map(text_of, self._blocks)])

    @property
    def _blocks(self) -> list[Block]:
        return [block for volume in self.volumes for block in volume.blocks]


def before_closing(blocks: Sequence[Block]) -> int:
    """Give the place of what shares a page with a last paragraph and the headings over it; -1 if nothing is to.

    Who signs a document signs below some of its text; what may itself fill a page is not moved for that.
    """
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return -1
    at = next((n for n in reversed(range(len(blocks) - 1)) if not isinstance(blocks[n], Heading)), -1)
    return at if at >= 0 and len(text_of(blocks[at])) <= MOVED else -1


def text_of(block: Block) -> str:
    """Give the characters that a block prints."""
    match block:
        case Heading(text=text) | Verbatim(text=text):
            return text
        case Paragraph(spans=spans):
            return "".join(span.text for span in spans)
        case Listing(items=items):
            return "\n".join("".join(span.text for span in item) for item in items)
        case Grid():
            cells = [cell.text for row in block.rows for cell in row]
            return "\n".join([block.caption, *block.heads, *cells])
        case Picture(caption=caption):
            return caption
