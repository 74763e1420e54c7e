import os
import shutil

import nbformat
import pytest

from evalkit import EvalkitError, MethodError, load_study, loading
from evalkit.base.errors import Problem
from evalkit.reporting.chapters import joined
from evalkit.reporting.made import made
from evalkit.runs import shell, trial
from evalkit.runs.kinds import KINDS
from evalkit.runs.request import prepare
from evalkit.runs.trial import attempt
from tests.conftest import ROOT
from tests.mutations.project import Small

STATISTICS = "index_system.ipynb, {}: `statistics = chapters.coherence.tables.statistics(report)`: "
ABOVE = "统计一致性 · Statistical coherence"


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A small project with two of the notebooks, in which nothing is ever drawn."""
    made = Small.make(tmp_path / "small")
    (made.root / "notebooks").mkdir()
    for name in ("index_system", "city_report"):
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", made.root / "notebooks")
    monkeypatch.setattr(shell, "png", lambda figure: pytest.fail("a figure is drawn"))
    return made


@pytest.fixture
def requested(small):
    def ordered(*kinds, **only):
        return prepare(load_study("small", root=small.root), only=dict.fromkeys(kinds, ()) | only)

    return ordered


@pytest.fixture
def refused(requested):
    """Attempts what is ordered, and gives what is told."""

    def told(*kinds, **only):
        with pytest.raises(EvalkitError, match=r"^the study small cannot be reported as it is declared") as error:
            attempt(requested(*kinds, **only))
        return list(error.value.problems)

    return told


def failing(error):
    def fail(*_):
        raise error

    return fail


def edit(small, name, old, new):
    path = small.root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    [cell] = [cell for cell in notebook.cells if cell.cell_type == "code" and old in cell.source]
    cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


def test_everything_is_made_and_nothing_is_left(small, requested):
    before, given = small.state(), requested("index_system", cities=("0100",))
    outcomes = []
    attempt(given, on_done=outcomes.append)
    assert [(outcome.name, outcome.error) for outcome in outcomes] == [("index_system", None), ("0100", None)]
    tables = [
        *KINDS["cities"].tables.values(),
        *KINDS["index_system"].tables.values(),
        *joined("OF_THE_ROUND").values(),
    ]
    assert {f"{table.__module__}.{table.__qualname__}" for table in tables} <= {key[0] for key in made(given.study)}
    assert small.state() == before


def test_what_nobody_foresaw_is_told_with_its_heading_and_its_line(refused, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.chapters.coherence.tables.statistics", failing(KeyError("x")))
    [told] = refused("index_system")
    assert told.startswith(STATISTICS.format(ABOVE) + "KeyError: 'x' (test_trial.py, line ")
    assert told.endswith(", in fail); in index_system 省 2012 年评价的指标体系")
    assert "\n" not in told


def test_an_error_in_words_is_told_in_brief(refused, monkeypatch):
    error = MethodError("all are alike", [Problem("a", "1", "2"), "b"])
    monkeypatch.setattr("evalkit.reporting.chapters.coherence.sentences.coherence", failing(error))
    [told] = refused("index_system")
    said = "`display(chapters.coherence.sentences.coherence(report))`"
    assert f"{said}: all are alike: a: found 1; expected 2 (and 1 more); in " in told


def test_what_goes_wrong_in_many_reports_is_told_once_with_the_first_of_them(small, refused):
    edit(small, "city_report", "strengths = chapters.indicators.tables.strengths(report)", "strengths = 1 / 0")
    [told] = refused("cities")
    assert "`strengths = 1 / 0`: ZeroDivisionError: division by zero (" in told
    assert told.endswith("; in 0100 甲市, 0200 乙市, 0300 丙市")


def test_cells_after_one_that_failed_are_tried_and_what_rests_on_it_is_not_told(small, refused):
    tables = "chapters.coherence.tables"
    edit(small, "index_system", f"influence = {tables}.influence(report)", "influence = correlations / 0")
    edit(small, "index_system", f"correlations = {tables}", "correlations = nobody")
    edit(small, "index_system", f"coverage = {tables}", "coverage = [")
    first, second = refused("index_system")
    assert "数据覆盖 · Coverage: `coverage = [.coverage(report)`: SyntaxError" in first
    assert "SyntaxError" not in second
    assert "nobody" in second


def test_a_cell_that_ends_the_notebook_is_told(small, refused):
    edit(small, "index_system", "round_ = ek", "raise SystemExit\nround_ = ek")
    [told] = refused("index_system")
    assert "index_system.ipynb, at the top" not in told
    assert "指标体系 · The index system: `raise SystemExit`: SystemExit" in told


def test_a_table_that_no_notebook_shows_is_made_too(refused, monkeypatch):
    monkeypatch.setitem(KINDS["index_system"].tables, "apart", failing(ValueError("x")))
    [told] = refused("index_system")
    assert told.startswith("apart.csv: ValueError: x (")


def test_the_index_page_is_tried(refused, monkeypatch):
    monkeypatch.setattr(trial, "context", failing(KeyError("standing")))
    [told] = refused("index_system")
    assert told.startswith("index.html: KeyError: 'standing' (")


def test_an_interrupt_ends_it_and_the_process_is_as_it_was(requested, monkeypatch):
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.setattr("evalkit.reporting.chapters.coherence.tables.statistics", failing(KeyboardInterrupt()))
    before = dict(loading._held)
    with pytest.raises(KeyboardInterrupt):
        attempt(requested("index_system"))
    assert (loading._held, os.environ.get("EVALKIT_ROOT")) == (before, None)


def test_the_study_is_the_one_that_was_loaded_whatever_its_files_say_meanwhile(small, requested, monkeypatch):
    given = requested("index_system")
    small.write("params/studies/small.yaml", "")
    attempt(given)
