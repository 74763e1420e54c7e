import pytest

from evalkit.reference.shapes import Shapes, kind_of, refs

DEFS = {
    "Text": {"properties": {"zh": {"type": "string"}}},
    "Mean": {"properties": {"kind": {"const": "mean"}}},
    "Power": {"properties": {"kind": {"const": "power"}}},
    "Node": {"properties": {"code": {}}},
}
MEAN, POWER, NODE = ({"$ref": f"#/$defs/{name}"} for name in ("Mean", "Power", "Node"))
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("node", "zh", "en"),
    [
        ({"type": "string"}, "文字", "text"),
        ({"type": "string", "format": "code"}, "代码", "code"),
        ({"type": "integer", "minimum": 1900, "maximum": 2200}, "整数 1900–2200", "whole number 1900–2200"),
        ({"type": "integer", "minimum": 0, "maximum": 2**63}, "整数 ≥ 0", "whole number ≥ 0"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1}, "数 > 0, ≤ 1", "number > 0, ≤ 1"),
        ({"type": ["number", "string"], "minimum": 0}, "数 ≥ 0", "number ≥ 0"),
        ({"anyOf": [{"type": "boolean"}, NULL]}, "`true`、`false`", "`true`, `false`"),
        ({"enum": ["a", "b"]}, "`a`、`b`", "`a`, `b`"),
        ({"const": "a"}, "`a`", "`a`"),
        ({"$ref": "#/$defs/Text"}, "[中英文](#text)", "[text in zh and en](#text)"),
        ({"type": "array", "items": NODE, "minItems": 1},
         "列表：[Node](#node)，至少 1 项", "list: [Node](#node), 1 at least"),
        ({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}, "[数, 数]", "[number, number]"),
        ({"oneOf": [MEAN, POWER]}, "按 `kind`：[`mean`](#mean)、[`power`](#power)",
         "by `kind`: [`mean`](#mean), [`power`](#power)"),
        ({"oneOf": [MEAN, NODE]}, "[`mean`](#mean) / [Node](#node)", "[`mean`](#mean) / [Node](#node)"),
        ({"type": "object", "additionalProperties": NODE, "propertyNames": {"format": "code"}},
         "代码 → [Node](#node)", "code → [Node](#node)"),
        ({"type": "object", "additionalProperties": NODE, "propertyNames": {"enum": ["a", "b"]}},
         "`a`、`b` → [Node](#node)", "`a`, `b` → [Node](#node)"),
        ({"type": "object", "additionalProperties": {"type": "number"}, "propertyNames": {"pattern": "^[0-9]{4}$"}},
         "年份 → 数", "year → number"),
        ({"type": "object", "properties": {}, "additionalProperties": False}, "若干键", "some keys"),
        ({"anyOf": [{"oneOf": [MEAN]}] * 3 + [{"type": "boolean"}]}, "任意", "any value"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(node, zh, en):
    assert (Shapes(DEFS, "zh").of(node), Shapes(DEFS, "en").of(node)) == (zh, en)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({}, "—"),
        ({"default": None}, "—"),
        ({"default": []}, "—"),
        ({"default": 0}, "`0`"),
        ({"default": False}, "`false`"),
        ({"default": ["city"]}, "`[city]`"),
        ({"default": {"kind": "mean", "floor": 1}}, "`{kind: mean}`"),
        ({"default": {"prepared": ""}}, "the defaults of its keys"),
    ],
)
def test_a_default_is_told_as_it_is_written(node, expected):
    assert Shapes(DEFS, "en").default(node, required=False) == expected
    assert Shapes(DEFS, "en").default(node, required=True) == "**required**"


def test_the_models_that_a_value_holds_are_found_with_the_way_to_them():
    node = {"anyOf": [{"type": "array", "items": {"oneOf": [MEAN, POWER]}}, NULL], "additionalProperties": NODE}
    assert list(refs(node)) == [("Mean", "[]"), ("Power", "[]"), ("Node", ".*")]


def test_only_a_constant_kind_tells_a_model_from_others():
    assert kind_of(DEFS["Mean"]) == "mean"
    assert kind_of({"properties": {"kind": {"enum": ["floor", "ceiling"]}}}) is None
