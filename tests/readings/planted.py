"""Faults that are planted in shipped figures: what a look at the data has to find."""

from dataclasses import replace

from evalkit.readings.quality import Quality
from tests.conftest import DEMO, STUDY, shipped


def planted(change, *, study=STUDY, year=2012, **design):
    """Look at a shipped study whose table was changed, by bounds of its own."""
    known = shipped(study)
    if change is unchanged and not design:
        return Quality.of(known, year)
    table = change(known.dataset.table.copy())
    readings = known.round.readings
    if design:
        quality = readings.quality.model_copy(update=design)
        readings = readings.model_copy(update={"quality": quality})
    round_ = known.round.model_copy(update={"readings": readings})
    return Quality.of(replace(known, round=round_, dataset=replace(known.dataset, table=table)), year)


def unchanged(table):
    return table


def at(table, variable, region=None, year=None):
    """Which rows are of a variable, and of a region and a year."""
    rows = table.variable == variable
    rows &= True if region is None else table.region == region
    return rows & (True if year is None else table.year == year)


def times(factor, variable, region=None, year=None):
    """Multiply figures by a factor."""

    def change(table):
        table.loc[at(table, variable, region, year), "value"] *= factor
        return table

    return change


def made(value, variable, region=None, year=None):
    """Put one value in the place of figures."""

    def change(table):
        table.loc[at(table, variable, region, year), "value"] = value
        return table

    return change


def copied(variable, source, target):
    """Put the figure of one region and year in the place of another."""

    def change(table):
        table.loc[at(table, variable, *target), "value"] = table.loc[at(table, variable, *source), "value"].iloc[0]
        return table

    return change


def found(quality, kind, variable):
    """The region and year of each finding of a kind in a variable."""
    return {(f.region, f.year) for f in quality.findings if f.kind == kind and f.variable == variable}


DEMONSTRATION = DEMO
