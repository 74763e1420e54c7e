"""Numbers of what stands below a chapter, as official documents have them: （一）, then 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evalkit.reporting.render.binding import chinese
from evalkit.reporting.render.document import Block, Heading


def numbered(blocks: Iterable[Block], language: str) -> Iterator[Block]:
    """Give blocks with their headings numbered below the chapters, whose own numbers they have; in Chinese only."""
    parts = points = 0
    for block in blocks:
        if not isinstance(block, Heading) or language != "zh":
            yield block
        elif block.level == 2:
            parts = points = 0
            yield block
        elif block.level == 3:
            parts, points = parts + 1, 0
            yield replace(block, text=f"（{chinese(parts)}）{block.text}")
        else:
            points += 1
            yield replace(block, text=f"{points}. {block.text}")
