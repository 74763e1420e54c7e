"""What holds for the repository as a whole: rooms, notebooks, sizes, paths, and a test module for each module."""

import ast
import io
import re
import shutil
import subprocess
import tokenize
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.util import find_spec

import nbformat
import pytest

from evalkit.reporting import chapters
from tests.conftest import ROOT

PACKAGE = ROOT / "evalkit"
ROOMS = (
    "base", "tabular", "index", "data", "register", "scoring", "analysis", "assessment", "study", "readings",
    "reporting", "runs", "reference", "new_project", "commands", "cli",
)  # fmt: skip
STUDY = ("round", "words", "study", "subjects", "loading")
# The folders of a room, in order; what stands in none of them stands on top of all.
FOLDERS = {
    "assessment": ("findings", "targets", "grading", "rectification", "incentives", "supervision"),
}
# The chapters of the reports, in order; what stands beside their folder in its room is below them.
CHAPTERS = chapters.CHAPTERS
ENTRANCES = (PACKAGE / "__init__.py", PACKAGE / "__main__.py")
# Tested where they are used: the entrance, and numbers.
UNTESTED = {"__main__", "base/limits"}
MACHINE_FOLDERS = ("work", "tmp", "root", "home", "Users")
BRANCHING = {"def", "class", "for", "try", "while"}

modules = sorted(PACKAGE.rglob("*.py"))
notebooks = sorted(ROOT.glob("notebooks/*.ipynb"))
each_notebook = pytest.mark.parametrize("path", notebooks, ids=lambda path: path.stem)


def key(path):
    """Name a module by its path relative to the package; a room by its folder."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")


NAMES = {key(path) for path in modules}


def room(path):
    """Name the room of a module, whose path is given relative to the package and without its suffix."""
    first = path.partition("/")[0]
    return "study" if first in STUDY else first


@cache
def text(path):
    return path.read_text(encoding="utf-8")


@cache
def imports(path):
    """Every module of evalkit that a module of it imports, by its key."""
    return list(imported(ast.parse(text(path))))


def imported(tree):
    """Every module of evalkit that a module imports, anywhere in it, by its key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from dict.fromkeys(home(name) for name in names if name.startswith("evalkit."))


def home(name):
    """The module that a dotted name is of, or is; the entrance for what the package itself offers."""
    parts = name.split(".")[1:]
    while parts and "/".join(parts) not in NAMES:
        parts.pop()
    return "/".join(parts) or "__init__"


def rank(path):
    """Place a module in the order of the rooms; what the package itself offers comes from all up to the study."""
    return ROOMS.index("study" if path == "__init__" else room(path)), floor(path)


def floor(path):
    """Place a module in the order of the folders of its room."""
    _, at, chapter = path.partition("reporting/chapters")
    if at:
        chapter = chapter.lstrip("/").partition("/")[0]
        return 1 + (CHAPTERS.index(chapter) if chapter else len(CHAPTERS))
    if path.startswith("reporting/site"):
        return len(CHAPTERS) + 2
    first, _, rest = path.partition("/")
    order = FOLDERS.get(first, ())
    folder = rest.partition("/")[0]
    return order.index(folder) if folder in order else len(order)


def cycle(imports):
    """One cycle among modules, given by key with what each imports; nothing where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_a_module_imports_only_from_its_own_folder_or_an_earlier_one():
    inner = {key(path): imports(path) for path in modules if path not in ENTRANCES}
    assert len(inner) > 400
    assert [(own, other) for own, others in inner.items() for other in others if rank(other) > rank(own)] == []


def test_what_is_imported_is_there():
    """Tools and benchmarks, and what is imported in functions, included: no test may come that way."""
    files = [path for folder in ("evalkit", "tools", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py"))]
    names = {(file.relative_to(ROOT).as_posix(), *name) for file in files for name in named(ast.parse(text(file)))}
    assert len(names) > 2000
    assert [name for name in sorted(names) if not offers(*name[1:])] == []


def named(tree):
    """Every name that a file imports from a module of evalkit, with the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "evalkit":
            yield from ((node.module, alias.name) for alias in node.names)


def offers(module, name):
    """Whether a module has a name, or a module of that name in its folder."""
    found = import_module(module)
    return hasattr(found, name) or (hasattr(found, "__path__") and find_spec(f"{module}.{name}") is not None)


def test_a_backward_import_would_be_found():
    lines = ("evalkit.runs.runner import run", "evalkit.base import params", "evalkit import Study")
    tree = ast.parse("\n".join(f"from {each}" for each in lines))
    assert [ROOMS[rank(other)[0]] for other in imported(tree)] == ["runs", "base", "study"]


def test_a_backward_import_inside_a_room_would_be_found():
    tree = ast.parse(
        "from evalkit.assessment import assess, assessed\nfrom evalkit.assessment.targets import milestones"
    )
    above, beside = (rank(other) for other in imported(tree) if other != "assessment")
    assert above > rank("assessment/grading/rules") > beside
    assert rank("assessment") > rank("assessment/supervision/rules")


def test_an_import_from_a_later_chapter_would_be_found():
    tree = ast.parse("from evalkit.reporting.chapters.gaps import tables\nfrom evalkit.reporting.prose import prose")
    later, below = (rank(other) for other in imported(tree))
    assert below < rank("reporting/chapters/inequality/tables") < later < rank("reporting/chapters")


def test_the_site_comes_after_the_chapters_and_before_the_runs():
    tree = ast.parse("from evalkit.reporting.site import pages")
    (found,) = (rank(other) for other in imported(tree))
    assert rank("reporting/chapters") < found < rank("runs/index")


def test_every_chapter_is_there_with_all_of_its_modules():
    found = {(path.parent.name, path.stem) for path in PACKAGE.glob("reporting/chapters/*/*.py")}
    assert {chapter for chapter, _ in found} == set(CHAPTERS)
    assert [(chapter, name) for chapter, name in found if not hasattr(getattr(chapters, chapter), name)] == []


def test_every_folder_of_a_room_has_its_place():
    inside = {room: {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")} for room in FOLDERS}
    assert inside == {room: set(order) for room, order in FOLDERS.items()}


def test_no_modules_import_one_another():
    assert cycle({key(path): imports(path) for path in modules}) == []


def test_a_cycle_through_a_function_and_an_import_for_types_would_be_found():
    one = "if TYPE_CHECKING:\n    from evalkit.data.dataset import Metadata"
    other = "def f():\n    from evalkit.data import contract"
    both = {"data/contract": one, "data/dataset": other}
    assert set(cycle({name: imported(ast.parse(source)) for name, source in both.items()})) == set(both)


def test_no_module_is_longer_than_300_lines():
    assert [key(path) for path in modules if len(text(path).splitlines()) > 300] == []


def test_every_module_has_its_test_module():
    named = {key(path) for path in modules if path.stem != "__init__"}
    tested = {name for name in named if (ROOT / "tests" / re.sub(r"([^/]+)$", r"test_\1.py", name)).is_file()}
    assert sorted(named - tested - UNTESTED) == []


def cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


@each_notebook
def test_a_notebook_has_one_cell_of_parameters_and_a_short_setup_after_it(path):
    first, setup, *_ = code = cells(path)
    assert [cell for cell in code if "parameters" in cell.metadata.get("tags", [])] == [first]
    assert len(setup.source.splitlines()) <= 6


@each_notebook
def test_a_notebook_is_kept_without_outputs(path):
    assert [cell.source for cell in cells(path) if cell.outputs or cell.execution_count is not None] == []


@each_notebook
def test_a_notebook_defines_and_repeats_nothing(path):
    tokens = (tokenize.generate_tokens(io.StringIO(cell.source).readline) for cell in cells(path))
    assert {token.string for cell in tokens for token in cell if token.type == tokenize.NAME} & BRANCHING == set()


@each_notebook
def test_every_cell_after_the_setup_ends_in_a_bare_name(path):
    last = [ast.parse(cell.source).body[-1] for cell in cells(path)[2:]]
    bare = [isinstance(end, ast.Expr) and isinstance(end.value, ast.Name) for end in last]
    assert [ast.unparse(end) for end, is_bare in zip(last, bare, strict=True) if not is_bare] == []


@pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="this is no checkout")
def test_no_file_names_a_folder_of_one_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    pattern = re.compile(rf"(?<![\w.~-])/(?:{'|'.join(MACHINE_FOLDERS)})/".encode())
    contents = {file: file.read_bytes() for file in files if file.is_file()}
    texts = {file: content for file, content in contents.items() if b"\0" not in content}
    assert [file.relative_to(ROOT).as_posix() for file, text in texts.items() if pattern.search(text)] == []
    assert len(texts) > 50
