from evalkit.register.forms.answers import Filled, Gathering
from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.tidying import Given
from tests.register.forms.small import survey


def gathered(**given):
    form = survey().form("0100")
    gathering = Gathering(form, "a.xlsx", Comments())
    key = "doctors/0100"
    cells = {column: Given(value) for column, value in given.items()}
    gathering.take(form.questions[key], key, cells, lambda column: Place("s", "A1", key, column))
    return gathering


def test_a_row_that_cannot_be_read_is_not_said_to_be_blank():
    assert [comment.rule for comment in gathered(value="无").said.all] == ["nothing_word"]
    assert [comment.rule for comment in gathered().said.all] == ["no_answer"]


def test_a_value_needs_no_state():
    assert gathered(value=3).rows[0]["state"] == "value"


def test_what_was_not_asked_in_a_row_is_missed():
    gathering = gathered(value=3)
    gathering.missed(gathering.form.questions)
    assert [comment.place.key for comment in gathering.said.all] == ["people/0100", "spending/0100", "readers/0100"]
    answers, comments = gathering.done()
    assert (len(answers), comments[0].name.zh) == (1, "人口")


def test_only_rows_without_error_are_judged():
    answers, comments = gathered(value="无").done()
    form = Filled("a.xlsx", "0", survey().form("0100"), answers, {}, comments)
    assert (len(form.answers), len(form.judged), form.is_sound) == (1, 0, False)


def test_a_region_of_a_department_is_named():
    form = survey().form("health")
    gathering = Gathering(form, "a.xlsx", Comments())
    gathering.missed({"doctors/0200": form.questions["doctors/0200"]})
    assert gathering.done()[1][0].name.zh == "医师 · 乙市"
