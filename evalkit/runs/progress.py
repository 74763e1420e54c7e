"""Progress: a bar on a terminal, lines in a log, with the time left by what reports of each kind have taken."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import fmean

from tqdm import tqdm

from evalkit.runs import manifest
from evalkit.runs.kinds import reports
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Outcome

BAR = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}{postfix}]"
NOTHING: Mapping[str, float] = {}


@contextmanager
def progress(
    request: RunRequest, *, workers: int = 1, before: Mapping[str, float] = NOTHING, log: bool = True
) -> Iterator[Callable[[Outcome], None]]:
    """Give what is to be called with each outcome; without a terminal it prints a line, or nothing without a `log`.

    `before` is what a report of each kind took in earlier runs: see `taken_before`.
    """
    names = {report_id.name: request.label(report_id) for report_id in request.reports}
    ahead, total = TimeLeft({one.name: one.kind.name for one in request.reports}, workers, before), len(names)
    if sys.stderr.isatty():
        with tqdm(total=total, bar_format=BAR, postfix=str(ahead), file=sys.stderr) as bar:
            yield lambda outcome: (ahead.settle(outcome), bar.set_postfix_str(_joined(names[outcome.name], ahead)), bar.update())
        return
    if not log:
        yield lambda outcome: None
        return
    done = []

    def line(outcome: Outcome) -> None:
        done.append(outcome)
        ahead.settle(outcome)
        result = "failed" if outcome.error else "done"
        ended = f"{result}, {outcome.seconds:.1f} s" if outcome.made else "unchanged"
        print(f"[{len(done)}/{total}] {outcome.name} {names[outcome.name]} {_joined(ended, ahead)}")

    yield line


def taken_before(request: RunRequest) -> dict[str, float]:
    """Give the mean seconds of a report of each kind, by the latest run of the study, of whatever year, that has any."""
    kinds, found = {one.name: one.kind.name for one in reports(request.study)}, {}
    runs = request.folder.parent.glob(f"[0-9]*/{manifest.NAME}")
    for path in sorted(runs, key=lambda path: path.stat().st_mtime):
        took = defaultdict(list)
        for name, said in manifest.read(path.parent).get("reports", {}).items():
            if name in kinds and said["status"] == "completed":
                took[kinds[name]].append(said["seconds"])
        found |= {kind: fmean(seconds) for kind, seconds in took.items()}
    return found


class TimeLeft:
    """The seconds that reports still take: by those of their kind in this run, or else in earlier ones, at this one's pace.

    `kinds` names the kind of each report. It is text, too, which is empty while less than half of them can be told.
    """

    def __init__(self, kinds: Mapping[str, str], workers: int, before: Mapping[str, float] = NOTHING):
        self._kinds, self._workers, self._before = dict(kinds), workers, before
        self._took: dict[str, list[float]] = defaultdict(list)

    def settle(self, outcome: Outcome) -> None:
        """Take note of a report that ended, or did not have to be made."""
        kind = self._kinds.pop(outcome.name)
        if outcome.made:
            self._took[kind].append(outcome.seconds)

    @property
    def seconds(self) -> float | None:
        """The seconds until the last of the reports ends; None where too little is known."""
        each = {kind: fmean(seconds) for kind, seconds in self._took.items()}
        each = {kind: seconds * self._pace for kind, seconds in self._before.items()} | each
        left = Counter(self._kinds.values())
        known = {kind: number for kind, number in left.items() if kind in each}
        if 2 * known.total() < left.total() ...
        return None

    @property
    def _pace(self) -> float:
        """How much longer a report takes in this run than it did before."""
        both = [(seconds, self._before[kind]) for kind, took in self._took.items() if kind in self._before for seconds in took]
        return sum(now for now, _ in both) / sum(then for _, then in both) if both else 1.0
