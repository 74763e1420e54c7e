"""A new project: a study with all that it names, and the notebooks that report on it, in a folder of its own."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from evalkit.base import params
from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.base.fields import CODE_RULE, is_code
from evalkit.base.project import CHECKOUT
from evalkit.base.reading import shortened, unwritable
from evalkit.data.dataset import SHIPPED
from evalkit.data.dataset_folder import write_figures
from evalkit.loading import load_study
from evalkit.reference.files import reference, save
from evalkit.reference.kinds import DATASETS, SCHEMAS
from evalkit.runs.parameters import TAG
from evalkit.study import Study, variables_folder
from evalkit.subjects import SUBJECTS

STARTER = Path(__file__).parent / "starter"
REGISTER = r"(?m)^register:.*\n(?:[ \t]+.*\n)*"  # the entry of a study, with the lines below it
FILES = (".yaml", ".yml", ".xlsx", ".csv", ".json", ".ipynb")


def new_project(folder: Path, *, study: Study | None = None) -> Study:
    """Make a project whose one study bears the name of its folder; give that study, loaded.

    It is a copy of `study`, or of the starter: a small province whose figures are made up; with the schemas by which
    an editor checks its files. Of a study whose figures are on record the copy has a dataset of the figures that count:
    who handed them in, and what they once were, stays where it is. The folder appears whole or not at all. Raises
    ParamsError where it is there already, cannot be made, or has no name that a study may have.
    """
    folder = Path(folder).absolute()
    _check_free(folder)
    source = study or load_study("starter", root=STARTER)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        made = Path(beside) / folder.name
        _copy(source, made)
        _name_what_is_here(load_study(folder.name, root=made))
        made.rename(folder)
    return load_study(folder.name, root=folder)


def _check_free(folder: Path) -> None:
    if not is_code(folder.name):
        wrong = Problem("the name", repr(folder.name[:80]), CODE_RULE)
    elif folder.suffix.lower() in FILES:
        wrong = Problem("the name", repr(folder.name), f"that of a folder, without {folder.suffix}")
    elif not folder.parent.is_dir():
        wrong = Problem("the folder", f"no {shortened(folder.parent)}", "a folder that is there")
    elif why := unwritable(folder):
        wrong = Problem("the folder", why, "a folder that can be written")
    elif os.path.lexists(folder):
        wrong = Problem("the folder", "one that is there already", "another name")
    else:
        return
    raise ParamsError(f"{shortened(folder)} is not made", [wrong])


def _copy(study: Study, to: Path) -> None:
    figures, named = variables_folder(study.round, study.root), study.round.variables
    dataset = f"data/{named}" if figures.parent == SHIPPED else named
    for file in study.files:
        _copy_file(file, to / (Path(dataset, file.name) if file.parent == figures else file.relative_to(study.root)))
    if study.round.register:
        write_figures(study.dataset, to / dataset)
    _rename(study.round.code, to, dataset)
    _head(to / dataset / f"{DATASETS.code}.yaml", DATASETS.header(dataset))
    save(reference(to, to / SCHEMAS))
    notebooks = next(root / "notebooks" for root in (study.root, CHECKOUT) if (root / "notebooks").is_dir())
    for notebook in notebooks.glob("*.ipynb"):
        _copy_file(notebook, to / "notebooks" / notebook.name)
    _copy_file(STARTER / ".gitignore", to / ".gitignore")
    _write(to / "README.md", (STARTER / "README.md").read_text(encoding="utf-8").replace("NAME", to.name))


def _name_what_is_here(study: Study) -> None:
    """Have the notebooks, opened by hand, report on this study in its year, each for the first that it can be of."""
    here = {"study": study.round.code, "year": study.round.report_year, "language": study.round.language}
    for subject in SUBJECTS:
        with suppress(EvalkitError, IndexError):  # it has none, or none that can be told yet
            here[subject.name] = subject.codes(study)[0]
    for file in (study.root / "notebooks").glob("*.ipynb"):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if TAG in cell["metadata"].get("tags", ()):
                cell["source"] = [_declared(line, here) for line in cell["source"]]
        _write(file, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def _declared(line: str, here: Mapping[str, object]) -> str:
    """Give a line of a notebook's parameters with what is here for its default, but where that is left open."""
    name, _, default = line.partition("#")[0].strip().partition(" = ")
    if name not in here or not ast.literal_eval(default):
        return line
    return line.replace(default, json.dumps(here[name], ensure_ascii=False), 1)


def _rename(code: str, to: Path, dataset: str) -> None:
    """Have the study bear the name of its folder, and name the dataset where it stands now.

    Its comments stay, but for those in a file where either of the two has no line of its own.
    """
    file = to / "params" / "studies" / f"{code}.yaml"
    text, data = file.read_text(encoding="utf-8-sig"), params.parse(file)[0]
    new = {"code": to.name, "dataset": dataset}
    text = re.sub(REGISTER, "dataset:\\n", text, count=1)
    data.pop("register", None)
    for key, value in new.items():
        line = params.dump({key: value}).strip()
        text = re.sub(rf"""(?m)^(["']?){key}\1\s*:.*$""", lambda _, line=line: line, text, count=1)
    file.unlink()
    renamed = file.with_name(f"{to.name}.yaml")
    _write(renamed, text)
    if not _says(renamed, data | new):
        _write(renamed, params.dump(data | new))


def _says(file: Path, data: dict) -> bool:
    try:
        return params.parse(file)[0] == data
    except ParamsError:
        return False


def _head(file: Path, header: str) -> None:
    """Name the schema at the head of a file that comes from where it has none."""
    text = file.read_text(encoding="utf-8")
    if not text.startswith(header.partition("=")[0]):
        _write(file, f"{header}\n{text}")


def _copy_file(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, place)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
