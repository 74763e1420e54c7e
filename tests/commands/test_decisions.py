import openpyxl
import pytest

RAISE = "object raise small --figure doctors --region 0100 --raised-by 0200 --text too-many --document letter"
STEP = "object {} small O-2012-001 --outcome {} --text so --document list"


def through(said, last, *, raised=RAISE):
    said(raised, "2013-05-10")
    for day, (step, outcome) in enumerate([("reply", "contests"), ("opinion", "supports"), ("evidence", "proves")], 11):
        said(STEP.format(step, outcome), f"2013-05-{day}")
    return said(STEP.format("decide", last), "2013-05-20")


def test_a_submission_is_verified_by_a_sheet_that_is_filled_in(said, tmp_path):
    sheet = tmp_path / "s.xlsx"
    assert said(f"verify-figures small --submission opening --sheet {sheet} --draw 3").endswith("s.xlsx: 3 figure(s)\n")
    book = openpyxl.load_workbook(sheet)
    page = book["数据核实"]
    reported = page["H3"].value
    line = f"verify-figures small --submission opening --document visit --file {sheet} --verdict"
    assert "s.xlsx: found no row that is filled in" in said(f"{line} confirmed", "2013-05-01")
    page["K3"] = reported + 1
    book.save(sheet)
    refused = said(f"{line} confirmed", "2013-05-01")
    assert f"{reported} reported, {reported + 1} seen; expected what was reported" in refused
    told = said(f"{line} doubted", "2013-05-01")
    assert told.startswith("opening: returned; ask again\n  ")
    assert f"{reported} reported, {reported + 1} seen" in told


def test_an_objection_goes_its_way_and_the_history_tells_it(said):
    first = said(RAISE, "2013-05-22")
    assert first == (
        "O-2012-001: doctors of 0100 in 2012; 2 day(s) late, the limit was 2013-05-20; next: reply until 2013-05-29\n"
    )
    assert said(STEP.format("reply", "contests"), "2013-05-31").endswith(
        "reply, contests; 2 day(s) late, the limit was 2013-05-29; next: opinion\n"
    )
    assert "opinion" in said("object list small")
    told = said("history small --variable doctors --region 0100 --year 2012")
    assert [line.split()[2] for line in told.splitlines()[1:]] == ["figure", "status", "status", "objection", "reply"]


def test_a_decision_revises_and_the_new_version_counts(said):
    told = through(said, "revised --value 3")
    assert told.startswith("O-2012-001: decision, revised; the new version is in opening-r1")
    assert "opening-r1" in said("history small --variable doctors --region 0100 --year 2012")


def test_a_value_that_the_variable_cannot_have_is_refused(said):
    assert "doctors: found -3; expected 0 to 100000" in through(said, "revised --value -3")


def test_a_figure_beside_a_decision_that_revises_nothing_is_refused(said):
    assert "the figure of the decision: found 3, beside 'rejected'" in through(said, "rejected --value 3")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("object raise small --score care --raised-by 0100 --text x --year 1999", "--year: found 1999; expected 2011"),
        ("object raise small --raised-by 0200 --text x", "--figure, --score: found neither; expected one of them"),
        (RAISE.replace("--raised-by 0200", "--raised-by 0900"), "the code: found 0900; expected one of 0100"),
        (RAISE.replace("--figure doctors", "--score indx"), "the code: found indx; expected one of index"),
        ("verify-figures small --submission opening", "--verdict: found nothing"),
        ("revise small --value 3", "--figure, --region: found nothing"),
        ("revise small --submission opening", "--file: found nothing"),
        ("revise small --figure doctors --region 0100 --value 3", "because of doctors of 0100 in 2012: found nothing"),
        ("revise small --figure doctors --region 0100 --objection O-1 --value 3", "--objection: found O-1"),
        ("close small --year 2012", "submissions that are verified: found none"),
        ("history big --variable doctors --region 0100", "there is no params/studies/big.yaml"),
    ],
)
def test_what_is_not_clear_or_not_allowed_is_refused(said, line, expected):
    assert expected in said(line)


def test_a_day_to_come_is_refused(said):
    assert "--day: found 2999-01-01; expected today or earlier" in said("close small --year 2012", "2999-01-01")


def test_a_study_without_a_register_has_nothing_on_record(said, office):
    office.edit("params/studies/small.yaml", "register: {", "dataset: tables\n#")
    assert "the study small: found no register" in said("close small --year 2012")


def test_a_figure_is_revised_by_itself_or_by_a_sheet(said, tmp_path):
    line = "revise small --figure doctors --region 0100 --value 3 --because twice --evidence list"
    assert said(line, "2013-05-02") == "opening-r1: 1 figure(s)\n"
    sheet = tmp_path / "s.xlsx"
    said(f"revise small --submission opening --sheet {sheet}")
    book = openpyxl.load_workbook(sheet)
    for column, value in zip("KLMN", [4, None, "recount", "list"], strict=True):
        book["数据修订"][f"{column}3"] = value
    book.save(sheet)
    assert said(f"revise small --submission opening --file {sheet}", "2013-05-03") == "opening-r2: 1 figure(s)\n"


def test_a_year_is_closed_and_a_final_figure_takes_a_decision(said):
    said("verify-figures small --submission opening --verdict confirmed --document visit", "2013-05-01")
    assert said("close small --year 2012", "2013-07-01") == "1 submission(s) of 2012 are final\n  opening\n"
    line = "revise small --figure doctors --region 0100 --value 3 --because twice --evidence list"
    assert "the submission opening: found final" in said(line, "2013-07-02")
    assert said(f"{line} --decision No.7", "2013-07-02") == "opening-r1: 1 figure(s)\n"


def test_a_city_objects_to_its_score_and_figures_are_revised_by_that(said):
    raised = "object raise small --score care --raised-by 0100 --text goalpost"
    assert through(said, "upheld", raised=raised).startswith("O-2012-001: decision, upheld")
    line = "revise small --figure doctors --region 0100 --value 3 --because so --evidence list --objection O-2012-001"
    assert said(line, "2013-05-21") == "opening-r1: 1 figure(s)\n"
    assert "so (O-2012-001)" in said("history small --variable doctors --region 0100")
