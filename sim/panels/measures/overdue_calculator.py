"""How many days overdue is this invoice? Move what happened to it, and read each clause of the formula."""

from __future__ import annotations

import math

import ipywidgets as widgets

from sim.base.days import NEVER, day_of
from sim.panels.measures.overdue_case import OPEN, Case, Worked, work
from sim.panels.measures.overdue_timeline import timeline
from sim.panels.parts import look
from sim.panels.parts.drawing import beside, follow, panel, row, slider, table
from sim.words import Language, Words

AMOUNT_FEN = 10_000_000  # 100,000 yuan: whole days times a round amount
FIRST_INVOICE, INVOICES = day_of("2025-08-01"), 92  # around the National Day holiday, when clauses matter
USUAL_INVOICE = day_of("2025-09-01")
REST_CHOICES = (OPEN, 45, 60, 75, 90, 120)
NUMBERS = {  # value, low, high, step
    "net_days": (30, 0, 90, 5),
    "pay_run_day": (0, 0, 31, 1),
    "grace_days": (0, 0, 15, 1),
    "part_pct": (40, 0, 100, 10),
    "part_after": (50, 1, 150, 1),
    "disputed_after": (45, 0, 120, 1),
    "disputed_days": (20, 0, 90, 1),
    "extended_days": (0, 0, 60, 5),
    "asked_after": (80, 0, 180, 1),
}
NAMES = {
    "net_days": "net",
    "pay_run_day": "pay_run",
    "grace_days": "grace",
    "part_pct": "part",
    "part_after": "part_after",
    "disputed_after": "disputed_after",
    "disputed_days": "disputed_days",
    "extended_days": "extended",
    "asked_after": "asked",
}
UNITS = {"part_pct": "share", "extended_days": "d"}  # the other names say it themselves


class OverdueCalculator(widgets.VBox):
    """One invoice under the overdue-days formula."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        self._make_controls()
        self._result = look.html("", "arlab-finding")
        self._picture = look.html("", "arlab-timeline")
        self._clauses = look.html("", "arlab-clauses")
        self._table = look.html("", "arlab-differences")
        note = look.html(look.safe(self.words.say("labs.overdue.interest_note")), "arlab-note")
        made = panel(self._result, beside(self._rows, [self._picture, self._table, self._clauses, note]))
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-overdue")
        follow([self._invoiced, self._workday, self._rest, *self._numbers.values()], self.draw)

    @property
    def case(self) -> Case:
        """The case that the controls show."""
        numbers = {name: int(control.value) for name, control in self._numbers.items()}
        return Case(
            invoiced_on=int(self._invoiced.value),
            amount_fen=AMOUNT_FEN,
            next_workday=bool(self._workday.value),
            rest_after=int(self._rest.value),
            **numbers,
        )

    def draw(self) -> None:
        """Show the case, worked out."""
        found = work(self.case)
        self._result.value = look.safe(said_result(self.words, found))
        self._picture.value = timeline(self.words, found)
        self._table.value = tabled(self.words, found)
        items = "".join(f"<li>{look.safe(each)}</li>" for each in clauses(self.words, found))
        self._clauses.value = f'<ol style="margin:8px 0 4px;padding-left:22px;line-height:1.5">{items}</ol>'

    def _make_controls(self) -> None:
        say = self.words.say
        days = range(FIRST_INVOICE, FIRST_INVOICE + INVOICES)
        self._invoiced = widgets.SelectionSlider(
            options=[(self.words.date(day), day) for day in days],
            value=USUAL_INVOICE,
            continuous_update=False,
        )
        self._workday = widgets.Checkbox(value=True, description=say("labs.overdue.workday"), indent=False)
        self._workday.layout.width = "auto"
        self._numbers = {name: slider(*spec) for name, spec in NUMBERS.items()}
        options = [(self._rest_said(after), after) for after in REST_CHOICES]
        self._rest = widgets.Dropdown(options=options, value=OPEN)
        rows = {name: row(self._name(name), control) for name, control in self._numbers.items()}
        for name, control in self._numbers.items():
            control.add_class(f"arlab-overdue-{name.replace('_', '-')}")
        self._rows = [
            row(say("labs.overdue.invoiced"), self._invoiced),
            rows["net_days"],
            self._workday,
            rows["pay_run_day"],
            rows["grace_days"],
            rows["part_pct"],
            rows["part_after"],
            row(say("labs.overdue.rest_paid"), self._rest),
            rows["disputed_after"],
            rows["disputed_days"],
            rows["extended_days"],
            rows["asked_after"],
        ]

    def _name(self, name: str) -> str:
        unit = UNITS.get(name, "")
        said = self.words.say(f"labs.overdue.{NAMES[name]}")
        if not unit:
            return said
        return self.words.say("labs.with_unit", name=said, unit=self.words.say(f"panel.unit.{unit}"))

    def _rest_said(self, after: int) -> str:
        if after == OPEN:
            return self.words.say("labs.overdue.rest_open")
        return self.words.say("labs.overdue.rest_after", days=self.words.days(after))


def overdue_calculator(lang: Language = "en") -> OverdueCalculator:
    """One invoice, its part payments, dispute and extension, and the days it is overdue."""
    return OverdueCalculator(lang)


def said_result(words: Words, found: Worked) -> str:
    """The answer in one sentence."""
    on = words.date(found.on)
    if not any(part.is_open(found.on) for part in found.parts):
        return words.say("labs.overdue.result_paid", on=on)
    if math.isnan(found.weighted):
        return words.say("labs.overdue.result_none", on=on)
    return words.say(
        "labs.overdue.result_open",
        on=on,
        days=words.days(found.weighted),
        ex=words.days(found.weighted_ex_dispute),
        original=words.days(found.weighted_original),
        interest=words.money(found.interest_fen),
    )


def clauses(words: Words, found: Worked) -> list[str]:
    """Each clause of the formula that this case touches, with its dates."""
    case, date = found.case, words.date
    said = [
        words.say(
            "labs.overdue.clause.due",
            invoiced=date(case.invoiced_on),
            net=words.days(case.net_days),
            due=date(found.due_raw),
        )
    ]
    if found.due_first != found.due_raw:
        said.append(
            words.say("labs.overdue.clause.moved", raw=date(found.due_raw), due=date(found.due_first))
        )
    if case.extended_days:
        said.append(
            words.say("labs.overdue.clause.extended", due=date(found.due_on), first=date(found.due_first))
        )
    part = found.parts[0]
    if part.name == "part" and not part.is_open(found.on):
        amount = words.money(part.amount_fen)
        said.append(words.say("labs.overdue.clause.part", amount=amount, day=date(part.settled_on)))
    if case.disputed_days:
        start, end = found.dispute
        frozen = max((part.days - part.days_ex_dispute for part in found.parts), default=0)
        said.append(
            words.say(
                "labs.overdue.clause.dispute", start=date(start), end=date(end), days=words.days(frozen)
            )
        )
    if case.grace_days:
        said.append(words.say("labs.overdue.clause.grace", days=words.days(case.grace_days)))
    return [*said, words.say("labs.overdue.clause.asked", on=date(found.on))]


def tabled(words: Words, found: Worked) -> str:
    """The parts, and what is still open and overdue."""
    head = [
        words.say(f"labs.overdue.table.{name}")
        for name in ("part", "amount", "paid", "days", "ex", "original")
    ]
    rows = []
    for part in found.parts:
        name = "whole" if len(found.parts) == 1 else part.name
        paid = words.date(part.settled_on) if not part.is_open(found.on) else words.date(NEVER)
        shown = [part.days, part.days_ex_dispute, part.days_original]
        rows.append(
            [
                words.say(f"labs.overdue.part_name.{name}"),
                words.money(part.amount_fen),
                paid,
                *(words.days(each) for each in shown),
            ]
        )
    figures = (found.weighted, found.weighted_ex_dispute, found.weighted_original)
    said = [words.say("labs.overdue.none") if math.isnan(each) else words.days(each) for each in figures]
    rows.append([words.say("labs.overdue.table.weighted"), "", "", *said])
    return table(head, rows, strong=len(rows) - 1)
