"""The index system: a tree of groups, of any depth, whose leaves are indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Codes, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index import extension
from evalkit.index.indicator import Indicator, PopulationBase
from evalkit.index.plain_target import TargetStatus
from evalkit.index.plan import Department, Plan

if TYPE_CHECKING:
    import pandas as pd


PROJECT = "project"


def _kind(node: object) -> str:
    has_children = "children" in node if isinstance(node, dict) else isinstance(node, Group)
    return "group" if has_children else "indicator"


Node = Annotated[Annotated["Group", Tag("group")] | Annotated[Indicator, Tag("indicator")], Discriminator(_kind)]


class Group(DeclaredModel):
    """A node above indicators: the index itself, an area, a project, a dimension."""

    code: Code
    name: Named
    level: Code
    weight: float = Field(default=1, ge=0)
    weight_status: TargetStatus = "proposed"
    note: Text | None = None
    responsible: Codes = ()
    children: tuple[Node, ...]

    def __hash__(self) -> int:
        return hash(self.code)

    @model_validator(mode="after")
    def _weighs_with_its_children(self):
        below = any(child.weight for child in self.children)
        if self.weight and not below:
            raise ValueError(f"a child of {self.code!r} with a weight above 0, or weight 0 on {self.code!r} itself")
        if below and not self.weight:
            raise ValueError(f"weight 0 on every child of {self.code!r}, or a weight above 0 on {self.code!r} itself")
        return self

    @property
    def scored_children(self) -> tuple[Group | Indicator, ...]:
        """The children that count in this node's score."""
        return tuple(child for child in self.children if child.weight)


class IndexSystem(DeclaredModel):
    """What is evaluated: a versioned tree of weighted nodes, with its plan and its departments.

    `headline_input` names the one input that stands for all of them where a sentence needs one.
    """

    code: Code
    version: str
    name: Named
    edition: Text | None = None
    population: dict[PopulationBase, Code] = {}
    departments: dict[Code, Department] = {}
    plan: Plan | None = None
    headline_input: Code | None = None
    tree: Group

    @classmethod
    def load(cls, path: Path) -> IndexSystem:
        """Read an index system from YAML, and those that it extends. Raises ParamsError with every offender."""
        return extension.read(cls, path)

    @model_validator(mode="after")
    def _coherent(self):
        wrong = [*self._codes_said_twice(), *self._unknown_departments(), *self._wrong_bases(), *self._unknown_goals()]
        inputs = [i.code for i in self.indicators if i.layer == "input"]
        if self.headline_input and self.headline_input not in inputs:
            known = one_of(self.headline_input, inputs)
            wrong.append((("headline_input",), f"an input in headline_input, not {self.headline_input!r} ({known})"))
        if not self.tree.weight:
            wrong.append((("tree", "weight"), "a weight above 0 on the root of the tree"))
        if wrong:
            raise ContradictionError(wrong)
        return self

    def _codes_said_twice(self) -> Iterator[tuple[tuple, str]]:
        places = {}
        for at, node, parent in _placed(self.tree):
            places.setdefault(node.code, []).append(((*at, "code"), parent))
        for code, found in places.items():
            if len(found) > 1:
                parents = " and ".join(dict.fromkeys(repr(parent.code) if parent else "nothing" for _, parent in found))
                yield found[1][0], f"the code {code!r} once, not {len(found)} times (under {parents})"

    def _unknown_departments(self) -> Iterator[tuple[tuple, str]]:
        for at, node, _ in _placed(self.tree):
            for number, code in enumerate(node.responsible):
                if code not in self.departments:
                    known = one_of(code, self.departments)
                    yield (
                        (*at, "responsible", number),
                        f"a known department on {node.code!r} instead of {code!r} ({known})",
                    )

    def _unknown_goals(self) -> Iterator[tuple[tuple, str]]:
        codes = [indicator.code for indicator in self.indicators]
        for kind in ("goals", "targets") if self.plan else ():
            for number, goal in enumerate(getattr(self.plan, kind)):
                if goal.indicator not in {None, *codes}:
                    known = one_of(goal.indicator, codes)
                    yield (
                        ("plan", kind, number, "indicator"),
                        f"a known indicator for {goal.name.en!r} instead of {goal.indicator!r} ({known})",
                    )

    def _wrong_bases(self) -> Iterator[tuple[tuple, str]]:
        bases = {variable: base for base, variable in self.population.items()}
        for at, node, _ in _placed(self.tree):
            if isinstance(node, Indicator) and node.population_base != bases.get(node.denominator):
                yield (
                    (*at, "population_base"),
                    f"population_base {bases.get(node.denominator) or 'left out'} on {node.code!r},"
                    f" whose denominator is {node.denominator!r}",
                )

    @cached_property
    def nodes(self) -> tuple[Group | Indicator, ...]:
        """Every node, parents before their children, in the order of the file."""
        return tuple(_walk(self.tree))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The nodes that have children."""
        return tuple(node for node in self.nodes if isinstance(node, Group))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator that is shown."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that count in the score of the root."""
        return tuple(node for node in _walk(self.tree, scored=True) if isinstance(node, Indicator))

    @cached_property
    def scored_groups(self) -> tuple[Group, ...]:
        """The groups that count in the score of the root, parents before their children."""
        return tuple(node for node in _walk(self.tree, scored=True) if isinstance(node, Group))

    def root_shares(self, weights: Mapping[str, float] | None = None) -> dict[str, float]:
        """Give every scored node's share in the root, by code: the product of the weights from the root down to it.

        `weights` are within parents, summing to 1; the declared ones, if none are given.
        """
        shares = {self.tree.code: 1.0}
        for group in self.scored_groups:
            total = sum(child.weight for child in group.scored_children)
            for child in group.scored_children:
                within = child.weight / total if weights is None else weights[child.code]
                shares[child.code] = shares[group.code] * within
        return shares

    @cached_property
    def parents(self) -> dict[str, Group]:
        """The group above each node but the root."""
        return {child.code: group for group in self.groups for child in group.children}

    def node(self, code: str) -> Group | Indicator:
        """Give the node of that code; KeyError if there is none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Group | Indicator]:
        return {node.code: node for node in self.nodes}

    def above(self, code: str) -> Iterator[Group]:
        """Give the groups above a node, the nearest first."""
        while code in self.parents:
            yield self.parents[code]
            code = self.parents[code].code

    def indicators_of(self, group: Group) -> tuple[Indicator, ...]:
        """Give the indicators below a group."""
        return tuple(node for node in _walk(self.node(group.code)) if isinstance(node, Indicator))

    def area_of(self, code: str) -> Group:
        """Give the group right under the root that a node is or stands in; the root, for what stands in none."""
        own = [self.node(code)] if isinstance(self.node(code), Group) else []
        below_the_root = [group for group in (*own, *self.above(code)) if group is not self.tree]
        return below_the_root[-1] if below_the_root else self.tree

    def project_of(self, code: str) -> Group:
        """Give the nearest group of level `project` above a node; where there is none, its area."""
        return next((group for group in self.above(code) if group.level == PROJECT), None) or self.area_of(code)

    @cached_property
    def projects(self) -> tuple[Group, ...]:
        """The groups of level `project`, and the areas that scored indicators stand in without one."""
        of_scored = {self.project_of(indicator.code).code for indicator in self.scored}
        return tuple(group for group in self.groups if group.level == PROJECT or group.code in of_scored)

    @property
    def has_projects(self) -> bool:
        """Whether the tree declares projects, or areas stand in their place."""
        return any(group.level == PROJECT for group in self.groups)

    def departments_of(self, code: str) -> tuple[str, ...]:
        """Give the departments that answer for a node: its own, or its nearest ancestor's.

        The lead comes first, and last come those that only report figures.
        """
        node = self.node(code)
        while not node.responsible and node.code in self.parents:
            node = self.parents[node.code]
        return tuple(sorted(node.responsible, key=lambda key: self.departments[key].reports))

    def responsible(self, code: str, year: int, language: str) -> tuple[str, ...]:
        """Name the departments that answer for a node in a year."""
        return tuple(self.departments[key].name_in(year)[language] for key in self.departments_of(code))

    def on_population(self, base: PopulationBase) -> IndexSystem:
        """Give the same system with every per-head indicator divided by that population.

        Raises ParamsError where the system does not name a variable for it.
        """
        if base not in self.population:
            wrong = [Problem("population", repr(base), one_of(base, self.population))]
            raise ParamsError(f"{self.code} does not say which variable counts that population", wrong)
        others, changes = set(self.population.values()), {"denominator": self.population[base], "population_base": base}
        return self.changed(lambda i: i.model_copy(update=changes) if i.denominator in others else i)

    def changed(self, change: Callable[[Indicator], Indicator]) -> IndexSystem:
        """Give the same system with its indicators changed; a group of which no child weighs anything weighs 0."""
        declared = {name: getattr(self, name) for name in IndexSystem.model_fields}
        return IndexSystem.model_validate({**declared, "tree": _changed(self.tree, change)})

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an indicator: code, names, layer, terms, goalposts, weight, target status, reason if unscored."""
        import pandas as pd

        return pd.DataFrame([_row(self, indicator) for indicator in self.indicators]).set_index("code")


def _changed(node: Group | Indicator, change: Callable[[Indicator], Indicator]) -> Group | Indicator:
    if isinstance(node, Indicator):
        return change(node)
    children = tuple(_changed(child, change) for child in node.children)
    weight = node.weight if any(child.weight for child in children) else 0
    return node.model_copy(update={"children": children, "weight": weight})


def _walk(group: Group, *, scored: bool = False) -> Iterator[Group | Indicator]:
    yield group
    for child in group.scored_children if scored else group.children:
        if isinstance(child, Group):
            yield from _walk(child, scored=scored)
        else:
            yield child


def _placed(node: Group | Indicator, at: tuple = ("tree",), parent: Group | None = None) -> Iterator[tuple]:
    """Give every node with the path to it and the group above it."""
    yield at, node, parent
    for number, child in enumerate(node.children if isinstance(node, Group) else ()):
        yield from _placed(child, (*at, "children", number), node)


def _row(system: IndexSystem, indicator: Indicator) -> dict:
    posts = indicator.goalposts
    return {
        "code": indicator.code,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "parent": system.parents[indicator.code].code,
        "layer": indicator.layer,
        "terms": " / ".join(indicator.terms),
        "worst": posts.worst if posts else None,
        "best": posts.best if posts else None,
        "weight": indicator.weight,
        "target_status": indicator.target_status,
        "unscored": indicator.unscored,
    }
