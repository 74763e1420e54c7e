"""What every report has: a study, its evaluation, a year and a language; and the names that it is written with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from evalkit.analysis.design import Chapter
from evalkit.analysis.ranks import rank_range
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.text import Text
from evalkit.data import Panel
from evalkit.index import Group, IndexSystem, Indicator
from evalkit.readings.counties import Counties
from evalkit.readings.equality import Equality
from evalkit.readings.findings import Findings
from evalkit.readings.yields import Yields
from evalkit.reporting.words import LANGUAGES, word
from evalkit.scoring import Evaluation, effective_weights
from evalkit.scoring.draws import Draws
from evalkit.study import Study
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, Lamp, number, plain
from evalkit.tabular.table import in_language, of_rows


class Report:
    """What the reports of a city and of a round share."""

    study: Study
    result: Evaluation
    year: int
    language: str
    code = ""  # of the city or department that it is made for

    def _check(self, **more: tuple[object, list]) -> None:
        """Refuse what the study does not know; `more` maps a name to a value and the known ones."""
        asked = {"year": (self.year, list(self.study.years)), "language": (self.language, ["zh", "en"])}
        wrong = [
            Problem(name, repr(value), one_of(value, known))
            for name, (value, known) in (more | asked).items()
            if value not in known
        ]
        if wrong:
            raise ParamsError(f"the study {self.study.round.code} has no such report", wrong)

    @property
    def system(self) -> IndexSystem:
        """The index system of the study."""
        return self.study.system

    @property
    def yields(self) -> Yields | None:
        """What the cities yield for what they spend in the year; None where the round or its data do not have it."""
        found = Yields.of(self.study, self.year) if self.study.round.readings.efficiency else None
        return found if found and found.frontier else None

    @property
    def findings(self) -> Findings:
        """What the round reads beside its score."""
        return Findings.of(self.study)

    @property
    def equality(self) -> Equality:
        """How equal the cities are."""
        return Equality.of(self.study)

    @property
    def counties(self) -> Counties:
        """How equal the counties were in each census that the report shows."""
        return Counties.of(self.study, self.year)

    @property
    def level(self) -> Decimal:
        """The level of the readings' intervals, in per cent."""
        return number(100 * self.findings.declared.level, 0)

    @property
    def years(self) -> range:
        """The years of the round up to the report's own: it shows no figure of a later one."""
        return range(self.study.years[0], self.year + 1)

    @cached_property
    def panel(self) -> Panel:
        """What the report's own evaluation rests on, up to the year of the report."""
        return self.result.panel.until(self.year)

    @property
    def previous(self) -> int | None:
        """The year before, if the study covers it."""
        return self.year - 1 if self.year - 1 in self.study.years else None

    def region(self, code: str) -> str:
        """Name a city, a county or the province."""
        if code == self.study.all_regions.code:
            return self.word("province")
        return self.study.all_regions.table.loc[code, f"name_{self.language}"]

    def of_region(self, code: str) -> Column:
        """Declare the column of a city or county, which its name labels."""
        return Column(code, self.study.all_regions.by_code[code].name)

    def city_of(self, county: str) -> str:
        """Give the code of the city that a county belongs to."""
        return self.study.all_regions.by_code[county].parent

    def word(self, key: str, **values) -> str:
        """Give a label in the language of the report."""
        return word(key, self.language, self.study, **values)

    def lamp(self, state: str) -> Lamp:
        """Write a state as its sign with the words for it."""
        return Lamp.of(self.word(f"lamp_{state}"), state)

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

    def told(self, notes: Iterable[Text | None]) -> list[str]:
        """Give the notes that there are, in the language of the report."""
        return [note[self.language] for note in notes if note]

    def chapter_notes(self, chapter: Chapter) -> list[str]:
        """Give what the round declares that a reader of a chapter must know."""
        return self.told(self.study.round.readings.notes.get(chapter, ()))

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
        """Declare a column by the word that labels it; `of` is what tells it from others of that word, in its code."""
        label = {
            to: word(key, to, self.study, **{name: in_language(value, to) for name, value in values.items()})
            for to in LANGUAGES
        }
        return Column(f"{key}_{of}" if of else key, Text(**label))

    @cached_property
    def points(self) -> pd.Series:
        """What each scored indicator weighs in the index, out of 100."""
        return 100 * effective_weights(self.result.weights, self.system)

    @cached_property
    def ranks_by_alternative(self) -> pd.DataFrame:
        """Ranks of every city in the year, one column a way of scoring, the report's own (`main`) first."""
        ways = {"main": self.result} | self.study.alternatives
        root = self.result.root
        return pd.DataFrame({code: e.ranks[root].xs(self.year, level="year") for code, e in ways.items()})

    @cached_property
    def rank_range(self) -> pd.DataFrame:
        """Best and worst rank of every city over all ways of scoring."""
        return rank_range(self.ranks_by_alternative)

    @property
    def most_moved(self) -> pd.DataFrame:
        """Best and worst rank of each city whose rank depends most on the way of scoring; no row where none does."""
        widths = self.rank_range.worst - self.rank_range.best
        return self.rank_range[(widths == widths.max()) & (widths > 0)]

    @property
    def edition(self) -> str:
        """Which edition of the index system this is; nothing where it declares none."""
        return self.system.edition[self.language] if self.system.edition else ""

    @property
    def edition_line(self) -> str:
        """What stands on every page: the index by its full name, its version, the status of the round, and the mark."""
        edition = f"{self.edition} {self.system.version}".lstrip()
        return " · ".join(
            (self.headline, edition, self.word(self.study.round.status), *([self.mark] if self.mark else []))
        )

    @property
    def mark(self) -> str | None:
        """What stands on all that is made of made-up data, in both languages; None where they are real."""
        synthetic = self.study.dataset.metadata.synthetic
        return synthetic and f"{synthetic.zh} / {synthetic.en}"

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
        return self.word(
            "headline_name",
            name=self.node(self.result.root),
            covered=len(self.scored_projects),
            total=len(self.projects),
        )

    def area_of(self, indicator: Indicator) -> str:
        """Name the area of the plan that an indicator stands in."""
        return self.system.area_of(indicator.code).name[self.language]

    def project_of(self, indicator: Indicator) -> str:
        """Name the project, or the area where it belongs to none."""
        return self.system.project_of(indicator.code).name[self.language]

    @cached_property
    def draws(self) -> Draws:
        """The draws of the year under the uncertainty that the round declares."""
        return self.study.draws(self.year)


@dataclass(frozen=True)
class RoundReport(Report):
    """All cities in one year. Tables and figures of the round take it as their only argument."""

    study: Study
    result: Evaluation
    year: int
    language: str

    def __post_init__(self):
        self._check()
