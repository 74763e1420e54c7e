from typing import get_args

import pytest

from evalkit.index import Goalposts, Group, IndexSystem, Indicator
from evalkit.index.plain_target import Apportionment, Baseline
from evalkit.index.plan import Department, Name, Plan, PlanTarget
from evalkit.index.system_columns import (
    COMMON_FIELDS,
    DEPARTMENT_COLUMNS,
    INDICATOR_FIELDS,
    NODE_FIELDS,
    PLAN_COLUMNS,
    SYSTEM_FIELDS,
    TREE_COLUMNS,
)
from evalkit.index.target import IN_BRIEF, TargetKind
from tests.index.test_target import KINDS


def tops(columns, below=""):
    """The first part of every key, of those below one field if it is named."""
    keys = [column.key.removeprefix(below) for column in columns if column.key.startswith(below)]
    return {key.split(".")[0] for key in keys}


@pytest.mark.parametrize(
    ("columns", "below", "model", "elsewhere"),
    [
        (TREE_COLUMNS, "", Indicator, {"parent", "level"}),
        ((*NODE_FIELDS, *COMMON_FIELDS), "", Group, {"parent", "children"}),
        (INDICATOR_FIELDS, "goalposts.", Goalposts, set()),
        (INDICATOR_FIELDS, "target.baseline.", Baseline, set()),
        (INDICATOR_FIELDS, "target.apportionment.", Apportionment, set()),
        (SYSTEM_FIELDS, "", IndexSystem, {"departments", "tree"}),
        (SYSTEM_FIELDS, "plan.", Plan, {"goals", "targets"}),
        (PLAN_COLUMNS, "", PlanTarget, {"kind"}),
    ],
)
def test_every_field_of_a_model_has_its_column(columns, below, model, elsewhere):
    assert tops(columns, below) ^ set(model.model_fields) == elsewhere


def test_every_field_of_every_kind_of_target_has_its_column():
    fields = {field for target in KINDS.values() for field in type(target).model_fields}
    assert tops(INDICATOR_FIELDS, "target.") == fields
    assert {*KINDS, "ceiling"} == {*get_args(TargetKind)} == {*IN_BRIEF}


def test_every_field_of_a_department_has_its_column():
    assert tops(DEPARTMENT_COLUMNS) == {"code", *Name.model_fields, *Department.model_fields} - {"names"}


def test_a_text_has_a_column_in_each_language():
    keys = {column.key for column in TREE_COLUMNS}
    assert {key.removesuffix(".zh") for key in keys if key.endswith(".zh")} == {
        key.removesuffix(".en") for key in keys if key.endswith(".en")
    }
