"""Shorter terms for the strong, or for the weak? Three rules on the same customers, differences with intervals."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np
import pandas as pd

from sim.measure import METRICS
from sim.model.portfolio import GRADES
from sim.panels.live.by_and_by import ByAndBy, keep_told, listed
from sim.panels.live.compute import Difference, portfolio_of, rows
from sim.panels.live.findings import verdict
from sim.panels.parts import look
from sim.panels.parts.drawing import panel, row
from sim.panels.terms.term_rules import DAYS, METRICS_SHOWN, RULES, RUNS, Rule, against_standard, led_to
from sim.words import Language, Words

RIGHT = 'style="text-align:right"'
PORTFOLIOS = ("manufacturer", "distributor")


def worked(portfolio: str, step: int) -> dict[Rule, pd.DataFrame]:
    """Step 1: the standard term and the first rule; then one more rule with each step."""
    led_to(None, portfolio)
    return {rule: against_standard(rule, portfolio).table for rule in RULES[:step]}


class TermRules(widgets.VBox):
    """Which customers, then a table: figures down, rules across, each against the same term for everybody."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        options = [(getattr(portfolio_of(name), f"name_{lang}"), name) for name in PORTFOLIOS]
        self._customers = listed(PORTFOLIOS[0], options)
        self._customers.add_class("arlab-rules-portfolio")
        self._customers.observe(lambda _: self._ask(), names="value")
        self._slow = ByAndBy[str, dict[Rule, pd.DataFrame]](self.words, worked, self._show, steps=len(RULES))
        self._table = look.html("", "arlab-differences")
        note = look.html(look.safe(say("labs.credit.rules.note", runs=RUNS)), "arlab-note")
        made = panel(row(say("panel.portfolio"), self._customers), self._slow.widget, self._table, note)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-term-rules")
        keep_told(self, self._slow)
        self._ask()

    def _ask(self) -> None:
        self._slow.ask(self._customers.value)

    def _show(self, found: dict[Rule, pd.DataFrame], step: int) -> None:
        del step
        by_rule = {rule: {each.metric: _gap(each) for each in rows(table)} for rule, table in found.items()}
        head = "".join(f"<th {RIGHT}>{look.safe(name)}</th>" for name in ["", *map(self._rule_name, RULES)])
        lines = [self._days_row(), *(self._row(name, by_rule) for name in METRICS_SHOWN)]
        self._table.value = f'<table class="arlab-table"><tr>{head}</tr>{"".join(lines)}</table>'

    def _rule_name(self, rule: Rule) -> str:
        return self.words.say(f"labs.credit.rules.{rule}")

    def _days_row(self) -> str:
        said = []
        for rule in RULES:
            days = [
                f"{grade} {self.words.number(n, signed=True) if n else '0'}"
                for grade, n in zip(GRADES, DAYS[rule], strict=True)
            ]
            said.append(f"<td {RIGHT}>{look.safe(' · '.join(days))}</td>")
        return f"<tr><td>{look.safe(self.words.say('labs.credit.rules.days'))}</td>{''.join(said)}</tr>"

    def _row(self, name: str, by_rule: dict[Rule, dict[str, Difference]]) -> str:
        about = look.safe(self.words.say(f"metric.{name}.help"))
        cells = [f'<td><span title="{about}">{look.safe(self.words.say(f"metric.{name}.name"))}</span></td>']
        cells += [
            f"<td {RIGHT}>{self._cell(by_rule[rule][name]) if rule in by_rule else '…'}</td>"
            for rule in RULES
        ]
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, gap: Difference) -> str:
        if not np.isfinite(gap.difference):
            return look.safe(self.words.say("format.unknown"))
        change = self.words.beside(gap.difference, gap.low, gap.high, gap.unit, signed=True)
        between = self.words.interval(gap.low, gap.high, gap.unit, signed=True)
        small = f'<br><span class="arlab-unit">{look.safe(between)}</span>'
        return f"<b>{look.safe(change)}</b> {verdict(self.words, gap)}{small}"


def _gap(each: object) -> Difference:
    fields = each._asdict()  # type: ignore[attr-defined]
    fields.pop("runs")
    return Difference(better=METRICS[fields["metric"]].better, **fields)


def term_rules(lang: Language = "en") -> TermRules:
    """Three rules on who gets how long, against the same term for everybody."""
    return TermRules(lang)
