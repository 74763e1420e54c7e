"""What 90 reports of counties cost: over a cluster, beside a plain loop, and beside the floor.

    python benchmarks/runs.py

Prints each ratio beside its limit, of the clock; the CPU seconds stand beside it. All run on this machine, in turn, two
reports at a time, but for the plain loop, which makes one after another.
"""

import ast
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from reports import plain_loop, seconds
from rounds import AS_USERS, DEMONSTRATION, ROOT, SUBREAPER, YEAR, show

COUNTIES, SAMPLE, WORKERS = 90, 6, 2
RUN = ["-m", "evalkit", "run", DEMONSTRATION, "--year", str(YEAR), "--report", "counties", "--force"]
ON_A_CLUSTER = f"""
import subprocess, sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers={WORKERS}, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as cluster:
        begun = time.perf_counter()
        subprocess.run([sys.executable, *{RUN}, "--scheduler", cluster.scheduler_address], check=True)
        print(time.perf_counter() - begun)
"""


def main() -> None:
    """Measure and print."""
    spent(["-m", "compileall", "-q", "evalkit"])
    ours, ours_cpu = spent([*RUN, "--jobs", str(WORKERS)])
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "on_a_cluster.py"
        script.write_text(ON_A_CLUSTER, encoding="utf-8")
        spread, spread_cpu = spent([script], tells=True)
    detail = f"{spread:.1f} s / {ours:.1f} s; {spread_cpu:.1f} / {ours_cpu:.1f} s of CPU, the cluster's own included"
    show(f"{COUNTIES} counties, a Dask cluster of {WORKERS} / --jobs {WORKERS}", spread / ours, most=1.2, detail=detail)
    beside_the_floor()
    loop = seconds(lambda folder: plain_loop("county", counties()[:SAMPLE], folder)) * COUNTIES / SAMPLE
    detail = f"{loop:.0f} s, extrapolated from {SAMPLE}, / {ours:.1f} s"
    show(f"{COUNTIES} counties, a plain loop / --jobs {WORKERS}", loop / ours, least=15, detail=detail)


def spent(arguments: list, *, tells: bool = False) -> tuple[float, float]:
    """Give the seconds of a command by the clock, or as it `tells` them itself, and of CPU with all that it starts."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=ROOT, env=AS_USERS
    )
    took = time.perf_counter() - begun
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(done.stdout.split()[-1]) if tells else took, sum(after[:2]) - sum(before[:2])


def counties() -> list[str]:
    from evalkit import load_study
    from evalkit.subjects import COUNTY

    return list(COUNTY.codes(load_study(DEMONSTRATION, root=ROOT)))


def beside_the_floor() -> None:
    """Hold the reports of a run, from the first that begins to the last that ends, against the floor."""
    from evalkit import load_study
    from evalkit.runs import lean, runner, warm  # noqa: F401 - what the server imports
    from evalkit.runs.groundwork import lay
    from evalkit.runs.request import prepare

    request = prepare(load_study(DEMONSTRATION, root=ROOT), only={"counties": ()}, year=YEAR)
    lay(request)
    with tempfile.TemporaryDirectory() as folder:
        least, least_cpu = shared_out(request, Path(folder))
        ended = []
        runner._make_report = measured
        os.environ[MEASURED] = folder
        runner.run(
            request, jobs=WORKERS, force=True, on_done=lambda outcome: ended.append((time.perf_counter(), outcome))
        )
        took = ended[-1][0] - (ended[0][0] - ended[0][1].seconds)
        cpu = sum(float(path.read_text()) for path in Path(folder).glob("*.cpu"))
        for report_id in request.reports:
            made, plain = (
                request.folder / report_id.folder / "report.html",
                Path(folder) / f"{report_id.code}.report.html",
            )
            assert made.read_bytes() == plain.read_bytes(), "the floor makes another page"
    detail = f"{took:.1f} s / {least:.1f} s; {cpu:.1f} / {least_cpu:.1f} s of CPU"
    show(
        f"{len(request.reports)} counties, from the first to the last / the floor",
        took / least,
        most=1.35,
        detail=detail,
    )


MEASURED = "EVALKIT_MEASURED"


def measured(*arguments) -> None:
    """Make a report, and say what it took of the processor."""
    from evalkit.runs.report import make_report

    make_report(*arguments)
    (Path(os.environ[MEASURED]) / f"{arguments[5].name}.cpu").write_text(str(time.process_time()))


def shared_out(request, folder: Path) -> tuple[float, float]:
    """Give the seconds of the floor by the clock, and of CPU: each worker is a fork of this process."""
    shares = [request.reports[place::WORKERS] for place in range(WORKERS)]
    workers = [get_context("fork").Process(target=floor, args=(request, share, folder)) for share in shares]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, sum(after[:2]) - sum(before[:2])


def floor(request, report_ids: tuple, folder: Path) -> None:
    """Make the same pages from the same figures as a plain program would: no notebook, no shell, no fork, no annex."""
    from evalkit.loading import hold
    from evalkit.reporting.render.html import pages

    hold(request.study)
    for report_id in report_ids:
        for volume, page in pages(executed(request, report_id)).items():
            (folder / f"{report_id.code}.{volume}.html").write_text(page, encoding="utf-8")


def executed(request, report_id):
    """Give what the renderer reads: the notebook's cells with what their code, compiled once, has shown."""
    from nbformat import from_dict

    report, shown = request.make(report_id), []
    names = {"display": shown.append}
    cells = []
    for cell, steps in program(request.template(report_id.kind)):
        for step in steps:
            value = eval(step, names)
            if value is not None:
                shown.append(value)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= request.parameters_of(report_id)
        outputs = [{"output_type": "display_data", "metadata": {}, "data": data(value)} for value in shown]
        shown.clear()
        cells.append(cell | ({"outputs": outputs} if cell["cell_type"] == "code" else {}))
    about = {"title": report.title, "language": report.language, "edition": report.edition_line, "mark": report.mark}
    return from_dict({"metadata": {"evalkit": about}, "cells": cells})


@cache
def program(template: Path) -> list[tuple[dict, list]]:
    """Give the cells of a notebook, with the code of each as statements and the expression that it ends in."""
    import nbformat

    return [(cell, list(steps_of(cell))) for cell in nbformat.read(template, as_version=4).cells]


def steps_of(cell: dict) -> Iterator:
    if cell["cell_type"] != "code":
        return
    tree, last = ast.parse(cell["source"]), []
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = [ast.Expression(tree.body.pop().value)]
    yield compile(tree, "cell", "exec")
    yield from (compile(expression, "cell", "eval") for expression in last)


def data(value) -> dict:
    """Give what a value shows; reports of counties have no figures."""
    return value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/markdown": value.data}


if __name__ == "__main__":
    main()
