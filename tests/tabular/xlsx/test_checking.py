from evalkit.tabular.xlsx.checking import place


def test_a_place_is_named_by_the_nearest_cell():
    cells = {(): "S", ("tree",): "A3", ("tree", "name", "zh"): "D3", ("tree", "valid"): "F3"}
    at = [("tree", "name", "zh"), ("tree", "name"), ("tree", "valid", 1), ("tree", "weight"), ("plan",)]
    assert [place(path, cells) for path in at] == ["D3", "D3", "F3", "A3", "S"]
    assert place(("x",), {}) == "the workbook"
