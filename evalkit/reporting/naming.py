"""How a report names what it speaks of, and how it makes its tables, in its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from evalkit.analysis.readings_design import Chapter
from evalkit.base.text import Text
from evalkit.index import Group, IndexSystem, Indicator
from evalkit.reporting.words import LANGUAGES, word
from evalkit.scoring import Evaluation
from evalkit.study import Study
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, Lamp, plain
from evalkit.tabular.table import of_rows

NAMED_LEVELS = {"area", "project"}
# the words for the states that figures have in a dataset
STATE_WORDS = {
    "value": "state_value",
    "missing": "state_missing",
    "not applicable": "state_not_applicable",
    "not due": "state_not_due",
    "disputed": "state_disputed",
}


# what the lamps of targets are called in the last year, in which what is not met is not behind
ENDED = {"lamp_met": "outcome_met", "lamp_behind": "outcome_missed"}


class Naming:
    """The names and labels of a report of a study, in a year and a language."""

    study: Study
    result: Evaluation
    year: int
    language: str

    @property
    def system(self) -> IndexSystem:
        """The index system of the study."""
        return self.study.system

    def region(self, code: str) -> str:
        """Name a city, a county or the province."""
        if code == self.study.all_regions.code:
            return self.word("province")
        return self.study.all_regions.by_code[code].name[self.language]

    def of_region(self, code: str) -> Column:
        """Declare the column of a city or county, which its name labels."""
        return Column(code, self.study.all_regions.by_code[code].name)

    def city_of(self, county: str) -> str:
        """Give the code of the city that a county belongs to."""
        return self.study.all_regions.by_code[county].parent

    def word(self, key: str, **values) -> str:
        """Give a label in the language of the report."""
        return word(self._ended(key), self.language, self.study, **values)

    def _ended(self, key: str) -> str:
        return ENDED[key] if key in ENDED and self.at_the_end else key

    @cached_property
    def at_the_end(self) -> bool:
        """Whether no target of the assessed round is for a later year: what is not met is not behind."""
        targets = (indicator.aim for indicator in self.system.indicators if indicator.target)
        return self.study.assessed is not None and all(target.year <= self.year for target in targets)

    def lamp(self, code: str) -> Lamp:
        """Write the lamp of a target, by its code, as its sign with the words for it."""
        return Lamp(self.word(f"lamp_{code}"), code)

    def state(self, known: str) -> str:
        """Write what is known of a figure: that it has a value, or why it has none."""
        return self.word(STATE_WORDS[known])

    def reference(self, notebook: str, chapter: str, key: str) -> list[str]:
        """Refer to a chapter of a notebook by a sentence; nothing where the study leaves it out."""
        return [] if chapter in self.study.round.leave_out.get(notebook, ()) else [self.word(key)]

    def level_of(self, groups: Iterable[Group]) -> Column:
        """Declare the column of groups of the index, headed by their level where all are of one that has a name."""
        levels = {group.level for group in groups}
        level = levels.pop() if len(levels) == 1 and levels <= NAMED_LEVELS else "group_node"
        return Column("group_node", self.column(level).label)

    def share(self, of: float) -> str:
        """Write a declared share: a third in words, any other in per cent."""
        return self.word("a_third") if of == 1 / 3 else self.word("share_of", n=plain(100 * of))

    def reason(self, indicator: Indicator) -> str:
        """Say why an indicator is not scored."""
        return self.word(indicator.unscored, share=self.share(self.study.round.composition.at_cap))

    def node(self, code: str) -> str:
        """Name a node of the index system."""
        return self.system.node(code).name[self.language]

    def group(self, code: str | None) -> str:
        """Name a group of regions; a sign for a region that has none."""
        groups = self.study.all_regions.groups
        return groups[code][self.language] if code in groups else NOT_PRINTED

    def named_department(self, code: str) -> str:
        """Name a department as it was called in the year."""
        return self.system.departments[code].name_in(self.year)[self.language]

    def band(self, code: str) -> str:
        """Name a band of the round's scale, or what is not rated."""
        return self.study.rules.bands.name_of(code)[self.language]

    def rule(self, kind: str) -> str:
        """Name a rule of the grade; an earmark by its declared name."""
        return self.study.rules.gates.earmark.name[self.language] if kind == "earmark" else self.word(f"rule_{kind}")

    def target_name(self, code: str) -> str:
        """Name an indicator; one whose targets in cities are parts of the province's total says so."""
        name = self.node(code)
        return self.word("apportioned_name", name=name) if code in self.study.assessed.cities.parts else name

    def source(self, name: str) -> str:
        """Name a source of uncertainty by what it varies, with its own name where that is another."""
        source = self.study.uncertainty.sources[name]
        varied = getattr(source, "of", source.kind)
        label = self.word(f"source_{varied}")
        own = name not in (varied, "weights" if varied == "weight_noise" else varied)
        return self.word("in_brackets", name=label, note=name) if own else label

    def listed(self, names: Iterable[str]) -> str:
        """Write names one after another; the word for none where there is none."""
        return ("、" if self.language == "zh" else ", ").join(names) or self.word("none")

    def texts(self, declared: Iterable[Text | None]) -> list[str]:
        """Give the texts that there are, in the language of the report."""
        return [text[self.language] for text in declared if text]

    def chapter_notes(self, chapter: Chapter) -> list[str]:
        """Give what the round declares that a reader of a chapter must know."""
        return self.texts(self.study.round.readings.notes.get(chapter, ()))

    def joined(self, sentences: Iterable[str]) -> str:
        """Write sentences one after another, as one paragraph."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def table(self, rows: Sequence[Mapping], columns: Iterable = (), **values) -> Table:
        """Make a table of rows of cells by key.

        A key is a column, or the word that labels it, whose braces `values` fill. `columns` names the keys in their
        order where there may be no row.
        """
        keys = columns or dict.fromkeys(key for row in rows for key in row)
        declared = {key: key if isinstance(key, Column) else self.column(key, **values) for key in keys}
        return of_rows(rows, declared, self.language)

    def column(self, key: str, of: object = "", **values) -> Column:
        """Declare a column by the word that labels it; `of` is what tells it from others of that word, in its code.

        What a tree without projects has in their place is not called so.
        """
        named = "group_node" if key == "project" and not self.system.has_projects else self._ended(key)
        label = {to: word(named, to, self.study, **values) for to in LANGUAGES}
        return Column(f"{key}_{of}" if of else key, Text(**label))

    @property
    def edition(self) -> str:
        """Which edition of the index system this is; nothing where it declares none."""
        return self.system.edition[self.language] if self.system.edition else ""

    @property
    def status(self) -> str:
        """How final the round is, and of which day its figures are, where it is meant as it stood on one."""
        status, day = self.word(self.study.round.status), self.study.day
        if day is None:
            return status
        return self.word("status_on_day", status=status, day=self.on_day(day))

    def on_day(self, day: date) -> str:
        """Write a day in a sentence."""
        return self.word("on_day", year=day.year, month=day.month, day=day.day)

    @property
    def system_version(self) -> str:
        """The index system by its name, with its edition and version."""
        name = self.system.name[self.language]
        titled = self.word("in_brackets", name=name, note=self.edition) if self.edition else name
        return f"{titled} {self.system.version}"

    @property
    def edition_line(self) -> str:
        """What stands on every page: the index by its full name, its version, and the status of the round."""
        edition = f"{self.edition} {self.system.version}".lstrip()
        return " · ".join((self.headline, edition, self.status))

    @property
    def mark(self) -> str | None:
        """What stands on all that is made of made-up data; None where they are real."""
        synthetic = self.study.dataset.metadata.synthetic
        return synthetic and synthetic[self.language]

    @property
    def projects(self) -> tuple[Group, ...]:
        """The projects of the plan."""
        return self.system.projects

    @property
    def scored_projects(self) -> tuple[Group, ...]:
        """The projects that count in the index."""
        return tuple(p for p in self.projects if p in self.system.scored_groups)

    @property
    def headline(self) -> str:
        """What the index is called, on every page."""
        if not self.system.has_projects:
            return self.node(self.result.root)
        covered, total = len(self.scored_projects), len(self.projects)
        key = "headline_whole" if covered == total else "headline_name"
        return self.word(key, name=self.node(self.result.root), covered=covered, total=total)

    def area_of(self, indicator: Indicator) -> str:
        """Name the area of the plan that an indicator stands in."""
        return self.system.area_of(indicator.code).name[self.language]

    def project_of(self, indicator: Indicator) -> str:
        """Name the project, or the area where it belongs to none."""
        return self.system.project_of(indicator.code).name[self.language]
