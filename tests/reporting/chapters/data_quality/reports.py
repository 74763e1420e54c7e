"""Reports on the quality of shipped data, and of data with planted faults."""

from functools import cache

from evalkit.reporting.report import RoundReport
from tests.conftest import STUDY, shipped
from tests.readings.planted import planted


@cache
def whole(language="zh", name=STUDY, year=None):
    study = shipped(name)
    return RoundReport(study, study.evaluate(), year or study.years[-1], language)


def faulty(change, language="zh", **options):
    """The report of a study whose figures were changed."""
    study = planted(change, **options).study
    return RoundReport(study, study.evaluate(), 2012, language)
