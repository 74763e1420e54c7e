"""python -m evalkit is the evalkit command."""

import sys


def main() -> int:
    """Run the command; an interruption while its modules are still being imported ends it as a later one does."""
    try:
        if sys.argv[1:2] == ["run"]:  # before this process's own imports, beside which the server's go on
            from evalkit.runs.workers import warm_up

            warm_up()
        from evalkit.cli import main as command

        return command()
    except (KeyboardInterrupt, RuntimeError) as error:
        # up to Python 3.11, what interrupts the making of a class is the cause of a RuntimeError
        if KeyboardInterrupt not in map(type, (error, error.__cause__)):
            raise
        print("evalkit: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
