"""Where everybody stands who hands figures in to a round with a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalkit.data import Regions
from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
from evalkit.register.forms.questions import Survey
from evalkit.round import Round
from evalkit.study import Study

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from evalkit.register.register import Register
    from evalkit.register.standing import Standing


def standing_of(study: Study, year: int) -> Standing | None:
    """Say where everybody stands with the figures of a year, on the study's day or else the last one on record.

    None where the study has no register.
    """
    if study.round.register is None:
        return None
    from evalkit.register.standing import Standing

    register = study.round.register.open(study.root)
    rests_on = (study.system, study.dataset.metadata, study.all_regions)
    survey = survey_of(study.round, year, rests_on, recent_figures(register, year, study.dataset.metadata))
    day = study.day or register.last_day()
    return Standing(register, survey, day, study.calendar)


def survey_of(
    declared: Round,
    year: int,
    rests_on: tuple[IndexSystem, Metadata, Regions],
    figures: pd.DataFrame,
    deadline: date | None = None,
) -> Survey:
    """Give what everybody is asked for a year, with the figures that are known already."""
    system, metadata, regions = rests_on
    about = (declared.code, declared.title, year, system, metadata, regions.table)
    return Survey(*about, figures, declared.register.publication, declared.language, deadline)


def recent_figures(register: Register, year: int, metadata: Metadata) -> pd.DataFrame:
    """Give what was accepted for a year, and as many years before it as a variable may be apart."""
    earlier = max((variable.every for variable in metadata.variables.values()), default=1)
    return register.figures(range(year - earlier, year + 1))
