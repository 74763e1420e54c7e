import pandas as pd

from evalkit.data.places import in_files


def test_the_rows_of_files_are_named_as_a_spreadsheet_counts_them():
    places = in_files(pd.DataFrame({"file": ["a.csv", "b.csv"], "row": [2, 7]}))
    assert (places.row(1), places.cell(0, "value")) == ("b.csv row 7", "a.csv row 2, column 'value'")
