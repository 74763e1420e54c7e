"""python -m evalkit is the evalkit command."""

import sys


def main() -> int:
    """Run the command; an interruption while its modules are still being imported ends it as a later one does."""
    try:
        if sys.argv[1:2] == ["run"] and not _may_stand(sys.argv[2:]):
            from evalkit.runs.workers import warm_up

            warm_up()  # before this process's own imports, beside which the server's go on
        from evalkit.cli import main as command

        return command()
    except (KeyboardInterrupt, RuntimeError) as error:
        # up to Python 3.11, what interrupts the making of a class is the cause of a RuntimeError
        if KeyboardInterrupt not in map(type, (error, error.__cause__)):
            raise
        print("evalkit: stopped", file=sys.stderr)
        return 130


def _may_stand(arguments: list[str]) -> bool:
    """Whether a run of the study was here before, so that there may be nothing to make and the server for nothing."""
    from evalkit.base.errors import ParamsError
    from evalkit.base.project import default_study, project_root, study_names

    try:
        studies = {*arguments} & {*study_names()} or {default_study()}
        runs = [path for name in studies for path in project_root().glob(f"outputs/{name}/*/manifest.json")]
    except ParamsError:  # which the command tells
        return True
    return bool(runs) and "--force" not in arguments


if __name__ == "__main__":
    sys.exit(main())
