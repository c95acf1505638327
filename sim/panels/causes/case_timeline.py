"""How did one customer's year go? Its invoices from issue to payment, and what was said in between, as a drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.base.days import NEVER, Day, dates_of
from sim.measure import Books
from sim.model.ledger import Ledger
from sim.panels.parts import look
from sim.words import Words

Place = Callable[[Day], float]
WIDTH, LEFT, TOP, LINE = 860, 8, 22, 9
BOTTOM = 26
MOST_INVOICES = 40
LAST_LABEL = 52  # so much room a month's name needs
NOT_DUE, LATE, STILL_OPEN = "#b8c4d0", "#c2410c", "#742611"
MONEY, LOST = "#0b6b4f", "#1f2933"
ON_ACCOUNT = {"contact": "#0b6bb5", "promise_broken": "#b03a1e", "dispute_opened": "#8a4a9e"}
PARTS = ("receipt", "bill_received")


@dataclass(frozen=True)
class Bar:
    """One invoice: from issue over its due day to payment (or the last day)."""

    invoiced_on: int
    due_on: int
    ended_on: int
    is_open: bool
    parts: tuple[int, ...]  # days on which money came for it
    is_lost: bool  # what was left of it was written off


def bars_of(ledger: Ledger, customer: int) -> list[Bar]:
    """The customer's invoices by date of issue; the newest ones where there are very many."""
    books = Books(ledger)
    documents = books.documents
    mine = np.flatnonzero((documents.customer == customer) & (documents.billed > 0))
    money, lost = (books.is_kind(*kinds)[documents.rows] for kinds in (PARTS, ("write_off",)))
    found = []
    for at in mine[np.argsort(documents.invoiced_on[mine], kind="stable")]:
        is_open = bool(documents.settled_on[at] == NEVER)
        ended = ledger.last if is_open else int(documents.settled_on[at])
        paid = documents.day_at[money & (documents.of_row == at)] + ledger.first - 1
        found.append(
            Bar(
                int(documents.invoiced_on[at]),
                int(documents.due_on[at]),
                ended,
                is_open,
                tuple(map(int, paid)),
                bool((lost & (documents.of_row == at)).any()),
            )
        )
    return found[-MOST_INVOICES:]


def events_of(ledger: Ledger, customer: int) -> dict[str, list[int]]:
    """On which days were they contacted, did they break a promise, did they raise a dispute?"""
    mine = ledger.actions[ledger.actions["customer"].to_numpy() == customer]
    kind, day = mine["kind"].astype(str).to_numpy(), mine["happened_on"].to_numpy()
    return {name: sorted({int(each) for each in day[kind == name]}) for name in ON_ACCOUNT}


def timeline(words: Words, ledger: Ledger, customer: int) -> str:
    """The drawing, as SVG in HTML, with its key."""
    bars, events = bars_of(ledger, customer), events_of(ledger, customer)
    first = min([ledger.first, *(bar.invoiced_on for bar in bars)])
    scale = (WIDTH - 2 * LEFT) / max(ledger.last - first, 1)

    def x(day: Day) -> float:
        return LEFT + (min(day, ledger.last) - first) * scale

    height = TOP + LINE * len(bars) + 3 * 12 + BOTTOM
    parts = [_months(words, first, ledger.last, x, height)]
    for row, bar in enumerate(bars):
        parts.append(_bar(bar, x, TOP + row * LINE))
    below = TOP + LINE * len(bars) + 10
    for row, (name, days) in enumerate(events.items()):
        marks = "".join(
            f'<path d="M{x(day):.1f} {below + row * 12 - 4} v8" stroke="{ON_ACCOUNT[name]}" stroke-width="2"/>'
            for day in days
        )
        parts.append(marks)
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" '
        f'aria-label="{look.safe(words.say("labs.credit.case.timeline"))}">{"".join(parts)}</svg>'
    )
    return svg + _key(words)


def _bar(bar: Bar, x: Place, y: float) -> str:
    start, due, end = (x(day) for day in (bar.invoiced_on, bar.due_on, bar.ended_on))
    drawn = f'<rect x="{start:.1f}" y="{y}" width="{max(min(due, end) - start, 1):.1f}" height="4" fill="{NOT_DUE}"/>'
    if end > due:
        colour = STILL_OPEN if bar.is_open else LATE
        drawn += f'<rect x="{due:.1f}" y="{y}" width="{end - due:.1f}" height="5" fill="{colour}"/>'
    for day in bar.parts:
        drawn += f'<circle cx="{x(day):.1f}" cy="{y + 2}" r="2.6" fill="{MONEY}"/>'
    if bar.is_lost:
        drawn += f'<path d="M{end - 3:.1f} {y - 1} l6 6 m0 -6 l-6 6" stroke="{LOST}" stroke-width="1.8"/>'
    return drawn


def _months(words: Words, first: int, last: int, x: Place, height: float) -> str:
    begins = np.unique(dates_of(np.arange(first, last + 1)).astype("datetime64[M]"))
    drawn = []
    for number, month in enumerate(begins):
        day = int((month.astype("datetime64[D]") - dates_of(np.array([0]))[0]).astype(np.int64))
        if day < first:
            continue
        place = x(day)
        drawn.append(f'<path d="M{place:.1f} 14 V{height - 4}" stroke="#e4e7eb"/>')
        if number % 2 == 0:
            said = look.safe(words.period(str(month)))
            side = ' text-anchor="end"' if place > WIDTH - LAST_LABEL else ""
            at = WIDTH if side else place
            drawn.append(f'<text x="{at:.1f}" y="10" font-size="10" fill="#52606d"{side}>{said}</text>')
    return "".join(drawn)


def _key(words: Words) -> str:
    lines = {"not_due": NOT_DUE, "late": LATE, "open": STILL_OPEN}
    marks = {
        "money": f'<circle cx="7" cy="5" r="3.4" fill="{MONEY}"/>',
        "lost": f'<path d="M4 2 l6 6 m0 -6 l-6 6" stroke="{LOST}" stroke-width="1.8"/>',
    }
    marks |= {name: f'<rect y="2" width="14" height="6" fill="{colour}"/>' for name, colour in lines.items()}
    marks |= {
        name: f'<path d="M7 0 v10" stroke="{colour}" stroke-width="3"/>'
        for name, colour in ON_ACCOUNT.items()
    }
    said = [
        '<span style="white-space:nowrap;margin-right:14px"><svg width="14" height="10" aria-hidden="true" '
        f'style="margin-right:5px">{marks[name]}</svg>{look.safe(words.say(f"labs.credit.case.key.{name}"))}</span>'
        for name in (*lines, "money", "lost", *ON_ACCOUNT)
    ]
    return f'<div class="arlab-unit" style="font-size:12px">{"".join(said)}</div>'
