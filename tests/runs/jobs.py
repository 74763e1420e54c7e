"""What the processes of the tests run: importable, and light to import."""

import multiprocessing
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from evalkit.base.errors import DataError


def run_notebook(notebook, output):
    from evalkit.runs.engine import execute

    execute(notebook, {}, output)


def sleep(seconds):
    time.sleep(seconds)


def fail():
    raise ValueError("甲")


def fail_plainly():
    raise DataError("the table is wrong", ["甲", "乙"])


def fail_at_length():
    raise ValueError("甲" * 200_000)


def leave(code):
    sys.exit(code)


def vanish(code):
    os._exit(code)


def die(number):
    os.kill(os.getpid(), number)


def stay_after_the_end():
    import threading

    threading.Thread(target=time.sleep, args=(60,)).start()


def tell_threads_of_server():
    raise ValueError(f"threads: {len(os.listdir(f'/proc/{os.getppid()}/task'))}")


def tell_lean():
    there = list(sys.modules)
    raise ValueError(f"lean first: {there.index('evalkit.runs.lean') < there.index(__name__)}")


def tell_environment():
    raise ValueError(f"{os.environ.get('OPENBLAS_NUM_THREADS')} {os.environ.get('PYTHONHASHSEED')}")


def tell_span(folder):
    begun = time.monotonic()
    time.sleep(0.2)
    (Path(folder) / str(os.getpid())).write_text(f"{begun} {time.monotonic()}")


def meet(folder, others, seconds=30):
    """Come to a folder, and wait for so many others, who come only while this stays."""
    (Path(folder) / str(os.getpid())).touch()
    end = time.monotonic() + seconds
    while len(os.listdir(folder)) <= others:
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


left = []


def leave_behind(folder, what):
    left.append(what)
    (Path(folder) / str(os.getpid())).touch()


def tell_left():
    raise ValueError(" ".join(left))


def hanging(study):
    """What has been worked out of a study, by name: its tables, what hangs on it and on what hangs there."""
    from dataclasses import is_dataclass

    from evalkit.reporting.made import made

    def below(value, name, seen):
        if id(value) in seen or not is_dataclass(value):
            return
        seen.add(id(value))
        kept = {str(key): found for key, found in vars(value).get("_kept", {}).items()}
        for part, found in (vars(value) | kept).items():
            if part != "_kept":
                yield f"{name}.{part}"
                yield from below(found, f"{name}.{part}", seen)

    return set(below(study, "study", set())) | {str(key) for key in made(study)}


LABEL = "evalkit.reporting.words._bare"  # kept, but for who says it a thousand times: it takes no time to say once


def make_counted(root, kind, name, parameters, template, folder, *formats):
    """Makes a report, and leaves beside the project what it worked out that was not there when it began."""
    import json

    from evalkit import load_study
    from evalkit.runs.report import make_report

    study = load_study(parameters["study"], root=root)
    before = hanging(study)
    make_report(root, kind, name, parameters, template, folder, *formats)
    new = sorted(name for name in hanging(study) - before if LABEL not in name)
    (Path(root) / f"new-{folder.name}.json").write_text(json.dumps(new), encoding="utf-8")


def start_others(folder, *, then=0.0):
    """Leaves its own number and those of two that it starts, one of which leads a session of its own; then goes on."""
    import subprocess

    sleep = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
    started = [subprocess.Popen(sleep, start_new_session=own) for own in (False, True)]
    for pid in (os.getpid(), *(process.pid for process in started)):
        (Path(folder) / str(pid)).touch()
    time.sleep(then)


def start_others_and_stay(folder):
    start_others(folder, then=60)


def start_others_and_kill_the_parent(folder):
    if folder is None:
        return
    start_others(folder)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def take(megabytes):
    return bytes(megabytes * 2**20)


def copy(file, folder):
    """Copy a file into a folder."""
    shutil.copy(file, folder)


def kill_parent():
    """End the process that this one was forked from."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def kill_parent_after(seconds, kills):
    time.sleep(seconds)
    if kills:
        kill_parent()


def made_otherwise():
    """Say what this process is made with: in a worker of a cluster, with another pandas, and without forks."""
    from evalkit.runs.remote import made_with

    if multiprocessing.parent_process() is None:
        return made_with()
    return {name: found for name, found in made_with().items() if name != "fork"} | {"pandas": "1.0"}
