"""Progress: a bar on a terminal, lines in a log, and the time left by what reports of each kind have taken."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from statistics import fmean

from tqdm import tqdm

from evalkit.runs import manifest
from evalkit.runs.kinds import reports
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Outcome

BAR = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}{postfix}]"
UNITS = ((3600, "h"), (60, "min"), (1, "s"))
NOTHING: Mapping[str, float] = {}


@contextmanager
def progress(
    request: RunRequest, *, workers: int = 1, before: Mapping[str, float] = NOTHING, log: bool = True
) -> Iterator[Callable[[Outcome], None]]:
    """Give what is to be called with each outcome; without a terminal it prints a line, or nothing without a `log`.

    `before` is what a report of each kind took in earlier runs: see `taken_before`.
    """
    names = {report_id.name: request.label(report_id) for report_id in request.reports}
    left = TimeLeft({report_id.name: report_id.kind.name for report_id in request.reports}, workers, before)
    if sys.stderr.isatty():
        with tqdm(total=len(names), bar_format=BAR, postfix=str(left), file=sys.stderr) as bar:
            yield lambda outcome: _advance(bar, left, outcome, names[outcome.name])
    elif log:
        numbers = count(1)
        yield lambda outcome: print(f"[{next(numbers)}/{len(names)}]", _line(left, outcome, names[outcome.name]))
    else:
        yield lambda outcome: None


def _advance(bar: tqdm, left: TimeLeft, outcome: Outcome, name: str) -> None:
    left.settle(outcome)
    bar.set_postfix_str(_joined(name, left if outcome.made else ""), refresh=False)
    bar.update()


def _line(left: TimeLeft, outcome: Outcome, name: str) -> str:
    left.settle(outcome)
    if not outcome.made:
        return f"{outcome.name} {name} unchanged"
    result = "failed" if outcome.error else "done"
    return _joined(f"{outcome.name} {name} {result}, {outcome.seconds:.1f} s", left)


def taken_before(request: RunRequest) -> dict[str, float]:
    """Give the mean seconds of a report of each kind, by the latest run of the study, of any year, that made some."""
    kinds, found = {one.name: one.kind.name for one in reports(request.study)}, {}
    runs = request.folder.parent.glob(f"[0-9]*/{manifest.NAME}")
    for path in sorted(runs, key=lambda path: path.stat().st_mtime):
        took = defaultdict(list)
        for name, said in manifest.left(path.parent).get("reports", {}).items():
            if name in kinds and said["status"] == "completed":
                took[kinds[name]].append(said["seconds"])
        found |= {kind: fmean(seconds) for kind, seconds in took.items()}
    return found


class TimeLeft:
    """How long the reports still take that are left: by those of their kind in this run, or else in earlier ones.

    `kinds` names the kind of each report by its name; `before` is as in `progress`.
    """

    def __init__(self, kinds: Mapping[str, str], workers: int, before: Mapping[str, float] = NOTHING):
        self._left, self._workers, self._before = dict(kinds), workers, before
        self._took: dict[str, list[float]] = defaultdict(list)

    def settle(self, outcome: Outcome) -> None:
        """Take note of a report that ended, or did not have to be made."""
        kind = self._left.pop(outcome.name)
        if outcome.made and not outcome.error:
            self._took[kind].append(outcome.seconds)

    @property
    def seconds(self) -> float | None:
        """The seconds until the last of them ends; None where none is left, or of most it is not known."""
        pace = self._pace()
        usual = {kind: seconds * pace for kind, seconds in self._before.items()}
        usual |= {kind: fmean(seconds) for kind, seconds in self._took.items()}
        known = [usual[kind] for kind in self._left.values() if kind in usual]
        if not known or 2 * len(known) < len(self._left):
            return None
        return max(fmean(known) * len(self._left) / self._workers, max(known))

    def _pace(self) -> float:
        """How many times as long as before reports take in this run: beside other work, or on another machine."""
        again = self._took.keys() & self._before.keys()
        then = sum(len(self._took[kind]) * self._before[kind] for kind in again)
        return sum(sum(self._took[kind]) for kind in again) / then if then else 1.0

    def __str__(self) -> str:
        if (seconds := self.seconds) is None:
            return ""
        size, unit = next((size, unit) for size, unit in UNITS if seconds >= 2 * size or unit == "s")
        return f"about {seconds / size:.0f} {unit} left"


def _joined(*parts: object) -> str:
    return "; ".join(filter(None, map(str, parts)))
