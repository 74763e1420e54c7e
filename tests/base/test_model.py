import pytest
from pydantic import ValidationError

from evalkit import MinMax
from evalkit.base.text import Text
from evalkit.scoring.ahp import Judgements
from evalkit.scoring.uncertainty_sources import Choice, Uncertainty


def test_what_is_declared_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Text(zh="甲", en="a").zh = "乙"


def test_lists_are_taken_for_tuples_at_any_depth():
    assert Choice(of="cap", options=[False]).options == (False,)
    assert MinMax(range=[0, 1]).range == (0, 1)
    assert Judgements(children=["a", "b"], matrix=[[1.0, 2.0], [0.5, 1.0]]).matrix == ((1, 2), (0.5, 1))


def test_an_uncertainty_may_be_written_with_lists():
    design = Uncertainty(sources={"cap": {"kind": "choice", "of": "cap", "options": [False]}})
    assert design.sources["cap"] == Choice(of="cap", options=(False,))
