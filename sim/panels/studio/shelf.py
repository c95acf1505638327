"""Which policies have I kept, how do they come and go as files, and how do they all compare?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import numpy as np

from sim.base.errors import BadInput
from sim.base.places import in_class
from sim.model.policy import Policy
from sim.model.presets import load_policy, policy_names
from sim.panels.live import findings
from sim.panels.live.compute import Difference
from sim.panels.live.compute import differences as paired
from sim.panels.parts import look
from sim.panels.parts.controls import SIDES
from sim.panels.studio.button import LongButton, Work
from sim.panels.studio.compute import StudioAnswer, StudioQuestion, whole_of
from sim.panels.studio.files import file_of, link, load, save, saved_names, shown, taken_in
from sim.panels.studio.job import IsStopped, JobStopped, Tell
from sim.panels.studio.names import MINE, PRESET, title_of

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

LEAGUE = ("ar", "dso", "cash_low", "credit_sales", "bad_debt", "economic_profit", "satisfaction")
LEAGUE_RUNS = 16
League = dict[str, dict[str, Difference]]


class ShelfPage:
    """Save, load, take home, hand over; and a table of all policies against the baseline."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        self._make_keep()
        self._make_shelf()
        self._make_league()
        parts = [*self._keep_row, self._error, self._note, *self._shelf_rows, *self._league_rows]
        self.widget = widgets.VBox(parts, layout=widgets.Layout(overflow="visible"))
        self._fill()

    def draw(self, _found: StudioAnswer, /) -> None:
        """Nothing here follows the runs."""

    def desk_changed(self) -> None:
        """A table of policies against another baseline says nothing any more."""
        self._fill()

    # save -------------------------------------------------------------------------------------------------------

    def _make_keep(self) -> None:
        say = self._words.say
        self._name = widgets.Text(
            placeholder=say("studio.shelf.name"),
            tooltip=say("studio.shelf.name"),
            layout=widgets.Layout(width="220px"),
        )
        self._name.add_class("arlab-policy-name")
        self.keep = {side: self._button(f"studio.shelf.save.{side}", self._saver(side)) for side in SIDES}
        self._error, self._note = look.html("", "arlab-error"), look.html("", "arlab-note")
        head = look.html(look.safe(say("studio.shelf.head")), "arlab-branch")
        row = widgets.HBox(
            [self._name, self.keep["alternative"], self.keep["baseline"]],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        self._keep_row = [head, row]

    def _saver(self, side: str) -> Callable[[], None]:
        def keep() -> None:
            policy, name = self._studio.desk.draft(side).policy(), self._name.value.strip()
            path = save(policy, name)
            self._studio.put(side, policy, f"{MINE}{path.stem}")
            self._fill()
            self._studio.tell("saved")
            saved = "studio.shelf.saved_in_class" if in_class() else "panel.file.saved"
            self._note.value = look.safe(self._words.say(saved, path=shown(path)))

        return keep

    # shelf ------------------------------------------------------------------------------------------------------

    def _make_shelf(self) -> None:
        say = self._words.say
        listed = "studio.shelf.list_in_class" if in_class() else "studio.shelf.list"
        self.list = widgets.Select(
            options=[], tooltip=say(listed), layout=widgets.Layout(width="300px", height="110px")
        )
        self.list.add_class("arlab-shelf")
        self.take = {side: self._button(f"studio.shelf.load.{side}", self._taker(side)) for side in SIDES}
        self._link = look.html("", "arlab-home")
        self.hand_over = widgets.FileUpload(
            accept=".toml",
            multiple=False,
            description=say("studio.shelf.hand_over"),
            layout=widgets.Layout(width="auto"),
        )
        self.hand_over.observe(self._studio.in_turn(self._handed_over), names="value")
        self.list.observe(self._studio.in_turn(lambda _: self._tell_link()), names="value")
        head = look.html(look.safe(say(listed)), "arlab-branch")
        buttons = widgets.VBox([self.take["alternative"], self.take["baseline"], self.hand_over, self._link])
        self._shelf_rows = [head, widgets.HBox([self.list, buttons])]

    def _fill(self) -> None:
        names = saved_names()
        if tuple(names) != tuple(self.list.options):
            self.list.options = names
        for button in self.take.values():
            button.disabled = not names
        self._tell_link()

    def _tell_link(self) -> None:
        name = self.list.value
        path = file_of(name) if name else None
        is_there = path is not None and path.is_file()
        self._link.value = link(path, self._words.say("studio.shelf.home")) if path and is_there else ""

    def _taker(self, side: str) -> Callable[[], None]:
        def take() -> None:
            name = self.list.value
            if name:
                self._studio.put(side, load(name, self._studio.place.in_force()), f"{MINE}{name}")
                self._studio.tell("reread")
                self._note.value = look.safe(self._words.say("panel.file.loaded", path=shown(file_of(name))))

        return take

    def _handed_over(self, change: dict[str, Any]) -> None:
        for handed in change["new"]:

            def take(handed: Any = handed) -> None:
                policy = taken_in(handed["name"], bytes(handed["content"]), self._studio.place.in_force())
                name = file_of(handed["name"]).stem
                self._studio.put("alternative", policy, f"{MINE}{name}")
                self._fill()
                self._note.value = look.safe(self._words.say("panel.file.loaded", path=shown(file_of(name))))

            self._guarded(take)

    # league -----------------------------------------------------------------------------------------------------

    def _make_league(self) -> None:
        say = self._words.say
        self.run = LongButton[League](
            self._studio, "studio.shelf.compare", "arlab-league-go", self._begin, self._show
        )
        self._table = look.html("", "arlab-league")
        head = look.html(look.safe(say("studio.shelf.league")), "arlab-branch")
        row = widgets.HBox(
            [self.run.button, self.run.progress], layout=widgets.Layout(align_items="center", grid_gap="10px")
        )
        self._league_rows = [head, row, self.run.error, self._table]

    def _begin(self) -> Work[League]:
        question, in_force = self._studio.question(), self._studio.place.in_force()
        known = {f"{PRESET}{name}": load_policy(name, base=in_force) for name in policy_names()}
        known |= {f"{MINE}{name}": load(name, in_force) for name in saved_names()}
        return lambda tell, is_stopped: league(question, known, tell, is_stopped)

    def _show(self, found: League) -> None:
        self._studio.tell("league")
        currency = self._studio.place.customers().currency
        heads = "".join(f"<th>{look.safe(self._words.say(f'metric.{name}.name'))}</th>" for name in LEAGUE)
        body = "".join(self._league_row(name, gaps, currency) for name, gaps in found.items())
        note = look.safe(self._words.say("studio.shelf.league.note", runs=LEAGUE_RUNS))
        rows = f"<tr><th></th>{heads}</tr>{body}"
        self._table.value = f'<table class="arlab-table arlab-league-table">{rows}</table><p>{note}</p>'

    def _league_row(self, name: str, gaps: dict[str, Difference], currency: str) -> str:
        cells = []
        for gap in gaps.values():
            amount = self._words.value(gap.difference, gap.unit, currency=currency, signed=True)
            sign = findings.verdict(self._words, gap) if np.isfinite(gap.difference) else ""
            between = self._words.interval(gap.low, gap.high, gap.unit, currency=currency, signed=True)
            cells.append(f'<td title="{look.safe(between)}">{look.safe(amount)}<br>{sign}</td>')
        return f"<tr><td>{look.safe(title_of(self._words, name))}</td>{''.join(cells)}</tr>"

    # all --------------------------------------------------------------------------------------------------------

    def _button(self, key: str, act: Callable[[], None]) -> widgets.Button:
        found = widgets.Button(description=self._words.say(key), layout=widgets.Layout(width="auto"))
        found.on_click(self._studio.in_turn(lambda _: self._guarded(act)))
        return found

    def _guarded(self, act: Callable[[], None]) -> None:
        """A file that cannot be used is explained here, where the person looks, and leaves the work at hand alone."""
        try:
            act()
        except BadInput as bad:
            self._note.value = ""
            self._error.value = look.safe(self._studio.worded(bad))
        else:
            self._error.value = ""


def league(
    question: StudioQuestion, policies: dict[str, Policy], tell: Tell, is_stopped: IsStopped
) -> League:
    """Every policy against the baseline, on the same worlds."""
    total = len(policies) + 1
    tell(0, total)
    before = whole_of(question, question.baseline, LEAGUE, LEAGUE_RUNS)
    found: League = {}
    for done, (name, policy) in enumerate(policies.items(), start=1):
        if is_stopped():
            raise JobStopped
        tell(done, total)
        after = whole_of(question, policy, LEAGUE, LEAGUE_RUNS)
        found[name] = paired(before, after)
    return found
