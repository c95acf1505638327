"""What does a panel show: the sentence on top, the charts, the table, how far the runs have come?"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from sim.measure import METRICS
from sim.panels.live import findings
from sim.panels.live.compute import BATCHES, Answer, Glance
from sim.panels.live.question import Question
from sim.panels.live.setup import Setup
from sim.panels.parts import look
from sim.panels.parts.charts import Chart
from sim.words import Words

FEW = 4  # so many charts stand in two columns, more in three


class Results:
    """The part of a panel that only shows. It is told answers, and sends the browser what changed of them."""

    def __init__(self, words: Words, setup: Setup):
        self._words, self._setup = words, setup
        self.error = look.html("", "arlab-error")
        self.file_error = look.html("", "arlab-error", "arlab-file-error")  # where the person is looking
        self.note = look.html("", "arlab-note")
        self.finding = look.html(look.safe(words.say("panel.finding.first")), "arlab-finding")
        self.guessed = look.html("", "arlab-guessed")
        self.grounds = look.html("", "arlab-grounds")
        self.charts = {name: Chart(words, name, METRICS[name].unit) for name in setup.charts}
        self.table = look.html("", "arlab-differences")
        self.progress = look.html("", "arlab-note", "arlab-progress")
        self.stop = widgets.Button(
            description=words.say("panel.run.stop"), layout=widgets.Layout(width="auto", height="24px")
        )
        self.stop.add_class("arlab-stop")
        self.is_running = False
        self._drawn: Question | None = None
        self._shown = (0, 0)  # step and runs of the picture

    def sweep(self, found: Glance) -> None:
        """The first months of a picture that shows the same customers in the same times."""
        if self._drawn is not None and self._drawn.is_alike(found.question):
            for chart in self.charts.values():
                chart.sweep(found.alternative)

    def draw(self, found: Answer, step: int, guessed: str) -> None:
        """The lines first: they are what a person waits for."""
        self._drawn = found.question
        sides = {"alternative": found.alternative, "baseline": found.baseline}
        for chart in self.charts.values():
            chart.draw(sides, found.currency)
        for name, chart in self.charts.items():
            chart.entitle(findings.said_difference(self._words, found, name))
        self.finding.value = look.safe(findings.headline(self._words, found))
        self.table.value = findings.table(self._words, found, self._setup.table)
        self.guessed.value = look.safe(guessed)
        self._shown = (step, found.runs)
        self._tell_progress(*self._shown)
        if step == len(BATCHES):
            self.set_running(False)

    def set_running(self, running: bool) -> None:
        """Say whether runs are under way."""
        self.is_running = running
        self.stop.description = self._words.say("panel.run.stop" if running else "panel.run.go")
        self._tell_progress(*((0, 0) if running else self._shown))

    def tell_again(self) -> None:
        """A page has opened. What was said while it still took in the panel may have been lost: say it again."""
        for chart in self.charts.values():
            chart.tell_again()
        lines = (
            self.error,
            self.file_error,
            self.note,
            self.finding,
            self.guessed,
            self.grounds,
            self.table,
            self.progress,
        )
        for line in lines:
            line.send_state("value")
        self.stop.send_state("description")

    def run_row(self, again: widgets.Widget | None) -> widgets.Widget:
        """Legend, progress, stop; and the way back to the start, where there is one."""
        row = [look.html(legend(self._words), "arlab-legend"), self.progress, self.stop]
        layout = widgets.Layout(align_items="center", grid_gap="10px", flex_flow="row wrap")
        return widgets.HBox([*row, *([again] if again is not None else [])], layout=layout)

    def chart_grid(self) -> widgets.Widget:
        """The charts, side by side."""
        columns = min(len(self.charts), 2) if len(self.charts) <= FEW else 3
        return widgets.GridBox(
            [chart.widget for chart in self.charts.values()],
            layout=widgets.Layout(
                grid_template_columns=f"repeat({columns}, minmax(0, 1fr))", width="100%", grid_gap="2px 6px"
            ),
        )

    def _tell_progress(self, step: int, runs: int) -> None:
        bar = f'<progress max="{len(BATCHES)}" value="{step}" aria-hidden="true"></progress>'
        said = self._words.say("panel.run.progress", runs=runs, total=sum(BATCHES))
        self.progress.value = bar + look.safe(said)


def laid_out(
    results: Results, heads: list[widgets.Widget], levers: widgets.Widget, top: widgets.Widget,
    below: list[widgets.Widget], again: widgets.Widget | None, seen: Callable[[object], None],
) -> widgets.Widget:  # fmt: skip
    """The whole panel: choices, findings, levers beside charts, table, files. `seen` is called when a page opens."""
    layout = widgets.Layout
    left = widgets.VBox([*heads, levers], layout=layout(flex="0 0 auto", overflow="visible"))
    right = widgets.VBox(
        [results.run_row(again), results.chart_grid()],
        layout=layout(flex="1 1 0", min_width="0", overflow="hidden"),
    )
    body = widgets.HBox([left, right], layout=layout(grid_gap="14px", overflow="visible"))
    body.add_class("arlab-beside")
    said = [results.error, results.finding, results.guessed, results.grounds]
    parts = [look.style_sheet(), top, *said, body, results.table, results.file_error, *below]
    panel = widgets.VBox(parts, layout=layout(width="100%", overflow="visible"))
    panel.add_class("arlab-panel")
    panel._view_count = 0  # the browser counts from here
    panel.observe(seen, names="_view_count")
    return panel


def legend(words: Words) -> str:
    """What do the lines and bands stand for?"""
    parts = [
        f'<span class="arlab-key arlab-key-{key}"></span>{look.safe(words.say(f"panel.legend.{key}"))}'
        for key in ("baseline", "alternative", "band")
    ]
    return " &nbsp; ".join(parts)
