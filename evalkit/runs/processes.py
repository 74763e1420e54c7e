"""What a process that does one job may take, and how it is ended together with all that it has started."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psutil

try:
    import fcntl
    import resource
except ImportError:  # Windows has neither
    fcntl = resource = None


def set_apart(lifeline: Connection, memory: int | None) -> None:
    """Make this process the first of a group and a session of its own, each process of which may have so much memory.

    The group is killed when nobody holds the other end of the `lifeline` any more: by the kernel, on Linux; elsewhere
    it outlives an owner that is killed itself. `memory` is in bytes, of what is allocated to be written to
    (RLIMIT_DATA), and not of what is only reserved or shared. Windows has no groups, and only Linux heeds the limit.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpid())  # of the group, not of this process alone
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, os.O_ASYNC)
        if lifeline.poll():  # the owner was gone before
            os.killpg(0, signal.SIGKILL)
    if resource and memory:
        _limit(memory)


def may_take() -> int | None:
    """Give how many bytes of memory this process may have; None where nobody has set a limit."""
    limit = resource.getrlimit(resource.RLIMIT_DATA)[0] if resource else -1
    return None if not resource or limit == resource.RLIM_INFINITY else limit


def lift_limit() -> None:
    """Let this process have what it needs to say that it came to its limit."""
    if resource:
        _limit(resource.getrlimit(resource.RLIMIT_DATA)[1])


def end(process: BaseProcess) -> int | None:
    """End a process, if it has not ended, with all that it has started, and give its exit code.

    That is its group, and what descends from it: also what has set a session of its own, unless it was left behind by
    a parent that has ended, as a daemon is.
    """
    descendants = [] if wait([process.sentinel], 0) else _descendants(process.pid)
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for each in descendants:
        with suppress(psutil.Error):
            each.kill()
    process.join()
    code = process.exitcode
    process.close()
    return code


def _descendants(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=True)
    return []


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
