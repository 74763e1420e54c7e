import pytest

from evalkit.cli import main
from tests.register import on_record

CALENDAR = """code: small
name: {zh: 日程, en: days}
steps:
  - {step: figures, name: {zh: 报送}, who: reporters, until: "04-10", status: proposed, source: {zh: 建议}}
  - {step: objections, name: {zh: 异议}, who: cities, until: "05-20", status: proposed, source: {zh: 建议}}
  - {step: reply, name: {zh: 答复}, who: questioned, days: 7, after: objections, status: proposed, source: {zh: 建议}}
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A small project with a register, in which the figures of its dataset are on record as the submission opening."""
    made = on_record.small(tmp_path / "p")
    made.edit("params/studies/small.yaml", "publication: book}", "publication: book, calendar: small}")
    (made.root / "params" / "calendar").mkdir()
    (made.root / "params" / "calendar" / "small.yaml").write_text(CALENDAR, encoding="utf-8")
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    return made


@pytest.fixture
def said(office, capsys):
    """Run a command by the office; gives what it prints, or what it is refused with."""

    def run(line, day=None):
        code = main([*line.split(), *(["--by", "Li", "--day", day] if day else [])])
        told = capsys.readouterr()
        return told.err if code else told.out

    return run
