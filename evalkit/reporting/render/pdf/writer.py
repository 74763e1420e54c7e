"""Documents as PDF files: typst gets all text as data beside a template of ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from evalkit.base.errors import DataError, Problem
from evalkit.reporting.render.columns import fit, gaps, heads_in_lines, is_short
from evalkit.reporting.render.document import (
    Block,
    Document,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Span,
    Verbatim,
    Volume,
    before_closing,
)  # fmt: skip
from evalkit.reporting.render.fonts import FAMILY, font_file, missing_characters
from evalkit.reporting.render.numbering import numbered
from evalkit.reporting.render.official import (
    BODY_SIZE,
    CHARACTER_SPACE,
    CONTENTS,
    LINE_PITCH,
    NUMBER_BELOW,
    NUMBER_SIZE,
    edges,
    in_lines,
    in_print,
    page,
    text_area,
)  # fmt: skip

TEMPLATE = Path(__file__).with_name("template.typ")
COLOPHON = {"zh": "本文件以 {fonts} 排印。", "en": "Set in {fonts}."}
# Official type first, where it is installed; what evalkit brings along has every character, and comes last.
FONTS = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "FandolFang R", "Noto Serif CJK SC"),
    "black": ("SimHei", "黑体", "FandolHei", "Noto Sans CJK SC"),
    "round": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "FandolKai", "Noto Serif CJK SC"),
    "plain": ("SimSun", "宋体", "FandolSong", "Noto Serif CJK SC"),
}


def write_pdf(document: Document, folder: Path) -> list[Path]:
    """Write every volume of a document as PDF file NAME.pdf into a folder; gives their paths.

    Raises DataError for characters that no type has.
    """
    paths = []
    for volume in document.volumes:
        path = folder / f"{volume.name}.pdf"
        path.write_bytes(pdf_of([(document, volume)], title=document.title))
        paths.append(path)
    return paths


def pdf_of(bound: Sequence[tuple[Document, Volume]], *, title: str) -> bytes:
    """Give volumes, of one document or of several in one language, as the bytes of one PDF file with pages through."""
    first, _ = bound[0]
    _check_characters("\n".join(document.text for document, _ in bound))
    with TemporaryDirectory() as place:
        root = Path(place)
        parts = [_Part(document, volume, number, root).packed() for number, (document, volume) in enumerate(bound)]
        book = {
            "title": title,
            "title-lines": in_lines(title),
            "lang": first.language,
            "region": "cn" if first.language == "zh" else "gb",
            "mark": first.mark,
            "contents": CONTENTS[first.language],
            "colophon": COLOPHON[first.language].format(
                fonts="、".join(dict.fromkeys(kind[0] for kind in look().values()))
            ),
            "look": {**look(), **_measures()},
            "volumes": parts,
        }
        (root / "document.json").write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
        main = root / "main.typ"
        main.write_bytes(TEMPLATE.read_bytes())
        try:
            return typst.Compiler(main, root=root, font_paths=_fonts()).compile(format="pdf")
        except typst.TypstError as error:
            raise DataError(f"{title} cannot be set", [Problem("typst", str(error), "a document")]) from None


@cache
def _fonts() -> typst.Fonts:
    """Find what type there is, once in a process: to look takes a twentieth of a second."""
    return typst.Fonts(font_paths=[font_file().parent])


@cache
def look() -> dict[str, tuple[str, ...]]:
    """Give the type that there is for each kind of text: the first that is installed, and what has every character."""
    there = {family.casefold() for family in _fonts().families()}
    return {kind: (*[name for name in names if name.casefold() in there][:1], FAMILY) for kind, names in FONTS.items()}


def _measures() -> dict[str, float]:
    return {
        "size": BODY_SIZE, "pitch": LINE_PITCH / 20, "tracking": CHARACTER_SPACE / 20, "number": NUMBER_SIZE,
        "below": NUMBER_BELOW,
    }  # fmt: skip


def _check_characters(text: str) -> None:
    missing = sorted(missing_characters("".join(set(text))))
    if missing:
        problems = [Problem("the text", f"{each} (U+{ord(each):04X})", f"a character of {FAMILY}") for each in missing]
        raise DataError("the document has characters that its type lacks", problems)


@dataclass(frozen=True)
class _Part:
    """One volume on its way into a book, in which anchors are told apart by its number."""

    document: Document
    volume: Volume
    number: int
    root: Path
    _pictures: list[str] = field(default_factory=list)

    def packed(self) -> dict:
        """Give the volume as what the template reads; its pictures stand as files beside."""
        document, volume = self.document, self.volume
        blocks = [block for block in numbered(volume.blocks, document.language) if _shows(block)]
        kept = before_closing(blocks)
        return {
            "title": in_lines(document.title),
            "kicker": volume.kicker,
            "edition": document.edition,
            "anchor": self._label(""),
            "page": page(landscape=volume.landscape),
            "edges": edges(landscape=volume.landscape),
            "contents": [(self._label(heading.anchor), heading.text) for heading in volume.chapters],
            "blocks": [self._block(block) | {"kept": n == kept} for n, block in enumerate(blocks)],
        }

    def _label(self, anchor: str) -> str:
        return f"v{self.number}-{anchor}"

    def _block(self, block: Block) -> dict:
        match block:
            case Heading():
                own = {"level": block.level - 1, "text": block.text, "new-page": block.new_page}
                return {"kind": "heading", **own, "anchor": self._label(block.anchor) if block.anchor else ""}
            case Paragraph():
                return {"kind": "paragraph", "spans": self._spans(block.spans), "quoted": block.quoted}
            case Listing():
                return {"kind": "list", "items": [self._spans(item) for item in block.items], "ordered": block.ordered}
            case Grid():
                return self._grid(block)
            case Picture():
                return self._picture(block)
            case Verbatim():
                return {"kind": "verbatim", "text": block.text}

    def _spans(self, spans: Iterable[Span]) -> list[dict]:
        anchors = {heading.anchor for heading in self.volume.chapters}
        return list(_spans(spans, anchors, self._label))

    def _grid(self, grid: Grid) -> dict:
        across, down = text_area(landscape=self.volume.landscape)
        widths, size = fit(grid, across)
        rows = [[{"text": cell.text, "lamp": cell.lamp} for cell in row] for row in grid.rows]
        heads = heads_in_lines(grid, widths, size) or ("",) * len(widths)
        told = {"caption": grid.caption, "heads": heads, "rows": rows, "widths": widths, "size": size}
        told |= {"gaps": gaps(grid), "room": grid.room, "whole": is_short(grid, widths, size, down)}
        return {"kind": "table", **told, "kinds": grid.kinds or ("",) * len(heads)}

    def _picture(self, picture: Picture) -> dict:
        svg = "" if missing_characters(picture.svg) else picture.svg  # which would show a box for a sign
        name = f"{self.number}-{len(self._pictures)}.{'svg' if svg else 'png'}"
        self._pictures.append(name)
        (self.root / name).write_bytes(svg.encode() or picture.png)
        width, _ = in_print(picture.png, landscape=self.volume.landscape)
        return {"kind": "picture", "file": name, "caption": picture.caption, "alt": picture.alt, "width": width}


def _shows(block: Block) -> bool:
    return not isinstance(block, Grid) or bool(block.rows)


def _spans(spans: Iterable[Span], anchors: set[str], label) -> Iterator[dict]:
    for span in spans:
        anchor = span.href.removeprefix("#")
        inside = span.href.startswith("#") and anchor in anchors
        yield {"text": span.text, "strong": span.strong, "href": label(anchor) if inside else ""}
