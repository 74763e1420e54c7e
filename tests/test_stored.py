import os

import pandas as pd
import pytest

from evalkit import stored

TABLE = pd.DataFrame({"score": [1 / 3, 1.0], "n": [11, 11]}, index=["330100", "330200"])


@pytest.fixture
def place(tmp_path):
    return stored.place(tmp_path, "study", "efficiency", {"seed": 1})


def test_a_table_is_read_as_it_was_written(place):
    stored.write(TABLE, place)
    pd.testing.assert_frame_equal(stored.read(place), TABLE, check_exact=True)


def test_a_result_has_a_file_for_each_state_of_what_it_depends_on(tmp_path, place):
    assert place == stored.place(tmp_path, "study", "efficiency", {"seed": 1})
    assert place != stored.place(tmp_path, "study", "efficiency", {"seed": 2})
    assert place.parent == tmp_path / "outputs" / "study" / ".cache"


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:-9], lambda b: b.replace(b"330100", b"330109")])
def test_what_is_damaged_is_not_read(place, damage):
    stored.write(TABLE, place)
    place.write_bytes(damage(place.read_bytes()))
    assert stored.read(place) is None


def test_nothing_is_read_where_nothing_is_stored(place):
    assert stored.read(place) is None
    place.mkdir(parents=True)
    assert stored.read(place) is None


def test_where_nothing_can_be_stored_nothing_fails(tmp_path, place):
    (tmp_path / "outputs").write_text("a file in the way")
    stored.write(TABLE, place)
    assert (tmp_path / "outputs").read_text() == "a file in the way"


def test_the_latest_are_kept(tmp_path):
    places = [stored.place(tmp_path, "study", "efficiency", seed) for seed in range(stored.KEPT + 2)]
    for age, place in enumerate(places):
        stored.write(TABLE, place)
        os.utime(place, (age, age))
    stored.write(TABLE, places[0])
    assert set(places[0].parent.iterdir()) == {places[0], *places[3:]}
