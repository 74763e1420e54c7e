import io
import pickle
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest

from evalkit.base.errors import EvalkitError
from evalkit.runs import remote
from evalkit.runs.remote import Ground, Host, HostDiedError
from evalkit.runs.scheduling import Job
from evalkit.runs.workers import Work
from tests.runs import jobs

pytestmark = pytest.mark.slow

NOWHERE = Path("no", "such", "folder")


@pytest.fixture
def ground():
    """Says what jobs of a function rest on, seen from where the runner's folder is not to be seen."""

    def make(function, before=None, stage=NOWHERE, **files):
        work = pickle.dumps(Work(function, 9, 60.0, None, before))
        return Ground(work, (), files, stage, "token", remote.made_with())

    return make


def processes():
    found = []
    for each in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # it has just ended
            found += [each] if remote.__name__ in each.cmdline() else []
    return found


def test_a_job_runs_where_its_files_are_and_what_it_leaves_is_handed_over(ground):
    host = Host(ground(jobs.copy, given=b"\x07"))
    outcome, found = host.make("a/b", Job("one", (Path("given"), Path("a/b"))))
    assert (outcome.name, outcome.error) == ("one", None)
    with ZipFile(io.BytesIO(found)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"given": b"\x07"}


def test_it_is_left_in_the_runner_s_folder_where_that_is_seen(ground, tmp_path):
    (tmp_path / "token").touch()
    host = Host(ground(jobs.copy, stage=tmp_path, given=b"\x07"))
    _, found = host.make("a/b", Job("one", (Path("given"), Path("a/b"))))
    del host
    assert found.parent == tmp_path
    assert (found / "given").read_bytes() == b"\x07"


def test_all_jobs_run_in_one_process_with_what_came_before_and_several_at_a_time(ground, tmp_path):
    host = Host(ground(jobs.meet, (jobs.leave_behind, (tmp_path / "before", "甲"))))
    (tmp_path / "before").mkdir()
    (tmp_path / "there").mkdir()
    with ThreadPoolExecutor() as threads:
        made = list(threads.map(lambda name: host.make(name, Job(name, (str(tmp_path / "there"), 1))), "ab"))
    assert [outcome.error for outcome, _ in made] == [None, None]
    assert len(list((tmp_path / "before").iterdir())) == 1


def test_the_process_ends_with_the_object_and_its_folder_goes(ground):
    host = Host(ground(jobs.sleep))
    before = processes()
    host.make("a", Job("a", (0,)))
    (process,) = set(processes()) - set(before)
    place = Path(process.cwd())
    del host
    process.wait(10)
    assert not place.exists()


def test_where_a_process_has_died_the_next_job_has_another(ground):
    host = Host(ground(jobs.sleep))
    before = processes()
    host.make("a", Job("a", (0,)))
    (process,) = set(processes()) - set(before)
    process.kill()
    with suppress(HostDiedError):  # where the death has not been noticed yet
        host.make("b", Job("b", (0,)))
    assert host.make("c", Job("c", (0,)))[0].error is None


def test_jobs_that_a_process_was_at_when_it_died_are_told_so(ground):
    host = Host(ground(jobs.kill_parent))
    with pytest.raises(HostDiedError, match="ended by signal 9"):
        host.make("a", Job("a"))


def test_one_that_dies_before_it_can_begin_is_told_of(ground):
    with pytest.raises(HostDiedError, match="ended by signal 9"):
        Host(ground(jobs.sleep, (jobs.die, (9,)))).make("a", Job("a", (0,)))


def test_where_what_comes_before_fails_so_does_every_job(ground):
    host = Host(ground(jobs.sleep, (jobs.fail_plainly, ())))
    assert [host.make(name, Job(name))[0].error for name in "ab"] == ["the table is wrong\n  - 甲\n  - 乙"] * 2


def test_a_copy_rests_on_the_same_and_has_a_process_of_its_own(ground):
    host = Host(ground(jobs.sleep))
    host.make("a", Job("a", (0,)))
    copy, before = pickle.loads(pickle.dumps(host)), processes()
    assert copy.make("b", Job("b", (0,)))[0].error is None
    assert set(processes()) - set(before)


def test_a_machine_on_which_something_is_other_makes_nothing(ground, monkeypatch):
    given, before = ground(jobs.sleep), processes()
    monkeypatch.setattr(remote, "made_with", lambda: dict(given.made_with) | {"pandas": "1.0", "more": "2"})
    with pytest.raises(EvalkitError) as caught:
        Host(given).make("a", Job("a"))
    assert [(problem.found, problem.expected) for problem in caught.value.problems] == [
        ("pandas 1.0", f"pandas {given.made_with['pandas']}"), ("more 2", "more not there"),
    ]  # fmt: skip
    assert set(processes()) <= set(before)


def test_a_process_that_was_begun_before_is_taken_once(ground):
    before = processes()
    remote.warm_up(())
    (warm,) = set(processes()) - set(before)
    hosts = [Host(ground(jobs.sleep)) for _ in "ab"]
    assert [host.make("a", Job("a", (0,)))[0].error for host in hosts] == [None] * 2
    assert len(set(processes()) - set(before)) == 2
    del hosts
    warm.wait(10)
