"""What tables print: the functions of `evalkit.reporting.chapters`, whose tables come as printed frames."""

from functools import cache, wraps
from inspect import isfunction
from types import ModuleType

from evalkit.reporting import chapters as package
from evalkit.tabular import Table


class Printing:
    """A module whose functions give what their tables print; what is to be patched is patched in the module itself."""

    __slots__ = ("module",)

    def __init__(self, module):
        self.module = module

    def __getattr__(self, name):
        found = getattr(self.module, name)
        return Printing(found) if isinstance(found, ModuleType) else printing(found) if isfunction(found) else found


@cache
def printing(make):
    """Have a function give what its table prints."""

    @wraps(make)
    def printed(*given, **options):
        made = make(*given, **options)
        return made.printed if isinstance(made, Table) else made

    return printed


chapters = Printing(package)


def __getattr__(name):
    return getattr(chapters, name)
