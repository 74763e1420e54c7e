"""Accidents of a run: notebooks that die, do not end or print too much; disks that are full or cannot be written to."""

import os
import random
import subprocess
from contextlib import contextmanager

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from evalkit import load_study
from evalkit.base.errors import ParamsError
from evalkit.runs import manifest
from evalkit.runs.limits import Limits
from evalkit.runs.request import prepare
from evalkit.runs.runner import run
from evalkit.runs.verification import altered
from tests.runs.in_process import here
from tests.runs.studies import Drawn

pytestmark = pytest.mark.slow

SEED = 27
PRINTS = "print('甲' * 5_000_000 + '乙' * 5_000_000)"
DIES = "import os\nif city == 'c0': os._exit(0)"
STAYS = "import time\ntime.sleep(60)"
CELLS = {"city_report": [DIES, PRINTS], "index_system": [STAYS]}


def project(root):
    """Make a project of three reports."""
    Drawn(root, random.Random(SEED)).write()
    for path in (root / "notebooks").glob("*.ipynb"):
        if path.stem not in CELLS:
            path.unlink()
    return root


def requested(root):
    return prepare(load_study("drawn", root=root))


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """What a run has left of whose reports one dies, one does not end, and one prints much."""
    root = project(tmp_path_factory.mktemp("accidents"))
    for name, sources in CELLS.items():
        path = root / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[3:3] = [v4.new_code_cell(source, id=f"own-{n}") for n, source in enumerate(sources)]
        nbformat.write(notebook, path)
    asked = requested(root)
    outcomes = run(asked, jobs=2, limits=Limits(seconds=12))
    return asked.folder, {outcome.name: outcome.error for outcome in outcomes}


def test_each_costs_its_own_report_and_says_in_which_cell(left):
    folder, errors = left
    died, late = (
        "the process ended before the job was done (exit code 0)",
        "took longer than 12 s (--time-limit): stopped",
    )
    assert errors["c1"] is None
    assert errors["c0"].endswith(f" 'import os': {died}")
    assert errors["index_system"].endswith(f" 'import time': {late}")
    assert {path.name for path in (folder / "failed").iterdir()} == {"c0.ipynb", "index_system.ipynb"}
    for name, told in (("c0", died), ("index_system", late)):
        cells = nbformat.read(folder / "failed" / f"{name}.ipynb", as_version=4).cells
        assert [output.evalue for cell in cells for output in cell.get("outputs", [])] == [told]
    assert altered(folder) == []


def test_the_index_page_says_so_too(left):
    folder, errors = left
    page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    links = {link["href"]: link.get_text() for link in page.select("small a")}
    assert links == {f"failed/{name}.ipynb": errors[name] for name in ("c0", "index_system")}


def test_a_page_with_much_that_is_printed_can_be_read(left):
    folder, _ = left
    text = BeautifulSoup((folder / "cities" / "c1" / "report.html").read_text("utf-8"), "html.parser").get_text()
    assert (text.count("甲"), text.count("乙")) == pytest.approx((25_000, 25_000), abs=100)
    assert "9,950,000 characters left out" in text


@contextmanager
def mounted(folder, size):
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.name == "nt" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a disk of its own can only be had by root")
    try:
        yield lambda options: subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full_or_cannot_be_written_to_is_told_and_the_next_run_goes_on(tmp_path):
    asked = requested(project(tmp_path))
    with mounted(tmp_path / "outputs", "400k") as remount, here(tmp_path):
        remount("ro")
        with pytest.raises(ParamsError, match="found read-only file system; expected a disk with room"):
            run(asked)
        remount("rw")
        with pytest.raises(ParamsError, match="found no space left on device; expected a disk with room"):
            run(asked)
        assert os.listdir(asked.folder.parent) == ["2012"]
        assert [problem.where for problem in altered(asked.folder)] == [manifest.NAME]
        remount("size=50m")
        assert {outcome.error for outcome in run(asked)} == {None}
        assert altered(asked.folder) == []
