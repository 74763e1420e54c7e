"""A published index as it is declared here: its system and its method, in one YAML file."""

from pathlib import Path

from evalkit import IndexSystem, Method, Panel, evaluate
from evalkit.base import params
from evalkit.base.model import DeclaredModel


class Index(DeclaredModel):
    system: IndexSystem
    method: Method


def read(name):
    return params.read(Index, Path(__file__).with_name(f"{name}.yaml"))


def evaluated(index, values):
    """Evaluate values by (region, year)."""
    return evaluate(Panel.from_values(values), index.system, index.method)
