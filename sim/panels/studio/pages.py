"""What can be looked at beside the levers? Pages, each made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import ipywidgets as widgets

from sim.measure import METRICS
from sim.panels.live import findings
from sim.panels.live.compute import Lived
from sim.panels.parts import look
from sim.panels.parts.charts import Chart
from sim.panels.studio.compute import StudioAnswer, as_answer
from sim.panels.studio.draft import differing
from sim.panels.studio.metrics import MetricChooser
from sim.panels.studio.table import table

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

PAGES = ("charts", "figures", "why", "assumptions", "policies", "report")


class Page(Protocol):
    """One page: a widget, what it does with a new answer, and with a new desk."""

    widget: widgets.Widget

    def draw(self, found: StudioAnswer, /) -> None:
        """There is a new answer."""

    def desk_changed(self) -> None:
        """Something else is on the table."""


class Pages:
    """A row of buttons and the page that was chosen. Charts and figures stand ready, the rest when wanted."""

    def __init__(self, studio: Studio):
        self._studio, say = studio, studio.words.say
        self.choice = widgets.ToggleButtons(
            options=[(say(f"studio.page.{page}"), page) for page in PAGES], style={"button_width": "auto"}
        )
        self.choice.add_class("arlab-pages")
        self._charts = ChartsPage(studio)
        self._figures = FiguresPage(studio)
        self._made: dict[str, Page] = {"charts": self._charts, "figures": self._figures}
        self._place = widgets.VBox([self._charts.widget], layout=widgets.Layout(overflow="visible"))
        self.choice.observe(studio.in_turn(lambda change: self.open(change["new"])), names="value")
        self.widget = widgets.VBox([self.choice, self._place], layout=widgets.Layout(overflow="visible"))

    def charts(self) -> tuple[str, ...]:
        """Which figures are drawn?"""
        return self._figures.chooser.charts

    def table(self) -> tuple[str, ...]:
        """Which figures are compared?"""
        return self._figures.chooser.table

    def open(self, page: str) -> None:
        """Open a page, making it if need be."""
        if page not in self._made:
            self._made[page] = makers()[page](self._studio)
        made = self._made[page]
        self._place.children = (made.widget,)
        if self.choice.value != page:
            self.choice.value = page
        made.desk_changed()
        if self._studio.current is not None:
            made.draw(self._studio.current)

    def draw(self, found: StudioAnswer) -> None:
        """The page that is open first; figures are always kept up to date."""
        shown = self._made[str(self.choice.value)]
        shown.draw(found)
        if shown is not self._figures:
            self._figures.draw(found)

    def sweep(self, alternative: Lived) -> None:
        """The first months of the lines to come."""
        if self.choice.value == "charts":
            self._charts.sweep(alternative)

    def desk_changed(self) -> None:
        """Something else is on the table."""
        self._made[str(self.choice.value)].desk_changed()

    def tell_again(self) -> None:
        """Send the browser all that ever changes."""
        self._charts.tell_again()
        self._figures.tell_again()


def makers() -> dict[str, Callable[[Studio], Page]]:
    """How are the other pages made? Brought in when first wanted: they make a page open late."""
    from sim.panels.studio.assumed import AssumptionsPage
    from sim.panels.studio.report import ReportPage
    from sim.panels.studio.shelf import ShelfPage
    from sim.panels.studio.why import WhyPage

    return {"why": WhyPage, "assumptions": AssumptionsPage, "policies": ShelfPage, "report": ReportPage}


class ChartsPage:
    """Up to six figures over the months, both policies' lines in their bands."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        self._charts: dict[str, Chart] = {}
        self._shown: tuple[str, ...] = ()
        self._changes = look.html("", "arlab-note", "arlab-changes")
        self._grid = widgets.GridBox(
            [],
            layout=widgets.Layout(
                grid_template_columns="repeat(2, minmax(0, 1fr))", width="100%", grid_gap="2px 6px"
            ),
        )
        self.widget = widgets.VBox([self._grid, self._changes], layout=widgets.Layout(overflow="visible"))

    def draw(self, found: StudioAnswer) -> None:
        """Draw these runs of both policies."""
        names = found.question.charts
        self._hang(names)
        sides = {"alternative": found.alternative, "baseline": found.baseline}
        for name in names:
            self._charts[name].draw(sides, found.currency)
        for name in names:
            self._charts[name].entitle(findings.said_difference(self._words, as_answer(found), name))

    def sweep(self, alternative: Lived) -> None:
        """The first months of the lines to come."""
        for name in self._shown:
            self._charts[name].sweep(alternative)

    def desk_changed(self) -> None:
        """Say how many levers differ; which they are shows beside them."""
        desk = self._studio.desk
        count = len(differing(desk.baseline.values, desk.alternative.values))
        key = (
            "studio.changes.none"
            if not count
            else "studio.changes.one"
            if count == 1
            else "studio.changes.many"
        )
        self._changes.value = look.safe(self._words.say(key, count=count))

    def tell_again(self) -> None:
        """Send the browser all that ever changes."""
        for name in self._shown:
            self._charts[name].tell_again()
        self._changes.send_state("value")

    def _hang(self, names: tuple[str, ...]) -> None:
        if names == self._shown:
            return
        for name in names:
            if name not in self._charts:
                self._charts[name] = Chart(self._words, name, METRICS[name].unit)
        self._shown = names
        self._grid.children = tuple(self._charts[name].widget for name in names)


class FiguresPage:
    """The table of differences, and behind a click the choice of figures."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        self.chooser = MetricChooser(studio.words, self._chosen, studio.in_turn)
        self._table = look.html("", "arlab-differences")
        self.only_clear = widgets.Checkbox(
            description=studio.words.say("studio.only_clear"),
            indent=False,
            layout=widgets.Layout(width="auto"),
        )
        self.only_clear.observe(studio.in_turn(lambda _: self._again()), names="value")
        self.choose = widgets.ToggleButton(
            description=studio.words.say("studio.metrics.choose"),
            icon="list",
            layout=widgets.Layout(width="auto"),
        )
        self.choose.add_class("arlab-choose-figures")
        self.choose.observe(studio.in_turn(self._fold), names="value")
        bar = widgets.HBox(
            [self.choose, self.only_clear], layout=widgets.Layout(align_items="center", grid_gap="14px")
        )
        self._folded = widgets.VBox([])
        self.widget = widgets.VBox(
            [bar, self._folded, self._table], layout=widgets.Layout(overflow="visible")
        )

    def draw(self, found: StudioAnswer) -> None:
        """The chosen figures of these runs."""
        self._table.value = table(self._words, found, self.chooser.table, only_clear=self.only_clear.value)

    def desk_changed(self) -> None:
        """The figures follow when there is an answer."""

    def tell_again(self) -> None:
        """Send the browser all that ever changes."""
        self._table.send_state("value")

    def _again(self) -> None:
        if self._studio.current is not None:
            self.draw(self._studio.current)

    def _chosen(self) -> None:
        """Other figures: those of the table are known already, other charts must be lived anew."""
        self._again()
        if self._studio.current is None or self._studio.current.question.charts != self.chooser.charts:
            self._studio.ask()

    def _fold(self, change: dict[str, bool]) -> None:
        self._folded.children = (self.chooser.widget,) if change["new"] else ()
