import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import get_args

import pytest
import yaml

import evalkit
from evalkit.analysis.readings_design import EfficiencyDesign
from evalkit.assessment.findings.inspections import Verdict
from evalkit.assessment.grading.grades import Outcome
from evalkit.assessment.incentives.rules import Need
from evalkit.assessment.supervision.checklists import WhyThere
from evalkit.assessment.supervision.signals import SeenBy
from evalkit.assessment.targets.departments import ROLES
from evalkit.assessment.targets.trajectories import REASONS, Lamp
from evalkit.base.errors import ParamsError
from evalkit.data.contract import STATES
from evalkit.index.indicator import Layer, PopulationBase, UnscoredReason
from evalkit.index.plain_target import TargetStatus
from evalkit.index.target import TargetKind
from evalkit.reporting import explore
from evalkit.reporting import words as module
from evalkit.reporting.chapters import joined
from evalkit.reporting.chapters.overview.sentences import WORDED
from evalkit.reporting.prose import prose
from evalkit.reporting.site.data import ORDER
from evalkit.reporting.words import word, words
from evalkit.round import Round
from evalkit.runs import kinds
from evalkit.runs.index import VOLUMES
from evalkit.scoring.method import Method
from evalkit.scoring.uncertainty_sources import Choice
from evalkit.tabular.cells import span, years
from evalkit.words import Wording
from tests.assessment.small import rules
from tests.reporting.printed import position, summary, supervision
from tests.runs.test_kinds import EXTRACTS

PACKAGE = Path(evalkit.__file__).parent
FILES = sorted(PACKAGE.glob("reporting/**/words.yaml"), key=lambda path: path.parent.parent.name == "chapters")
# words that are looked up by what a model declares, or by a name that is put together
KINDS = ("weight_noise", "dirichlet", "expert_weights", "choice", "inclusion", "measurement_error")
DECLARED = {
    name
    for kind in (Layer, PopulationBase, TargetStatus, UnscoredReason, Round.model_fields["status"].annotation)
    for name in get_args(kind)
}
DECLARED_TABLES = (joined("OF_THE_ROUND"), *(kind.tables for kind in kinds.KINDS.values()))
SHOWN = [*EXTRACTS, *explore.controls.SHOWN, *(make for tables in DECLARED_TABLES for make in tables.values())]
TITLES = {f"title_{make.__module__.split('.')[-2]}_{make.__name__}" for make in SHOWN}
NEIGHBOURS = {"near_above", "near_below"}
# what the robustness tables put together from a design: kinds of sources, and the shipped study's names and options
SOURCES = {f"kind_{kind}" for kind in KINDS} | {word for word in words() if word.startswith(("source_", "option_"))}
READINGS = {
    f"{prefix}_{kind}"
    for prefix, field in (("assumed", "returns"), ("orientation", "orientation"))
    for kind in get_args(EfficiencyDesign.model_fields[field].annotation)
} | {f"returns_{kind}" for kind in ("increasing", "constant", "decreasing")}


def kinds_of(*modules):
    """The kinds that the models of some modules are told apart by."""
    models = [model for module in modules for model in vars(import_module(module)).values() if isinstance(model, type)]
    fields = [model.model_fields["kind"] for model in models if "kind" in getattr(model, "model_fields", {})]
    return {kind for field in fields for kind in get_args(field.annotation)}


ASSESSED = {
    f"{prefix}_{name.replace(' ', '_')}"
    for prefix, names in {
        "lamp": get_args(Lamp),
        "count": (*get_args(Lamp), "short"),
        "state": STATES,
        "sign": get_args(Lamp),
        "conclusion_reason": WORDED,
        "reason": filter(None, REASONS),
        "kind": get_args(TargetKind),
        "aim": get_args(TargetKind),
        "facility": ("below", "unknown"),
        "rule": ("valid_share", "project", "veto", "quota", "score"),
        "outcome": (*get_args(Outcome), "undeclared"),
        "gate": ("lowers", "no_effect", "not_tested", "undeclared"),
        "told": ("not_tested", "undeclared"),
        "role": ROLES,
        "counted": ("item", "cell", "city", "department", "kind"),
        "verdict": get_args(Verdict),
        "measure": ("commendation", "restriction"),
        "accept": (*get_args(TargetKind), "figure", "finding"),
        "asked": (*get_args(TargetKind), "figure", "finding"),
        "item": ("open", "closed"),
        "set_aside": ("unrated", "vetoed"),
        "limit_is": ("floor", "cap"),
        "effect": ("gains", "loses", "same"),
        "need": get_args(Need.model_fields["measure"].annotation),
        "stratum": ("certainty", "capped", "random"),
        "bound": {name for names in supervision.tables.BOUNDS.values() for name in names},
        "place": get_args(WhyThere),
        "why": get_args(SeenBy),
        "weight_needed_of": get_args(Method.model_fields["min_weight_of"].annotation),
        "imputed_by": [kind for kind in kinds_of("evalkit.data.imputation") if kind != "none"],
    }.items()
    for name in names
}
# of the page of a round, which has a table and links of its own, and of the months of visits
OF_THE_PAGE = {"title_grade_standing", *(f"volume_{name}" for name in VOLUMES), *(f"site_{name}" for name in ORDER)}
OF_THE_PAGE |= {f"site_role_{role}" for role in ROLES}
MONTHS = {f"month_{month}" for month in range(1, 13)}
PAIRS = {"relation_siblings", "relation_across", "flag_nearly_identical", "flag_negatively_related"}


def placeholders(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.fixture(scope="module")
def source():
    rooms = (path for room in ("reporting", "runs") for path in PACKAGE.glob(f"{room}/**/*.py"))
    files = [PACKAGE / "subjects.py", *rooms]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_both_languages_say_something_about_the_same():
    assert [key for key, text in words().items() if not (text.zh.strip() and text.en.strip())] == []
    assert [key for key, text in words().items() if placeholders(text.zh) != placeholders(text.en)] == []


def test_english_words_are_english():
    assert [key for key, text in words().items() if re.search("[\u3000-\u9fff\uff00-\uffef]", text.en)] == []


def test_a_range_has_one_sign_in_each_language():
    chinese, english = (
        {key: text[language] for key, text in words().items() if re.search(pattern, text[language])}
        for language, pattern in (("zh", r"[\d}%]\s?[–~～-]\s?[\d{]"), ("en", r"[\d}%]\s?[—~～-]\s?[\d{]"))
    )
    assert (chinese, english) == ({}, {"on_day": "{year}-{month:02}-{day:02}"})


def test_what_fills_a_word_or_a_cell_is_a_range_in_its_language(city_report):
    both = [word("leadership_range", language, ways=5, places=span(1, 6)) for language in ("zh", "en")]
    assert ["1—6" in both[0], "1–6" in both[1]] == [True, True]
    assert set(city_report().table([{"rank_range": span(3, 8)}, {"rank_range": years({2008, 2010})}]).rows) == {
        ("3—8",),
        ("2008、2010",),
    }


def test_a_key_that_stands_twice_is_refused(tmp_path, monkeypatch):
    (tmp_path / "chapters/grade").mkdir(parents=True)
    city = "city: {zh: 城市, en: City}"
    (tmp_path / "words.yaml").write_text(f"labels: {{{city}}}\n", encoding="utf-8")
    (tmp_path / "chapters/grade/words.yaml").write_text(f"sentences: {{{city}}}\n", encoding="utf-8")
    monkeypatch.setattr(module, "_files", module._files.__wrapped__)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "words.py"))
    with pytest.raises(ParamsError, match=r"keys stand twice among the words of the package\n  - city"):
        words.__wrapped__()


@pytest.mark.parametrize(
    ("language", "note", "told"),
    [("zh", "甲。", "甲。"), ("zh", "甲", "甲。"), ("zh", "甲？", "甲？"), ("en", "a.", "a."), ("en", "a...", "a....")],
)
def test_a_sentence_that_a_declared_text_ends_has_one_stop(language, note, told):
    assert word("remark", language, note=note) == told


def test_every_word_is_used(source):
    said = {key for key in words() if f'"{key}"' in source}
    assert (
        words().keys()
        - said
        - DECLARED
        - TITLES
        - NEIGHBOURS
        - SOURCES
        - READINGS
        - ASSESSED
        - PAIRS
        - OF_THE_PAGE
        - MONTHS
        == set()
    )


def test_what_is_declared_has_a_word():
    assert (DECLARED | TITLES | NEIGHBOURS | SOURCES | READINGS | ASSESSED | PAIRS) - words().keys() == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_has_a_title_of_its_own(language):
    names = [word(key, language) for key in TITLES]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 31
    assert not re.search(r"[\[\]:*?/\\]", "".join(names))


def test_braces_are_filled_in():
    assert word("base_year", "zh", year=2008) == "2008 年为基年，不与以前年份比较。"
    with pytest.raises(KeyError, match="year"):
        word("base_year", "zh")


def test_every_source_and_every_option_of_one_has_a_word():
    methods = ("normalisation", "relative", "weighting", "aggregation", "treatment")
    options = kinds_of(*(f"evalkit.scoring.{name}" for name in methods), "evalkit.data.imputation") | {"true", "false"}
    sources = kinds_of("evalkit.scoring.uncertainty_sources") - {"choice"} | set(
        get_args(Choice.model_fields["of"].annotation)
    )
    assert len(options) > 25
    assert sorted({f"source_{name}" for name in sources} - words().keys()) == []
    assert sorted({f"option_{name}" for name in options} - words().keys()) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_package_says_everything_in_both_languages(path):
    said = yaml.safe_load(path.read_text("utf-8"))
    assert said.keys() <= {"labels", "sentences"}
    assert [key for part in said.values() for key, text in part.items() if text.keys() != {"zh", "en"}] == []


@pytest.mark.parametrize("path", FILES[1:], ids=lambda path: path.parent.name)
def test_the_words_of_a_chapter_are_used_by_no_other(path):
    """What a chapter names literally, or the report of its name, stands with it, or with what chapters share."""
    own = [key for part in yaml.safe_load(path.read_text("utf-8")).values() for key in part]
    others = [
        other for other in PACKAGE.glob("reporting/**/*.py") if path.parent.name not in (other.parent.name, other.stem)
    ]
    code = "\n".join(other.read_text("utf-8") for other in others)
    assert [key for key in own if f'"{key}"' in code and not key.startswith("title_")] == []


def test_no_text_shows_a_name_of_the_code():
    """Outside braces and links; a rename that went through the words too would leave one."""
    texts = {(key, language): text[language] for key, text in words().items() for language in ("zh", "en")}
    plain = {place: re.sub(r"\{[^}]*\}|\ue002[\w-]+\ue003", "", text) for place, text in texts.items()}
    assert {place: text for place, text in plain.items() if re.search(r"[a-z]_[a-z]", text)} == {}


def worded(**own):
    """A study with some labels and sentences in words of its own."""
    words = {key: Wording(**text) for key, text in own.items()}
    return SimpleNamespace(words=words, rules=None, round=SimpleNamespace(words="own"))


def test_a_study_s_words_stand_in_the_language_that_they_are_given_in():
    study = worded(base_year={"zh": "{year} 年是第一年。"}, score={"zh": "分数", "en": "Points won"})
    assert word("base_year", "zh", study, year=2008) == "2008 年是第一年。"
    assert word("base_year", "en", study, year=2008) == word("base_year", "en", year=2008)
    assert [word("score", language, study) for language in ("zh", "en")] == ["分数", "Points won"]
    assert word("score", "zh") == "得分"


def test_a_study_s_sentences_are_emphasised_as_the_package_s_and_its_labels_are_text():
    study = worded(base_year={"zh": "**{year}** 年"}, score={"zh": "**分**"})
    assert prose(word("base_year", "zh", study, year="*1*")).data == r"**\*1\*** 年"
    assert prose(word("score", "zh", study)).data == r"\*\*分\*\*"


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"base_yaer": {"zh": "甲"}}, r"base_yaer: found no label or sentence; .*did you mean 'base_year'"),
        ({"base_year": {"zh": "{yaer} 年"}}, r"base_year\.zh: found \{yaer\}; .*did you mean '\{year\}'"),
        (
            {"base_year": {"en": "{year.__class__}"}},
            r"base_year\.en: found \{year\.__class__\}; expected one of \{year\}",
        ),
        ({"base_year": {"zh": "{year:>9}"}}, r"found \{year:>9\}; expected one of \{year\}"),
        ({"base_year": {"zh": "{year"}}, r"base_year\.zh: found expected '\}' before end of string"),
        ({"score": {"zh": " "}}, r"score\.zh: found nothing; expected words"),
        ({"score": {"zh": "{n}"}}, r"score\.zh: found \{n\}; expected nothing"),
        ({"score": {"zh": "位次"}}, r"score\.zh: found '位次'; expected another word, which is not that of rank"),
        ({"part_in_yuan": {"zh": "部分（元）"}}, r"part_in_yuan\.zh: found '部分（元）'; expected \{name\} in it"),
        (
            {"title_position_ranking": {"zh": "位次/得分"}},
            r"title_position_ranking\.zh: found '位次/得分'; expected at most 31",
        ),
        (
            {"title_position_ranking": {"en": "x" * 32}},
            r"title_position_ranking\.en: .* expected at most 31 characters",
        ),
    ],
)
def test_words_that_do_not_fit_are_refused(own, told):
    with pytest.raises(ParamsError, match=told):
        word("score", "zh", worded(**own))


def test_all_words_that_do_not_fit_are_told_at_once():
    with pytest.raises(ParamsError) as refused:
        word("score", "zh", worded(base_yaer={"zh": "甲"}, base_year={"zh": "{n}", "en": "{m}"}, score={"en": ""}))
    assert [problem.where for problem in refused.value.problems] == [
        "base_yaer",
        "base_year.zh",
        "base_year.en",
        "score.en",
    ]


def test_a_report_speaks_in_the_words_of_its_study(city_report):
    report = city_report()
    own = replace(report.study, words={"no_grade": Wording(zh="不评等次。"), "rank": Wording(zh="名次")})
    assert summary.sentences.summary(replace(report, study=own, result=report.result)).data.endswith("不评等次。")
    assert "名次" in position.tables.path(replace(report, study=own))
    assert "位次" in position.tables.path(report)


def test_what_the_rules_of_a_round_call_things_stands_in_no_word_of_the_package():
    of_one_round = re.compile("均等化差距|优秀|不予评定|不合格|通报批评|约谈")
    assert [key for key, text in words().items() if of_one_round.search(text.zh)] == []


def test_a_word_takes_the_names_that_the_rules_declare():
    study = worded()
    study.rules = rules(bands={"unrated": {"zh": "不评等次", "en": "No class"}})
    assert word("outcome_not_rated", "zh", study) == "不评等次"
    assert word("rule_quota", "en", study) == "quota for Excellent"


def test_no_sentence_says_that_its_section_is_empty():
    """What a round does not have is left out; a page does not say of a heading that nothing stands under it."""
    stubs = re.compile("本[章节](不作分析|从略|无)|没有声明要读|不列缺口|无缺口可列|没有变化可列")
    said = {key: found["zh"] for path in FILES for key, found in _sentences(path).items()}
    assert [key for key, sentence in said.items() if stubs.search(sentence)] == []


def _sentences(path):
    return yaml.safe_load(path.read_text("utf-8")).get("sentences") or {}
