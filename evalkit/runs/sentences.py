"""What the reports of two runs say otherwise in their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from evalkit.reporting.render.document import Block, Document, Heading, Listing, Paragraph, text_of
from evalkit.runs.verification import NOTEBOOK, document_of

END = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+|\n")


def changed_sentences(runs: tuple[Path, Path], outputs: tuple[Mapping[str, str], Mapping[str, str]]) -> Iterator[tuple]:
    """Give report, chapter, what was said and what is said now, for each sentence that two runs do not share.

    `outputs` are the SHA-256 of the files of each run, by their paths. Of a report that one run alone has that is told.
    """
    then, now = ({path for path in files if path.endswith(f"/{NOTEBOOK}")} for files in outputs)
    for path in sorted(then | now):
        name = path.removesuffix(f"/{NOTEBOOK}")
        if path not in then or path not in now:
            yield name, "", "a report" if path in then else "", "a report" if path in now else ""
        elif outputs[0][path] != outputs[1][path]:
            before, after = (_sentences(document_of(run / path)) for run in runs)
            yield from ((name, *change) for change in _changes(before, after))


def _changes(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Give chapter, sentence before and sentence after of what differs in the order of two texts."""
    for step, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step != "equal":
            for was, now in zip_longest(before[start:end], after[first:last]):
                yield (now or was)[0], was[1] if was else "", now[1] if now else ""


def _sentences(found: Document) -> list[tuple[str, str]]:
    """Give every sentence of a document behind the chapter that it stands in."""
    said, chapter = [], ""
    for block in (block for volume in found.volumes for block in volume.blocks):
        if isinstance(block, Heading):
            chapter = block.text if block.level == 2 else chapter
        said += [(chapter, sentence) for sentence in _split(block)]
    return said


def _split(block: Block) -> list[str]:
    prose = isinstance(block, Paragraph | Listing)
    return [sentence.strip() for sentence in END.split(text_of(block)) if sentence.strip()] if prose else []
