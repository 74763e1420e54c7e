import pytest

from evalkit.base.errors import ParamsError
from evalkit.base.project import DEFAULT_REGIONS, default_regions, default_study, find, inside, place, project_root
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def undeclared(monkeypatch):
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "params" / "studies").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    return tmp_path.resolve()


def test_the_only_regions_of_a_project_are_those_that_are_meant(tmp_path):
    folder = tmp_path / "params" / "regions"
    folder.mkdir(parents=True)
    assert default_regions(tmp_path) == DEFAULT_REGIONS
    (folder / "own.yaml").touch()
    assert default_regions(tmp_path) == "own"
    (folder / "other.yaml").touch()
    with pytest.raises(ParamsError, match="--regions: found nothing; expected one of other, own"):
        default_regions(tmp_path)
    (folder / f"{DEFAULT_REGIONS}.yaml").touch()
    assert default_regions(tmp_path) == DEFAULT_REGIONS


def test_the_project_is_found_from_a_folder_upwards(folder):
    assert project_root(folder / "notebooks") == folder


def test_the_project_is_found_from_the_working_folder(folder, monkeypatch):
    monkeypatch.chdir(folder / "notebooks")
    assert project_root() == folder


def test_the_environment_comes_first(folder, monkeypatch):
    monkeypatch.setenv("EVALKIT_ROOT", str(folder))
    assert project_root(ROOT) == folder


def test_where_nothing_stands_above_it_is_this_checkout(tmp_path):
    assert project_root(tmp_path) == ROOT


def test_an_environment_without_studies_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("EVALKIT_ROOT", str(tmp_path))
    with pytest.raises(ParamsError, match=rf"no folder params/studies in {tmp_path}.*EVALKIT_ROOT"):
        project_root(ROOT)


@pytest.fixture
def findings(folder):
    """Puts files into the folder of findings."""
    (folder / "params" / "findings").mkdir()

    def put(*names):
        for name in names:
            (folder / "params" / "findings" / name).touch()
        return folder

    return put


@pytest.mark.parametrize("file", ["x.yaml", "x.xlsx"])
def test_findings_may_be_declared_in_yaml_or_in_a_workbook(findings, file):
    root = findings(file, "other.yaml")
    assert place(root, "findings", "x").name == find(root, "findings", "x").name == file


def test_one_name_for_two_files_is_refused_by_both(findings):
    with pytest.raises(ParamsError, match=r"which findings 'x' names\n.*found x.yaml and x.xlsx; expected one of them"):
        find(findings("x.yaml", "x.xlsx"), "findings", "x")


def test_what_is_not_there_is_told_with_what_is_there_in_either_form(findings):
    root = findings("a.xlsx", "b.yaml", "~$a.xlsx")
    with pytest.raises(ParamsError, match=r"no params/findings/x.yaml or x.xlsx\n.*found 'x'; expected one of a, b$"):
        find(root, "findings", "x")


def test_other_kinds_are_declared_in_yaml_alone(folder):
    (folder / "params" / "studies" / "x.xlsx").touch()
    with pytest.raises(ParamsError, match=r"there is no params/studies/x\.yaml\n"):
        find(folder, "studies", "x")


@pytest.mark.parametrize("name", ["../studies/x", "D/4", ".x", "", "x" * 300, "a\0b"])
def test_only_a_code_names_a_file(folder, name):
    with pytest.raises(ParamsError, match=r"(?s)cannot be the name of a file.*studies: found .*; expected a code"):
        place(folder, "studies", name)


@pytest.mark.parametrize("name", ["tables", "data/tables", "a/../tables"])
def test_a_path_in_the_project_is_taken(folder, name):
    assert inside(folder, name, "dataset") == folder / name


@pytest.mark.parametrize("name", ["/etc/passwd", "../other", "a/../../other", ".", "", "a\0b", "link/passwd"])
def test_a_path_out_of_the_project_is_refused(folder, name):
    (folder / "link").symlink_to("/etc")
    with pytest.raises(ParamsError, match=r"dataset leads out of the project\n.*expected a path inside"):
        inside(folder, name, "dataset")


def test_of_several_studies_one_is_to_be_named(tmp_path):
    studies = tmp_path / "params" / "studies"
    studies.mkdir(parents=True)
    for name in ("a", "b"):
        (studies / f"{name}.yaml").touch()
    with pytest.raises(ParamsError, match="one of a, b"):
        default_study(tmp_path)


def test_a_folder_that_is_gone_is_told(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(ParamsError, match="the folder in which this was called is gone"):
        project_root()
