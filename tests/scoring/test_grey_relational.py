import pandas as pd
import pytest

from evalkit import grey_relational_grade
from tests.scoring.test_vikor import ALIKE


def test_grey_grades_by_hand():
    # Δ: 0 1; ½ 0; 1 ½, so that coefficients are 1 ⅓; ½ 1; ⅓ ½
    scores = pd.DataFrame({"a": [10.0, 5, 0], "b": [0.0, 8, 4]})
    assert grey_relational_grade(scores, ALIKE).tolist() == pytest.approx([2 / 3, 3 / 4, 5 / 12])
    heavy = pd.Series({"a": 0.75, "b": 0.25})
    assert grey_relational_grade(scores, heavy).iloc[0] == pytest.approx(0.75 + 0.25 / 3)
    sharp = grey_relational_grade(scores, ALIKE, distinguishing=0.1)
    assert sharp.iloc[0] == pytest.approx((1 + 1 / 11) / 2)
