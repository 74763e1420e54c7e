"""The shipped study, its figures in plain pandas, and a copy of its project in which a test breaks one file."""

import shutil
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from evalkit import IndexSystem, load_study
from evalkit.data.dataset import SHIPPED
from tests.indicators import as_tested, text_as_tested

ROOT = Path(__file__).parents[1]
STUDY, DEMO = "zhejiang-public", "zhejiang-plan-demo"
FILES = {
    "study": "params/studies/zhejiang-public.yaml",
    "index": "params/index/zhejiang-public.yaml",
    "regions": "params/regions/zhejiang.yaml",
}


REPORTS = ("tests/readings", "tests/reporting", "tests/runs")
DRAWN = "tests/runs/test_every_study.py"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep each file in one worker, as --dist loadfile does, and in one all that rests on the same reports.

    Of studies that are drawn every half is a file of its own.
    """
    from xdist.scheduler import LoadFileScheduling

    class ByFileAndReports(LoadFileScheduling):
        def _split_scope(self, nodeid):
            if nodeid.startswith(DRAWN):
                return nodeid
            return "reports" if nodeid.startswith(REPORTS) else super()._split_scope(nodeid)

    return ByFileAndReports(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items):
    """Each notebook starts a kernel and works its study out anew."""
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class Project:
    """A copy of the shipped project; its dataset is the folder `tables`."""

    root: Path

    def path(self, file):
        """Give a file: study, index, regions, or one of the dataset by its name."""
        return self.root / FILES.get(file, f"tables/{file}")

    def edit(self, file, old, new):
        """Replace the first `old`, which must be there."""
        before, found, after = self.path(file).read_text(encoding="utf-8").partition(old)
        assert found
        self.path(file).write_text(before + new + after, encoding="utf-8")

    def line(self, file, text):
        """Give the line on which `text` first stands."""
        return self.path(file).read_text(encoding="utf-8").partition(text)[0].count("\n") + 1

    def load(self):
        return load_study(STUDY, root=self.root)


@cache
def shipped(name):
    """A shipped study, loaded once a process: all that is worked out of it hangs on it for every test.

    The public one is as the numbers of the tests were made with it.
    """
    study = load_study(name, root=ROOT)
    return as_tested(study) if name == STUDY else study


def anew(report):
    """The same report of a study on which nothing hangs yet: for a test that changes how something is computed."""
    study = replace(report.study)
    return replace(report, study=study, result=study.evaluate())


def elsewhere(study, root):
    """The same study, with all that hangs on it, in a project that stands elsewhere."""
    other = copy(study)
    object.__setattr__(other, "root", root)
    return other


def copy_params(root):
    """Copy what is declared into a folder, the public index as the numbers of the tests were made with it."""
    shutil.copytree(ROOT / "params", root / "params")
    for file in ("index", "study"):
        path = root / FILES[file]
        path.write_text(text_as_tested(path.read_text(encoding="utf-8")), encoding="utf-8")


def copied(root):
    """Copy the shipped project into a folder."""
    copy_params(root)
    shutil.copytree(SHIPPED / "zhejiang", root / "tables")
    copy = Project(root)
    copy.edit("study", "dataset: zhejiang", "dataset: tables")
    return copy


@pytest.fixture
def project(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="session")
def standing(tmp_path_factory):
    """A copy of the project with its notebooks, in which no test changes or leaves anything: it is loaded once."""
    copy = copied(tmp_path_factory.mktemp("standing"))
    shutil.copytree(ROOT / "notebooks", copy.root / "notebooks")
    return copy


@pytest.fixture(scope="session")
def study():
    return shipped(STUDY)


@pytest.fixture(scope="session")
def declared_system():
    """The index system of the shipped study as its file declares it, whatever the round leaves out."""
    return IndexSystem.load(ROOT / FILES["index"])


@pytest.fixture(scope="session")
def result(study):
    return study.evaluate()


@pytest.fixture(scope="session")
def demo():
    """The study that is assessed by targets, on submissions that are made up."""
    return shipped(DEMO)


@pytest.fixture(scope="session")
def figures():
    """The shipped figures in printed units, read without evalkit: index (region, year), one column a variable."""
    tables = [pd.read_csv(file, dtype={"region": str}) for file in (SHIPPED / "zhejiang").glob("*.csv")]
    return pd.concat(tables).pivot(index=["region", "year"], columns="variable", values="value")


@pytest.fixture
def root(standing, monkeypatch):
    """The copied project, in which the command is called."""
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.chdir(standing.root)
    return standing.root


@pytest.fixture
def own(project, monkeypatch):
    """A copy of the test's own, in which the command is called."""
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.chdir(project.root)
    return project


@pytest.fixture(name="elsewhere")
def _elsewhere(root, tmp_path, monkeypatch):
    """A folder in which the command is called for the copied project."""
    monkeypatch.setenv("EVALKIT_ROOT", str(root))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def tool(name):
    """Gives a module of tools/, which may import its neighbours until the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "tools")
        yield import_module(name)
