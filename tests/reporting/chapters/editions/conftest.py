import pytest

from evalkit.register.decisions.objections import Objection, ObjectionStep, raise_objection, take_step
from evalkit.register.entries import Entry
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from tests.mutations.edit import SYSTEM, TARGET, Edit
from tests.register import on_record
from tests.reporting.chapters.reporters.conftest import on

STEPS = (
    ObjectionStep("reply", "accepts", "so it is"),
    ObjectionStep("opinion", "supports", "so it is"),
    ObjectionStep("evidence", "proves", "a list", "list"),
    ObjectionStep("decision", "revised", "counted twice", "No. 3", value=12.0),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small project: since the edition before, an objection took the doctors of the first city from 22 to 12."""
    project = on_record.small(tmp_path_factory.mktemp("editions"))
    project.edit("params/studies/small.yaml", "seed: 7", "seed: 7\nsign_off: {previous: 2013-05-19}")
    register = on_record.design().open(project.root)
    code = raise_objection(register, Objection("figure", "0200", "0100", "doctors", 2012, "too many"), on(5, 20))
    for day, step in enumerate(STEPS, start=21):
        take_step(register, code, step, Entry("step", "Li", on(5, day).day))
    return project


@pytest.fixture(params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture
def report(made, language):
    study = on_record.load(made)
    return RoundReport(study, study.evaluate(), 2012, language)


@pytest.fixture
def of_city(made, language):
    study = on_record.load(made)
    return lambda city: CityReport(study, study.evaluate(), city, 2012, language)


def based(system):
    """Have both targets start from a figure, without which nothing is rated."""
    start = {"value": 1, **{key: TARGET[key] for key in ("status", "document")}, "year": 2010}
    care, share = system["tree"]["children"]
    care["children"][0]["target"] = TARGET | {"value": 1.5, "baseline": start}
    share["target"] = TARGET | {"baseline": start}


@pytest.fixture
def assessed(tmp_path):
    """A small round that is assessed: since the edition before, the first city's share fell far below its target."""
    project = on_record.empty(tmp_path / "p")
    edit = Edit(project)
    edit.assessed()
    edit.yaml(SYSTEM, based)
    edit.study(sign_off={"previous": "2013-05-19"})
    on_record.opened(project)
    on_record.corrected(project, 5.0, variable="share")
    study = on_record.load(project)
    return RoundReport(study, study.evaluate(), 2012, "zh")
