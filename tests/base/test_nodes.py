"""YAML that would take for ever, or all of the memory, is refused by the limit that it breaks."""

import time

import pytest

from evalkit.base.errors import ParamsError
from evalkit.base.limits import DEPTH, YAML_NODES
from evalkit.base.params import parse

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n" for below, name in zip("abcdefg", "bcdefgh", strict=True)
)
DEEP = f"more than {DEPTH} levels of nesting"
MUCH = f"more than {YAML_NODES} keys and items"


@pytest.fixture
def parsed(tmp_path):
    def parse_text(text):
        path = tmp_path / "sheet.yaml"
        path.write_text(text, encoding="utf-8")
        return parse(path)

    return parse_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LAUGHS, f"{MUCH}, as often as aliases repeat them"),
        ("a: {b: 1, c: [1, 2]}\n" * 60_000, MUCH),
        ("[" * 200_000, DEEP),
        ("- " * 200_000 + "a", DEEP),
        ("? " * 100_000 + "a", DEEP),
        ("a: " + "[" * 1000 + "]" * 1000, DEEP),
        ("\n".join(f"{' ' * level}a:" for level in range(1000)), DEEP),
        ("a: &a [*a]", "unconstructable recursive node"),
        ("a: &a {b: [*a]}", "unconstructable recursive node"),
        ("a: &a {<<: *a}", "unconstructable recursive node"),
    ],
    ids=["laughs", "long", "flow", "block", "keys", "flow-1000", "map-1000", "list", "map", "merged"],
)
def test_what_is_too_much_is_refused_soon(parsed, text, found):
    start = time.process_time()
    with pytest.raises(ParamsError, match=rf"(?s)is not YAML.*line \d+, column \d+: found {found}; expected YAML"):
        parsed(text)
    assert time.process_time() - start < 5


def test_an_alias_may_be_repeated_within_the_limit(parsed):
    assert parsed("a: &a [1, 2]\nb: [*a, *a]\n")[0]["b"] == ((1, 2), (1, 2))


def test_merged_keys_are_those_of_the_mapping_itself_first(parsed):
    data, lines = parsed("a: &a {x: 1, y: 2}\nb: &b {z: 0}\nc:\n  <<: [*a, *b]\n  y: 3\n")
    assert data["c"] == {"x": 1, "y": 3, "z": 0}
    assert lines["c", "y"] == 5


def test_a_key_twice_beside_merged_ones_is_told(parsed):
    with pytest.raises(ParamsError, match=r"(?s)says a key twice.*c\.y \(line 4\)"):
        parsed("a: &a {x: 1}\nc:\n  y: 1\n  y: 2\n  <<: *a\n")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (f"a: {'9' * 5000}\nb: [-{'9' * 30}]", ["a (line 1): found a number of 5000 digits; expected at most 18",
                                                "b[0] (line 2): found a number of 31 digits; expected at most 18"]),
        ('a: "x\\0y"', ["a (line 1): found the character U+0000; expected text that can be seen"]),
        ('a: {b: "\\x08"}', ["a.b (line 1): found the character U+0008; expected text that can be seen"]),
    ],
)  # fmt: skip
def test_a_scalar_that_nothing_can_hold_is_told_by_its_key(parsed, text, problems):
    with pytest.raises(ParamsError) as refused:
        parsed(text)
    assert [str(problem) for problem in refused.value.problems] == problems


@pytest.mark.parametrize("tagged", ["!!timestamp x", "!!bool x", '!!int ""', "!!float x", "!!python/name:os x"])
def test_a_tag_that_does_not_fit_is_told(parsed, tagged):
    with pytest.raises(ParamsError, match="is not YAML"):
        parsed(f"a: {tagged}")
