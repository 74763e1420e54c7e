"""Where the params, notebooks and outputs of a project stand, and the files of its params by name."""

import os
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import CODE_RULE, is_code

CHECKOUT = Path(__file__).resolve().parents[2]  # where evalkit itself stands
SHIPPED_STUDY = "zhejiang-public"
DEFAULT_REGIONS = "zhejiang"
# Of what is filled in as a table; every other kind is YAML.
SUFFIXES = {"findings": (".yaml", ".xlsx"), "self_assessed": (".csv", ".xlsx")}


def project_root(start: Path | None = None) -> Path:
    """Find the folder that holds `params/studies`: from EVALKIT_ROOT, from `start` upwards, or this checkout.

    A notebook runs in its own folder and papermill in its caller's: nothing may depend on either.
    """
    declared = os.environ.get("EVALKIT_ROOT")
    here = Path(start or _called_in()).resolve()
    candidates = [Path(declared)] if declared else [here, *here.parents, CHECKOUT]
    for folder in candidates:
        if (folder / "params" / "studies").is_dir():
            return folder
    raise ParamsError(f"no folder params/studies in {candidates[0]} or above it; set EVALKIT_ROOT")


def _called_in() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise ParamsError(
            "the folder in which this was called is gone", [Problem(".", "nothing", "cd to it again")]
        ) from None


def study_names(root: Path | None = None) -> list[str]:
    """Name the studies of a project."""
    return sorted(path.stem for path in ((root or project_root()) / "params" / "studies").glob("*.yaml"))


def default_study(root: Path | None = None) -> str:
    """Name the study that is meant where none is named: the project's only one, or the one that evalkit ships.

    Raises ParamsError where it is not clear.
    """
    names = study_names(root)
    if len(names) == 1:
        return names[0]
    if SHIPPED_STUDY in names:
        return SHIPPED_STUDY
    raise ParamsError("it is not clear which study is meant", [Problem("STUDY", "nothing", one_of("", names))])


def default_regions(root: Path) -> str:
    """Name the regions that are meant where none are named: the project's only ones, or those that evalkit ships.

    Raises ParamsError where it is not clear.
    """
    names = sorted(path.stem for path in (root / "params" / "regions").glob("*.yaml"))
    if len(names) == 1:
        return names[0]
    if not names or DEFAULT_REGIONS in names:
        return DEFAULT_REGIONS
    raise ParamsError("it is not clear which regions are meant", [Problem("--regions", "nothing", one_of("", names))])


def place(root: Path, kind: str, name: str) -> Path:
    """Give the place of a file of params, which need not be there.

    Raises ParamsError where the name is no code, or where two files bear it.
    """
    if not is_code(name):
        raise ParamsError(f"{name[:80]!r} cannot be the name of a file", [Problem(kind, repr(name[:80]), CODE_RULE)])
    places = [root / "params" / kind / file for file in _files(kind, name)]
    there = [path for path in places if os.path.isfile(path)]
    if len(there) > 1:
        both = Problem(f"params/{kind}", " and ".join(path.name for path in there), "one of them: take the others away")
        raise ParamsError(f"it is not clear which {kind} {name!r} names", [both])
    path = (there or places)[0]
    check_kept(root, path, kind)
    return path


def find(root: Path, kind: str, name: str) -> Path:
    """Give a file of params. Raises ParamsError where it is not there."""
    path = place(root, kind, name)
    if not os.path.isfile(path):
        known = sorted({p.stem for pattern in _files(kind, "[!~]*") for p in path.parent.glob(pattern)})
        files = " or ".join(_files(kind, name))
        raise ParamsError(f"there is no params/{kind}/{files}", [Problem(kind, repr(name), one_of(name, known))])
    return path


def inside(root: Path, name: str, key: str) -> Path:
    """Give what `key` declares by its path in the project. Raises ParamsError where the path leads out of it."""
    root = root.resolve()
    try:
        path = Path(os.path.realpath(root / name))
    except ValueError:  # a character that no path holds
        path = root.parent
    if path == root or not path.is_relative_to(root):
        raise ParamsError(f"{key} leads out of the project", [Problem(key, repr(name), f"a path inside {root}")])
    return root / name


def check_kept(root: Path, path: Path, key: str) -> None:
    """Raise ParamsError where a path inside a folder is, or leads through, a link out of it."""
    leads = Path(os.path.realpath(path))
    if not leads.is_relative_to(os.path.realpath(root)):
        wrong = Problem(key, f"{path.name}, a link to {leads}", f"a file inside {root}")
        raise ParamsError(f"{path} leads out of the project", [wrong])


def _files(kind: str, name: str) -> list[str]:
    return [f"{name}{suffix}" for suffix in SUFFIXES.get(kind, (".yaml",))]
