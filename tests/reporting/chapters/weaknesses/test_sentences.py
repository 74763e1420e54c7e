from evalkit.reporting.chapters import weaknesses
from tests.reporting.cities import assessed_report


def test_what_is_weak_is_counted_by_kind_and_the_cities_beside_it_named(city_report):
    text = weaknesses.sentences.weaknesses(city_report("330300")).data
    assert text.startswith("短板共 5 项：居末两位并较上年退步的 **1 项**，仅居末两位的 4 项，仅较上年退步的 0 项。")
    assert "与本市最可比的市：台州市、金华市、嘉兴市。选取依据：常住人口、人均地区生产总值、城镇人口比重；" in text
    assert "[附件](#all-weaknesses)" not in text
    assert "其余 41 项见[附件](#all-weaknesses)。" in weaknesses.sentences.weaknesses(assessed_report("330400")).data


def test_where_nothing_is_weak_nothing_is_said(monkeypatch, city_report, small):
    monkeypatch.setattr(weaknesses.sentences, "weak", lambda report: {})
    assert weaknesses.sentences.weaknesses(city_report()).data == ""


def test_without_a_structure_no_city_is_comparable(monkeypatch, small):
    monkeypatch.setattr(weaknesses.sentences, "weak", lambda report: {"share": "weak_last"})
    assert "可比" not in weaknesses.sentences.weaknesses(small()).data
