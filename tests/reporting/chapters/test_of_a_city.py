"""What holds for the tables, sentences and figures of a city report, of whatever chapter they are."""

import re
from datetime import date
from decimal import Decimal

import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure

from evalkit.reporting.chapters import joined
from evalkit.reporting.render.fonts import missing_characters
from tests.reporting.drawn import draw, words
from tests.reporting.printed import basis, census, indicators, overview, position, quality, resources, summary
from tests.reporting.public import OF_A_PUBLIC_CITY

NAMES = [
    overview.figures.standing,
    position.figures.ranks,
    resources.figures.resources,
    census.figures.counties,
]
CITIES = ["330800", "330100"]
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]+")
# what an English table says in Chinese: the plan's clauses and the number of a document
CLAUSE = re.compile("[一二三四五六七八九十]+（[一二三四五六七八九十]+）")
DOCUMENTS = ("国办发〔2001〕74号",)


@pytest.mark.parametrize("make", NAMES)
@pytest.mark.parametrize("year", [2010, 2012])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_are_drawn_without_a_warning(city_report, make, year, language):
    figure = draw(make, city_report("330100", year, language))
    assert isinstance(figure, Figure)
    assert missing_characters("".join(words(figure))) == set()
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("make", NAMES)
def test_english_figures_are_english(city_report, make):
    text = "".join(words(draw(make, city_report(language="en"))))
    assert not [character for character in text if "\u3000" <= character <= "\uffef"]


@pytest.mark.parametrize(
    "make",
    [
        summary.sentences.summary,
        basis.sentences.basis,
        position.sentences.position,
        resources.sentences.resources,
        indicators.sentences.shortfalls,
        census.sentences.counties,
        quality.sentences.quality,
    ],
)
@pytest.mark.parametrize("year", [2008, 2012])
def test_english_sentences_are_english_and_complete(city_report, make, year):
    text = make(city_report(year=year, language="en")).data
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", re.sub("[三四]（[三五]）", "", text))
    assert not re.search(r"[{}]|nan|None", text)


def every_table(report):
    made = {name: table(report) for name, table in (OF_A_PUBLIC_CITY | joined("OF_THE_ROUND")).items()}
    return {name: table.printed for name, table in made.items() if table is not None}  # before the first census


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("year", [2008, 2012])
def test_cells_are_text_or_numbers(city_report, language, year):
    for name, table in every_table(city_report(year=year, language=language)).items():
        assert all(isinstance(cell, str | int | Decimal | date) for cell in table.to_numpy().ravel()), name
        assert table.columns.is_unique, name


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_english_tables_are_english(city_report, city, year):
    report = city_report(city, year, "en")
    for name, table in every_table(report).items():
        text = CLAUSE.sub("", "\n".join(map(str, [*table.columns, *table.to_numpy().ravel()])))
        for document in DOCUMENTS:
            text = text.replace(document, "")
        assert CHINESE.findall(text) == [], name


def test_both_languages_have_the_same_numbers(city_report):
    chinese, english = (every_table(city_report(language=language)) for language in ("zh", "en"))
    assert {name: numbers(table) for name, table in chinese.items()} == {
        name: numbers(table) for name, table in english.items()
    }


def numbers(table):
    return [[cell if not isinstance(cell, str) else None for cell in row] for row in table.to_numpy()]
