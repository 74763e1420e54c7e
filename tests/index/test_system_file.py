import pytest
import yaml
from hypothesis import given

from evalkit import IndexSystem
from evalkit.base.errors import ParamsError
from evalkit.index.system_file import declared, namesake, save
from tests.scoring.small import group, leaf, quick, system, systems, words


@quick
@given(systems())
def test_any_tree_comes_back_from_yaml_as_it_was(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("index") / "small.yaml"
    save(tree, path)
    assert IndexSystem.load(path) == tree


def test_the_shipped_system_comes_back_from_yaml_as_it_was(tmp_path, declared_system):
    save(declared_system, tmp_path / "a.yaml")
    assert IndexSystem.load(tmp_path / "a.yaml") == declared_system


@pytest.mark.parametrize(
    "text", ["no", "0370", "12", "1e5", "true", "~", "null", "", "2012-01-01", " a: b # c", "一\n二\n"]
)
def test_text_stays_text(tmp_path, text):
    tree = system(leaf("a", unit=words(text)))
    save(tree, tmp_path / "a.yaml")
    assert IndexSystem.load(tmp_path / "a.yaml").node("a").unit.zh == text


def test_what_is_so_by_default_is_left_out():
    data = declared(system(group("P", leaf("a"), leaf("b", worst=None, unscored="input"))))
    assert set(data["tree"]["children"][0]) == {"code", "name", "level", "children"}
    assert "weight" not in data["tree"]["children"][0]["children"][1]


def test_a_file_that_is_there_is_only_replaced_by_force(tmp_path):
    save(system(leaf("a")), tmp_path / "a.yaml")
    with pytest.raises(ParamsError, match="found one that is there already; expected another name, or --force"):
        save(system(leaf("b")), tmp_path / "a.yaml")
    save(system(leaf("b")), tmp_path / "a.yaml", force=True)
    assert yaml.safe_load((tmp_path / "a.yaml").read_text(encoding="utf-8"))["tree"]["children"][0]["code"] == "b"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.txt", "found '.txt'; expected one of .yaml, .xlsx"), ("no/a.yaml", "a folder that")],
)
def test_a_file_that_cannot_be_is_refused(tmp_path, name, expected):
    with pytest.raises(ParamsError, match=expected):
        save(system(leaf("a")), tmp_path / name)


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    save(system(leaf("a")), tmp_path / "a.yaml")
    old = (tmp_path / "a.yaml").read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save(system(leaf("b")), tmp_path / "a.yaml", force=True)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.yaml", old)]


def test_the_namesake_is_the_system_of_the_same_code(tmp_path):
    known = system(leaf("a"))
    save(known, tmp_path / "other.yaml")
    save(known.model_copy(update={"code": "large"}), tmp_path / "large.yaml")
    assert namesake(known, tmp_path / "new.yaml") == known
    assert namesake(known.model_copy(update={"code": "third"}), tmp_path / "new.yaml") is None
