"""What holds for the fields of every declaration: numbers are finite and bounded, codes are codes."""

import importlib
import pkgutil
from fractions import Fraction
from functools import cache
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from pydantic import BeforeValidator, TypeAdapter, ValidationError

import evalkit
from evalkit.base.errors import ParamsError
from evalkit.base.fields import (
    CODE_RULE,
    Bounds,
    Code,
    Decimals,
    Draws,
    Months,
    Named,
    Seed,
    Share,
    Span,
    Tile,
    Year,
    Years,
    is_code,
)
from evalkit.base.model import DeclaredModel
from evalkit.base.params import read
from evalkit.data import Regions
from evalkit.data.metadata import Metadata

# Fields of text by which nothing is called, and those whose names lead to files.
WORDS = {
    "version",
    "date",
    "clause",
    "number",
    "prepared",
    "reviewed",
    "approved",
    "zh",
    "en",
    "key",
    "dataset",
    "store",
    "variables",
    "file",
}
# Decimal numbers, which JSON may give as text.
EXACT = {"Fund.amount", "Pot.share", "Limit.by_region", "Limit.value"}
FREE_KEYS = {"experts", "sources", "method", "change", "nodes", "options"}


@cache
def declarations():
    """Every model that a person's file is read as."""
    for module in pkgutil.walk_packages(evalkit.__path__, "evalkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, left = set(), [DeclaredModel]
    while left:
        below = set(left.pop().__subclasses__()) - found
        found |= below
        left += below
    return sorted((one for one in found if one.__module__.startswith("evalkit.")), key=lambda one: one.__qualname__)


def unnamed(annotation, *, named=False):
    """Whether a type has a list of fixed length that does not say what its places are."""
    origin, given = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return unnamed(given[0], named=any(isinstance(each, BeforeValidator) for each in given[1:]))
    fixed = origin is tuple and given[-1] is not Ellipsis
    return (fixed and not named) or (origin is not None and any(map(unnamed, given)))


def schemas(schema):
    """A schema and every one within it, but not the models that it names."""
    yield schema
    for word in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(word), dict):
            yield from schemas(schema[word])
    for word in ("anyOf", "oneOf", "prefixItems"):
        for each in schema.get(word, ()):
            yield from schemas(each)


@cache
def fields():
    """The schemas of every field, by its name."""
    return {
        f"{model.__qualname__}.{name}": list(schemas(schema))
        for model in declarations()
        for name, schema in model.model_json_schema().get("properties", {}).items()
    }


def fields_with(fault):
    """The names of the fields in which a schema has a fault."""
    return {name for name, found in fields().items() if any(map(fault, found))}


def named(fields, names):
    return {field for field in fields if field.partition(".")[2] in names}


def test_every_whole_number_is_bounded():
    bounds = {"maximum", "exclusiveMaximum", "enum", "const"}
    assert len(fields()) > 300
    assert fields_with(lambda one: one.get("type") == "integer" and not bounds & set(one)) == set()


def test_every_text_is_a_code_or_a_choice_unless_it_is_words():
    said = {"enum", "const", "format"}
    free = fields_with(lambda one: one.get("type") == "string" and not said & set(one))
    assert free - EXACT == named(free, WORDS | FREE_KEYS)


def test_every_key_of_a_mapping_is_a_code_or_a_choice():
    free = fields_with(lambda one: one.get("additionalProperties") and "propertyNames" not in one)
    assert free == named(free, FREE_KEYS | {"milestones"})


def test_no_declaration_takes_a_number_that_is_not_finite():
    assert [model for model in declarations() if model.model_config["allow_inf_nan"] is not False] == []
    assert [m for m in declarations() if "AllowInfNan(allow_inf_nan=True)" in repr(m.model_fields)] == []


@pytest.mark.parametrize("code", ["330100", "a.b", "A-1_2", "社会保障", "0370", "-1", "x" * 64])
def test_letters_and_digits_make_a_code(code):
    assert is_code(code)


UNSEEN = ("", " ", "a b", " a", "a ", "a\n", "a\u200b", "\ufeffa", "a\0", "😀", "x" * 65)
ELSEWHERE = (".", "..", ".a", "../tables", "D/4", "a\\b", "a:b", "=1")


@pytest.mark.parametrize("code", [*UNSEEN, *ELSEWHERE])
def test_what_would_lead_elsewhere_or_cannot_be_seen_makes_no_code(code):
    assert not is_code(code)


SHARE = "a share above 0, at most 1: a decimal such as 0.6, or a fraction such as 2/3"


class Thing(DeclaredModel):
    code: Code = "a"
    name: Named | None = None
    weight: float = 1
    weights: dict[Code, float] = {}
    year: Year = 2008
    decimals: Decimals = 2
    months: Months = 1
    span: Span = 1
    draws: Draws = 1
    seed: Seed = 1
    tile: Tile = 1
    share: Share = 1


@pytest.fixture
def refused(tmp_path):
    """Gives where, found and expected of the one offender in a text of YAML."""

    def told(text):
        path = tmp_path / "thing.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ParamsError) as error:
            read(Thing, path)
        (problem,) = error.value.problems
        return problem.where, problem.found, problem.expected

    return told


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code: ../tables", ("code (line 1)", "'../tables'", CODE_RULE)),
        ('code: "a\\u200b"', ("code (line 1)", r"'a\u200b'", CODE_RULE)),
        ("name: {zh: 甲, en: ' '}", ("name.en (line 1)", "' '", "a name")),
        ("weight: 1e999", ("weight (line 1)", "inf", "a finite number")),
        ("weight: !!float .nan", ("weight (line 1)", "nan", "a finite number")),
        ("weights: {a: !!float -.inf}", ("weights.a (line 1)", "-inf", "a finite number")),
        ("weights: {a/b: 1}", ("weights.a/b (line 1)", "'a/b'", CODE_RULE)),
        ("year: 99999999999", ("year (line 1)", "99999999999", "less than or equal to 2200")),
        ('year: "2008\\n"', ("year (line 1)", r"'2008\n'", "a valid integer")),
        ("decimals: 400", ("decimals (line 1)", "400", "less than or equal to 9")),
        ("months: 600000", ("months (line 1)", "600000", "less than or equal to 1200")),
        ("draws: 1000000000", ("draws (line 1)", "1000000000", "less than or equal to 100000")),
        ("seed: -1", ("seed (line 1)", "-1", "greater than or equal to 0")),
        ("tile: -1", ("tile (line 1)", "-1", "greater than or equal to 0")),
        ("share: 3/0", ("share (line 1)", "'3/0'", SHARE)),
        ("share: 60 %", ("share (line 1)", "'60 %'", SHARE)),
        ("share: 1.5", ("share (line 1)", "1.5", SHARE)),
    ],
)  # fmt: skip
def test_what_is_beyond_a_limit_is_told_with_it(refused, text, problem):
    assert refused(text) == problem


@pytest.mark.parametrize(("written", "exact"), [("2/3", (2, 3)), (0.6, (3, 5)), (1, (1, 1))])
def test_a_share_is_exactly_what_is_written(written, exact):
    thing = Thing(share=written)
    assert thing.share == Fraction(*exact)
    assert Thing.model_validate(thing.model_dump(mode="json")) == thing


def test_a_region_and_a_variable_are_called_by_codes():
    schema = Regions.model_json_schema()["$defs"]["Region"]["properties"]["code"]
    assert schema["format"] == "code"
    assert Metadata.model_json_schema()["properties"]["variables"]["propertyNames"]["format"] == "code"


def test_every_list_of_fixed_length_says_what_its_places_are():
    hints = {model: get_type_hints(model, include_extras=True) for model in declarations()}
    assert [(model, name) for model in hints for name in model.model_fields if unnamed(hints[model][name])] == []


@pytest.mark.parametrize(("field", "told"), [(Years, "[first year, last year]"), (Bounds, "[lowest, highest]")])
@pytest.mark.parametrize("given", [[2010, 2011, 2012], 2012, {}])
def test_what_is_no_such_list_or_too_long_is_told_its_places(field, told, given):
    with pytest.raises(ValidationError) as error:
        TypeAdapter(field).validate_python(given)
    assert str(error.value.errors()[0]["ctx"]["error"]) == f"{told}: 2 items"
