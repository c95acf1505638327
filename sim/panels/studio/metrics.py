"""Which figures are compared and which are drawn? Chosen from all there are, by search or by subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from sim.measure import METRICS
from sim.panels.parts.look import html, safe
from sim.panels.studio.compute import FIRST_CHARTS, FIRST_TABLE, MOST_CHARTS
from sim.words import Words

GROUPS = (
    "balances", "ages", "overdue_days", "payments", "payment_pattern", "money", "working_capital", "losses",
    "expected_loss", "service", "relationship", "exposure", "early_warning", "disputes", "promises", "bills",
    "lead_times", "gaming", "forecast",
)  # fmt: skip
EVERY = ":every:"
LIST_HEIGHT = "196px"


def group_of(metric: str) -> str:
    """Under which subject is this figure measured?"""
    return METRICS[metric].function.__module__.rsplit(".", 1)[-1]


def grouped(metrics: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """These figures by subject; figures keep their order within one."""
    found = [(group, [name for name in metrics if group_of(name) == group]) for group in GROUPS]
    return [(group, names) for group, names in found if names]


class MetricChooser:
    """Two lists: what there is, and what was chosen. `changed` is called after a person changed the choice."""

    def __init__(self, words: Words, changed: Callable[[], None], in_turn: Callable[..., Any]):
        self._words, self._changed, self._in_turn = words, changed, in_turn
        self.table: tuple[str, ...] = FIRST_TABLE
        self.charts: tuple[str, ...] = FIRST_CHARTS
        self._texts = {
            name: f"{self._name(name)} {words.say(f'metric.{name}.help')} {name}".casefold()
            for name in METRICS
        }
        self._make_parts()
        self._fill()

    def _name(self, metric: str) -> str:
        return self._words.say(f"metric.{metric}.name")

    def _make_parts(self) -> None:
        say, layout = self._words.say, widgets.Layout
        self.search = widgets.Text(placeholder=say("studio.metrics.search"), layout=layout(width="170px"))
        self.search.add_class("arlab-metric-search")
        subjects = [(say(f"studio.group.{group}"), group) for group in GROUPS]
        self.group = widgets.Dropdown(
            options=[(say("studio.metrics.every"), EVERY), *subjects], value=EVERY,
            tooltip=say("studio.metrics.subject"), layout=layout(width="176px"),
        )  # fmt: skip
        self.there_is = self._list(say("studio.metrics.there_is"), "arlab-there-is")
        self.chosen = self._list(say("studio.metrics.chosen"), "arlab-chosen")
        self.add = self._button("studio.metrics.add", self._add)
        self.remove = self._button("studio.metrics.remove", self._remove)
        self.draw = self._button("studio.metrics.draw", self._draw)
        self.usual = self._button("studio.metrics.usual", self._usual)
        self._about = html("", "arlab-note", "arlab-about-metric")
        self._said = html("", "arlab-note")
        self.search.observe(self._in_turn(lambda _: self._fill()), names="value")
        self.group.observe(self._in_turn(lambda _: self._fill()), names="value")
        for shown in (self.there_is, self.chosen):
            shown.observe(self._in_turn(self._explain), names="value")
        self.widget = self._laid_out()

    def _laid_out(self) -> widgets.Widget:
        say, layout = self._words.say, widgets.Layout
        find = widgets.HBox([self.search, self.group])
        left = widgets.VBox([find, self.there_is, self.add])
        named = html(safe(say("studio.metrics.chosen")), "arlab-note")
        named.layout = layout(height="32px", padding="8px 0 0")
        buttons = widgets.HBox([self.remove, self.draw, self.usual])
        right = widgets.VBox([named, self.chosen, buttons])
        lists = widgets.HBox([left, right], layout=layout(grid_gap="10px", flex_flow="row wrap"))
        return widgets.VBox([lists, self._about, self._said], layout=layout(overflow="visible"))

    def _list(self, label: str, name: str) -> widgets.SelectMultiple:
        found = widgets.SelectMultiple(
            tooltip=label, layout=widgets.Layout(width="352px", height=LIST_HEIGHT)
        )
        found.add_class(name)
        return found

    def _button(self, key: str, act: Callable[[], None]) -> widgets.Button:
        found = widgets.Button(description=self._words.say(key), layout=widgets.Layout(width="auto"))
        found.on_click(self._in_turn(lambda _: act()))
        return found

    def matches(self) -> tuple[str, ...]:
        """Which figures fit what was searched for, by subject?"""
        wanted = self.search.value.casefold().split()
        groups = GROUPS if self.group.value == EVERY else (self.group.value,)
        order = [name for group, names in grouped(tuple(METRICS)) for name in names if group in groups]
        return tuple(name for name in order if all(word in self._texts[name] for word in wanted))

    def _fill(self) -> None:
        found = self.matches()
        self.there_is.options = [(self._name(name), name) for name in found]
        self.chosen.options = [
            (self._shown(name), name) for _, names in grouped(self.table) for name in names
        ]
        self._said.value = safe(
            self._words.say(
                "studio.metrics.counted", found=len(found), all=len(METRICS), chosen=len(self.table)
            )
        )

    def _shown(self, metric: str) -> str:
        mark = self._words.say("studio.metrics.drawn") if metric in self.charts else ""
        return f"{self._name(metric)}{mark}"

    def _explain(self, change: dict[str, Any]) -> None:
        if change["new"]:
            name = change["new"][-1]
            told = f"<b>{safe(self._name(name))}</b> {safe(self._words.say(f'metric.{name}.help'))}"
            self._about.value = told

    def _add(self) -> None:
        fresh = tuple(name for name in self.there_is.value if name not in self.table)
        self._take(self.table + fresh, self.charts)

    def _remove(self) -> None:
        gone = set(self.chosen.value)
        self._take(tuple(name for name in self.table if name not in gone), self.charts)

    def _draw(self) -> None:
        """The charts are what was marked, the rest as it was, up to six."""
        wanted = tuple(self.chosen.value)
        if wanted:
            kept = tuple(name for name in self.charts if name not in wanted)
            self._take(self.table, (*wanted, *kept)[:MOST_CHARTS])

    def _usual(self) -> None:
        self._take(FIRST_TABLE, FIRST_CHARTS)

    def _take(self, table: tuple[str, ...], charts: tuple[str, ...]) -> None:
        self.table, self.charts = table or FIRST_TABLE[:1], charts
        self._fill()
        self._changed()
