import pytest

from tests.reporting.plain import numbers
from tests.reporting.printed import indicators


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shortfalls_are_counted(city_report, language):
    table = indicators.tables.shortfalls(city_report(language=language))
    scored = table.iloc[:, -2].isin(["计分", "scored"]).sum()
    assert (
        numbers(indicators.sentences.shortfalls(city_report(language=language)).data) == [len(table), scored] == [8, 1]
    )
