import numpy as np
import pytest

from evalkit import load_study
from evalkit.base.errors import DataError, ParamsError
from tests.mutations.project import Small
from tests.register.on_record import corrected, empty, load, small


def table(study):
    return study.dataset.table.sort_values(["variable", "region", "year"]).reset_index(drop=True)


def test_figures_on_record_are_those_that_a_dataset_would_be(tmp_path):
    plain = load_study("small", root=Small.make(tmp_path / "plain").root)
    study = load(small(tmp_path / "small"))
    assert table(study).equals(table(plain))
    assert study.evaluate().scores.equals(plain.evaluate().scores)


def test_what_is_declared_and_not_on_record_is_missing_from_the_publication_of_the_register(tmp_path):
    made = empty(tmp_path)
    corrected(made, 0.1 + 0.2)
    found = load(made).dataset.table
    assert len(found) == 3 * 3 * 2  # variables, cities, years
    assert found.state.value_counts().to_dict() == {"missing": 17, "value": 1}
    assert set(found.publication) == {"book"}
    assert found.value.dropna().tolist() == [0.1 + 0.2]


def test_figures_that_are_not_declared_are_left_out(tmp_path):
    made = small(tmp_path)
    corrected(made, 1.0, "b", variable="nurses")
    corrected(made, 1.0, "c", region="0101")
    corrected(made, 1.0, "d", year=2013)
    assert len(load(made).dataset.table) == 18


def test_a_figure_that_does_not_meet_the_metadata_is_told_by_its_submission(tmp_path):
    made = small(tmp_path)
    corrected(made, -1.0)
    with pytest.raises(DataError, match=r"submission 0100-2, doctors of 0100 in 2012, 'value': found doctors = -1"):
        load(made)


def test_where_nothing_was_on_record_it_is_told(tmp_path):
    made = small(tmp_path)
    with pytest.raises(DataError, match="found nothing up to 2013-03-31"):
        load(made, "2013-03-31")


def test_a_register_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ParamsError, match=r"no small\.sqlite; expected a register: `evalkit register open"):
        load(empty(tmp_path))


def test_the_publication_of_the_register_is_one_of_the_metadata(tmp_path):
    made = small(tmp_path)
    made.edit("params/studies/small.yaml", "publication: book", "publication: bok")
    with pytest.raises(ParamsError, match=r"register\.publication: found 'bok'.*did you mean 'book'"):
        load(made)


def test_facilities_are_not_filled_in(tmp_path):
    made = small(tmp_path)
    entry = made.root / "tables/metadata.yaml"
    text = entry.read_text("utf-8")
    own = text[text.index("  share:") :].replace("  share:", "  floor:").replace("kind: count", "kind: facility")
    entry.write_text(text + own, encoding="utf-8")
    assert "floor" not in set(load(made).dataset.table.variable)
    corrected(made, 5.0, variable="floor", unit="library", publication=np.nan)
    assert load(made).dataset.units.value.tolist() == [5]


def test_a_disputed_figure_keeps_its_value(tmp_path):
    made = small(tmp_path)
    corrected(made, 3.0, state="disputed")
    dataset = load(made).dataset
    assert dataset.states.loc[("0100", 2012), "doctors"] == "disputed"
    assert dataset.table.value[dataset.table.state == "disputed"].tolist() == [3]
    assert np.isnan(dataset.values.loc[("0100", 2012), "doctors"])
