"""A process that puts submissions on record: `python -m tests.register.writer URL NAME SUBMISSIONS FIGURES`."""

import sys

from evalkit.register.register import Register
from tests.register.conftest import entry, figures, submission


def main(url, name, most, size):
    register = Register.make(url)
    units = [str(number) for number in range(int(size))]
    table = figures(*map(float, range(int(size))), unit=units)
    print("ready", flush=True)
    for number in range(int(most)):
        register.receive(submission(f"{name}-{number}"), table, entry((4, 1), by=name))
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
