import shutil
import subprocess
import sys

import pytest

from evalkit import __main__ as entrance
from evalkit import cli
from evalkit.base.errors import EvalkitError
from evalkit.runs.kinds import present, reports
from evalkit.runs.scheduling import Outcome
from tests.conftest import ROOT
from tests.mutations.project import Small
from tests.register import on_record as recorded


def names(requested):
    return [report_id.name for report_id in requested.reports]


@pytest.fixture
def ran(monkeypatch):
    """What would have been run, in place of running it; the reports of `failing` fail."""
    requests, failing = [], {}

    def fake(requested, *, jobs, cluster, on_done, force, limits):
        requests.append((requested, (jobs, limits.seconds, limits.memory)))
        outcomes = [Outcome(name, 1.0, failing.get(name)) for name in names(requested)]
        for outcome in outcomes:
            on_done(outcome)
        return outcomes

    monkeypatch.setattr("evalkit.runs.runner.run", fake)
    return requests, failing


def test_check_counts_and_gives_reasons(root, capsys):
    assert cli.main(["check", "--quick"]) == 0
    where, head, *lines, note = capsys.readouterr().out.splitlines()
    assert note.startswith("note: there is no total of all cities of housing_area_per_capita, ")
    assert where == f"checking the study zhejiang-public of {root}"
    assert head == "zhejiang-public: 33 indicator(s) shown, 4 scored, 29 left out"
    found = {line.split()[0]: " ".join(line.split()[1:]) for line in lines}
    assert len(found) == 33
    assert found["P04-beds"] == "scored more is better 每千常住人口医院、卫生院床位数"
    assert found["P09-refuse"] == "saturated more is better 生活垃圾无害化处理率"


def test_check_writes_nothing(root):
    before = sorted(root.rglob("*"))
    cli.main(["check", "--quick"])
    assert sorted(root.rglob("*")) == before


def test_check_refuses_an_index_that_does_not_fit_its_data(own, capsys):
    own.edit("study", "P05-libraries: saturated", "P05-libraries: short-series")
    assert cli.main(["check"]) == 2
    assert "P05-libraries" in capsys.readouterr().err


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A small project with one notebook, in which the command is called."""
    made = Small.make(tmp_path / "small")
    (made.root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "index_system.ipynb", made.root / "notebooks")
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    return made


def test_check_tries_the_reports_and_leaves_nothing(small, capsys):
    before = small.state()
    assert cli.main(["check", "small", "--year", "2011", "--language", "en"]) == 0
    out, err = capsys.readouterr()
    assert "\nsmall: 2 indicator(s) shown, 2 scored, 0 left out\n" in out
    assert out.endswith("\n1 report(s) of 2011 can be made\n")
    assert err == ""
    assert small.state() == before


def test_what_would_fail_later_is_told_by_the_check_in_a_line(small, capsys, monkeypatch):
    def fail(report):
        raise KeyError(report.language)

    monkeypatch.setattr("evalkit.reporting.chapters.basis.tables.composition", fail)
    assert cli.main(["check", "small", "--language", "en"]) == 2
    title, told = capsys.readouterr().err.splitlines()
    assert title == "evalkit: the study small cannot be reported as it is declared"
    assert (
        "评价什么 · What is measured: `composition = chapters.basis.tables.composition(report)`: KeyError: 'en'" in told
    )


def test_a_project_without_notebooks_has_no_report_that_could_be_made(small, capsys):
    (small.root / "notebooks" / "index_system.ipynb").unlink()
    assert cli.main(["check", "small", "--quick"]) == 0
    assert cli.main(["check", "small"]) == 2
    assert "found no notebook; expected one of" in capsys.readouterr().err


def test_a_year_that_the_round_does_not_have_is_told_by_the_check(small, capsys):
    assert cli.main(["check", "small", "--quick", "--year", "2031"]) == 2
    assert "year: found 2031; expected 2011 to 2012" in capsys.readouterr().err


def test_list_names_studies_years_cities_departments_and_kinds_of_report(root, capsys):
    assert cli.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    kinds = [line for line in lines if line.startswith("report ")]
    assert [line.split()[1] for line in kinds] == [f"{kind.name}:" for kind in present(root)]
    assert (
        "report robustness: robustness.ipynb, chapters sources intervals probabilities bases sensitivity signatures"
        in kinds
    )
    public = lines.index("zhejiang-public  浙江省基本公共服务均等化行动计划（2008—2012）公开统计评价  2008–2012")
    assert lines[0].startswith("zhejiang-plan-demo")
    assert lines[8].split() == lines[public + 8].split() == ["330800", "衢州市", "Quzhou"]
    assert lines[public + 12] == "  90 counties, 330102 to 331181"
    assert "  culture  省文化厅  Department of Culture" in lines[12:public]


def test_list_names_an_invalid_study_and_goes_on_with_the_others(own, capsys):
    own.edit("study", "language: zh", "lang: zh")
    assert cli.main(["list"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("zhejiang-plan-demo  ")
    assert "zhejiang-public  " not in out
    assert err.startswith("evalkit: zhejiang-public: zhejiang-public.yaml is not valid (")
    assert "the unknown key 'lang'" in err
    assert err.endswith("; `evalkit check zhejiang-public` says all\n")
    assert err.count("\n") == 1


def test_list_ends_with_2_where_no_study_is_valid(own, capsys):
    own.edit("regions", "regions:", "region:")
    assert cli.main(["list"]) == 2
    assert capsys.readouterr().err.count("(and 1 more); `evalkit check") == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["zhejiang-publik"],
            "found 'zhejiang-publik'; expected one of zhejiang-plan-demo, zhejiang-public, zhejiang-public-2015 (did",
        ),
        (["none.yaml"], "there is no file none.yaml"),
        (["--city", "330810"], "--city: found '330810'; expected one of 330100, 330200,"),
        (["--city", "339999"], "--city: found '339999'"),
        (["--report", "provinces"], "(did you mean 'province'?)"),
        (["--report", "city"], "--report: found 'city'; expected one of province,"),
        (["--scheduler", "host"], "--scheduler: found host (missing port number"),
        (["--year", "2031"], "--year: found 2031; expected 2008 to 2012"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_written(root, capsys, arguments, message):
    assert cli.main(["run", *arguments]) == 2
    out, err = capsys.readouterr()
    assert err.startswith("evalkit: ")
    assert message in err
    assert out == ""
    assert not (root / "outputs").exists()


def test_a_near_city_is_named(root, capsys):
    cli.main(["run", "--city", "330810"])
    assert "(did you mean '330" in capsys.readouterr().err


def test_a_user_never_sees_a_traceback(root):
    command = [sys.executable, "-m", "evalkit", "run", "--city", "339999", "--year", "2031"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root)
    assert done.returncode == 2
    assert done.stderr.startswith("evalkit: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["evaluate"],
        ["run", "--year", "twenty"],
        ["run", "--language", "fr"],
        ["run", "--jobs", "0"],
        ["run", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:8786"],
        ["run", "-p", "decimals", "2"],
    ],
)
def test_a_command_line_that_cannot_be_read_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: evalkit")


def test_every_report_is_made_unless_some_are_named(root, ran, capsys):
    assert cli.main(["run"]) == 0
    [(requested, (jobs, *_))] = ran[0]
    assert (requested.reports, requested.year, requested.language) == (reports(requested.study), 2012, "zh")
    assert jobs >= 1
    number = len(requested.reports)
    assert capsys.readouterr().out.endswith(f"{number} of {number} report(s): {requested.folder / 'index.html'}\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--city", "330800"], ["330800"]),
        (["--report", "robustness"], ["robustness"]),
        (["--report", "index_system", "--report", "robustness"], ["robustness", "index_system"]),
        (["--report", "robustness", "--city", "330800"], ["robustness", "330800"]),
        (["--report", "cities", "--city", "330800"], ["330800"]),
        (["--report", "cities"], [f"33{number:02}00" for number in range(1, 12)]),
    ],
)
def test_some_reports_are_made_where_they_are_named(root, ran, arguments, expected):
    assert cli.main(["run", *arguments]) == 0
    assert names(ran[0][0][0]) == expected


def test_options_reach_the_order(root, ran):
    options = ["--city", "330100", "330800", "--city", "330200", "--year", "2009", "--language", "en", "--jobs", "3"]
    options += ["--time-limit", "60", "--memory", "2G"]
    cli.main(["run", "zhejiang-public", *options])
    [(requested, limits)] = ran[0]
    assert names(requested) == ["330100", "330800", "330200"]
    assert (requested.year, requested.language, limits) == (2009, "en", (3, 60, 2**31))
    assert requested.folder == root / "outputs" / "zhejiang-public" / "2009-en"


def test_a_report_of_the_round_that_fails_ends_with_1(root, ran, capsys):
    ran[1]["robustness"] = "甲"
    assert cli.main(["run"]) == 1
    assert capsys.readouterr().err == "evalkit: robustness failed: 甲\n"


def test_a_report_that_fails_ends_with_1(root, ran, capsys):
    ran[1]["330800"] = "city_report.ipynb failed\n  - cell [3] 'x': 甲"
    assert cli.main(["run", "--city", "330100", "330800"]) == 1
    out, err = capsys.readouterr()
    assert err == "evalkit: 330800 failed: city_report.ipynb failed\n  - cell [3] 'x': 甲\n"
    assert "[2/2] 330800 衢州市 failed, 1.0 s\n1 of 2 report(s): " in out


@pytest.mark.parametrize(
    ("error", "code", "message"), [(KeyboardInterrupt, 130, "stopped"), (EvalkitError("甲"), 2, "甲")]
)
def test_other_ends(root, monkeypatch, capsys, error, code, message):
    def end(*_, **__):
        raise error

    monkeypatch.setattr("evalkit.runs.runner.run", end)
    assert cli.main(["run"]) == code
    assert capsys.readouterr().err.startswith(f"evalkit: {message}")


def test_an_interruption_while_the_command_is_imported_shows_no_traceback(monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.__import__", interrupted)
    code = entrance.main()
    monkeypatch.undo()
    assert (code, capsys.readouterr().err) == (130, "evalkit: stopped\n")


def test_an_interruption_while_a_class_is_made_is_one_too(monkeypatch, capsys):
    class Asked:
        def __set_name__(self, owner, name):
            raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", lambda: type("Made", (), {"asked": Asked()}))
    monkeypatch.setattr(sys, "argv", ["evalkit", "list"])
    assert (entrance.main(), capsys.readouterr().err) == (130, "evalkit: stopped\n")


def test_another_fault_is_no_interruption(monkeypatch):
    def fails():
        raise RuntimeError

    monkeypatch.setattr(cli, "main", fails)
    monkeypatch.setattr(sys, "argv", ["evalkit", "list"])
    with pytest.raises(RuntimeError):
        entrance.main()


@pytest.mark.parametrize(
    ("command", "early"),
    [
        ("run", False),
        ("run zhejiang-public", False),
        ("run zhejiang-public --force", True),
        ("run zhejiang-plan-demo", True),
        ("list", False),
    ],
)
def test_a_run_has_the_server_import_before_it_imports_itself_where_there_was_none(
    root, tmp_path, monkeypatch, command, early
):
    called = []
    shutil.copytree(root / "params" / "studies", tmp_path / "params" / "studies")
    before = tmp_path / "outputs" / "zhejiang-public" / "2012" / "manifest.json"
    before.parent.mkdir(parents=True)
    before.touch()
    monkeypatch.setenv("EVALKIT_ROOT", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["evalkit", *command.split()])
    monkeypatch.setattr("evalkit.runs.workers.warm_up", lambda: called.append("server"))
    monkeypatch.setattr(cli, "main", lambda: called.append("command"))
    entrance.main()
    assert called == ["server"] * early + ["command"]


def test_where_it_is_not_clear_which_study_is_meant_the_command_says_so(tmp_path, monkeypatch):
    for name in "ab":
        (tmp_path / "params" / "studies").mkdir(parents=True, exist_ok=True)
        (tmp_path / "params" / "studies" / f"{name}.yaml").touch()
    monkeypatch.setenv("EVALKIT_ROOT", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["evalkit", "run"])
    monkeypatch.setattr("evalkit.runs.workers.warm_up", lambda: pytest.fail("a server is started for nothing"))
    assert entrance.main() == 2


def test_formats_are_parted_by_commas():
    assert cli._parser().parse_args(["run", "--formats", "html, docx,"]).formats == ("html", "docx")


def test_a_reader_who_has_seen_enough_sees_no_traceback(root):
    check = [sys.executable, "-m", "evalkit", "check", "--quick"]
    process = subprocess.Popen(check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.fixture
def on_record(tmp_path, monkeypatch):
    """A small project whose figures are on record, in which the command is called."""
    made = recorded.small(tmp_path)
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.chdir(made.root)
    return made


@pytest.mark.parametrize(
    "arguments", [["small", "--as-of", "2013-05-20"], ["--as-of", "2013-05-20"], ["small@2013-05-20"]]
)
def test_a_study_is_run_as_it_stood_on_a_day(on_record, ran, capsys, arguments):
    shutil.copytree(ROOT / "notebooks", on_record.root / "notebooks")
    assert cli.main(["run", *arguments]) == 0
    [(request, _)] = ran[0]
    assert {request.parameters_of(one)["study"] for one in request.reports} == {"small@2013-05-20"}
    assert f"{on_record.root / 'outputs/small@2013-05-20/2012'}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "told"),
    [("2013-02-30", "a day such as 2013-05-20"), ("2013-03-31", "nothing up to 2013-03-31"), ("", "no such day")],
)
def test_a_day_on_which_nothing_stood_is_told(on_record, capsys, day, told):
    assert cli.main(["check", "small", "--quick", "--as-of", day]) == 2
    assert told in capsys.readouterr().err


def test_a_check_says_of_which_day_it_is(on_record, capsys):
    assert cli.main(["check", "--quick", "--as-of", "2013-05-20"]) == 0
    assert capsys.readouterr().out.startswith("checking the study small@2013-05-20 of ")
