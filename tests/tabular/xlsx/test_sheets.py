from evalkit.tabular.xlsx.sheets import Field, Row, flat

NESTED = {"a": 1, "name": {"zh": "甲", "en": "A"}, "valid": (0, 5)}


def test_nested_data_are_flat_by_key_and_nested_again():
    columns = [Field(key, "") for key in ("a", "name.zh", "name.en", "valid.0", "valid.1", "none.at.all")]
    values = flat(NESTED, columns)
    assert values == {"a": 1, "name.zh": "甲", "name.en": "A", "valid.0": 0, "valid.1": 5}
    assert Row(values, {}).nested() == NESTED
