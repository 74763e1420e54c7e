import json
import re

from bs4 import BeautifulSoup

from evalkit.reporting.site.data import ORDER, SAID
from evalkit.reporting.site.pages import SCRIPTS, script, site
from evalkit.runs.index import OF_PAGES

WORDS = (*OF_PAGES, *(f"site_{name}" for name in ORDER))
SAYING = {"words": {key: key for key in SAID}, "comma": "、", "sorting": {}}
COMMON = {"cities": [["1", "甲市", None]]}
SCRIPTED = {"said": SAYING, "common": COMMON, "indicators": [], "values": {}, "profiles": {}, "rectification": None}
SITE = {"scripts": SCRIPTED, "areas": None, "departments": [], "scorecards": None, "edition": None, "changes": []}


def tile(name, share, report):
    return {"row": 1, "column": 2, "name": name, "score": "86.40", "note": "第 1", "share": share, "report": report}


def alone(title, report, remark=""):
    return {"title": title, "report": report, "annex": None, "volumes": [], "remark": remark, "failure": None}


def round_context(**changes):
    rows = [
        {
            "cells": ["1", "杭州市", "86.40"],
            "report": "cities/330100/report.html",
            "annex": "cities/330100/annex.xlsx",
            "volumes": [("附表", "cities/330100/annex.html")],
            "remark": "",
            "failure": None,
            "profile": "site/cities.html#330100",
        },
        {
            "cells": ["2", "宁波市", "—"],
            "profile": None,
            "report": None,
            "annex": None,
            "volumes": [],
            "remark": "本次运行失败",
            "failure": {"said": "cell [3] '<b>': 甲", "notebook": "failed/330200.ipynb"},
        },
    ]
    context = {
        "mark": None,
        "areas": [],
        "words": {key: key for key in WORDS},
        "site": SITE,
        "downloads": [],
        "language": "zh",
        "title": "评价",
        "edition": "公开统计版",
        "notes": ["说明"],
        "reports": [
            {
                "title": "稳健性",
                "report": "robustness/report.html",
                "annex": None,
                "volumes": [],
                "remark": "本次运行失败",
                "failure": {"said": "cell [4] 'x': 乙", "notebook": None},
            }
        ],
        "others": [],
        "headline": ["甲市居首。"],
        "tiles": [tile("杭州市", 1.0, "cities/330100/report.html"), tile("宁波市", None, None)],
        "caption": "各市位次",
        "numeric": (True, False, True),
        "name_at": 1,
        "columns": ["位次", "城市", "得分", "更多"],
        "rows": rows,
        "links": [("全部表格", "tables/")],
    }
    return context | changes


def round_index(**changes):
    return BeautifulSoup(site(round_context(**changes))["index.html"], "html.parser")


def test_index_links_the_reports_that_there_are():
    links = [(link.get_text(), link["href"]) for link in round_index().main.find_all("a")]
    assert links == [
        ("杭州市86.40第 1", "cities/330100/report.html"),
        ("稳健性", "robustness/report.html"),
        ("杭州市", "cities/330100/report.html"),
        ("site_profile", "site/cities.html#330100"),
        ("附表", "cities/330100/annex.html"),
        ("Excel", "cities/330100/annex.xlsx"),
        ("cell [3] '<b>': 甲", "failed/330200.ipynb"),
        ("全部表格", "tables/"),
    ]


def test_index_shows_cells_and_remarks_as_they_are_given():
    found = round_index()
    rows = [[" ".join(cell.get_text().split()) for cell in row.find_all(["td", "th"])] for row in found.tbody("tr")]
    assert rows == [
        ["1", "杭州市", "86.40", "site_profile · 附表 · Excel"],
        ["2", "宁波市 本次运行失败 cell [3] '<b>': 甲", "—", ""],
    ]
    assert found.find("a", href="failed/330200.ipynb").get_text() == "cell [3] '<b>': 甲"
    assert found.find(class_="reports").small.get_text() == "cell [4] 'x': 乙"
    assert [cell["scope"] for cell in found.find_all("th")] == ["col"] * 4 + ["row"] * 2
    assert found.caption.get_text() == "各市位次"


def test_index_opens_with_its_headline_and_a_map_whose_tiles_are_links():
    found = round_index()
    assert found.main.p.get_text() == "甲市居首。"
    high, without = found.find_all(class_="tile")
    assert (high.name, without.name) == ("a", "span")
    assert "strong" in high["class"]
    assert "strong" not in without["class"]
    assert "grid-area: 1 / 2" in high["style"]


def test_whoever_uses_keys_alone_can_skip_to_the_text():
    found = round_index()
    assert found.body.a.get_text() == "跳到正文"
    assert found.find(id=found.body.a["href"][1:]).name == "main"


def test_reports_stand_beside_each_other_under_what_they_are_within():
    report = alone("上城区", "counties/330102/report.html")
    view = round_index(others=[{"title": "县", "groups": [("杭州市", [report, report]), ("", [report])]}])
    assert [tag.get_text(" ", strip=True) for tag in view.find_all("p", class_="within")] == ["杭州市 上城区 上城区"]
    assert len(view.find_all("a", href="counties/330102/report.html")) == 3


def test_a_page_is_there_where_the_round_has_what_it_shows():
    pages = [name for name in site(round_context()) if name.endswith(".html")]
    assert pages == ["index.html", "site/indicators.html", "site/cities.html", "site/compare.html"]
    files = [{"title": "表", "rows": [("甲", [("CSV", "tables/a.csv", "1 KB")])]}]
    assert "site/downloads.html" in site(round_context(downloads=files))


def test_every_page_leads_to_every_other_and_says_which_it_is():
    made = site(round_context())
    for name, to in (("index.html", "site/"), ("site/cities.html", "")):
        nav = BeautifulSoup(made[name], "html.parser").nav
        assert [link["href"] for link in nav("a")][1:] == [f"{to}{page}.html" for page in list(SCRIPTS)[:3]]
        assert len(nav.select("a[aria-current=page]")) == 1


def test_whatever_a_page_loads_is_in_the_folder():
    made = site(round_context())
    for name, text in made.items():
        if name.endswith(".html"):
            found = [tag.get("src") or tag["href"] for tag in BeautifulSoup(text, "html.parser").select("script, link")]
            folder = name.rpartition("/")[0]
            assert {f"{folder}/{one}".lstrip("/") for one in found} <= set(made)
            assert "site.css" in found[0]


def test_made_up_data_are_marked_on_every_page():
    made = site(round_context(mark="演示数据"))
    shown = [BeautifulSoup(text, "html.parser") for name, text in made.items() if name.endswith(".html")]
    assert [page.find(class_="mark").get_text() for page in shown] == ["演示数据"] * 4


def test_no_page_runs_what_stands_in_it():
    for name, text in site(round_context()).items():
        if name.endswith(".html"):
            page = BeautifulSoup(text, "html.parser")
            assert [tag for tag in page("script") if tag.get_text() or not tag.get("src")] == []
            assert [tag for tag in page.find_all(True) if any(key.startswith("on") for key in tag.attrs)] == []
            policy = page.find("meta", attrs={"http-equiv": True})["content"]
            assert policy.startswith("default-src 'none'; script-src 'self' file:; style-src")


def test_what_is_hostile_in_data_stays_text():
    text = script("common", {"a": "</script><img src=x onerror=alert(1)>\u2028&"})
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text.split(".common = ")[1][:-2]) == {"a": "</script><img src=x onerror=alert(1)>\u2028&"}
    made = site(round_context(title="<i>甲</i>"))
    assert "<i>" not in made["index.html"] + made["site/cities.html"]


def test_pages_share_one_type_that_has_the_characters_of_the_data():
    made = site(round_context(site=SITE | {"scripts": SCRIPTED | {"values": {"甲": "瓯"}}}))
    assert [name for name, text in made.items() if "@font-face" in text] == ["site/site.css"]
    assert made["site/site.css"] != site(round_context())["site/site.css"]


def test_a_city_of_the_map_leads_to_its_profile():
    area = {
        "path": "M0 0L1 0L1 1Z",
        "share": 0.5,
        "said": "甲市 86.40 第 1",
        "href": "site/cities.html#1",
        "name": "甲市",
        "at": [4, 5],
    }
    found = round_index(areas=[area], site=SITE | {"areas": {"width": 900, "height": 600, "paths": {}}})
    assert (found.svg.find("text").get_text(), found.svg.find("text")["x"]) == ("甲市", "4")
    link = found.svg.a
    assert found.find_all(class_="tile") == []
    assert (link["href"], link["aria-label"], link.path["d"]) == (area["href"], area["said"], area["path"])


def test_tables_that_need_no_script_are_there_without():
    table = {"labels": ["城市", "得分"], "numeric": [False, True], "rows": [["甲市", "1.00"]]}
    page = BeautifulSoup(
        site(round_context(site=SITE | {"changes": [("变化", table)]}))["site/changes.html"], "html.parser"
    )
    assert page.tbody.th.get_text() == "甲市"
    assert page.tbody.td["class"] == ["number"]
    assert page.select_one(".scroll")["tabindex"] == "0"
