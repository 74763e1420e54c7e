"""The tutorial, in both languages: every file that it shows is written, every command run, every result compared."""

import re
from pathlib import Path

import pandas as pd
import pytest

from evalkit import cli
from evalkit.base import params
from evalkit.data.metadata import Metadata
from evalkit.round import Round
from tests.conftest import ROOT
from tests.runs.in_process import here

FENCE = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<text>.*?)\n```", re.DOTALL)
RANKING = "outputs/newland/2020/tables/ranking.csv"
PAGES = ("own_province.zh-CN", "own_province")


def blocks(page):
    return [found.groupdict() for found in FENCE.finditer((ROOT / "docs" / f"{page}.md").read_text("utf-8"))]


class Reader:
    """One who does what the page says, in a folder of his own."""

    def __init__(self, monkeypatch, capsys):
        self.monkeypatch, self.capsys, self.shown = monkeypatch, capsys, ""

    def does(self, before, kind, text):
        if kind == "sh":
            self.shown = "".join(map(self.types, text.splitlines()))
        elif kind == "text":
            assert text in self.shown or text in shown_in(RANKING)
        else:
            file = re.findall(r"`([\w./-]+\.(?:yaml|csv))`", before)[-1]
            Path(file).parent.mkdir(exist_ok=True)
            with open(file, "a" if "末尾加上" in before else "w", encoding="utf-8") as target:
                target.write(text + "\n")

    def types(self, line):
        command, *arguments = line.split()
        if command == "cd":
            self.monkeypatch.chdir(arguments[0])
            return ""
        assert (command, cli.main(arguments)) == ("evalkit", 0)
        return self.capsys.readouterr().out


def shown_in(file):
    """The first four columns of a table, as the page prints them."""
    table = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
    return "\n".join(table.iloc[:, :4].agg(",".join, axis=1))


@pytest.mark.slow
def test_the_tutorial_leads_from_a_yearbooks_table_to_signed_reports(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch, capsys)
    with here(tmp_path / "newland"):
        for block in blocks(PAGES[0]):
            reader.does(**block)
    signed = params.read(Round, tmp_path / "newland/params/studies/newland.yaml")
    assert (signed.status, signed.sign_off.approved) == ("final", "王五")
    assert (tmp_path / "newland/outputs/newland/2020/departments/education/report.html").is_file()


def test_both_languages_show_the_same_files_and_commands():
    chinese, english = ([(block["kind"], block["text"]) for block in blocks(page)] for page in PAGES)
    assert chinese == english


@pytest.mark.parametrize("page", PAGES)
def test_the_rate_that_is_shown_may_stand_among_the_variables(tmp_path, page):
    metadata, *_ = [block["text"] for block in blocks(page) if "metadata.yaml" in block["before"]]
    [rate] = re.findall(r"\n  ```yaml\n(.*?)\n  ```", (ROOT / "docs" / f"{page}.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "metadata.yaml").write_text(f"{metadata}\n{rate}\n", "utf-8")
    declared = Metadata.load(tmp_path / "metadata.yaml").variables["compliance"]
    assert (declared.kind, declared.weight) == ("rate", "pupils")
