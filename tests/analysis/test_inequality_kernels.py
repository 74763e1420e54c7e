import numpy as np
import pytest

from evalkit.analysis import inequality_kernels


def test_a_blank_takes_the_mean_and_no_share():
    x, p = inequality_kernels.shares(np.array([[1, np.nan, 3]]), np.array([[1.0, 5, 3]]))
    assert p.tolist() == [[0.25, 0, 0.75]]
    assert x.tolist() == [[1, 2.5, 3]]


@pytest.mark.parametrize("name", inequality_kernels.KERNELS)
def test_many_samples_at_once_are_each_measured_alone(name):
    x = np.array([[1.0, 2, 4], [3, 3, 3], [9, 1, 5]])
    p = np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8], [1 / 3] * 3])
    kernel = inequality_kernels.KERNELS[name]
    assert kernel(x, p) == pytest.approx([kernel(x[[row]], p[[row]])[0] for row in range(3)])
    assert kernel(x, p)[1] == pytest.approx(0, abs=1e-12)


def test_the_lorenz_curve_runs_from_nothing_to_all():
    people, held = inequality_kernels.lorenz(np.array([3.0, 1]), np.array([0.5, 0.5]))
    assert people.tolist() == [0, 0.5, 1]
    assert held.tolist() == [0, 0.25, 1]


@pytest.mark.parametrize("name", inequality_kernels.KERNELS)
def test_equal_shares_are_never_less_than_equal(name):
    x = np.full((1, 11), 0.1)
    assert 0 <= inequality_kernels.KERNELS[name](x, np.full((1, 11), 1 / 11))[0] < 1e-15
