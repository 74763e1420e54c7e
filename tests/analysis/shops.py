"""Small data whose frontiers can be drawn by hand."""

import numpy as np
import pandas as pd

# one input, one output: A, B and C span the frontier (2, 1), (3, 3), (6, 5); D lies below it
BY_HAND = {"A": (2, 1), "B": (3, 3), "C": (6, 5), "D": (4, 2)}


def frames(rows):
    """Give inputs and outputs of units with one of each."""
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["x", "y"], dtype=float)
    return table[["x"]], table[["y"]]


def made_up(n, m, s, seed=1):
    """Give n units of m inputs and s outputs: uniform, some of them zeros, ties and a duplicate."""
    random = np.random.default_rng(seed)
    x, y = random.uniform(1, 9, (n, m)), random.uniform(0, 9, (n, s))
    x[:, 0], y[:, 0] = np.ceil(x[:, 0]), np.ceil(y[:, 0])
    y[:, 1:][random.uniform(size=(n, s - 1)) < 0.2] = 0
    x[-1], y[-1] = x[0], y[0]
    units = [f"u{place}" for place in range(n)]
    sides = (x, [f"x{place}" for place in range(m)]), (y, [f"y{place}" for place in range(s)])
    return tuple(pd.DataFrame(values, units, names) for values, names in sides)


def constant_column(n, m, s, seed=2):
    """Give units that all have the same of one input."""
    inputs, outputs = made_up(n, m, s, seed)
    return inputs.assign(x0=7.0), outputs


def all_efficient(n, m, s, seed=3):
    """Give units of one size whose outputs lie on a sphere."""
    inputs, outputs = made_up(n, m, s, seed)
    mix = np.random.default_rng(seed).dirichlet(np.ones(s), n)
    return inputs * 0 + 3, pd.DataFrame(np.sqrt(mix), outputs.index, outputs.columns)


def of_many_sizes(n, m, s, seed=4):
    """Give units that differ in size by factors of hundreds."""
    inputs, outputs = made_up(n, m, s, seed)
    size = np.exp(np.random.default_rng(seed).normal(0, 2, n))
    return inputs.mul(size, axis=0), outputs.mul(size, axis=0)
