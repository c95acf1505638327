"""How does one invoice look on the line of time? Agreed time, extension, overdue days and dispute, part by part."""

from __future__ import annotations

from sim.base.days import Day
from sim.panels.measures.overdue_case import Part, Worked
from sim.panels.parts.look import ALTERNATIVE, INK, SOFT, safe
from sim.words import Words

WIDTH, LEFT, RIGHT, TOP, BAR, STEP = 760, 110, 26, 46, 20, 42
AGREED, EXTRA, LATE = "#cfd8e3", "#9fb8d1", "#c8452c"
AFTER = 8  # days shown beyond the last event


def timeline(words: Words, found: Worked) -> str:
    """The picture as SVG."""
    line = _Line(words, found)
    rows = [line.row(part, at) for at, part in enumerate(found.parts)]
    height = TOP + STEP * len(found.parts) + 54
    inner = "".join([_hatch(), *line.marks(height), *rows, line.key(height)])
    label = safe(" ".join(words.say(f"labs.overdue.axis.{name}") for name in ("agreed", "late", "dispute")))
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}" '
        f'style="width:100%;max-width:900px;font-size:12px;font-family:inherit">{inner}</svg>'
    )


class _Line:
    """Where does each day stand in the picture?"""

    def __init__(self, words: Words, found: Worked):
        self.words, self.found = words, found
        self.first = found.case.invoiced_on
        last = max(found.on, found.due_on, found.due_first)
        self.last = last + AFTER
        self.width = WIDTH - LEFT - RIGHT

    def x(self, day: Day) -> float:
        """The place of a day."""
        inside = min(max(day, self.first), self.last)
        return round(LEFT + self.width * (inside - self.first) / (self.last - self.first), 1)

    def row(self, part: Part, at: int) -> str:
        """One part's bar."""
        y, found = TOP + STEP * at, self.found
        end = min(part.settled_on, found.on)
        shown = [
            self.bar(y, self.first, min(found.due_first, end), AGREED),
            self.bar(y, found.due_first, min(found.due_on, end), EXTRA),
            self.bar(y, found.due_on, end, LATE),
        ]
        begin, until = found.dispute
        shown.append(self.bar(y, begin, min(until, end), "url(#arlab-hatch)"))
        name = "whole" if len(found.parts) == 1 else part.name
        said = self.words.say(f"labs.overdue.part_name.{name}")
        amount = self.words.money(part.amount_fen)
        shown.append(_text(LEFT - 8, y + 9, said, anchor="end", weight=600))
        shown.append(_text(LEFT - 8, y + 23, amount, anchor="end", colour=SOFT))
        if part.days:
            shown.append(
                _text(min(self.x(end) + 5, WIDTH - 60), y + 15, self.words.days(part.days), colour=LATE)
            )
        return "".join(shown)

    def bar(self, y: float, start: Day, end: Day, fill: str) -> str:
        """A stretch of days; nothing when it is empty."""
        left, right = self.x(start), self.x(max(start, end))
        if right <= left:
            return ""
        return f'<rect x="{left}" y="{y}" width="{round(right - left, 1)}" height="{BAR}" fill="{fill}"/>'

    def marks(self, height: float) -> list[str]:
        """The days that matter, as upright lines with their dates."""
        say, found = self.words.say, self.found
        days = [(found.due_on, say("labs.overdue.axis.due"), INK, 14)]
        if found.due_first != found.due_on:
            days.append((found.due_first, say("labs.overdue.axis.first_due"), SOFT, 30))
        days.append((found.on, say("labs.overdue.axis.today"), ALTERNATIVE, 30))
        return [self._mark(day, name, colour, y, height) for day, name, colour, y in days]

    def _mark(self, day: Day, name: str, colour: str, y: float, height: float) -> str:
        x = self.x(day)
        line = (
            f'<line x1="{x}" x2="{x}" y1="{y + 4}" y2="{height - 40}" stroke="{colour}" '
            f'stroke-width="1.5" stroke-dasharray="4 3"/>'
        )
        anchor = "end" if x > WIDTH - 140 else "middle" if x > LEFT + 60 else "start"
        return line + _text(x, y, f"{name} {self.words.date(day)}", anchor=anchor, colour=colour)

    def key(self, height: float) -> str:
        """What the colours mean."""
        shown, x = [], float(LEFT)
        names = [("agreed", AGREED), ("extra", EXTRA), ("late", LATE), ("dispute", "url(#arlab-hatch)")]
        for name, fill in names:
            said = self.words.say(f"labs.overdue.axis.{name}")
            shown.append(
                f'<rect x="{x}" y="{height - 22}" width="22" height="12" fill="{fill}" stroke="#8793a1"/>'
            )
            shown.append(_text(x + 28, height - 12, said, colour=SOFT))
            x += 140
        return "".join(shown)


def _text(
    x: float, y: float, said: str, *, anchor: str = "start", colour: str = INK, weight: int = 400
) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">{safe(said)}</text>'


def _hatch() -> str:
    return (
        '<defs><pattern id="arlab-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#1f2933" stroke-width="2.4"/>'
        "</pattern></defs>"
    )
