"""What has happened so far? The recipe's company lives through burn-in and history under its policy in force.

It does so several times, and the most ordinary of these pasts becomes the history: a year that was lucky or unlucky
would be read as a trend. Nobody fails in it: a customer that failed last year would not be in today's table. So the
history's bad debt is what was given up for age only.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim.base.days import Day, date_of
from sim.engine import simulate
from sim.model.items import SETTLED_BY
from sim.model.ledger import Ledger
from sim.model.portfolio import Portfolio
from sim.model.scenario import Economy, Scenario
from sim.world import draw
from tools.datasets.customers import customers, mix_of
from tools.datasets.recipe import ALL_ASSUMED, ARCHETYPES, Recipe
from tools.datasets.trade import (
    Past,
    deductions,
    rebates,
    rest_in_idle_months,
    retention,
    without_idle_orders,
)

TRADE_STREAM = 2
PASTS = 12


def portfolio_of(recipe: Recipe) -> Portfolio:
    """The portfolio of a recipe: customers, what they owe, and how they settled what they owed in the past year."""
    table, kind = customers(recipe)
    lived = np.eye(len(ARCHETYPES))[kind]
    plain = Portfolio(
        name_en=recipe.titles[0], name_zh=recipe.titles[1], customers=table, mix=lived, as_of=recipe.as_of,
        opening=pd.DataFrame(_NOTHING), behaviours=recipe.behaviours, seasonal=recipe.seasonal, company=recipe.company,
        policy_in_force=recipe.policy(), basis=ALL_ASSUMED,
    )  # fmt: skip
    past = _lived(recipe, plain)
    opening, history = _cut(recipe, past, plain)
    return replace(plain, mix=mix_of(recipe, kind), opening=opening, history=history)


_NOTHING: dict[str, list[int]] = {
    name: [] for name in ("customer", "document", "invoiced_on", "due_on", "amount_fen")
}


def history_start(recipe: Recipe) -> Day:
    """The first day of the history."""
    after = np.datetime64(recipe.as_of, "D") + 1
    return int((after.astype("datetime64[M]") - recipe.history_months).astype("datetime64[D]").astype(int))


def _lived(recipe: Recipe, plain: Portfolio) -> Past:
    first = history_start(recipe) - recipe.burn_in_days
    scenario = Scenario(
        name="past", start=date_of(first), days=plain.last_day - first + 1, calendar=plain.calendar,
        company=recipe.company, economy=Economy(default_pct=0),
    )  # fmt: skip
    world = without_idle_orders(draw(plain, scenario, seed=recipe.seed, runs=PASTS))
    ledger, _ = simulate(world, plain.policy_in_force)
    past = _past_of(ledger, _most_ordinary(ledger, history_start(recipe)))
    rng = np.random.Generator(np.random.PCG64([recipe.seed, TRADE_STREAM]))
    rows = recipe.rows()
    past = retention(past, rows, rng, world.calendar, plain.last_day)
    past = rebates(deductions(past, rows, rng), rows, plain.last_day)
    return rest_in_idle_months(past, plain, rng, world.calendar)


def _most_ordinary(ledger: Ledger, first: Day) -> int:
    """Which run is nearest to the mean of all in sales since `first`, DSO and the overdue share at the end?"""
    entries = ledger.entries[ledger.entries["kind"] != "recovery"]
    amount, run = entries["amount_fen"], entries["run"]
    is_sale = (entries["kind"] == "invoice") & (entries["happened_on"] >= first)
    parts = (is_sale, run >= 0, entries["due_on"] < ledger.last)
    sales, owed, overdue = (amount.where(part, 0).groupby(run).sum().to_numpy(dtype=float) for part in parts)
    figures = np.stack([sales, owed / sales, overdue / owed], axis=1)
    far = (figures - figures.mean(axis=0)) / figures.std(axis=0)
    return int(np.argmin((far**2).sum(axis=1)))


def _past_of(ledger: Ledger, run: int) -> Past:
    """Bills and how they were settled, from one run of a simulated ledger."""
    entries = ledger.entries[ledger.entries["run"] == run]
    kind = entries["kind"].astype("str")
    strange = set(kind) - {"invoice", "opening", "recovery", *SETTLED_BY}
    if strange:
        raise ValueError(f"the past holds entries that a history has no place for: {sorted(strange)}")
    billed = entries[kind == "invoice"].set_index("document").rename_axis(None)
    settled = entries[kind.isin(SETTLED_BY)]
    actions = ledger.actions[ledger.actions["run"] == run]
    opened = actions[actions["kind"] == "dispute_opened"]["document"]
    ended = actions[actions["kind"] == "dispute_settled"]["document"]
    bills = pd.DataFrame(
        {
            "customer": billed["customer"], "invoiced_on": billed["invoiced_on"], "due_on": billed["due_on"],
            "billed": billed["amount_fen"], "document": _numbers(billed["invoiced_on"]),
            "disputed": billed.index.isin(opened).astype(int),
            "in_dispute": (billed.index.isin(opened) & ~billed.index.isin(ended)).astype(int),
        }
    )  # fmt: skip
    rows = {
        "bill": settled["against"],
        "kind": settled["kind"].astype("str"),
        "amount_fen": -settled["amount_fen"],
    }
    return Past(bills, pd.DataFrame({**rows, "settled_on": settled["happened_on"]}).reset_index(drop=True))


def _numbers(invoiced_on: pd.Series) -> list[str]:
    """Bills are numbered within their year, in the order they were written."""
    years = invoiced_on.to_numpy().astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    place = pd.Series(years).groupby(years).cumcount() + 1
    return [f"{year}-{number:05d}" for year, number in zip(years, place, strict=True)]


def _cut(recipe: Recipe, past: Past, plain: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is open on the last day, and what was settled within the history."""
    ids = plain.column("customer")
    left = past.open_fen()
    bills = past.bills.assign(amount_fen=left, customer=ids[past.bills["customer"]])
    head = ["customer", "document", "invoiced_on", "due_on"]
    opening = bills[left > 0].sort_values(["invoiced_on", "document"])
    opening = opening[[*head, "amount_fen", "in_dispute"]].rename(columns={"in_dispute": "disputed"})
    recent = past.settled[past.settled["settled_on"] >= history_start(recipe)]
    told = recent.join(bills[[*head, "disputed"]], on="bill").sort_values(["settled_on", "document", "kind"])
    columns = [*head, "kind", "amount_fen", "settled_on", "disputed"]
    return opening.reset_index(drop=True), told[columns].reset_index(drop=True)
