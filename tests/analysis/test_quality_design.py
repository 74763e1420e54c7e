import pytest
from pydantic import ValidationError

from evalkit.analysis.quality_design import QualityDesign


def test_what_is_named_is_told_with_where():
    design = QualityDesign.model_validate(
        {"parts": [{"whole": "people", "parts": ["town", "country"]}], "units": [{"facilities": "area", "count": "n"}]}
    )
    assert [code for _, code in design.terms()] == ["people", "town", "country", "area", "n"]


@pytest.mark.parametrize("parts", [["people"], ["town", "town"]])
def test_no_figure_is_a_part_of_itself_or_twice_a_part(parts):
    with pytest.raises(ValidationError, match="parts of people that are each another figure"):
        QualityDesign.model_validate({"parts": [{"whole": "people", "parts": parts}]})
