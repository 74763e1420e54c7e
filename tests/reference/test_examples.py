import shutil

from jsonschema import Draft7Validator

from evalkit.loading import load_study, load_system
from evalkit.reference.examples import LONGEST, minimal
from evalkit.reference.kinds import KINDS
from evalkit.reference.meanings import meanings, names_kind
from evalkit.reference.schema import models, models_of, schema
from evalkit.reference.shapes import refs
from evalkit.reference.tables import SHARED
from tests.reference.given import examples
from tests.reference.test_schema import in_json

FIGURES = """variable,region,year,value,state,publication
residents,990100,2021,100,value,yearbook
residents,990100,2022,101,value,yearbook
residents,990200,2021,50,value,yearbook
residents,990200,2022,50,value,yearbook
beds,990100,2021,4000,value,yearbook
beds,990100,2022,4300,value,yearbook
beds,990200,2021,2500,value,yearbook
beds,990200,2022,2400,value,yearbook
"""


def assessed(root):
    """A project of the minimal files alone, each named by the study."""
    for kind in KINDS:
        place = root / ("data/example/metadata.yaml" if kind.code == "metadata" else f"params/{kind.code}/example.yaml")
        place.parent.mkdir(parents=True)
        shutil.copy(minimal(kind)[0], place)
    (root / "data" / "example" / "figures.csv").write_text(FIGURES, encoding="utf-8")
    named = ("rules", "events", "findings", "accountability", "incentives", "supervision")
    with (root / "params" / "studies" / "example.yaml").open("a", encoding="utf-8") as study:
        study.write(f"assessment: {{{', '.join(f'{kind}: example' for kind in named)}}}\n")
    return root


def test_the_minimal_files_make_up_a_project_that_loads_and_is_assessed(tmp_path):
    study = load_study("example", root=assessed(tmp_path))
    assert list(study.check().index) == ["beds"]
    assert study.assessed.assessment.results.grade["990100", 2022] in ("good", "fail")


def test_the_minimal_variant_of_an_index_loads_upon_its_base(tmp_path):
    base, variant = minimal(next(kind for kind in KINDS if kind.variant))
    shutil.copy(base, tmp_path / "example.yaml")
    shutil.copy(variant, tmp_path / "variant.yaml")
    assert load_system(tmp_path / "variant.yaml").node("beds").decimals == 1


def bare(kind):
    """The keys of a kind of file that have no example, though they hold no table of their own."""
    for name, model in models_of(kind).items():
        for key, value in schema(kind)["$defs"][name]["properties"].items():
            nested = any(below != SHARED for below, _ in refs(value))
            if not nested and not names_kind(model, key) and examples().of(model, key) is None:
                yield f"{name}.{key}"


def test_every_key_has_an_example_unless_it_holds_a_table_of_its_own():
    lacking = [key for kind in KINDS for key in bare(kind)]
    assert lacking == [], f"give each one, of at most {LONGEST} characters, under `example` in meanings.yaml"


def faults_of_examples():
    """What is wrong with each example that is declared, by model and key."""
    for name, found in meanings().items():
        defs = next(schema(kind)["$defs"] for kind in KINDS if name in models_of(kind)) if found.example else {}
        for key, example in found.example.items():
            validator = Draft7Validator({**defs[name]["properties"][key], "$defs": defs})
            yield f"{name}.{key}", [error.message for error in validator.iter_errors(in_json(example))]


def test_an_example_that_is_declared_is_one():
    faults = dict(faults_of_examples())
    assert len(faults) > 300
    assert {key: messages for key, messages in faults.items() if messages} == {}


def test_an_example_of_a_project_stands_where_no_other_does_and_is_written_as_one_writes_it():
    of = {key: examples().of(models()["Pot"], key) for key in ("share", "name")}
    assert of == {"share": "0.6", "name": "{zh: 绩效, en: Performance}"}
    assert examples().of(models()["Measure"], "grades") == "[good]"


def test_models_that_share_a_meaning_share_an_example():
    assert examples().of(models()["Harmonic"], "floor") == examples().of(models()["Geometric"], "floor") == "1"
