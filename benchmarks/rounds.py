"""What a round costs: beside an earlier commit, beside the floor, city by city, and where the time goes.

    git worktree add ../before 3b87497 && make -C ../before setup
    python benchmarks/rounds.py --before ../before [--suite]

Prints each ratio beside its limit; both commits run on this machine, in turn. Without --before, only what needs none.
`--suite` times both test suites, which takes long.
"""

import argparse
import ctypes
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # this process is forked from

from lxml import html

ROOT = Path(__file__).resolve().parents[1]
DEMONSTRATION, CITY, YEAR = "zhejiang-plan-demo", "330300", 2012
# what there was before there were reports of counties; the last three are of an assessed round
KINDS = ["--report", "province", "index_system", "robustness", "cities", "consequences", "supervision", "departments"]
SUBREAPER = 36  # of prctl: whoever loses its parent becomes a child of this process
# as at an office: Python keeps what it has compiled, whatever the shell says that this is called from
AS_USERS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", type=Path, help="a worktree of an earlier commit, with an environment of its own")
    parser.add_argument("--suite", action="store_true", help="time both test suites as well")
    options = parser.parse_args()
    if options.before:
        beside(options.before.resolve(), ["run", DEMONSTRATION, "--year", str(YEAR), "--jobs", "2", *KINDS], 6)
        beside(options.before.resolve(), ["run", "--jobs", "2", *KINDS[:-3]], 4)
    second_run()
    one_report()
    one_city_more()
    memory()
    pages = (ROOT / "outputs" / DEMONSTRATION / str(YEAR) / "cities").glob("*/*.html")
    show("largest city page of the demonstration, MB", max(page.stat().st_size for page in pages) / 1e6, most=1.5)
    if options.before and options.suite:
        suites(options.before.resolve())


def beside(before: Path, arguments: list[str], least: float) -> None:
    """Time a whole run from cold, nothing stored but what Python has compiled, of both commits."""
    took = {}
    for root in (ROOT, before):
        compiled(root)
        shutil.rmtree(root / "outputs", ignore_errors=True)
        begun = time.perf_counter()
        command([root / ".venv" / "bin" / "evalkit", *arguments], root)
        took[root] = time.perf_counter() - begun
    detail = f"{took[before]:.1f} s / {took[ROOT]:.1f} s"
    show(f"evalkit {' '.join(arguments)}, before / after", took[before] / took[ROOT], least=least, detail=detail)


def compiled(root: Path) -> None:
    """Have Python compile the library and the tests of a commit, as their first use does."""
    for folder in ("evalkit", "tests"):
        command([root / ".venv" / "bin" / "python", "-m", "compileall", "-q", folder], root)


def second_run() -> None:
    """Hold a run of reports that all stand against the run that made them, by what all their processes compute."""
    run = [Path(sys.executable).parent / "evalkit", "run", DEMONSTRATION, "--year", str(YEAR), "--jobs", "2", *KINDS]
    made, unchanged = cpu([*run, "--force"], ROOT), cpu(run, ROOT)
    detail = f"{unchanged:.1f} s / {made:.1f} s"
    show("34 reports that stand / the same when they are made, CPU", unchanged / made, most=0.1, detail=detail)


def one_report() -> None:
    """Time one report in a process that has the round, its steps, and the floor: figures drawn, pages serialised."""
    request, report_id = groundwork()
    with tempfile.TemporaryDirectory() as folder:
        report = fewest(lambda: make(request, report_id, Path(folder)))
        files = Path(folder).glob("*.html")
        pages = {path.name: html.document_fromstring(path.read_text(encoding="utf-8")) for path in files}
        drawing = fewest(lambda: draw(request, report_id))
        serialising = fewest(lambda: serialise(pages, Path(folder) / "again"))
        detail = f"{report:.2f} s / {drawing:.2f} s of drawing and {serialising:.2f} s of serialising"
        show("a city report of the demonstration / floor", report / (drawing + serialising), most=1.5, detail=detail)
        for step, seconds in steps(request, report_id, Path(folder)).items():
            print(f"    {step:12} {seconds:5.2f} s")


def groundwork() -> tuple:
    """Give a request of all cities with the round worked out, held as in a run, and one of its reports."""
    from evalkit.loading import hold, load_study
    from evalkit.runs import lean, warm  # noqa: F401 - what the server imports
    from evalkit.runs.groundwork import lay
    from evalkit.runs.request import prepare

    request = prepare(load_study(DEMONSTRATION, root=ROOT), only={"cities": ()}, year=YEAR)
    lay(request)
    hold(request.study)
    return request, next(report_id for report_id in request.reports if report_id.code == CITY)


def make(request, report_id, folder: Path) -> None:
    from evalkit.runs.report import make_report

    made_for = (report_id.kind.name, request.label(report_id), request.parameters_of(report_id))
    make_report(ROOT, *made_for, request.template(report_id.kind), folder)


def draw(request, report_id) -> None:
    """Draw every figure that the notebook shows, as the notebook does."""
    from evalkit.reporting import chapters
    from evalkit.runs.shell import png

    report, source = request.make(report_id), request.template(report_id.kind).read_text(encoding="utf-8")
    for name in re.findall(r"chapters\.(\w+\.(?:figures|map)\.\w+)\(report\)", source):
        if (figure := attrgetter(name)(chapters)(report)) is not None:
            png(figure)


def serialise(pages: dict[str, html.HtmlElement], folder: Path) -> None:
    """Write pages whose elements are known."""
    folder.mkdir(exist_ok=True)
    for name, page in pages.items():
        (folder / name).write_bytes(html.tostring(page, encoding="utf-8"))


def steps(request, report_id, folder: Path) -> dict[str, float]:
    """Give the seconds of the parts of one report."""
    from evalkit.runs import report as module

    found = {}

    def timed(name: str) -> None:
        function = getattr(module, name)

        def call(*arguments, **more):
            begun = time.process_time()
            result = function(*arguments, **more)
            found[name] = time.process_time() - begun
            return result

        setattr(module, name, call)

    before = vars(module).copy()
    for name in ("execute", "write_pages", "write_files"):
        timed(name)
    try:
        make(request, report_id, folder)
    finally:
        vars(module).update(before)
    return found


def fewest(work: Callable[[], None], runs: int = 3) -> float:
    """Give the least CPU seconds of a few forks of this process that do some work."""
    return min(forked(work) for _ in range(runs))


def forked(work: Callable[[], None]) -> float:
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        begun = time.process_time()
        work()
        os.write(theirs, str(time.process_time() - begun).encode())
        os._exit(0)
    os.close(theirs)
    seconds = os.read(ours, 64)
    os.close(ours)
    os.waitpid(child, 0)
    return float(seconds)


def one_city_more() -> None:
    """Hold what a city more costs the runner's own process against what its report costs."""
    few, many = (runner_seconds(cities) for cities in (2, 11))
    request, report_id = groundwork()
    with tempfile.TemporaryDirectory() as folder:
        report = fewest(lambda: make(request, report_id, Path(folder)))
    more = (many - few) / 9
    detail = f"{more:.3f} s / {report:.2f} s"
    show("a city more: the runner's own CPU / its report's", more / report, most=0.1, detail=detail)


def runner_seconds(cities: int) -> float:
    code = f"""
import resource
from evalkit import load_study
from evalkit.runs.request import prepare
from evalkit.runs.runner import run
study = load_study({DEMONSTRATION!r})
run(prepare(study, only={{"cities": list(study.regions.index[:{cities}])}}, year={YEAR}), jobs=2)
print(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
"""
    found = [float(command([sys.executable, "-c", code], ROOT).stdout.split()[-1]) for _ in range(2)]
    return min(found)


def memory() -> None:
    """Look for the largest process below a run, as its share of memory (PSS)."""
    run = subprocess.Popen(
        [Path(sys.executable).parent / "evalkit", "run", DEMONSTRATION, "--year", str(YEAR), "--jobs", "2"],
        cwd=ROOT,
        env=AS_USERS,
        stdout=subprocess.DEVNULL,
    )
    most = 0
    while run.poll() is None:
        most = max([most, *(share(pid) for pid in below(run.pid))])
        time.sleep(0.05)
    show("peak memory of a worker (PSS), MB", most / 1024, most=400)


def below(pid: int) -> list[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def share(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])


def suites(before: Path) -> None:
    """Hold the CPU seconds of both test suites against each other, and ours against `import pandas`.

    A test may fail there: what is timed is the work, but for pytest's rewriting of its files, which it keeps.
    """
    for root in (before, ROOT):
        command([root / ".venv" / "bin" / "python", "-m", "pytest", "--collect-only", "-n", "0"], root)
    took = {root: cpu([root / ".venv" / "bin" / "python", "-m", "pytest"], root) for root in (before, ROOT)}
    detail = f"{took[before]:.0f} s / {took[ROOT]:.0f} s"
    show("make test, CPU, before / after", took[before] / took[ROOT], least=3, detail=detail)
    pandas = min(cpu([sys.executable, "-c", "import pandas"], ROOT) for _ in range(5))
    show("make test / import pandas, CPU", took[ROOT] / pandas, most=400, detail=f"{pandas:.2f} s")


def cpu(arguments: list, root: Path) -> float:
    """Give the CPU seconds of a command and of all that it starts."""
    with processor() as took:
        subprocess.run(list(map(str, arguments)), check=False, capture_output=True, cwd=root, env=AS_USERS)
    return took[0]


@contextmanager
def processor() -> Iterator[list[float]]:
    """Count the CPU seconds of what is started meanwhile, servers that outlive it included, into a list."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    before, took = resource.getrusage(resource.RUSAGE_CHILDREN), []
    yield took
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took.append(sum(after[:2]) - sum(before[:2]))


def command(arguments: list, root: Path) -> subprocess.CompletedProcess:
    return subprocess.run(list(map(str, arguments)), check=True, capture_output=True, text=True, cwd=root, env=AS_USERS)


def show(what: str, value: float, *, most: float | None = None, least: float | None = None, detail: str = "") -> None:
    kept = value >= least if most is None else value <= most
    limit = f"at least {least:g}" if most is None else f"at most {most:g}"
    print(f"{what:72} {value:7.2f}  {limit:12}  {'kept' if kept else 'MISSED'}  {detail}", flush=True)


if __name__ == "__main__":
    main()
