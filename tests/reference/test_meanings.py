from typing import Literal

import pytest

from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.reference import meanings
from evalkit.reference.kinds import KINDS
from evalkit.reference.meanings import Meaning, gaps, meaning, names_kind
from evalkit.reference.schema import models, models_of


class Mean(DeclaredModel):
    floor: float = 0


class Power(Mean):
    kind: Literal["power"]
    p: float


ABOUT, SAID = Text(zh="平均", en="A mean"), Text(zh="低限", en="The least")
WHOLE = {"Mean": Meaning(keys={"floor": SAID}), "Power": Meaning(about=ABOUT, keys={"p": SAID})}


@pytest.fixture
def written(monkeypatch):
    def write(entries):
        monkeypatch.setattr(meanings, "meanings", lambda: entries)

    write(WHOLE)
    return write


def told(found):
    return [str(problem) for problem in found]


def test_every_key_of_every_model_has_a_meaning_in_both_languages_and_none_is_left_over():
    assert told(gaps(models().values())) == []


def test_no_two_models_bear_one_name():
    named = {}
    for kind in KINDS:
        for name, model in models_of(kind).items():
            assert named.setdefault(name, model) is model, f"two models are called {name}: rename one of them"
        assert all(name == model.__name__ for name, model in models_of(kind).items())


def test_a_model_has_the_meanings_of_what_it_extends_and_needs_none_for_its_own_kind(written):
    assert gaps([Power]) == []
    assert meaning(Power, "floor") == meaning(Mean, "floor") == SAID
    assert names_kind(Power, "kind")
    assert not names_kind(Power, "p")


def test_a_model_may_give_a_key_another_meaning(written):
    written(WHOLE | {"Power": Meaning(about=ABOUT, keys={"p": SAID, "floor": ABOUT})})
    assert (meaning(Power, "floor"), meaning(Mean, "floor")) == (ABOUT, SAID)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            {"Power": Meaning(about=ABOUT)},
            "Power.p: found no meaning; expected a meaning in both languages, in ",
        ),
        ({"Power": Meaning(keys={"p": SAID})}, "Power: found no meaning"),
        ({"Power": Meaning(about=Text(zh="平均", en="平均"), keys={"p": SAID})}, "Power: found one language"),
        ({"Power": Meaning(about=ABOUT, keys={"p": SAID, "q": SAID})}, "Power.q: found a meaning of no key"),
        ({"Gone": Meaning(about=ABOUT)}, "Gone: found a meaning of no model"),
        ({"Power": Meaning(about=ABOUT, keys={"p": SAID}, example={"q": 1})}, "Power.q: found an example of no key"),
    ],
)
def test_a_gap_is_told_with_the_command_that_makes_the_files_anew(written, entries, expected):
    written(WHOLE | entries)
    (problem,) = told(gaps([Power]))
    assert problem.startswith(expected)
    assert problem.endswith("(then `make reference`)")
