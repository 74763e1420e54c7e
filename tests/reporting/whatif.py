"""Reports of other figures and other choices than the study's own."""

from dataclasses import replace

from evalkit import evaluate

QUZHOU, HANGZHOU = "330800", "330100"
CARRIED = {"imputation": {"kind": "carry_forward", "limit": 2}}
BEDS = (QUZHOU, "P04-beds")


def under(report, *blank, limits=None, **method):
    """The same report with figures of 2012 taken out, and other choices of the round."""
    states, values = (getattr(report.result.panel, name).copy() for name in ("states", "values"))
    for region, code in blank:
        values.loc[(region, 2012), code], states.loc[(region, 2012), code] = float("nan"), "missing"
    panel = replace(report.result.panel, values=values, states=states)
    declared = report.study.round.composition.model_copy(update=limits or {})
    study = replace(report.study, round=report.study.round.model_copy(update={"composition": declared}))
    return replace(report, study=study, result=evaluate(panel, study.system, study.method.but(**method)))
