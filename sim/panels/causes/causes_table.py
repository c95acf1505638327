"""Which move helps against which cause? Lived through in the model while you watch, with intervals."""

from __future__ import annotations

import ipywidgets as widgets

from sim.panels.causes.cause_moves import (
    CAP_DAYS,
    CAUSES,
    EACH,
    MOVE_KINDS,
    RUNS,
    Cause,
    Effect,
    Looked,
    MoveKind,
    effects,
    led_to,
)
from sim.panels.live.by_and_by import ByAndBy, keep_told
from sim.panels.parts import look
from sim.panels.parts.drawing import panel, row
from sim.words import Language, Words

Table = dict[MoveKind, dict[Cause, Effect]]
SHADES = (("#0b5592", "#ffffff"), ("#8fb9d9", "#1f2933"), ("#cfe0ee", "#1f2933"))
"""Background and ink of a good effect: more than two thirds, one third, a tenth of the largest."""
NOT_YET = '<td style="text-align:right">…</td>'
BAD_SHADE = ("#f3d5cc", "#1f2933")


def worked(looked: Looked, step: int) -> Table:
    """One more move with each step."""
    led_to(None)
    return {move: effects(move, looked) for move in MOVE_KINDS[:step]}


class CausesTable(widgets.VBox):
    """Moves down, causes across; darker is more. A list chooses days saved or satisfaction."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        looked: tuple[Looked, ...] = ("days", "satisfaction")
        self._looked = widgets.ToggleButtons(
            options=[(say(f"labs.credit.cause.looked.{name}"), name) for name in looked],
            value="days",
            style={"button_width": "135px"},
        )
        self._looked.add_class("arlab-cause-looked")
        self._looked.observe(lambda _: self._ask(), names="value")
        self._slow = ByAndBy[Looked, Table](self.words, worked, self._show, steps=len(MOVE_KINDS))
        self._table = look.html("", "arlab-differences")
        note = say("labs.credit.cause.note", each=EACH, runs=RUNS, cap=CAP_DAYS)
        parts = (
            row(say("labs.credit.cause.looked"), self._looked),
            self._slow.widget,
            self._table,
            look.html(look.safe(note), "arlab-note"),
        )
        super().__init__([panel(*parts)], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-causes-table")
        keep_told(self, self._slow)
        self._ask()

    def _ask(self) -> None:
        self._slow.ask(self._looked.value)

    def _show(self, found: Table, step: int) -> None:
        del step
        largest = max(abs(effect.mean) for by_cause in found.values() for effect in by_cause.values())
        heads = ["", *(self.words.say(f"archetype.{cause}.name") for cause in CAUSES)]
        head = "".join(f'<th style="text-align:right">{look.safe(said)}</th>' for said in heads)
        lines = "".join(self._row(move, found.get(move), largest) for move in MOVE_KINDS)
        self._table.value = f'<table class="arlab-table"><tr>{head}</tr>{lines}</table>'

    def _row(self, move: MoveKind, by_cause: dict[Cause, Effect] | None, largest: float) -> str:
        name, about = (
            look.safe(self.words.say(f"labs.credit.{key}.{move}")) for key in ("move", "move_help")
        )
        cells = [f'<td><span title="{about}">{name}</span></td>']
        cells += [self._cell(by_cause[cause], largest) if by_cause else NOT_YET for cause in CAUSES]
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, effect: Effect, largest: float) -> str:
        good = effect.mean < 0 if self._looked.value == "days" else effect.mean > 0
        style = _shade(abs(effect.mean) / largest, good) if effect.is_clear else ""
        mean = look.safe(self.words.number(effect.mean, 1, signed=True))
        between = look.safe(
            self.words.say(
                "format.interval",
                low=self.words.number(effect.low, 1, signed=True),
                high=self.words.number(effect.high, 1, signed=True),
            )
        )
        strong = f"<b>{mean}</b>" if effect.is_clear else mean
        return f'<td style="text-align:right;{style}">{strong}<br><small>{between}</small></td>'


def _shade(share: float, good: bool) -> str:
    if not good:
        paper, ink = BAD_SHADE if share > 0.1 else ("", "")
    else:
        places = [share > 2 / 3, share > 1 / 3, share > 0.1]
        paper, ink = SHADES[places.index(True)] if any(places) else ("", "")
    return f"background:{paper};color:{ink}" if paper else ""


def causes_table(lang: Language = "en") -> CausesTable:
    """Seven ways of answering late payment against six causes of it, in the whole model."""
    return CausesTable(lang)
