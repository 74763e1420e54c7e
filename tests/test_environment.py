"""There is one list of dependencies, pyproject.toml; conda's file and the pins are held against it."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LINES = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
PINS = [Requirement(line) for line in LINES if line and not line.startswith("#")]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
PYTHONS = ("3.11.7", "3.12.4", "3.13.1")


def dependencies():
    """Every dependency of the project and of its extras, the project's own extras left out."""
    lines = [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]
    return [needed for needed in map(Requirement, lines) if needed.name != PROJECT["name"]]


def pins_of(name, python):
    environment = {"python_version": python.rpartition(".")[0], "python_full_version": python, "sys_platform": "linux"}
    return [
        pin
        for pin in PINS
        if canonicalize_name(pin.name) == canonicalize_name(name)
        and (pin.marker is None or pin.marker.evaluate(environment))
    ]


@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_pinned_once_and_satisfied_by_its_pin(python):
    """That every pin is exact stands below."""
    pins = {
        needed: [s.version for pin in pins_of(needed.name, python) for s in pin.specifier] for needed in dependencies()
    }
    assert len(pins) > 30
    assert {n: found for n, found in pins.items() if len(found) != 1 or not n.specifier.contains(found[0])} == {}


def test_every_pin_is_exact():
    assert [str(pin) for pin in PINS if [s.operator for s in pin.specifier] != ["=="]] == []


def test_no_line_names_an_index_or_an_address():
    text = "\n".join([*LINES, (ROOT / "environment.yml").read_text("utf-8")])
    assert not re.search(r"://|index-url|find-links|trusted-host|\bfile:|@", text)
    assert not [line for line in LINES if line.startswith("-")]


def test_conda_installs_the_project_through_pip_with_the_constraints():
    *outer, inner = CONDA["dependencies"]
    assert inner["pip"] == ["--constraint constraints.txt", "--editable .[dev]"]
    assert [re.split("[ >=<]", name)[0] for name in outer] == ["python", "pip"]
    assert CONDA["channels"] == ["conda-forge"]


def test_conda_asks_for_the_python_that_the_project_requires():
    python = next(name for name in CONDA["dependencies"] if str(name).startswith("python"))
    assert python.removeprefix("python").strip() == PROJECT["requires-python"]
    assert CONDA["name"] == PROJECT["name"]


def test_dev_holds_every_other_extra():
    held, waiting = set(), ["dev"]
    while waiting:
        held.add(name := waiting.pop())
        waiting += [
            extra
            for line in EXTRAS[name]
            for extra in Requirement(line).extras
            if Requirement(line).name == PROJECT["name"]
        ]
    assert held == set(EXTRAS)
