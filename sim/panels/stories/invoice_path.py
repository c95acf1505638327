"""By which way does an order become cash? One invoice, step by step: who did what, with which paper, after how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from sim.base.days import NEVER
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.stories.path_story import PATH_KINDS, Path, Paths, Step, stretches
from sim.panels.stories.replay import sheets
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.words import Language, Words

NAMED = ("reason", "move", "outcome")
"""What a step tells by a name, and under which branch of the words it stands."""
BRANCHES = {"reason": "hold_reason", "move": "move", "outcome": "outcome"}


def invoice_path(
    lang: Language = "en",
    *,
    portfolio: str = "manufacturer",
    policy: str = "as_is",
    scenario: str = "normal",
    seed: int = 1,
) -> widgets.Widget:
    """The path of an invoice from order to cash; the learner chooses which kind of invoice.

    Raises BadInput for an unknown portfolio, policy or scenario.
    """
    return InvoicePath(lang, life_of(Told(portfolio, policy, scenario, seed))).widget


class InvoicePath:
    """Chooses an invoice and uncovers its steps one after the other."""

    def __init__(self, lang: Language, life: Life):
        self.words, self.life = Words(lang), life
        self._paths = Paths(life)
        self._names = life.names(lang)
        self._among: list[int] = []
        self._place = 0
        self._shown = 1
        self._make_controls()
        self.widget = self._laid_out()
        self._choose()

    # parts ------------------------------------------------------------------------------------------------------

    def _make_controls(self) -> None:
        say = self.words.say
        kinds: dict[str, str] = {kind: say(f"path.kind.{kind}") for kind in PATH_KINDS}
        self._kind = dropdown(say("path.kind"), kinds, PATH_KINDS[0], "auto")
        self._kind.add_class("arlab-path-kind")
        self._kind.observe(lambda _: self._choose(), names="value")
        self._another = self._button("another", "", lambda _: self._go(self._place + 1))
        self._next = self._button("next", "primary", lambda _: self._uncover(self._shown + 1))
        self._all = self._button("all", "", lambda _: self._uncover(len(self.path.steps) if self.path else 0))
        self._again = self._button("again", "", lambda _: self._uncover(1))
        self._counted = look.html("", "arlab-note")
        self._page = look.html("", "arlab-path-box")

    def _button(self, name: str, style: str, act: Callable[[Any], None]) -> widgets.Button:
        found = widgets.Button(
            description=self.words.say(f"path.{name}"),
            tooltip=self.words.say(f"path.{name}"),
            button_style=style,
            layout=widgets.Layout(width="auto", margin="2px 6px 2px 0"),
        )
        found.add_class(f"arlab-path-{name}")
        found.on_click(act)
        return found

    def _laid_out(self) -> widgets.Widget:
        row = widgets.Layout(flex_flow="row wrap", align_items="center", overflow="visible")
        parts = [
            sheets(),
            widgets.HBox([self._kind, self._another, self._counted], layout=row),
            widgets.HBox([self._next, self._all, self._again], layout=row),
            self._page,
        ]
        panel = widgets.VBox(parts, layout=widgets.Layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel.add_class("arlab-replay")
        return panel

    # what is shown ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        self._among = self._paths.of_kind(self._kind.value)
        self._go(0)

    def _go(self, place: int) -> None:
        """Show the invoice at this place among those of its kind; after the last comes the first."""
        self.path: Path | None = None
        if not self._among:
            self._counted.value = ""
            self._page.value = f'<p class="arlab-soft">{look.safe(self.words.say("path.none"))}</p>'
            return
        self._place = place % len(self._among)
        self.path = self._paths.of(self._among[self._place])
        number = self.words.number
        said = self.words.say("path.place", place=number(self._place + 1), count=number(len(self._among)))
        self._counted.value = look.safe(said)
        self._uncover(1)

    def _uncover(self, steps: int) -> None:
        """Show so many of its steps."""
        if self.path is None:
            return
        self._shown = min(steps, len(self.path.steps))
        self._next.disabled = self._all.disabled = self._shown == len(self.path.steps)
        self._page.value = page(self.words, self.life, self.path, self._shown, self._names)


def page(words: Words, life: Life, path: Path, shown: int, names: list[str]) -> str:
    """An invoice's path, its first so many steps uncovered."""
    head = words.say(
        "path.head",
        document=life.document(path.document),
        customer=names[path.customer],
        amount=words.money(path.amount_fen, life.currency),
        due=words.date(path.due_on),
    )
    rows = "".join(_row(words, life, path, step, seen=place < shown) for place, step in enumerate(path.steps))
    columns = ("day", "department", "what", "document", "row")
    heads = "".join(f"<th>{look.safe(words.say(f'path.column.{column}'))}</th>" for column in columns)
    is_done = shown == len(path.steps)
    bar = _bar(words, life, path) if is_done else '<div class="arlab-stretches arlab-empty"></div>'
    end = look.safe(_ended(words, life, path)) if is_done else "&nbsp;"
    note = look.safe(words.say("path.note"))
    return (
        f'<div class="arlab-path"><p class="arlab-path-head">{look.safe(head)}</p>{bar}'
        f'<p class="arlab-path-end">{end}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="arlab-soft">{note}</p></div>'
    )


def _row(words: Words, life: Life, path: Path, step: Step, *, seen: bool) -> str:
    """One step; what is still covered keeps its place."""
    if not seen:
        return '<tr class="arlab-covered"><td colspan="5">·</td></tr>'
    day = words.say("path.days", days=words.number(step.day - path.ordered_on))
    paper = f"path.paper.{step.kind}"
    date, short = look.safe(words.date(step.day)), look.safe(words.short_date(step.day))
    who = look.safe(words.say(f"path.department.{step.department}"))
    cells = (
        f'<td><b>{look.safe(day)}</b><small title="{date}">{short}</small></td>',
        f'<td><i class="arlab-who arlab-who-{step.department}">{who}</i></td>',
        f"<td>{look.safe(told(words, life, step))}</td>",
        f"<td>{look.safe(words.say(paper)) if words.has(paper) else ''}</td>",
        f'<td class="arlab-soft">{step.row}</td>',
    )
    return f'<tr class="arlab-step-{step.kind}">{"".join(cells)}</tr>'


def told(words: Words, life: Life, step: Step) -> str:
    """What happened in this step, in a sentence."""
    said: dict[str, str] = {}
    if step.amount_fen is not None:
        said["amount"] = words.money(abs(step.amount_fen), life.currency)
    for name in NAMED:
        value = step.told.get(name)
        said[name] = words.say(f"{BRANCHES[name]}.{value}") if value else ""
    until = step.told.get("until", NEVER)
    said["until"] = words.short_date(until) if until != NEVER else ""
    return words.say(f"path.step.{step.kind}", **said)


def _ended(words: Words, life: Life, path: Path) -> str:
    """How it ended, and after how long."""
    kinds = {step.kind for step in path.steps}
    end = life.ledger.last if path.settled_on == NEVER else path.settled_on
    how = "open" if path.settled_on == NEVER else "written_off" if "write_off" in kinds else "paid"
    if how == "paid" and not kinds & {"receipt", "bill_received"}:
        how = "credited"
    return words.say(f"path.end.{how}", days=words.days(end - path.ordered_on))


def _bar(words: Words, life: Life, path: Path) -> str:
    """Where did the days go? One stretch after the other, as long as it took."""
    parts = stretches(path, life.ledger.last)
    whole = max(sum(days for _, days in parts), 1)
    drawn = []
    for name, days in parts:
        if not days:
            continue
        said = words.say("path.stretch.said", what=words.say(f"path.stretch.{name}"), days=words.days(days))
        share = days / whole * 100
        drawn.append(
            f'<div class="arlab-stretch arlab-stretch-{name}" style="flex:{days} 1 0" title="{look.safe(said)}">'
            f"<span>{look.safe(said if share > 16 else words.number(days))}</span></div>"
        )
    return f'<div class="arlab-stretches">{"".join(drawn)}</div>'
