"""A PostgreSQL server of the tests' own, where Debian's package or another is installed."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine

USER = "evalkit"
_NUMBERS = count()


def programs():
    """The folder of the server's programs; None where there are none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return found and Path(found).resolve().parent


def lacking():
    """Why no server can be started; nothing where one can."""
    if not programs():
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    return "" if os.getuid() or _account() else "PostgreSQL does not run as root, and there is no user postgres"


def _account():
    import pwd  # which Windows does not have

    return next((one for one in pwd.getpwall() if one.pw_name == "postgres"), None)


@contextmanager
def running():
    """Start a server that listens on a socket in a folder of its own, and stop it; gives its URL."""
    folder = Path(mkdtemp(prefix="pg-"))  # short: the path of a socket has 107 characters at most
    own = {} if os.getuid() else {"user": "postgres"}
    if own:
        os.chown(folder, _account().pw_uid, _account().pw_gid)
    run = partial(subprocess.run, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **own)
    control, data = [programs() / "pg_ctl", "--pgdata", folder / "data", "--wait"], folder / "data"
    options = f"-c listen_addresses='' -c fsync=off -k {folder}"
    try:
        run([programs() / "initdb", "--pgdata", data, "--auth=trust", "--no-sync", "-U", USER, "-E", "UTF8"])
        run([*control, "--log", folder / "log", "--options", options, "start"])
        try:
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            run([*control, "--mode=immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def apart(url):
    """Give the URL of a schema of the server in which nothing stands yet."""
    name = f"s{os.getpid()}_{next(_NUMBERS)}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return f"{url}&options=-csearch_path%3D{name}"
