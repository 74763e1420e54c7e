"""A cluster of two workers on this machine, which does not let them see the project."""

import io
import logging
import os
import re
import shutil
import signal
import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from distributed import Client, KilledWorker, LocalCluster
from distributed.scheduler import WorkerState

from evalkit.base.errors import EvalkitError, ParamsError
from evalkit.runs import cluster, runner
from evalkit.runs.cluster import Cluster, connected
from evalkit.runs.limits import Limits
from evalkit.runs.request import prepare
from evalkit.runs.scheduling import Job, Outcome
from tests.conftest import ROOT
from tests.register import on_record
from tests.runs import jobs
from tests.runs.in_process import here

pytestmark = pytest.mark.slow

LIMITS = Limits(seconds=60.0)
LOCAL = {"host": "127.0.0.1", "dashboard_address": ":0", "silence_logs": logging.CRITICAL}


@pytest.fixture(scope="module")
def scheduler():
    with LocalCluster(n_workers=2, threads_per_worker=1, **LOCAL) as found:
        yield found.scheduler_address


@pytest.fixture
def spread(scheduler, tmp_path):
    """Spreads jobs of a function, each of its arguments, and gives their errors."""

    def errors(function, *arguments, on_done=lambda outcome: None, **options):
        todo = {f"kind/{place}": Job(str(place), each) for place, each in enumerate(arguments)}
        with connected(scheduler) as found:
            options = {"limits": LIMITS, "preload": (), "stage": tmp_path, "on_done": on_done} | options
            outcomes = found.spread_jobs(todo, function, **options)
        assert [outcome.name for outcome in outcomes] == [job.name for job in todo.values()]
        return [outcome.error for outcome in outcomes]

    return errors


def test_jobs_end_as_on_one_machine(spread):
    died = "the process was ended by signal 9 (Killed), as when memory runs out"
    assert spread(jobs.die, (0,), (signal.SIGKILL,), (0,)) == [None, died, None]
    assert spread(jobs.sleep, (0,), (60,), limits=Limits(seconds=0.5)) == [
        None,
        "took longer than 0.5 s (--time-limit): stopped",
    ]


def test_what_comes_before_is_called_once_a_worker(spread, tmp_path):
    (begun := tmp_path / "begun").mkdir()  # apart from the stage, whose token may look like a process's number
    errors = spread(jobs.tell_left, *[()] * 5, before=(jobs.leave_behind, (begun.resolve(), "甲")))
    assert {error.partition(" (")[0] for error in errors} == {"ValueError: 甲"}
    assert 1 <= len(list(begun.iterdir())) <= 2


def test_no_jobs_have_no_outcomes(spread):
    assert spread(jobs.sleep) == []


def tasks(scheduler):
    with Client(scheduler, set_as_default=False) as client:
        return sorted(client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)))


def forgets(scheduler, seconds=5):
    """Say whether a scheduler comes to know of no task any more; it is told of each by itself."""
    end = time.monotonic() + seconds
    while there := tasks(scheduler):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return not there


def test_the_scheduler_knows_reports_by_their_names_and_nothing_of_them_afterwards(spread, scheduler):
    seen = []
    spread(jobs.sleep, (0,), (0.5,), on_done=lambda outcome: seen.append(tasks(scheduler)))
    assert {re.sub(r"-[0-9a-f]{8}$", "", name) for name in seen[0]} >= {"kind-1", "round"}
    assert forgets(scheduler)


def test_an_interrupt_takes_back_what_is_left(spread, scheduler):
    def interrupt(outcome):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread(jobs.sleep, *[(0.1,)] * 5, on_done=interrupt)
    assert forgets(scheduler)


def test_where_no_worker_is_left_the_jobs_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SILENCE", 0.1)
    with LocalCluster(n_workers=0, **LOCAL) as empty, Client(empty, set_as_default=False) as client:
        todo = {name: Job(name) for name in "ab"}
        outcomes = Cluster(client).spread_jobs(todo, jobs.sleep, stage=tmp_path, limits=LIMITS)
    assert [outcome.error for outcome in outcomes] == ["no worker of the cluster is left"] * 2


def test_where_the_scheduler_goes_the_jobs_say_so(tmp_path):
    with LocalCluster(n_workers=0, **LOCAL) as empty, Client(empty, set_as_default=False) as client:

        class Left(Cluster):
            def _submitted(self, *given):
                left = super()._submitted(*given)
                Thread(target=empty.close).start()
                return left

        (outcome,) = Left(client).spread_jobs({"a": Job("a")}, jobs.sleep, stage=tmp_path, limits=LIMITS)
    assert outcome.error == "the scheduler of the cluster is gone"


def test_where_it_went_before_there_were_jobs_that_is_said(tmp_path):
    with LocalCluster(n_workers=0, **LOCAL) as empty:
        client = Client(empty, set_as_default=False)
    client.close()
    with pytest.raises(EvalkitError, match="the scheduler of the cluster is gone"):
        Cluster(client).spread_jobs({"a": Job("a")}, jobs.sleep, stage=tmp_path, limits=LIMITS)


def test_a_job_that_kills_one_worker_after_another_says_so():
    class Killing:
        def result(self):
            raise KilledWorker("kind-a", WorkerState.__new__(WorkerState), 3)

    assert cluster._outcome(Killing(), "a", Path()).error == "4 workers died that were at it"


def test_what_a_worker_hands_over_leads_out_of_no_folder(tmp_path):
    with ZipFile(made := io.BytesIO(), "w") as archive:
        for name in ("../beside.txt", "/above.txt", "inside.txt"):
            archive.writestr(name, name)
    future = SimpleNamespace(result=lambda: (Outcome("a", 1.0, None), made.getvalue()))
    assert cluster._outcome(future, "a", tmp_path / "stage" / "a").error is None
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")}
    assert files == {f"stage/a/{name}.txt" for name in ("beside", "above", "inside")}


@contextmanager
def answering(answer):
    """Give the address of something that is no scheduler, and answers so."""

    def serve():
        with suppress(OSError):
            while True:
                place.accept()[0].sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as place:
        Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{place.getsockname()[1]}"
        place.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", "missing port number"),
        ("host", "missing port number in address 'host'"),
        ("http://127.0.0.1:80", "unknown address scheme 'http'"),
        ("tcp://127.0.0.1:1", "no answer"),
        ("tls://127.0.0.1:1", "TLS expects"),
    ],
)
def test_where_no_scheduler_can_be_the_address_is_named(address, found, monkeypatch):
    monkeypatch.setattr(cluster, "WAIT", 0.3)
    with pytest.raises(ParamsError, match=rf"(?s)--scheduler: found {address} \(.*{found}.*expected .*tcp://host:8786"):
        connected(address).__enter__()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9], ids=["nothing", "HTTP"])
def test_what_is_no_scheduler_is_not_taken_for_one(answer, monkeypatch):
    monkeypatch.setattr(cluster, "WAIT", 0.3)
    with answering(answer) as address, pytest.raises(ParamsError, match=f"found {address} .no answer of a scheduler"):
        connected(address).__enter__()


def test_a_worker_is_no_scheduler(scheduler):
    with Client(scheduler, set_as_default=False) as client:
        worker = next(iter(client.scheduler_info()["workers"]))
    with pytest.raises(ParamsError, match=f"found {worker}, which is a worker"):
        connected(worker).__enter__()


def test_a_scheduler_without_workers_is_refused(monkeypatch):
    monkeypatch.setattr(cluster, "WAIT", 1)
    refused = pytest.raises(ParamsError, match=r"found no worker; expected one, begun by: dask worker tcp:")
    with LocalCluster(n_workers=0, **LOCAL) as empty, refused:
        connected(empty.scheduler_address).__enter__()


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(ParamsError, match=r"pip install 'evalkit\[cluster\]'"):
        connected("tcp://127.0.0.1:1").__enter__()


def test_every_worker_is_named_on_which_something_is_other(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "made_with", jobs.made_otherwise)
    with pytest.raises(ParamsError) as caught:
        connected(scheduler).__enter__()
    found = [(problem.where.partition(" tcp")[0], problem.found) for problem in caught.value.problems]
    assert found == [("the worker", "pandas 1.0"), ("the worker", "fork not there")] * 2


def test_a_worker_without_evalkit_is_named():
    (problem,) = cluster._differing(ModuleNotFoundError("No module named 'evalkit'"), {"evalkit": "1"}, "the worker w")
    assert str(problem) == "the worker w: found ModuleNotFoundError: No module named 'evalkit'; expected evalkit 1"


@pytest.fixture(scope="module")
def requested(tmp_path_factory):
    """A request of a study with boundaries, a register, and an edition before, all of which are files."""
    project = on_record.small(tmp_path_factory.mktemp("spread"))
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    on_record.corrected(project, 20.0)
    before = on_record.OPENED + timedelta(days=1)
    project.edit("params/studies/small.yaml", "seed: 7", f"seed: 7\nsign_off: {{previous: {before}}}")
    return prepare(on_record.load(project), only={"cities": (), "province": ()})


@contextmanager
def hidden(root):
    """Have nothing stand meanwhile where a project is, but what a run has written."""
    names = [path for path in root.iterdir() if path.name != "outputs"]
    aside = root.with_name("aside")
    aside.mkdir()
    for path in names:
        path.rename(aside / path.name)
    yield
    for path in names:
        (aside / path.name).rename(path)


def left(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_is_the_same_though_a_worker_is_killed_and_none_sees_the_project(requested, scheduler, monkeypatch):
    root, tables, ground, killed = requested.study.root, requested.folder / "tables", cluster._ground, []
    monkeypatch.setattr(cluster, "_ground", lambda *given: replace(ground(*given), stage=Path("nowhere")))
    monkeypatch.setattr(Cluster, "spread_jobs", unseen(Cluster.spread_jobs, root))

    def kill(outcome):
        if not killed:
            killed.append(next(iter(found.client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    with connected(scheduler) as found:
        outcomes = runner.run(requested, cluster=found, on_done=kill)
        assert killed[0] not in found.client.run(os.getpid).values()
    assert [outcome.error for outcome in outcomes] == [None] * 4
    made = left(tables)
    shutil.rmtree(requested.folder)
    with here(root):
        runner.run(requested)
    assert left(tables) == made


def unseen(spread_jobs, root):
    def run(*arguments, **options):
        with hidden(root):
            return spread_jobs(*arguments, **options)

    return run
