from evalkit.reporting.chapters.province_targets import figures
from tests.reporting.assessed import by_hand


def test_a_project_below_its_floor_has_a_sign():
    (axes,) = figures.projects(by_hand(59.99, 60, None, projects=("P01", "P03"))).axes
    assert [text.get_text() for text in axes.texts] == ["60.00", "60.00", "▼ 59.99", "▼ 59.99", "…", "…"]
