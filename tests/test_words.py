import pytest

from evalkit.base.errors import ParamsError
from evalkit.words import Words


@pytest.fixture
def load(tmp_path):
    def load(text):
        (tmp_path / "own.yaml").write_text(f"code: own\nwords:\n{text}", encoding="utf-8")
        return Words.load(tmp_path / "own.yaml").words

    return load


def test_a_phrase_may_be_said_anew_in_one_language(load):
    words = load("  score: {zh: 分数}\n  rank: {zh: 名次, en: Place}\n")
    assert [words["score"][language] for language in ("zh", "en")] == ["分数", None]
    assert words["rank"]["en"] == "Place"


def test_a_phrase_that_is_said_anew_in_neither_is_refused_by_its_line(load):
    with pytest.raises(ParamsError, match=r"words\.score \(line 3\): .*expected words in `zh` or in `en`"):
        load("  score: {}\n")
