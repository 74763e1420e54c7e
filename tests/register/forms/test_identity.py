from evalkit.register.forms.comments import Comments
from evalkit.register.forms.cover import told
from evalkit.register.forms.identity import form_of, read_cover
from evalkit.register.forms.opening import open_form
from tests.register.forms.small import fill, survey


def test_the_first_sheet_tells_whose_form_it_is(tmp_path):
    cover = read_cover(open_form(fill(tmp_path / "a.xlsx"), Comments()), Comments())
    assert cover == told(survey().form("0100")) | {"sheet": "填报说明"}
    assert form_of(cover, survey(), Comments()) == survey().form("0100")


def test_a_form_that_went_out_in_english_is_known_too(tmp_path):
    of = survey(language="en")
    cover = read_cover(open_form(fill(tmp_path / "a.xlsx", of=of), Comments()), Comments())
    assert cover["sheet"] == "Read first"


def test_another_kind_of_form_is_told(tmp_path):
    said = Comments()
    assert form_of(told(survey().form("0100")) | {"form": "evalkit form 9"}, survey(), said) is None
    assert [comment.rule for comment in said.all] == ["wrong_study"]
