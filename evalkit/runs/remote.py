"""What a worker of a cluster does: a process beside it holds what jobs need, and runs each of them as its fork.

A worker of Dask has many threads, so it cannot be forked from, and is a daemon, which may have no children of
multiprocessing: the process beside it is a program of its own.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from socket import SHUT_RDWR, socket
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from uuid import uuid4
from weakref import finalize

from evalkit.base import fingerprint
from evalkit.base.errors import EvalkitError, Problem
from evalkit.runs import archive, manifest
from evalkit.runs.scheduling import ENVIRONMENT, Job, Outcome, death

PATIENCE = 300.0  # seconds that a process waits for what it is to hold


@dataclass(frozen=True)
class Ground:
    """What jobs rest on, as each worker gets it once.

    Attributes
    ----------
    work : the pickled `workers.Work`, which only the process beside a worker reads.
    preload : modules that are imported before it is read.
    files : what stands in the folder in which jobs run, by path.
    stage : the runner's own folder; a worker that sees it leaves results there.
    token : the name of a file in it, by which a worker knows that it is the same.
    made_with : what the runner is made with.
    """

    work: bytes
    preload: tuple[str, ...]
    files: Mapping[str, bytes]
    stage: Path
    token: str
    made_with: Mapping[str, str]


_warm: dict[tuple[str, ...], _Beside] = {}  # by what they have imported, until a host takes them


class HostDiedError(EvalkitError):
    """The process beside a worker has ended, for no fault of the job that it was asked to do."""


class Host:
    """The process beside a worker: begun with the first job, begun anew where it has died, ended with this object.

    A copy, as Dask makes them for other workers, begins its own.
    """

    def __init__(self, ground: Ground):
        self._ground, self._lock = ground, Lock()
        self._beside: _Beside | None = None

    def __reduce__(self):
        return Host, (self._ground,)

    def make(self, folder: str, job: Job) -> tuple[Outcome, bytes | Path]:
        """Run a job, whose paths are relative to where it runs; give its outcome, and what it has left in `folder`.

        That is a folder in the runner's stage where this machine sees it, and elsewhere an archive.

        Raises
        ------
        EvalkitError
            This worker is made with something else than the runner.
        HostDiedError
            The process ended, or could not begin.
        """
        with self._lock:
            if self._beside is None or self._beside.has_ended:
                check_made_with(self._ground.made_with)
                self._beside = _ready(self._ground.preload)
                self._beside.take(self._ground)
        beside = self._beside
        (beside.place / folder).mkdir(parents=True, exist_ok=True)
        here = tuple(beside.place / each if isinstance(each, Path) else each for each in job.arguments)
        outcome = beside.run(replace(job, arguments=here))
        return outcome, _handed_over(beside.place / folder, self._ground)


def warm_up(preload: tuple[str, ...]) -> None:
    """Begin the process of a host to come, whose imports go on beside what the runner works out meanwhile."""
    _warm[preload] = _Beside(preload)


def _ready(preload: tuple[str, ...]) -> _Beside:
    warm = _warm.pop(preload, None)
    return _Beside(preload) if warm is None or warm.has_ended else warm


class _Beside:
    """One such process, in a folder of its own."""

    def __init__(self, preload: tuple[str, ...]):
        self._folder = TemporaryDirectory(prefix="evalkit-", ignore_cleanup_errors=True)
        self.place = Path(self._folder.name)
        self._channel, theirs = Pipe()
        with theirs:
            self._process = _begun(theirs.fileno(), preload, self.place)
        self._sending, self._places = Lock(), count()
        self._asked: dict[int, Future[Outcome]] = {}
        Thread(target=_listen, args=(self._channel, self._process, self._asked), daemon=True).start()
        finalize(self, _hang_up, self._channel)

    def take(self, ground: Ground) -> None:
        """Have the process hold what jobs rest on."""
        for name, content in ground.files.items():
            (self.place / name).parent.mkdir(parents=True, exist_ok=True)
            (self.place / name).write_bytes(content)
        self._send(self._channel.send_bytes, ground.work)

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def run(self, job: Job) -> Outcome:
        place, answer = next(self._places), Future()
        self._asked[place] = answer
        self._send(self._channel.send, (place, job))
        return answer.result()

    def _send(self, send, what) -> None:
        try:
            with self._sending:
                send(what)
        except ConnectionError:
            raise _died(self._process) from None


def _begun(number: int, preload: tuple[str, ...], folder: Path) -> subprocess.Popen:
    command = [sys.executable, "-P", "-m", __name__, str(number), *preload]
    path = os.pathsep.join(filter(None, sys.path))  # what this process can import, that one can
    return subprocess.Popen(command, cwd=folder, env=os.environ | ENVIRONMENT | {"PYTHONPATH": path}, pass_fds=[number])


def _listen(channel: Connection, process: subprocess.Popen, asked: dict[int, Future[Outcome]]) -> None:
    with suppress(EOFError, OSError):
        while True:
            place, outcome = channel.recv()
            if outcome:  # or it has but begun
                asked.pop(place).set_result(outcome)
    died = _died(process)
    while asked:
        asked.popitem()[1].set_exception(died)


def _died(process: subprocess.Popen) -> HostDiedError:
    return HostDiedError(death(process.wait()))


def _hang_up(channel: Connection) -> None:
    """End both sides of a channel, also for the thread that listens; to close it would not wake that one."""
    with suppress(OSError), socket(fileno=os.dup(channel.fileno())) as line:
        line.shutdown(SHUT_RDWR)


def _seen(ground: Ground) -> Path | None:
    """Give the runner's stage where this machine sees it."""
    return ground.stage if (ground.stage / ground.token).is_file() else None


def _handed_over(folder: Path, ground: Ground) -> Path | bytes:
    """Move a folder to where this worker's end does not take it away; give it as an archive where there is no such."""
    if stage := _seen(ground):
        return Path(shutil.move(folder, stage / f".{uuid4().hex}"))
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    archive.pack(files, path := folder.with_suffix(".zip"))
    shutil.rmtree(folder)
    return path.read_bytes()


@cache
def made_with() -> dict[str, str]:
    """Give what must be the same on all machines: versions, and what the library hashes to."""
    library = fingerprint.digest(fingerprint.inputs(fingerprint.source_files(), fingerprint.PACKAGE.parent))
    forks = {"fork": "there"} if hasattr(os, "fork") else {}
    return manifest.versions() | fingerprint.versions(["distributed"]) | {"library": library[:12]} | forks


def others(theirs: Mapping[str, str], ours: Mapping[str, str], where: str) -> list[Problem]:
    """Name what is made with something else."""
    names = dict.fromkeys([*ours, *theirs])
    said = {name: [f"{name} {found.get(name, 'not there')}" for found in (theirs, ours)] for name in names}
    return [Problem(where, found, expected) for found, expected in said.values() if found != expected]


def check_made_with(ours: Mapping[str, str]) -> None:
    """Raise EvalkitError where this machine, come late to the cluster, is not as the runner is."""
    if wrong := others(made_with(), ours, platform.node()):
        raise EvalkitError("a worker is not as the runner is", wrong)


def main(number: str, *preload: str) -> None:
    """Be the process beside a worker, to which the channel of that number leads."""
    channel = Connection(int(number))
    for name in preload:
        import_module(name)
    from evalkit.runs.workers import host_jobs

    if channel.poll(PATIENCE):
        with suppress(EOFError):  # nobody needs it any more
            host_jobs(channel.recv(), {}, channel)


if __name__ == "__main__":
    main(*sys.argv[1:])
