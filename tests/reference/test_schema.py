import json
from functools import cache

import pytest
from jsonschema import Draft7Validator

from evalkit.base import params
from evalkit.base.errors import ParamsError
from evalkit.index.system import IndexSystem
from evalkit.new_project import STARTER
from evalkit.reference.examples import minimal
from evalkit.reference.kinds import KINDS
from evalkit.reference.meanings import meanings
from evalkit.reference.schema import models_of, schema
from tests.conftest import ROOT
from tests.reference.mutated import mutated

BY_CODE = {kind.code: kind for kind in KINDS}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
WHOLE = {name: dict(found.example) for name, found in meanings().items() if "kind" in found.example}


@cache
def validator(kind, name=None):
    whole = schema(kind)
    return Draft7Validator({"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]} if name else whole)


def in_json(data):
    """As an editor sees what the project's own loader gives."""
    return json.loads(json.dumps(data))


def parsed(path):
    return in_json(params.parse(path)[0])


def faults(data, kind, name=None):
    return [
        f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator(kind, name).iter_errors(data)
    ]


def refuses(model, data):
    try:
        params.checked(model, data, ROOT, params.place)
    except ParamsError:
        return True
    return False


@each_kind
def test_a_schema_is_one_in_words_that_every_editor_knows(kind):
    Draft7Validator.check_schema(schema(kind))
    assert not {"prefixItems", "discriminator", "ge", "le"} & set(json.dumps(schema(kind)).split('"'))


@each_kind
def test_every_file_that_loads_meets_its_schema(kind):
    for path in [*kind.files(ROOT), *kind.files(STARTER), *minimal(kind)]:
        assert faults(parsed(path), kind) == []


@each_kind
def test_a_slip_that_the_models_refuse_is_refused_by_the_schema_and_none_else(kind):
    for path, model in zip(minimal(kind), kind.models, strict=True):
        for way, changed in mutated(parsed(path)):
            if way[:1] != ("change",):  # a variant's model leaves it to the system that is changed
                assert (way, bool(faults(changed, kind))) == (way, refuses(model, changed))


@pytest.mark.parametrize("name", WHOLE)
def test_a_method_and_its_schema_take_and_refuse_the_same(name):
    kind = next(kind for kind in KINDS if name in models_of(kind))
    for way, changed in [((), in_json(WHOLE[name])), *mutated(in_json(WHOLE[name]))]:
        assert (way, bool(faults(changed, kind, name))) == (way, refuses(models_of(kind)[name], changed))


@each_kind
def test_every_key_is_explained_in_both_languages(kind):
    for model in schema(kind)["$defs"].values():
        assert all(" · " in value["description"] for value in [model, *model["properties"].values()])


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("Alternative", {"method": {"cpa": False}}, "'cpa' was unexpected"),
        ("Alternative", {"method": {"aggregation": {"kind": "geometrical"}}}, "is not valid under any"),
        ("Choice", {"kind": "choice", "of": "aggregation", "options": [{"kind": "geometric", "flor": 1}]}, "not valid"),
    ],
)
def test_what_a_model_takes_as_any_keys_is_checked_as_what_it_will_be(name, data, fault):
    whole = {"code": "a", "name": {"zh": "甲"}, **data} if name == "Alternative" else data
    assert fault in "".join(faults(whole, BY_CODE["studies"], name))


@pytest.mark.parametrize(
    ("change", "n"),
    [({"beds": {"decimals": 1}}, 0), ({"beds": {"decimal": 1}}, 1), ({"beds": {"weight": 1}}, 1), ({"beds": 1}, 1)],
)
def test_a_variant_of_an_index_changes_keys_that_nodes_have(change, n):
    data = {"code": "a", "version": "1", "name": {"zh": "甲"}, "extends": "b", "change": change}
    assert len(faults(data, BY_CODE["index"])) == n


def test_a_variant_of_an_index_adds_whole_nodes():
    data = {"code": "a", "version": "1", "name": {"zh": "甲"}, "extends": "b", "add": [{"under": "c", "nodes": [{}]}]}
    assert faults(data, BY_CODE["index"])
    data["add"][0]["nodes"] = parsed(minimal(BY_CODE["index"])[0])["tree"]["children"]
    assert faults(data, BY_CODE["index"]) == []


def test_chinese_alone_is_enough_of_a_text():
    assert [faults(text, BY_CODE["rules"], "Text") for text in ({"zh": "甲"}, {"en": "A"})] == [
        [],
        [": 'zh' is a required property"],
    ]


def test_years_are_keys_and_exact_numbers_have_bounds():
    year = schema(BY_CODE["index"])["$defs"]["Target"]["properties"]["milestones"]["propertyNames"]
    assert year == {"pattern": "^[0-9]{4}$"}
    share = schema(BY_CODE["incentives"])["$defs"]["Pot"]["properties"]["share"]
    assert (share["minimum"], share["type"]) == (0, ["number", "string"])


def test_a_key_that_a_kind_of_target_does_without_is_not_offered():
    target = schema(BY_CODE["index"])["$defs"]
    assert "baseline" in target["Range"]["properties"]
    assert "baseline" not in target["AnnualQuota"]["properties"]


def test_a_file_that_extends_is_held_against_the_variant():
    kind = BY_CODE["index"]
    assert schema(kind)["then"] == {"$ref": "#/$defs/Extension"}
    assert kind.models[0] is IndexSystem
    assert "then" not in schema(BY_CODE["rules"])
