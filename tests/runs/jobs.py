"""What the processes of the tests run: importable, and light to import."""

import os
import sys
import time
from pathlib import Path

from evalkit.errors import DataError


def run_notebook(notebook, output):
    from evalkit.runs.engine import execute

    execute(notebook, {}, output)


def sleep(seconds):
    time.sleep(seconds)


def leave_pid(folder):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


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


def die(signal):
    os.kill(os.getpid(), signal)


def stay_after_the_end():
    import threading

    threading.Thread(target=time.sleep, args=(60,)).start()


def tell_threads_of_server():
    raise ValueError(f"threads: {len(os.listdir(f'/proc/{os.getppid()}/task'))}")


def tell_environment():
    raise ValueError(f"{os.environ.get('OPENBLAS_NUM_THREADS')} {os.environ.get('PYTHONHASHSEED')}")


def run_report(notebook, root, output):
    """Executes a notebook of a project, and leaves beside it what of its results was read and not computed."""
    from evalkit import cache
    from evalkit.runs.engine import execute

    os.environ["EVALKIT_ROOT"] = str(root)
    built, read = cache._read, []

    def noted(part, build):
        found = built(part, build)
        read.append(part.name) if found is not None else None
        return found

    cache._read = noted
    execute(notebook, {}, output)
    output.with_suffix(".read").write_text(" ".join(sorted(set(read))))
