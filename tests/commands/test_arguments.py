import argparse
from datetime import date

import pytest

from evalkit.base.errors import ParamsError
from evalkit.commands.arguments import check_texts, count, day, memory, year


def test_arguments_are_taken_for_what_they_say():
    assert (day("2013-05-20"), year("2012"), count("3")) == (date(2013, 5, 20), 2012, 3)
    assert [memory(text) for text in ("512M", "2g", "1.5 GiB")] == [2**29, 2**31, 3 * 2**29]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((day, text) for text in ("2013-13-01", "20130501", "2013-5-1", "")),
        *((year, text) for text in ("-1", "0", "12", "10000", "99999999999999999999", "20x", "")),
        *((memory, text) for text in ("2", "1M", "2T", "-2G", "")),
        *((count, text) for text in ("0", "-5", "1.5", "x")),
    ],
)
def test_others_are_refused_with_what_is_expected(kind, text):
    with pytest.raises(argparse.ArgumentTypeError, match=f"found '{text}'; expected a "):
        kind(text)


def test_text_that_nobody_sees_is_refused_wherever_it_stands():
    check_texts(argparse.Namespace(text="两\n行", city=["0100"], year=2012))
    with pytest.raises(ParamsError) as refused:
        check_texts(argparse.Namespace(text="a\x01", raised_by="\udcff", city=["0100", "b\x00"]))
    assert [problem.where for problem in refused.value.problems] == ["--text", "--raised-by", "--city"]
