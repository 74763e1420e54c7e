"""How a process that does one job is ended, together with all that it has started."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None


def set_apart(lifeline: Connection) -> None:
    """Make this process the first of a group and a session of its own, which ends with its owner.

    The group is killed when nobody holds the other end of the `lifeline` any more: by the kernel, on Linux; elsewhere
    it outlives an owner that is killed itself. Windows has no such groups.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    if hasattr(fcntl, "F_SETSIG"):
        own = os.open(f"/proc/self/fd/{lifeline.fileno()}", os.O_RDONLY)  # what is set is shared with other holders
        fcntl.fcntl(own, fcntl.F_SETOWN, -os.getpid())  # of the group, not of this process alone
        fcntl.fcntl(own, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(own, fcntl.F_SETFL, os.O_ASYNC)
        if lifeline.poll():  # the owner was gone before
            os.killpg(0, signal.SIGKILL)


def end(process: BaseProcess) -> int | None:
    """End a process, if it has not ended, with all that it has started, and give its exit code.

    That is its group, and what descends from it: also what has set a session of its own, unless it was left behind by
    a parent that has ended, as a daemon is.
    """
    descendants = [] if wait([process.sentinel], 0) else _descendants(process.pid)
    with suppress(ProcessLookupError, PermissionError, AttributeError):  # it leads none; Windows has none
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for pid in descendants:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    process.join()
    code = process.exitcode
    process.close()
    return code


def _descendants(pid: int) -> list[int]:
    import psutil  # only where something is stopped

    try:
        return [each.pid for each in psutil.Process(pid).children(recursive=True)]
    except psutil.Error:  # it has just ended
        return []
