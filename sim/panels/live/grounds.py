"""On what do the figures rest? Said on the panel, always in sight, before anybody believes them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sim.intake.mapping import UNKNOWN_CURRENCY
from sim.model.portfolio import Portfolio
from sim.panels.parts.look import safe
from sim.words import Words

ORDER = "FPRA"  # from fitted to assumed


def grounds(words: Words, portfolio: Portfolio, is_own: bool) -> str:
    """The warning, and behind a click: what is fitted, what is assumed, and the seller's own figures."""
    points = [*origins(words, portfolio), sellers_figures(words, portfolio)]
    if portfolio.basis.get("lateness") == "F":
        points.append(safe(words.say("panel.grounds.effort")))
    if portfolio.currency == UNKNOWN_CURRENCY:
        points.append(safe(words.say("panel.grounds.no_currency")))
    if is_own:
        points.append(safe(words.say("panel.grounds.own")))
    listed = "".join(f"<li>{point}</li>" for point in points)
    head = f"<b>{safe(words.say('panel.grounds.head'))}</b> {safe(words.say('panel.grounds.care'))}"
    more = safe(words.say("panel.grounds.more"))
    return f"{head} <details><summary>{more}</summary><ul>{listed}</ul></details>"


def origins(words: Words, portfolio: Portfolio) -> list[str]:
    """One line per kind of origin: which figures of these customers come from there."""
    pairs = sorted(portfolio.basis.items(), key=lambda pair: ORDER.find(pair[1]))
    return [
        f'<span class="arlab-basis arlab-basis-{safe(basis)}">{safe(basis)}</span> {named(words, basis, found)}'
        for basis, found in groupby(pairs, key=lambda pair: pair[1])
    ]


def named(words: Words, basis: str, found: Iterable[tuple[str, str]]) -> str:
    """The figures of one origin: how we know them, then which they are."""
    known = f"panel.basis.{basis}"
    names = [name for name, _ in found]
    said = [words.say(f"panel.rests.{name}") if words.has(f"panel.rests.{name}") else name for name in names]
    how = words.say(known) if words.has(known) else basis
    return safe(words.say("panel.grounds.line", how=how, what=words.listed(said)))


def sellers_figures(words: Words, portfolio: Portfolio) -> str:
    """The seller's own figures that cash and profit hang on."""
    company = portfolio.company
    said = words.say(
        "panel.grounds.company",
        margin=words.percent(company.margin_bp / 10_000, 0),
        capital=words.percent(company.capital_bp / 10_000, 1),
        fixed=words.percent(company.fixed_cost_bp / 10_000, 0),
        collector=words.money(company.collector_fen_per_month, portfolio.currency),
    )
    return f'<span class="arlab-basis arlab-basis-A">A</span> {safe(said)}'
