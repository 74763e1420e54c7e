import pytest

from evalkit.assessment import assessment_files
from evalkit.base.errors import ParamsError
from evalkit.base.project import SUFFIXES
from evalkit.new_project import STARTER
from evalkit.reference.kinds import DATASETS, KINDS, SCHEMAS
from tests.conftest import ROOT

BY_CODE = {kind.code: kind for kind in KINDS}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def test_every_folder_of_params_but_the_schemas_is_a_kind():
    folders = {path for root in (ROOT, STARTER) for path in (root / "params").iterdir() if path.is_dir()}
    assert {path.name for path in folders - {ROOT / SCHEMAS}} == BY_CODE.keys() - {"metadata", "words"}


def test_whatever_an_assessment_names_is_a_kind_unless_it_is_filled_in_as_a_table_alone():
    tables = {code for code, suffixes in SUFFIXES.items() if ".yaml" not in suffixes}
    assert set(assessment_files.FOLDERS.values()) - BY_CODE.keys() == tables == {"self_assessed"}


@pytest.mark.parametrize("root", [ROOT, STARTER], ids=["checkout", "starter"])
@each_kind
def test_every_file_of_params_begins_with_the_line_by_which_an_editor_finds_its_schema(kind, root):
    for path in kind.files(root) if kind is not DATASETS else ():
        first, *others = path.read_text(encoding="utf-8").splitlines()
        assert first == kind.header()
        assert not any("$schema" in line for line in others)


@pytest.mark.parametrize("folder", ["params/rules", "data/example", "figures"])
def test_the_line_leads_from_a_file_to_the_schema(folder):
    way = BY_CODE["rules"].header(folder).partition("$schema=")[2]
    assert (ROOT / "params" / ".." / folder / way).resolve() == ROOT / SCHEMAS / "rules.json"
    assert "\\" not in way


def test_a_file_that_extends_another_is_read_as_what_it_states():
    kind = BY_CODE["index"]
    assert [kind.read(path).code for path in kind.files(ROOT)] == [
        "zhejiang-plan",
        "zhejiang-public-2015",
        "zhejiang-public",
    ]


def test_a_file_that_is_no_mapping_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("[extends]", encoding="utf-8")
    with pytest.raises(ParamsError, match="expected keys with values"):
        BY_CODE["index"].read(tmp_path / "a.yaml")
