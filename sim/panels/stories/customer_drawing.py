"""How is a customer's year drawn? Invoices as bars from issue to payment, all else as marks in lanes above them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.base.days import NEVER, Day, date_of
from sim.panels.parts.look import safe
from sim.panels.stories.customer_story import Bar, Customers, Mark
from sim.words import Words

WIDTH, LEFT, RIGHT = 1280, 150, 12
LANE, ROW, TOP = 20, 15, 22
LANE_NAMES = ("contacts", "promises", "disputes", "orders", "other")
KEYS = (
    "term",
    "late",
    "dispute",
    "paid",
    "written_off",
    "open",
    "reached",
    "not_reached",
    "sent",
    "made",
    "kept",
    "broken",
)


@dataclass(frozen=True, eq=False)
class Drawing:
    """Draws the year of any one customer."""

    words: Words
    customers: Customers

    @property
    def _first(self) -> Day:
        return self.customers.ledger.first

    @property
    def _last(self) -> Day:
        return self.customers.ledger.last

    def of(self, customer: int) -> str:
        """The drawing as SVG in two parts that scroll apart: lanes that stay, bars that may be many."""
        bars, marks = self.customers.bars(customer), self.customers.marks(customer)
        lanes = TOP + LANE * len(LANE_NAMES)
        height = max(len(bars), 1) * ROW + 6
        return (
            f'<div class="arlab-timeline">{self._keys()}'
            f"{_svg(lanes, self._months(lanes, named=True) + self._lanes() + ''.join(map(self._mark, marks)))}"
            f'<div class="arlab-bars" tabindex="0">'
            f"{_svg(height, self._months(height) + ''.join(self._bar(bar, at) for at, bar in enumerate(bars)))}"
            "</div></div>"
        )

    def _x(self, day: Day) -> float:
        """Where is the morning of this day? Days outside the year stand at its edge."""
        share = (day - self._first) / (self._last - self._first + 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0.0), 1.0)

    def _keys(self) -> str:
        parts = [
            f'<span><i class="arlab-key-t arlab-key-{key}"></i>{safe(self.words.say(f"timeline.key.{key}"))}</span>'
            for key in KEYS
        ]
        return f'<div class="arlab-timeline-keys">{"".join(parts)}</div>'

    def _months(self, height: float, named: bool = False) -> str:
        drawn = []
        for day in range(self._first, self._last + 1):
            date = date_of(day)
            if date.day != 1:
                continue
            x = self._x(day)
            drawn.append(f'<path class="arlab-gridline" d="M{x:.1f},{TOP if named else 0} V{height}"/>')
            if named:
                name = self.words.period(f"{date.year}-{date.month:02d}")
                drawn.append(f'<text class="arlab-month" x="{x + 3:.1f}" y="14">{safe(name)}</text>')
        return "".join(drawn)

    def _lanes(self) -> str:
        drawn = []
        for place, name in enumerate(LANE_NAMES):
            y = TOP + LANE * place
            said = safe(self.words.say(f"timeline.lane.{name}"))
            drawn.append(f'<text class="arlab-lane" x="0" y="{y + 14}">{said}</text>')
            drawn.append(f'<path class="arlab-gridline" d="M0,{y + LANE} H{WIDTH}"/>')
        return "".join(drawn)

    # --- marks ------------------------------------------------------------------------------------------------

    def _mark(self, mark: Mark) -> str:
        x = self._x(mark.day) + 1.5
        y = TOP + LANE * LANE_NAMES.index(mark.lane) + LANE / 2
        return f"<g>{_shape(mark, x, y, self._x(mark.until))}<title>{safe(self.said(mark))}</title></g>"

    def said(self, mark: Mark) -> str:
        """A mark in words: when, what, how much, by which row."""
        say = self.words.say
        own = f"timeline.{mark.kind}"
        what = say(own) if mark.lane == "orders" else say(f"action.{mark.kind}")
        branch = "hold_reason" if mark.lane == "orders" else "move"
        details = [say(f"{branch}.{mark.detail}")] if mark.detail else []
        details += [say(f"outcome.{mark.outcome}")] if mark.outcome else []
        if details:
            what = say("timeline.mark.what", what=what, detail=self.words.listed(details))
        if mark.until != NEVER:
            what += f" → {self.words.short_date(mark.until)}"
        told = {"date": self.words.date(mark.day), "what": what, "row": mark.row}
        if not mark.amount_fen:
            return say("timeline.mark.plain", **told)
        return say("timeline.mark", amount=self._money(mark.amount_fen), **told)

    # --- invoices ---------------------------------------------------------------------------------------------

    def _bar(self, bar: Bar, place: int) -> str:
        y = 3 + place * ROW
        issued, due = self._x(bar.issued_on), self._x(bar.due_on)
        end = self._x(bar.settled_on)
        parts = [_stretch("term", issued, min(due, end), y)]
        if end > due:
            parts.append(_stretch("late", due, end, y))
        for opened, settled in bar.disputes:
            parts.append(_stretch("dispute", self._x(opened), self._x(settled), y))
        parts.append(_ending(bar.ending, end, y + 5))
        amount = safe(self._money(bar.billed_fen))
        label = f'<text class="arlab-bar-label" x="{LEFT - 8}" y="{y + 9}">{amount}</text>'
        return f"<g>{label}{''.join(parts)}<title>{safe(self.told(bar))}</title></g>"

    def told(self, bar: Bar) -> str:
        """An invoice in words."""
        late = bar.late_days(self._last)
        key = f"timeline.ending.{bar.ending}"
        if late and self.words.has(f"{key}.late"):
            key += ".late"
        told = {"date": self.words.date(bar.settled_on), "amount": self._money(bar.left_fen)}
        return self.words.say(
            "timeline.bar",
            document=self.customers.life.document(bar.document),
            amount=self._money(bar.billed_fen),
            issued=self.words.date(bar.issued_on),
            due=self.words.date(bar.due_on),
            ending=self.words.say(key, days=self.words.days(late), **told),
        )

    def _money(self, fen: int) -> str:
        return self.words.money(abs(int(fen)), self.customers.life.currency)


def _svg(height: float, inside: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}">{inside}</svg>'


def _stretch(name: str, start: float, end: float, y: float) -> str:
    return f'<rect class="arlab-bar-{name}" x="{start:.1f}" y="{y}" width="{max(end - start, 1.0):.1f}" height="10"/>'


def _ending(ending: str, x: float, y: float) -> str:
    """A dot for paid, a ring for credited, a cross for written off, an arrow for what goes on."""
    if ending == "written_off":
        return f'<path class="arlab-mark-cross" d="M{x - 4:.1f},{y - 4} l8,8 m0,-8 l-8,8"/>'
    if ending == "open":
        return f'<path class="arlab-mark-open" d="M{x - 2:.1f},{y - 5} l7,5 l-7,5 z"/>'
    filled = "paid" if ending == "paid" else "credited"
    return f'<circle class="arlab-mark-{filled}" cx="{x:.1f}" cy="{y}" r="4"/>'


def _shape(mark: Mark, x: float, y: float, until: float) -> str:
    """What a mark looks like: told apart by shape, not by colour alone."""
    if mark.kind in ("promise_broken", "plan_broken", "lost"):
        return f'<path class="arlab-mark-cross" d="M{x - 4:.1f},{y - 4} l8,8 m0,-8 l-8,8"/>'
    if mark.kind in ("promise_kept", "plan_kept"):
        return f'<circle class="arlab-mark-paid" cx="{x:.1f}" cy="{y}" r="4"/>'
    if mark.kind in ("promise_made", "plan_made", "held"):
        line = (
            f'<path class="arlab-mark-span" d="M{x:.1f},{y} H{max(until, x + 2):.1f}"/>'
            if mark.until != NEVER
            else ""
        )
        return f'{line}<circle class="arlab-mark-ring" cx="{x:.1f}" cy="{y}" r="3"/>'
    if mark.lane == "contacts" and mark.outcome == "sent":
        return f'<path class="arlab-mark-tick" d="M{x:.1f},{y - 5} V{y + 5}"/>'
    if mark.lane == "contacts":
        return f'<circle class="arlab-mark-{mark.outcome or "sent"}" cx="{x:.1f}" cy="{y}" r="4"/>'
    if mark.lane == "disputes":
        name = "open" if mark.kind == "dispute_opened" else "settled"
        return f'<path class="arlab-mark-dispute-{name}" d="M{x:.1f},{y - 5} l5,9 h-10 z"/>'
    return f'<path class="arlab-mark-other" d="M{x:.1f},{y - 5} l5,5 l-5,5 l-5,-5 z"/>'
