"""Controls for a notebook: city, year and weights to choose, and below them what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import ModuleType

from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.reporting.explore import tables
from evalkit.reporting.explore.sentences import said
from evalkit.reporting.explore.what_if import WhatIf, adjustable, what_if
from evalkit.reporting.prose import STRONG, plain_text
from evalkit.study import Study

STEP = 0.5  # of a slider, in per cent
RENDERED = "jp-RenderedHTMLCommon"  # by which JupyterLab sets tables in controls as it sets those of other outputs
SHOWN = (tables.standing, tables.weights, tables.ranking, tables.moved)


def explorer(study: Study, *, city: str = "", year: int | None = None, language: str | None = None) -> Explorer:
    """Give the controls of a study, set to a city, a year and the study's own weights.

    Raises ParamsError where the study has no such city, year or language, or there is nothing to make controls of.
    """
    return Explorer(what_if(study, city=city, year=year, language=language), _library())


class Explorer:
    """Controls, and a page that follows them; where a notebook is only read, the page as it was made.

    `sliders` are by the code of the node, in per cent of its group; `found` is what is shown.
    """

    def __init__(self, start: WhatIf, widgets: ModuleType):
        self.found, self._widgets, report = start, widgets, start.own
        self._study, self._start = report.study, 100 * report.result.weights
        cities = {report.region(code): code for code in report.study.regions.index}
        self.city = self._choice("city", cities, report.city)
        self.year = self._choice("year", {str(year): year for year in report.study.years}, report.year)
        weighed = [child.code for group in adjustable(report.system) for child in group.scored_children]
        self.sliders = {code: self._slider(code) for code in weighed}
        self.reset = widgets.Button(description=report.word("back_to_own"), layout={"width": "auto"})
        self.page = widgets.HTML(page(start))
        self._box = widgets.VBox([widgets.HBox([self.city, self.year, self.reset]), self._weights(), self.page])
        self.reset.on_click(self._go_back)
        self._follow()

    @property
    def weights(self) -> dict[str, float]:
        """The weights as the sliders stand, of the groups of which one has been moved."""
        return {
            child.code: self._weight(child.code)
            for group in adjustable(self._study.system)
            if any(self._is_moved(child.code) for child in group.scored_children)
            for child in group.scored_children
        }

    def _weight(self, code: str) -> float:
        """Give a weight that was not moved as it is, and not as a slider rounds it."""
        return self.sliders[code].value if self._is_moved(code) else float(self._start[code])

    def _is_moved(self, code: str) -> bool:
        return self.sliders[code].value != self._shown(code)

    def _shown(self, code: str) -> float:
        return round(float(self._start[code]), 1)

    def _choice(self, key: str, options: Mapping[str, object], value: object):
        return self._widgets.Dropdown(description=self.found.own.word(key), options=list(options.items()), value=value)

    def _slider(self, code: str):
        return self._widgets.FloatSlider(
            value=self._shown(code),
            min=0,
            max=100,
            step=STEP,
            description=self.found.own.node(code),
            continuous_update=False,
            readout_format=".1f",
            style={"description_width": "12em"},
            layout={"width": "34em"},
        )

    def _weights(self):
        named = {group.code: self.found.own.node(group.code) for group in adjustable(self._study.system)}
        boxes = [
            self._widgets.VBox([self._widgets.HTML(f"<b>{escape(name)}</b>"), *self._of(code)])
            for code, name in named.items()
        ]
        return self._widgets.VBox(boxes)

    def _of(self, group: str) -> list:
        return [self.sliders[child.code] for child in self._study.system.node(group).scored_children]

    def _follow(self) -> None:
        for control in (self.city, self.year, *self.sliders.values()):
            control.observe(self._show, names="value")

    def _go_back(self, _button: object) -> None:
        for code, slider in self.sliders.items():
            slider.unobserve(self._show, names="value")
            slider.value = self._shown(code)
            slider.observe(self._show, names="value")
        self._show()

    def _show(self, _change: object = None) -> None:
        report, at = self.found.own, {"city": self.city.value, "year": self.year.value}
        if names := self._without_weight():
            self.page.value = _paragraph(report.word("explore_no_weight", names=report.listed(names)))
            return
        try:
            self.found = what_if(self._study, self.weights, language=report.language, **at)
            self.page.value = page(self.found)
        except EvalkitError as error:
            self.page.value = _paragraph(report.word("explore_refused", why=error.brief))

    def _without_weight(self) -> list[str]:
        """Name the groups in which every slider stands at 0."""
        groups = adjustable(self._study.system)
        return [self.found.own.node(group.code) for group in groups if not any(s.value for s in self._of(group.code))]

    def _repr_mimebundle_(self, **options) -> dict[str, object]:
        """Show the controls in a notebook that runs, and the page in one that is read."""
        return {**self._box._repr_mimebundle_(**options), "text/html": page(self.found)}


def page(found: WhatIf) -> str:
    """Give what is said of a what-if and its tables, as HTML."""
    shown = SHOWN if found.groups else (tables.standing, tables.moved)
    parts = "\n".join([*map(_paragraph, said(found)), *(table(found).html for table in shown)])
    return f'<div class="{RENDERED}">{parts}</div>'


def _paragraph(text: str) -> str:
    strong = [plain_text(escape(part, quote=False)) for part in text.split(STRONG)]
    return f"<p>{''.join(f'<strong>{part}</strong>' if odd % 2 else part for odd, part in enumerate(strong))}</p>"


def _library() -> ModuleType:
    try:
        import ipywidgets
    except ImportError:
        wrong = Problem("ipywidgets", "not installed", "the extra: pip install 'evalkit[lab]'")
        raise ParamsError("controls need another library", [wrong]) from None
    return ipywidgets
