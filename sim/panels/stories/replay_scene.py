"""What does a day at the desk look like? Written as HTML of fixed places, so that days change without jumping."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.base.days import NEVER
from sim.panels.parts.look import safe
from sim.panels.stories.replay_life import Life
from sim.panels.stories.replay_rows import LETTERS
from sim.panels.stories.replay_story import NEWS, SOURCES, weekday
from sim.words import Words

MOST_LINES = 30
MOST_NAMED = 14  # rows named in a hint
LEVELS = ("ar", "overdue", "till")
CARDS: dict[str, tuple[str, ...]] = {
    "orders": ("orders_in", "orders_released", "orders_held", "orders_lost"),
    "collectors": (),
    "promises": ("promises_made", "promises_kept", "promises_broken", "disputes_opened", "disputes_settled"),
    "money": ("invoiced", "received", "corrected", "written_off"),
}
GOOD = frozenset({"orders_released", "promises_kept", "received", "recovered", "reached"})
BAD = frozenset(
    {"orders_held", "orders_lost", "promises_broken", "disputes_opened", "written_off", "unlawful"}
)


@dataclass(frozen=True, eq=False)
class Scene:
    """Tells any day of one year, in one language."""

    words: Words
    life: Life

    @cached_property
    def names(self) -> list[str]:
        """What the customers are called."""
        return [safe(name) for name in self.life.names(self.words.lang)]

    def stage(self, day: int) -> str:
        """The whole day: date, what stands in the evening, and four desks."""
        cards = (
            self._card("orders", self._figures("orders", day), self._orders(day)),
            self._card("collectors", self._effort(day), self._contacts(day)),
            self._card("promises", self._figures("promises", day), self._promises(day)),
            self._card("money", self._figures("money", day), self._money(day)),
        )
        return (
            f'<div class="arlab-stage">{self._head(day)}<div class="arlab-cards">{"".join(cards)}</div></div>'
        )

    # --- date and evening -------------------------------------------------------------------------------------

    def _head(self, day: int) -> str:
        story, say = self.life.story, self.words.say
        kind = story.kind_of(day)
        date = self.words.date(story.first + day)
        name = say(f"replay.weekday.{weekday(story.first + day)}")
        place = say("replay.day.of", day=self.words.number(day + 1), days=self.words.number(story.days))
        said = (
            f'<div class="arlab-date"><b>{safe(date)}</b> <span>{safe(name)}</span>'
            f'<span class="arlab-daykind arlab-daykind-{kind}">{safe(say(f"replay.day.{kind}"))}</span>'
            f'<span class="arlab-soft">{safe(place)}</span></div>'
        )
        levels = "".join(self._level(name, day) for name in LEVELS)
        return (
            f'<div class="arlab-head"><div class="arlab-when">{said}{self._news(day)}</div>'
            f'<div class="arlab-levels">{levels}</div></div>'
        )

    def _level(self, name: str, day: int) -> str:
        levels = getattr(self.life.story, name)
        change = levels[day] - levels[day - 1] if day else np.nan
        said = "&nbsp;"
        if day:
            amount = self.words.money(int(change), self.life.currency, signed=True)
            said = safe(self.words.say("replay.level.change", change=amount))
        return (
            f'<div class="arlab-level arlab-level-{name}"><span>{safe(self.words.say(f"replay.level.{name}"))}'
            f"</span><b>{self._money_of(levels[day])}</b><small>{said}</small></div>"
        )

    def _news(self, day: int) -> str:
        """The gravest events of the day, in one line."""
        rows = self.life.rows("news", day)
        if not rows:
            return '<div class="arlab-news">&nbsp;</div>'
        by_kind = {kind: [row.customer for row in rows if row.kind == kind] for kind in NEWS}
        said = [self._event(kind, who) for kind, who in by_kind.items() if who]
        return f'<div class="arlab-news" title="{self._ids("news", day)}"><b>{" · ".join(said)}</b></div>'

    def _event(self, kind: str, customers: list[int]) -> str:
        who = [self.names[customer] for customer in customers if customer >= 0]
        what = safe(self.words.say(f"action.{kind}"))
        if not who:
            return what
        listed = self.words.listed(who[:2]) + (f" +{len(who) - 2}" if len(who) > 2 else "")
        return self.words.say("replay.news", what=what, who=listed)

    # --- cards ------------------------------------------------------------------------------------------------

    def _card(self, name: str, figures: str, lines: list[str]) -> str:
        more = len(lines) - MOST_LINES
        if more > 0:
            said = self.words.say("replay.card.more", count=self.words.number(more))
            lines = [*lines[:MOST_LINES], f'<div class="arlab-line arlab-soft">{safe(said)}</div>']
        if not lines:
            lines = [
                f'<div class="arlab-line arlab-soft">{safe(self.words.say("replay.card.nothing"))}</div>'
            ]
        title = safe(self.words.say(f"replay.card.{name}"))
        return (
            f'<section class="arlab-card arlab-card-{name}"><h4>{title}</h4>'
            f'<div class="arlab-figures">{figures}</div>'
            f'<div class="arlab-lines" tabindex="0">{"".join(lines)}</div></section>'
        )

    def _figures(self, card: str, day: int) -> str:
        return "".join(self._figure(name, day) for name in CARDS[card])

    def _figure(self, name: str, day: int) -> str:
        found = self.life.story.figures[name]
        count, amount = int(found.count[day]), int(found.amount[day])
        small = self._money_of(amount) if count else "&nbsp;"
        return self._shown(name, self.words.number(count), small, self._ids(name, day), count == 0)

    def _shown(self, name: str, number: str, small: str, hint: str, idle: bool) -> str:
        mood = "idle" if idle else "good" if name in GOOD else "bad" if name in BAD else "plain"
        label = safe(self.words.say(f"replay.figure.{name}"))
        return (
            f'<div class="arlab-figure arlab-{mood}" title="{hint}" data-figure="{name}"><b>{safe(number)}</b>'
            f"<span>{label}</span><small>{small}</small></div>"
        )

    def _ids(self, name: str, day: int) -> str:
        """Which rows of the ledger? For a hint."""
        table, rows = self.life.story.rows_behind(name, day)
        shown = [f"{LETTERS[table]}{row}" for row in rows[:MOST_NAMED]]
        more = " …" if len(rows) > MOST_NAMED else ""
        return safe(self.words.say(f"replay.table.{table}") + ": " + " ".join(shown) + more) if shown else ""

    def _effort(self, day: int) -> str:
        """The bar of minutes, and how many contacts by whom."""
        story = self.life.story
        outcomes = Counter(row.outcome for row in self.life.rows("contacts", day))
        hint = self._ids("contacts", day)
        counts = {
            "personal": outcomes["reached"] + outcomes["not_reached"],
            "reached": outcomes["reached"],
            "sent": outcomes["sent"],
        }
        shown = [
            self._shown(name, self.words.number(n), "&nbsp;", hint, n == 0) for name, n in counts.items()
        ]
        return "".join(shown) + self._bar(int(story.minutes_used[day]), int(story.minutes_there[day]))

    def _bar(self, used: int, there: int) -> str:
        say, number = self.words.say, self.words.number
        share = min(used / there, 1.0) * 100 if there else 0.0
        told = say("replay.minutes", used=number(used), there=number(there))
        said = told if there or used else say("replay.minutes.none")
        help_ = safe(say("replay.minutes.help"))
        return (
            f'<div class="arlab-minutes" title="{help_}"><i><u style="width:{share:.0f}%"></u></i>'
            f"<span>{safe(said)}</span></div>"
        )

    # --- lines ------------------------------------------------------------------------------------------------

    def _orders(self, day: int) -> list[str]:
        """Each order touched today, once, by what became of it."""
        seen, lines = set[int](), []
        for name in ("orders_lost", "orders_held", "orders_released", "orders_in"):
            rows = [row for row in self.life.rows(name, day) if row.Index not in seen]
            seen.update(row.Index for row in rows)
            for row in rows:
                why = row.hold_reason if name in ("orders_lost", "orders_held") else ""
                said = safe(self.words.say(f"hold_reason.{why}")) if why else ""
                lines.append(self._line(name, row.customer, said, row.amount_fen, f"O{row.Index}"))
        return lines

    def _contacts(self, day: int) -> list[str]:
        """The worklist as it was worked, one by one; then what was sent by itself, by kind."""
        rows = self.life.rows("contacts", day)
        own = [row for row in rows if row.outcome != "sent"]
        own.sort(key=lambda row: row.minutes, reverse=True)
        lines = [
            self._line(
                row.outcome,
                row.customer,
                safe(self.words.say(f"move.{row.move}")) if row.move else "",
                row.amount_fen,
                f"A{row.Index}",
                chip=self.words.say(f"outcome.{row.outcome}"),
            )
            for row in own
        ]
        sent = Counter(row.move for row in rows if row.outcome == "sent")
        return lines + [self._sent(move, count) for move, count in sent.most_common()]

    def _sent(self, move: str, count: int) -> str:
        chip = safe(self.words.say("outcome.sent"))
        what = safe(self.words.say(f"move.{move}"))
        return (
            f'<div class="arlab-line"><i class="arlab-chip arlab-plain">{chip}</i><span>{what}</span>'
            f"<b>× {safe(self.words.number(count))}</b></div>"
        )

    def _promises(self, day: int) -> list[str]:
        order = (
            "promises_broken", "promises_kept", "disputes_opened", "disputes_settled", "promises_made",
        )  # fmt: skip
        return [
            self._line(name, row.customer, self._detail(name, row), row.amount_fen, f"A{row.Index}")
            for name in order
            for row in self.life.rows(name, day)
        ]

    def _detail(self, name: str, row: Any) -> str:
        """The day promised, or how a dispute was settled."""
        if name == "disputes_settled":
            return safe(self.words.say(f"outcome.{row.outcome}")) if row.outcome else ""
        return "" if row.until == NEVER else "→ " + safe(self.words.short_date(int(row.until)))

    def _money(self, day: int) -> list[str]:
        lines = []
        for name in ("written_off", "received", "recovered", "corrected", "invoiced"):
            for row in self.life.rows(name, day):
                what = "" if row.kind in ("receipt", "invoice") else safe(self.words.say(f"entry.{row.kind}"))
                amount = int(SOURCES[name].signed(np.array([row.amount_fen], dtype=np.int64))[0])
                lines.append(self._line(name, row.customer, what, amount, f"E{row.Index}"))
        return lines

    def _line(self, name: str, customer: int, what: str, fen: int, row: str, *, chip: str = "") -> str:
        """One line of a card: a word for what happened, who, how much; the row of the ledger as a hint."""
        mood = "good" if name in GOOD else "bad" if name in BAD else "plain"
        said = safe(chip or self.words.say(f"replay.figure.{name}"))
        more = f" <small>{what}</small>" if what else ""
        hint = f"{self.names[customer]}{' · ' if what else ''}{what} ({row})"
        return (
            f'<div class="arlab-line" title="{hint}"><i class="arlab-chip arlab-{mood}">{said}</i>'
            f"<span>{self.names[customer]}{more}</span><b>{self._money_of(fen)}</b></div>"
        )

    def _money_of(self, fen: int) -> str:
        return safe(self.words.money(int(fen), self.life.currency))
