from typing import Annotated, Literal

import pytest
from pydantic import Discriminator, Tag

from evalkit.assessment import Rules
from evalkit.assessment.supervision.rules import Supervision
from evalkit.base.errors import ParamsError
from evalkit.base.keys import keys_of
from evalkit.base.model import DeclaredModel
from evalkit.base.params import checked, parse, place
from evalkit.data import Regions
from evalkit.index import IndexSystem
from evalkit.round import Round
from tests.conftest import ROOT


class Circle(DeclaredModel):
    kind: Literal["circle"]
    width: float


class Square(DeclaredModel):
    kind: Literal["square"]
    side: float


class Bare(DeclaredModel):
    size: int


Shape = Annotated[Circle | Square, Discriminator("kind")]
Tagged = Annotated[Annotated[Bare, Tag("bare")] | Annotated[Square, Tag("side")], Discriminator(lambda found: "bare")]


class Whole(DeclaredModel):
    shape: Shape
    tagged: Tagged
    either: Bare | None = None
    several: tuple[Shape, ...] = ()
    pair: tuple[Bare, Square] | None = None
    named: dict[str, tuple[Bare, ...]] = {}


@pytest.mark.parametrize(
    ("way", "keys"),
    [
        ((), ["shape", "tagged", "either", "several", "pair", "named"]),
        (("shape", "square"), ["kind", "side"]),
        (("tagged", "bare"), ["size"]),
        (("tagged", "side"), ["kind", "side"]),
        (("either",), ["size"]),
        (("several", 3, "circle"), ["kind", "width"]),
        (("pair", 1), ["kind", "side"]),
        (("named", "of any name", 0), ["size"]),
        (("shape",), ["kind", "width", "side"]),
        (("shape", "nothing of the kind"), []),
    ],
)
def test_the_keys_of_an_entry_are_found_by_the_way_to_it(way, keys):
    assert keys_of(Whole, way) == keys


def with_more(data):
    """The same data, with a key more in every entry."""
    if isinstance(data, dict):
        return {"more": 1, **{key: with_more(value) for key, value in data.items()}}
    return tuple(map(with_more, data)) if isinstance(data, tuple) else data


@pytest.mark.parametrize(
    ("model", "file"),
    [
        (IndexSystem, "index/zhejiang-public"), (Round, "studies/zhejiang-public"), (Regions, "regions/zhejiang"),
        (Rules, "rules/zhejiang"), (Supervision, "supervision/zhejiang"),
    ],
)  # fmt: skip
def test_of_every_entry_of_a_shipped_file_the_keys_are_known(model, file):
    path = ROOT / "params" / f"{file}.yaml"
    with pytest.raises(ParamsError) as told:
        checked(model, with_more(parse(path)[0]), path, place)
    unknown = [problem for problem in told.value.problems if problem.found == "the unknown key 'more'"]
    assert len(unknown) > 10
    assert [str(each) for each in unknown if not each.expected.startswith("a key that this entry has: one of ")] == []
