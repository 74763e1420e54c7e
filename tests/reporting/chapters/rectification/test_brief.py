from evalkit.reporting.chapters import rectification
from evalkit.reporting.chapters.rectification import brief, tables
from tests.reporting.assessed import demo


def test_the_body_has_the_gravest_items_and_says_where_the_others_are(round_report, monkeypatch):
    monkeypatch.setattr(brief, "SHOWN", 3)
    shown, whole = brief.grave(demo()), tables.grave(demo())
    assert len(shown) == min(brief.SHOWN, len(whole))
    assert shown.printed["整改事项"].tolist() == whole.printed["整改事项"].tolist()[: brief.SHOWN]
    assert len(shown.columns) <= 7
    text = rectification.sentences.gravest(demo()).data
    assert f"共 {len(whole)} 项" in text
    assert f"其余 {len(whole) - brief.SHOWN} 项见[附表](#items)" in text
    assert brief.grave(round_report()) is None
    assert rectification.sentences.gravest(round_report()).data == ""
