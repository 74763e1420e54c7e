"""What a study declares of the register that its figures come from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.project import inside

if TYPE_CHECKING:
    from evalkit.register.register import Register

ENVIRONMENT = "env:"
SERVER = "postgresql"


class RegisterDesign(DeclaredModel):
    """The register of a round, in place of a dataset.

    `store` is a file of the project (SQLite), the URL of a PostgreSQL database, or `env:NAME`, which takes either from
    an environment variable, so that no password stands in a file. `variables` names the dataset whose metadata declare
    the variables, and `publication` that of them from which figures are that no earlier figure tells it of. From the
    status `accepted` on a figure counts. `checks` and `calendar` name the files of what a submission must pass, and of
    who must do what by when.
    """

    store: str
    variables: str
    publication: Code
    accepted: Literal["submitted", "verified", "final"] = "submitted"
    checks: Code | None = None
    calendar: Code | None = None

    def open(self, root: Path) -> Register:
        """Open the register of a project. Raises ParamsError where there is none, or what reads it is not installed."""
        return _register().open(self.url(root))

    def make(self, root: Path) -> Register:
        """Make the register of a project, or open the one that is there. Raises ParamsError as `open` does."""
        return _register().make(self.url(root))

    def url(self, root: Path) -> str:
        """Give the URL of the store of a project. Raises ParamsError where it is none, or leads out of the project."""
        store = self._named()
        if store.startswith((f"{SERVER}://", f"{SERVER}+psycopg://")):
            return store.replace(f"{SERVER}://", f"{SERVER}+psycopg://")
        if "://" in store:
            expected = f"a file of the project, or {SERVER}://…"
            raise ParamsError("the register has no store", [Problem("register.store", repr(store), expected)])
        return f"sqlite:///{inside(root, store, 'register.store')}"

    def _named(self) -> str:
        if not self.store.startswith(ENVIRONMENT):
            return self.store
        name = self.store.removeprefix(ENVIRONMENT)
        if not os.environ.get(name):
            wrong = Problem(f"the environment variable {name}", "nothing", f"a file of the project, or {SERVER}://…")
            raise ParamsError("the register has no store", [wrong])
        return os.environ[name]


def _register() -> type[Register]:
    try:
        from evalkit.register.register import Register
    except ModuleNotFoundError as error:
        wrong = Problem(str(error.name), "not installed", "the extra `register`: pip install 'evalkit[register]'")
        raise ParamsError("the register cannot be read", [wrong]) from None
    return Register
