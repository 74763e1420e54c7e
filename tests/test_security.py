"""What docs/security.md states: that each statement names its tests, and those that have no other home."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from evalkit.base import params
from evalkit.base.errors import DataError, ParamsError
from evalkit.base.fields import is_code
from evalkit.base.project import inside
from evalkit.data.boundaries import read_boundaries
from evalkit.index import IndexSystem
from evalkit.loading import load_study
from evalkit.new_project import new_project
from evalkit.runs import manifest
from tests.conftest import ROOT

STATEMENTS = re.findall(
    r"^- (.+?)(?=^- |^#|\Z)", (ROOT / "docs" / "security.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
SOURCES = [path for room in ("evalkit", "tools") for path in sorted((ROOT / room).rglob("*.py"))]
# what makes code of text, or objects of bytes
CODE = re.compile(
    r"(builtins\.)?(eval|exec|compile|__import__)|os\.(system|popen|exec\w+|spawn\w+)|yaml\.(?!safe_load\b)\w*load\w*|\w+\.read_pickle"
    r"|(pickle|cloudpickle|marshal|shelve|dill|joblib)\.(loads?|open|Unpickler)"
)
LIKELY = re.compile(rf"(?<![\w.])({CODE.pattern})\(|shell|allow_pickle")
SECRET = "what nobody may see"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return new_project(tmp_path_factory.mktemp("made") / "mine").root


@pytest.fixture
def project(made, tmp_path):
    """A project in a folder of its own, beside which something stands that it may not read."""
    (tmp_path / "outside").write_text(SECRET, "utf-8")
    return Path(shutil.copytree(made, tmp_path / "mine"))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_names_tests_that_are_there(statement):
    named = TEST.findall(statement)
    assert named
    for file, test in named:
        assert f"def {test}" in (ROOT / file).read_text("utf-8")


def reading_code(source):
    """The line of every call that takes text for code, bytes for objects, or a line for a shell."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in calls:
        if CODE.fullmatch(ast.unparse(call.func)) or {"shell", "allow_pickle"} & {each.arg for each in call.keywords}:
            yield call.lineno


def test_no_source_reads_anything_as_code():
    texts = {path: path.read_text("utf-8") for path in SOURCES}
    likely = {path: text for path, text in texts.items() if LIKELY.search(text)}
    assert [(path, line) for path, text in likely.items() for line in reading_code(text)] == []
    assert len(SOURCES) > 300


@pytest.mark.parametrize(
    "line",
    ["eval(x)", "exec(x)", "yaml.load(x)", "pickle.loads(x)", "os.system(x)", "run(x, shell=True)", "compile(x, y, z)"],
)
def test_such_a_call_would_be_found(line):
    assert [*reading_code(line)] == [1]
    assert [*reading_code("re.compile(x); table.eval(x); ast.literal_eval(x)")] == []


@pytest.mark.parametrize(
    "tag", ["python/object/apply:os.system [touch x]", "python/name:os.system", "python/module:os"]
)
def test_a_tag_of_python_makes_nothing(tmp_path, tag):
    (tmp_path / "a.yaml").write_text(f"code: !!{tag}\n")
    with pytest.raises(ParamsError, match="is not YAML"):
        params.read(IndexSystem, tmp_path / "a.yaml")
    assert issubclass(params._Loader, (yaml.SafeLoader, yaml.CSafeLoader))


def test_no_library_is_taken_from_the_folder_that_one_is_in(tmp_path):
    (tmp_path / "colorsys.py").write_text("open('taken', 'w').close()")
    script = tmp_path / "bin" / "call.py"
    script.parent.mkdir()
    script.write_text(
        "from evalkit.runs.scheduling import Job\nfrom evalkit.runs.workers import run_jobs, warm_up\n"
        "if __name__ == '__main__':\n    warm_up(['colorsys'])\n"
        "    print(run_jobs([Job('a', ('a',))], len, workers=1, timeout=60)[0].error)\n"
    )
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *map(os.path.abspath, filter(None, sys.path))])
    }
    called = [sys.executable, script]
    done = subprocess.run(called, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"
    assert not (tmp_path / "taken").exists()


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_git_starts_no_monitor_of_a_repository(tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "a"]):
        subprocess.run([*git, *command], check=True)
    subprocess.run([*git, "config", "core.fsmonitor", f"touch {tmp_path / 'started'}; false"], check=True)
    assert len(manifest.commit(tmp_path)) == 40
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "../a",
        "/a",
        "a/b",
        "a\\b",
        "C:a",
        "a\0",
        "a\n",
        ".a",
        "a.",
        "",
        "con",
        "NUL.txt",
        "Lpt1",
        "a b",
        "a" * 65,
        "*",
    ],
)
def test_what_cannot_be_the_name_of_a_file_is_no_code(name):
    assert not is_code(name)


@pytest.mark.parametrize("name", ["330100", "浙江-1", "a_b.c", "control", "com", "nullarbor"])
def test_what_can_be_is_one(name):
    assert is_code(name)


@pytest.mark.parametrize("name", ["../outside", "/etc", "..", ".", "a/../../outside", "a\0", "link/x", "link"])
@pytest.mark.parametrize("key", ["dataset", "boundaries", "register"])
def test_no_field_that_names_a_file_leads_out(project, key, name):
    (project / "link").symlink_to(project.parent)
    file = project / "params" / "studies" / "mine.yaml"
    declared = yaml.safe_load(file.read_text("utf-8"))
    register = {"store": name, "variables": declared["dataset"], "publication": "forms"}
    declared |= {
        "dataset": {"dataset": name},
        "boundaries": {"boundaries": {"file": name}},
        "register": {"register": register},
    }[key]
    if key == "register":
        del declared["dataset"]
    file.write_text(yaml.safe_dump(declared), "utf-8")
    with pytest.raises(ParamsError, match=r"leads out of the project|U\+0000") as told:
        load_study("mine", root=project)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "file", ["params/regions/province.yaml", "params/rules/annual.yaml", "data/statistics/survey.csv"]
)
def test_no_file_of_a_study_is_a_link_out_of_the_project(project, file):
    (project / file).unlink()
    (project / file).symlink_to(project.parent / "outside")
    with pytest.raises(ParamsError, match="leads out of the project") as told:
        load_study("mine", root=project)
    assert SECRET not in str(told.value)


def test_a_link_inside_the_project_is_followed(project):
    file = project / "params" / "rules" / "annual.yaml"
    file.rename(project / "rules.yaml")
    file.symlink_to(project / "rules.yaml")
    assert load_study("mine", root=project).rules
    assert inside(project, "rules.yaml", "x") == project / "rules.yaml"


MAP = (
    '{"type": "FeatureCollection", "features": [{"properties": {"code": "a"},'
    ' "geometry": {"type": "Polygon", "coordinates": %s}}]}'
)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        MAP % "[[[NaN, 1], [2, 2], [3, 1], [NaN, 1]]]",
        MAP % "[[[1e400, 1], [2, 2], [3, 1], [1e400, 1]]]",
        MAP % f"[[[{'9' * 5000}, 1]]]",
        MAP % '{"a": 1}',
        MAP % "null",
    ],
)  # fmt: skip
def test_hostile_boundaries_are_refused(tmp_path, text):
    (tmp_path / "a.geojson").write_text(text)
    with pytest.raises(DataError):
        read_boundaries(tmp_path / "a.geojson", "code", ["a"])
