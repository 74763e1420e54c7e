"""A small project whose figures are on record."""

from datetime import date

import pandas as pd

from evalkit import load_study
from evalkit.data.contract import read_table
from evalkit.register.design import RegisterDesign
from evalkit.register.entries import Entry, Submission
from tests.mutations.project import Small

DECLARED = "register: {store: registers/small.sqlite, variables: tables, publication: book}"
OPENED, CORRECTED = date(2013, 4, 1), date(2013, 5, 20)
FOLDER = "tables"


def small(root):
    """Make the project, whose register holds the figures of its dataset from the first day on."""
    made = empty(root)
    opened(made)
    return made


def empty(root):
    """Make the project, without its register."""
    made = Small.make(root)
    made.edit("params/studies/small.yaml", "dataset: tables", DECLARED)
    return made


def opened(made):
    """Put the figures of the dataset on record."""
    table = read_table(made.root / FOLDER).drop(columns=["file", "row"])
    put(made, table.assign(value=pd.to_numeric(table.value), year=table.year.astype(int)))


def design():
    """What the study declares of its register."""
    return RegisterDesign(store="registers/small.sqlite", variables=FOLDER, publication="book")


def put(made, figures, code="opening", day=OPENED):
    """Put figures on record."""
    register = design().make(made.root)
    submission = Submission(code, "small", "small", 2012, "opening")
    register.receive(submission, figures.assign(standing="own"), Entry("open", "office", day))
    return register


def corrected(made, value, code="0100-2", **more):
    """Put another number of doctors of the first city in 2012 on record, by default on its day."""
    row = {"variable": "doctors", "region": "0100", "unit": "", "year": 2012, "value": value, "state": "value"}
    return put(made, pd.DataFrame([row | more]), code, CORRECTED)


def load(made, day=None):
    return load_study(f"small@{day}" if day else "small", root=made.root)
