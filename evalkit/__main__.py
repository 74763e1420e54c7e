"""python -m evalkit is the evalkit command."""

import sys


def main() -> int:
    """Run the command; an interruption while its modules are still being imported ends it as a later one does."""
    try:
        from evalkit.cli import main as command

        return command()
    except KeyboardInterrupt:
        print("evalkit: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
