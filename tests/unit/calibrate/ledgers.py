"""Ledgers of made-up customers whose behaviour is known, as an export would give them."""

import numpy as np

from sim.base.days import NEVER, day_of
from sim.intake.amounts import Amounts
from sim.intake.build import build_ledger
from sim.intake.ids import Ids
from sim.intake.rows import Rows
from sim.model.ledger import Ledger

FIRST = day_of("2023-01-02")  # a Monday


def ledger_of(customer, invoiced, due, settled, amount=None, *, last=None, currency="EUR") -> Ledger:
    """A ledger of these invoices; a settled day of NEVER is open."""
    invoiced, due, settled = (np.asarray(days, dtype=np.int64) for days in (invoiced, due, settled))
    seen = invoiced <= (NEVER if last is None else last)
    customer, invoiced, due, settled = (np.asarray(x)[seen] for x in (customer, invoiced, due, settled))
    amount = None if amount is None else np.asarray(amount)[seen]
    count = len(invoiced)
    fen = np.full(count, 10_000, dtype=np.int64) if amount is None else np.asarray(amount, dtype=np.int64)
    no = np.zeros(count, dtype=bool)
    names = np.array([f"C{who:03d}" for who in customer], dtype=object)
    rows = Rows(
        lines=np.arange(count) + 2, customer=Ids(names, no, no), document=None, name=None, invoiced_on=invoiced,
        due_on=due, settled_on=settled, amounts=Amounts(fen, ~no, no, ".", "stated", "", no), disputed=None,
        is_open=None, days_to_settle=None, days_late=None, company=None, blank={},
    )  # fmt: skip
    open_at_end = np.where(settled <= (last or NEVER), settled, NEVER)
    rows = Rows(**{**rows.__dict__, "settled_on": open_at_end})
    return build_ledger(rows, ~no, currency, last, complete=last is not None)


def lateness_of(
    seed: int, mean_late, invoices: int, *, days: int = 730, terms: int = 30, last=None
) -> Ledger:
    """Customers who order evenly and pay exponentially late from the invoice on, each with its own mean days late."""
    stream = np.random.default_rng(seed)
    customer = np.repeat(np.arange(len(mean_late)), invoices)
    invoiced = FIRST + stream.integers(0, days, len(customer))
    wait = 1 + stream.exponential(np.repeat(np.asarray(mean_late) + terms, invoices)).astype(np.int64)
    amount = np.exp(10 + 0.5 * stream.standard_normal(len(customer))).astype(np.int64)
    return ledger_of(customer, invoiced, invoiced + terms, invoiced + wait, amount, last=last)
