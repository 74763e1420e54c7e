"""Progress: a bar on a terminal, lines in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Outcome


@contextmanager
def progress(request: RunRequest, *, log: bool = True) -> Iterator[Callable[[Outcome], None]]:
    """Give what is to be called with each outcome; without a terminal it prints a line, or nothing without a `log`."""
    names = {report_id.name: request.label(report_id) for report_id in request.reports}
    total = len(names)
    if sys.stderr.isatty():
        with tqdm(total=total, unit="report", file=sys.stderr) as bar:
            yield lambda outcome: (bar.set_postfix_str(names[outcome.name]), bar.update())
        return
    if not log:
        yield lambda outcome: None
        return
    done = []

    def line(outcome: Outcome) -> None:
        done.append(outcome)
        result = "failed" if outcome.error else "done"
        ended = f"{result}, {outcome.seconds:.1f} s" if outcome.made else "unchanged"
        print(f"[{len(done)}/{total}] {outcome.name} {names[outcome.name]} {ended}")

    yield line
