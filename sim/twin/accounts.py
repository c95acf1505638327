"""What do the company's books say at each month's end? Worked out afterwards from what was written down."""

from typing import TYPE_CHECKING, Any

from sim.base.days import Day
from sim.base.money import WHOLE_BP, share_of
from sim.model.accounts import ACCOUNTS, closing_days

if TYPE_CHECKING:
    from sim.twin.house import House

COSTS = ("fixed_cost", "payroll", "collection", "dispute_desk")


def monthly_accounts(house: "House") -> list[dict[str, Any]]:
    """All accounts on the evening before the first day, at each month's end and on the last day."""
    lines: list[dict[str, Any]] = []
    days = closing_days(house.first, house.scenario.last).tolist()
    capital, earned = 0, 0
    for before, day in zip([house.first - 2, *days], days, strict=False):
        books = _result(house, before, day) | _standing(house, day)
        profit = books["sales"] + books["recoveries"]
        profit -= sum(books[cost] for cost in (*COSTS, "credit_notes", "discounts", "bad_debt"))
        profit -= books["cost_of_goods"] + books["overdraft_interest"]
        earned += profit
        if day < house.first:
            capital = books["cash"] + books["receivables"] - books["payables"] - books["overdraft"]
        books |= {"capital": capital, "retained": earned}
        lines += [{"closed_on": day, "account": name, "amount_fen": books.get(name, 0)} for name in ACCOUNTS]
    return lines


def _result(house: "House", before: Day, day: Day) -> dict[str, int]:
    """What was earned and spent after one evening and until another?"""

    def total(table: str, kind: str) -> int:
        rows = (
            row for row in house.written[table] if before < row["happened_on"] <= day and row["kind"] == kind
        )
        return int(sum(row["amount_fen"] for row in rows))

    books = {cost: -total("cash", cost) for cost in COSTS}
    books |= {"sales": total("entries", "invoice"), "recoveries": total("cash", "recovery")}
    books |= {"credit_notes": -total("entries", "credit_note"), "discounts": -total("entries", "discount")}
    books |= {"bad_debt": -total("entries", "write_off"), "overdraft_interest": -total("cash", "interest")}
    return books | {"cost_of_goods": _cost_of(house, before, day)}


def _standing(house: "House", day: Day) -> dict[str, int]:
    """What do we have, what are we owed, and what do we owe on this evening?"""
    money = sum(row["amount_fen"] for row in house.written["cash"] if row["happened_on"] <= day)
    owed = sum(
        row["amount_fen"]
        for row in house.written["entries"]
        if row["happened_on"] <= day and row["kind"] != "recovery"
    )
    paid = sum(
        row["amount_fen"]
        for row in house.written["cash"]
        if row["happened_on"] <= day and row["kind"] == "supplier"
    )
    yearly = int(house.portfolio.yearly_sales_fen().sum())
    daily = share_of(yearly, WHOLE_BP - house.company.margin_bp) // 365
    bought_before = house.portfolio.policy_in_force.finance.supplier_days * daily
    fixed = share_of(yearly, house.company.fixed_cost_bp) // 365
    policy = house.timeline.policy_on(max(day, house.first))
    return {
        "cash": max(money, 0),
        "overdraft": max(-money, 0),
        "receivables": owed,
        "payables": bought_before + _cost_of(house, house.first - 1, day) + paid,
        "overdraft_line": policy.finance.overdraft_days * (daily + fixed),
    }


def _cost_of(house: "House", before: Day, day: Day) -> int:
    """What did the goods cost that were invoiced after one evening and until another?"""
    sold = (
        row["amount_fen"]
        for row in house.written["entries"]
        if row["kind"] == "invoice" and before < row["happened_on"] <= day
    )
    return sum(share_of(amount, WHOLE_BP - house.company.margin_bp) for amount in sold)
