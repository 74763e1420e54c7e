"""Whatever is wrong with a file is told in words: no traceback, no hang, no flood of memory, and nothing is written."""

import os
import random
import resource
import shutil
import signal
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from evalkit import cli, loading
from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import Events, Rules
from evalkit.assessment.incentives.rules import Incentives
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.supervision.findings_sheet import read_findings
from evalkit.assessment.supervision.rules import Supervision
from evalkit.base.errors import EvalkitError
from tests.mutations import mutate
from tests.mutations.project import Small

SEED = int(os.environ.get("EVALKIT_MUTATIONS", "20081231"))
TIMES = int(os.environ.get("EVALKIT_TIMES", "1"))  # `make torture` tries twenty times as many
SECONDS, MEMORY = 10, 2**30
LONG = "x" * 300
PAGES = Path("/proc/self/statm")
APART = {
    "rules": Rules, "events": Events, "accountability": Accountability, "incentives": Incentives,
    "supervision": Supervision, "livelihood": Livelihood,
}  # fmt: skip
STUDY = ("params/studies/small.yaml", "params/regions/small.yaml", "params/index/small.yaml", "tables/metadata.yaml")


class HangError(Exception):
    pass


@contextmanager
def guarded():
    """Break off what takes more than so many seconds of the processor, or so much more memory than is taken now."""

    def stop(*_):
        raise HangError(f"more than {SECONDS} s")

    before, limits = signal.signal(signal.SIGPROF, stop), resource.getrlimit(resource.RLIMIT_AS)
    if PAGES.exists():
        taken = int(PAGES.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, limits[1]))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Small.make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def trial(made, tmp_path, monkeypatch, capsys):
    """Changes one file of the project in many ways, and gives what came of it that should not have."""
    monkeypatch.setenv("EVALKIT_ROOT", str(tmp_path / "small"))
    monkeypatch.setattr(loading, "KEPT", 1)
    print(f"seed {SEED}")

    def tried(files, times, change, attempt):
        wrong = []
        for number in range(times * TIMES):
            draw = random.Random(f"{SEED} {files} {number}")
            small = Small(tmp_path / "small")
            shutil.copytree(made.root, small.root)
            path = small.root / draw.choice(files)
            told = change(draw, path)
            before = small.state()
            try:
                with guarded():
                    attempt(path)
            except (Exception, HangError, SystemExit):
                wrong.append((number, path.name, told, traceback.format_exc()[-1500:]))
            if small.state() != before:
                wrong.append((number, path.name, told, "something was written"))
            shutil.rmtree(small.root)
        assert "Traceback" not in capsys.readouterr().err
        return wrong

    return tried


def by(kind):
    """A change of the content of a file; every tenth time something else stands in its place."""

    def change(draw, path):
        if draw.random() < 0.1:
            return mutate.in_place(draw, path)
        content = kind(draw, path.read_bytes())
        path.write_bytes(content)
        return content[:200]

    return change


def check(path):
    assert cli.main(["check", "small", "--quick"]) in (0, 2)


def load(path):
    with suppress(EvalkitError):
        APART[path.stem].load(path)


def take_over(path):
    """Take an index system and a dataset from a workbook; what is whole is written, and taken away again."""
    for command, new in (("import-index", path.with_name("new.yaml")), ("import-data", path.with_name("new"))):
        more = ["--regions", "small"] if command == "import-data" else []
        code = cli.main([command, str(path), "--to", str(new), *more])
        assert new.exists() == (code == 0)
        if new.is_dir():
            shutil.rmtree(new)
        new.unlink(missing_ok=True)
    assert code in (0, 2)


def take_in(path):
    """Take figures from a printed table; what is whole is written, and taken away again."""
    root = path.parents[1] if path.suffix == ".xlsx" else path.parent
    new = root / "new"
    take = ["import-data", str(path), "--to", str(new), "--metadata", str(root / "tables/metadata.yaml")]
    code = cli.main([*take, "--publication", "book"])
    assert new.exists() == (code == 0)
    if new.is_dir():
        shutil.rmtree(new)
    assert code in (0, 2)


def read(path):
    with suppress(EvalkitError):
        read_findings(path)


def test_the_small_project_is_right_before_it_is_changed(trial, made):
    def attempt(path):
        root = path.parents[1]
        assert cli.main(["check", "small", "--quick"]) == 0
        assert cli.main(["import-index", str(root / "books/system.xlsx"), "--to", str(root / "new.yaml")]) == 0
        (root / "new.yaml").unlink()
        take_in(root / "printed.csv")
        assert len(read_findings(root / "books/findings.xlsx").findings) == 1

    assert trial(["tables/metadata.yaml"], 1, lambda draw, path: "", attempt) == []


def test_no_change_of_what_a_study_declares_is_a_traceback(trial):
    assert trial(STUDY, 25, by(mutate.text), check) == []


def test_no_change_of_what_an_assessment_declares_is_a_traceback(trial):
    assert trial([f"apart/{kind}.yaml" for kind in APART], 15, by(mutate.text), load) == []


def test_no_change_of_a_table_is_a_traceback(trial):
    assert trial(["tables/figures.csv", "own.geojson"], 15, by(mutate.table), check) == []


def test_no_change_of_the_workbook_of_a_system_is_a_traceback(trial):
    assert trial(["books/system.xlsx"], 12, by(mutate.book), take_over) == []


@pytest.mark.parametrize(("file", "kind"), [("printed.csv", mutate.table), ("books/printed.xlsx", mutate.book)])
def test_no_change_of_a_printed_table_is_a_traceback(trial, file, kind):
    assert trial([file], 8, by(kind), take_in) == []


def test_no_change_of_a_sheet_of_findings_is_a_traceback(trial):
    assert trial(["books/findings.xlsx"], 10, by(mutate.book), read) == []


@pytest.mark.parametrize(
    "arguments",
    [["check", LONG], ["check", f"{LONG}.yaml"], ["import-index", f"{LONG}.xlsx", "--to", "a.yaml"],
     ["import-index", "books/system.xlsx", "--to", f"{LONG}.yaml"], ["export-index", "small", f"{LONG}.xlsx"],
     ["import-data", "books/system.xlsx", "--regions", "small", "--to", LONG], ["diff-index", LONG, "small"]],
)  # fmt: skip
def test_a_name_of_300_letters_is_told(made, monkeypatch, capsys, arguments):
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    monkeypatch.chdir(made.root)
    before = made.state()
    assert cli.main(arguments) == 2
    assert made.state() == before
    assert capsys.readouterr().err.startswith("evalkit: ")
