"""What do customers' trades do to the past that the core of the simulator does not do?

Each function takes the bills and settlements of the past and gives them back changed. When the simulator does one of
these things by itself in the past too, its function here goes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, Day, months_of
from sim.model.portfolio import Portfolio, idle_months_of
from sim.world import World
from tools.datasets.recipe import Segment

YEARS_BEFORE = (
    1,
    2,
)  # retention money kept back so many years before the simulated time is still on the books
RETENTION_LATE_MEDIAN, RETENTION_LATE_SIGMA = 40.0, 0.8  # days after it is due that retention money comes
REBATE_DAYS = 365  # purchases of so many days earn the rebate
STOCKING_PCT = 150  # the last order before the idle months, in percent of a normal one
STOCKING_DAYS = 21  # placed in so many days before them
PAID_WHILE_RESTING = 0.05  # share of the payments of idle months that come nevertheless
BACK_FIRST, BACK_LAST = 3, 20  # the others come between these days after the idle months


@dataclass(frozen=True)
class Past:
    """`bills` by number: customer (code), document, invoiced_on, due_on, billed, disputed, in_dispute. `settled`: bill,
    kind, amount_fen (positive), settled_on."""

    bills: pd.DataFrame
    settled: pd.DataFrame

    def open_fen(self) -> pd.Series:
        """What is still owed on each bill."""
        done = self.settled.groupby("bill")["amount_fen"].sum().reindex(self.bills.index, fill_value=0)
        return self.bills["billed"] - done


def _of(rows: list[Segment], name: str, who: pd.Series) -> NDArray[np.int64]:
    """A figure of the customers' segments, one for each of `who`."""
    return np.array([getattr(segment, name) for segment in rows])[who.to_numpy()]


def retention(
    past: Past, rows: list[Segment], rng: np.random.Generator, calendar: WorkCalendar, last: Day
) -> Past:
    """Project customers keep part of each bill back for a year or two: a bill of its own, due then.

    What they kept back before the simulated time is that of its first year again, so many years earlier.
    """
    bills, settled = past.bills.copy(), past.settled.copy()
    kept = bills["billed"] * _of(rows, "retention_bp", bills["customer"]) // 10_000
    kept = kept[kept > 0]
    if not len(kept):
        return past
    left = past.open_fen().reindex(kept.index)
    from_open = kept[left >= kept]
    largest = settled.loc[settled.groupby("bill")["amount_fen"].idxmax()].set_index("bill", append=True)
    largest = largest.reset_index(level=0, names="row").reindex(kept.index.difference(from_open.index))
    from_paid = largest[
        (largest["amount_fen"] > kept.reindex(largest.index)) & (largest["kind"] == "receipt")
    ]
    settled.loc[from_paid["row"].astype(int), "amount_fen"] -= kept.reindex(from_paid.index).to_numpy()
    split = kept[kept.index.isin(from_open.index) | kept.index.isin(from_paid.index)]
    bills.loc[split.index, "billed"] -= split
    kept_back = bills.loc[split.index].assign(billed=split)
    year = bills["document"].str[:4]
    first_year = kept_back[year[kept_back.index] == year.min()]
    mine = pd.concat([kept_back, *(_years_earlier(first_year, years) for years in YEARS_BEFORE)])
    days = np.array([rng.choice(rows[who].retention_days) for who in mine["customer"]])
    due = mine["invoiced_on"].to_numpy() + days
    new = mine.assign(document=mine["document"] + "-R", due_on=due, disputed=0, in_dispute=0)
    new.index = pd.RangeIndex(int(bills.index.max()) + 1, int(bills.index.max()) + 1 + len(new))
    late = RETENTION_LATE_MEDIAN * np.exp(RETENTION_LATE_SIGMA * rng.standard_normal(len(new)))
    paid_on = calendar.next_workday(np.minimum(due + np.rint(late), last + 1).astype(np.int32))
    paid = pd.DataFrame(
        {"bill": new.index, "kind": "receipt", "amount_fen": new["billed"], "settled_on": paid_on}
    )
    paid = paid[paid["settled_on"] <= last]
    return Past(pd.concat([bills, new]), pd.concat([settled, paid], ignore_index=True))


def _years_earlier(bills: pd.DataFrame, years: int) -> pd.DataFrame:
    names = [f"{int(name[:4]) - years}{name[4:]}" for name in bills["document"]]
    return bills.assign(invoiced_on=bills["invoiced_on"] - 365 * years, document=names)


def deductions(past: Past, rows: list[Segment], rng: np.random.Generator) -> Past:
    """Supermarkets pay less than the bill: what they take off for promotion and listing becomes a credit note."""
    settled = past.settled.copy()
    share = _of(rows, "deduction_bp", past.bills["customer"].reindex(settled["bill"])) / 10_000
    cut = np.rint(settled["amount_fen"] * share * rng.gamma(4.0, 0.25, len(settled))).astype(np.int64)
    cut = cut.where((settled["kind"] == "receipt") & (cut < settled["amount_fen"] // 2), 0)
    settled["amount_fen"] -= cut
    taken = settled[cut > 0].assign(kind="credit_note", amount_fen=cut[cut > 0])
    return replace(past, settled=pd.concat([settled, taken], ignore_index=True))


def rebates(past: Past, rows: list[Segment], last: Day) -> Past:
    """Dealers are credited a share of the year's purchases on its last day, against their oldest open bills."""
    bills = past.bills
    bought = bills[bills["invoiced_on"] > last - REBATE_DAYS].groupby("customer")["billed"].sum()
    due = bought * _of(rows, "rebate_bp", bought.index.to_series()) // 10_000
    left = past.open_fen()
    oldest = bills.assign(left=left)[left > 0].sort_values(["customer", "invoiced_on", "document"])
    before = oldest.groupby("customer")["left"].cumsum() - oldest["left"]
    room = due.reindex(oldest["customer"]).fillna(0).to_numpy() - before
    credit = np.minimum(oldest["left"], np.maximum(room, 0)).astype(np.int64)
    given = credit[credit > 0]
    new = pd.DataFrame({"bill": given.index, "kind": "credit_note", "amount_fen": given, "settled_on": last})
    return replace(past, settled=pd.concat([past.settled, new], ignore_index=True))


def without_idle_orders(world: World) -> World:
    """No orders in idle months, and larger ones just before them: customers stock up."""
    lives = world.lives
    mark, amount = lives.mark.copy(), lives.amount_fen.copy()
    month = months_of(lives.wanted_on) + 1
    soon = months_of(lives.wanted_on + STOCKING_DAYS) + 1
    for code, text in enumerate(world.portfolio.column("idle_months")):
        idle = idle_months_of(text)
        mine = lives.customer == code
        mark[mine & np.isin(month, idle)] = np.inf
        stocking = mine & ~np.isin(month, idle) & np.isin(soon, idle)
        amount[stocking] = amount[stocking] * STOCKING_PCT // 100
    return replace(world, lives=replace(lives, mark=mark, amount_fen=amount))


def rest_in_idle_months(
    past: Past, portfolio: Portfolio, rng: np.random.Generator, calendar: WorkCalendar
) -> Past:
    """A customer that rests (reading "a") pays in its idle months next to nothing; the rest comes when it is back."""
    settled = past.settled.copy()
    month = months_of(settled["settled_on"].to_numpy()) + 1
    who = past.bills["customer"].reindex(settled["bill"]).to_numpy()
    moved = np.zeros(len(settled), dtype=bool)
    for code, text in enumerate(portfolio.column("idle_months")):
        if portfolio.column("idle_reading")[code] == "a":
            moved |= (who == code) & np.isin(month, idle_months_of(text))
    moved &= (settled["kind"] == "receipt") & (rng.random(len(settled)) >= PAID_WHILE_RESTING)
    days = [
        _back_on(int(day), portfolio.column("idle_months")[code])
        for day, code in zip(settled["settled_on"][moved], who[moved], strict=True)
    ]
    back = np.array(days, dtype=np.int32) + rng.integers(BACK_FIRST, BACK_LAST, len(days), dtype=np.int32)
    settled.loc[moved, "settled_on"] = np.minimum(calendar.next_workday(back), NEVER)
    return replace(past, settled=settled[settled["settled_on"] <= portfolio.last_day])


def _back_on(day: Day, text: str) -> Day:
    """The first day after this one that is not in an idle month."""
    idle = idle_months_of(text)
    while int(months_of(np.array([day], dtype=np.int32))[0]) + 1 in idle:
        day += 1
    return day
