import pickle
from dataclasses import dataclass

import pytest

from evalkit.base.once import once


@dataclass(frozen=True)
class Square:
    side: int

    @once
    def area(self, unit=1, *, scale=1):
        """Give a list, which only the same call gives again."""
        return [self.side**2 * unit * scale]

    @once
    def refuse(self):
        raise ValueError("甲")


@once
def doubled(square):
    return Square(2 * square.side)


def test_a_method_computes_once_for_each_value_and_its_arguments():
    square = Square(3)
    assert square.area() is square.area()
    assert square.area(2, scale=10) is square.area(2, scale=10)
    assert (square.area(), square.area(2), square.area(scale=2), Square(2).area()) == ([9], [18], [18], [4])


def test_arguments_are_the_same_however_they_are_given():
    square = Square(3)
    assert square.area() is square.area(1) is square.area(unit=1) is square.area(1, scale=1)
    assert square.area(2, scale=3) is square.area(scale=3, unit=2)


def test_a_function_keeps_with_its_first_argument_what_it_gives():
    square = Square(3)
    assert doubled(square) is doubled(square)
    assert doubled(Square(3)) is not doubled(square)


def test_what_is_kept_changes_neither_equality_nor_the_name():
    square = Square(3)
    square.area()
    assert square == Square(3)
    assert (Square.area.__name__, Square.area.__doc__[:4]) == ("area", "Give")


def test_what_is_kept_goes_where_the_value_goes():
    square = Square(3)
    square.area().append("seen")
    assert pickle.loads(pickle.dumps(square)).area() == [9, "seen"]


def test_what_fails_is_tried_again():
    square = Square(3)
    for _ in range(2):
        with pytest.raises(ValueError, match="甲"):
            square.refuse()
