"""How do the rows of an export become a ledger? Sorted by content alone: the same invoices, the same ledger."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.intake.rows import Rows
from sim.model.ledger import (
    ACTION_DTYPES,
    ACTION_KINDS,
    CASH_DTYPES,
    ENTRY_DTYPES,
    ENTRY_KINDS,
    ORDER_DTYPES,
    Ledger,
    empty,
    table,
)  # fmt: skip
from sim.model.rules import RECEIPT_BASE

Ints = NDArray[np.int64]


def build_ledger(
    rows: Rows, used: NDArray[np.bool_], currency: str, as_of: Day | None, complete: bool = False
) -> Ledger:
    """The ledger of the used rows.

    With an invoice date: complete from the first invoice to the last event (or `as_of`). Without one, an invoice's
    entry stands on the first day that proves it (due, paid, or the last day). An export of nothing but open items is
    an opening balance on its last day: what was invoiced and paid before is not in it. Of an export of nothing but
    settled items it is unknown what was still open, unless it is said to be `complete`.
    """
    at = np.flatnonzero(used)
    settled = np.full(len(at), NEVER, dtype=np.int64) if rows.settled_on is None else rows.settled_on[at]
    if as_of is not None:
        settled = np.where(settled > as_of, NEVER, settled)
    due = rows.due_on[at]
    invoiced = None if rows.invoiced_on is None else rows.invoiced_on[at]
    last = _last_day(due, invoiced, settled) if as_of is None else as_of
    only_open = bool((settled == NEVER).all())
    start = np.minimum(np.minimum(due, settled), last) if invoiced is None else invoiced
    happened = np.full(len(at), last) if only_open else start
    order, ids, who, names = _sorted(rows, at, happened, due, settled)
    customer = who[order]
    invoiced_on = np.full(len(at), NEVER) if invoiced is None else invoiced[order]
    amount, due, settled, happened = rows.amounts.fen[at][order], due[order], settled[order], happened[order]
    entries = _entries(only_open, happened, customer, amount, invoiced_on, due, settled)
    disputed = None if rows.disputed is None else rows.disputed[at][order]
    flags = disputed is not None and bool(np.isfinite(disputed).all())
    actions = empty(ACTION_DTYPES)
    if flags and disputed is not None:
        actions = _dispute_flags(disputed == 1, happened, customer, amount, last)
    return Ledger(
        entries=entries, orders=empty(ORDER_DTYPES), actions=actions, cash=empty(CASH_DTYPES), customers=names,
        first=int(happened.min()), last=int(last), currency=currency,
        coverage=_coverage(only_open, complete or bool((settled == NEVER).any()), invoiced is not None, flags),
        document_ids=_unique(ids[order]),
    )  # fmt: skip


def _last_day(due: Ints, invoiced: Ints | None, settled: Ints) -> Day:
    paid = settled[settled != NEVER]
    events = paid if invoiced is None else np.concatenate([invoiced, paid])
    return int(events.max()) if len(events) else int(due.max())


def _coverage(only_open: bool, some_open: bool, dated: bool, flags: bool) -> frozenset[str]:
    known = {"open_items": some_open, "invoice_dates": dated, "dispute_flags": flags}
    recorded = {name for name, is_known in known.items() if is_known}
    return frozenset(recorded if only_open else {"invoice", "receipt", *recorded})


def _sorted(
    rows: Rows, at: Ints, happened: Ints, due: Ints, settled: Ints
) -> tuple[Ints, NDArray[np.object_], Ints, pd.DataFrame]:
    """The order of the documents (day, customer, number, due, amount, paid), their ids, customers and names."""
    who, customers = pd.factorize(rows.customer.values[at], sort=True)
    ids = np.full(len(at), "", dtype=object) if rows.document is None else rows.document.values[at]
    nameless = ids == ""
    ids = np.where(nameless, [f"#{line}" for line in rows.lines[at]], ids)
    number, _ = pd.factorize(np.where(nameless, "", ids), sort=True)
    order = np.lexsort((settled, rows.amounts.fen[at], due, number, who, happened))
    table_of_names = pd.DataFrame({"customer": pd.Series(customers, dtype="str")})
    names = pd.Series(_names(rows, at, who, len(customers)), dtype="str")
    table_of_names["name_en"] = table_of_names["name_zh"] = names
    return order, ids, np.asarray(who, dtype=np.int64), table_of_names


def _names(rows: Rows, at: Ints, who: Ints, count: int) -> list[str]:
    """Each customer's most frequent name, the first in the alphabet of equals; "" where the export has none."""
    if rows.name is None:
        return [""] * count
    pairs = pd.DataFrame({"who": who, "name": rows.name.to_numpy()[at]})
    times = pairs[pairs["name"] != ""].groupby(["who", "name"]).size().rename("times").reset_index()
    best = times.sort_values(["who", "times", "name"], ascending=[True, False, True]).drop_duplicates("who")
    found = dict(zip(best["who"], best["name"], strict=True))
    return [str(found.get(code, "")) for code in range(count)]


def _unique(ids: NDArray[np.object_]) -> NDArray[np.object_]:
    """The second and later documents of one number get /2, /3 ..."""
    series = pd.Series(ids)
    repeat = series.groupby(series).cumcount().to_numpy()
    return np.array(
        [f"{text}/{n + 1}" if n else text for text, n in zip(ids, repeat, strict=True)], dtype=object
    )


def _entries(
    only_open: bool, happened: Ints, customer: Ints, amount: Ints, invoiced_on: Ints, due: Ints, settled: Ints
) -> pd.DataFrame:
    """An entry for every invoice and one for its payment; one payment document per customer and day."""
    count = len(customer)
    paid = np.flatnonzero(settled != NEVER)
    number = np.arange(count)
    run_day = settled[paid] * (int(customer.max(initial=0)) + 1) + customer[paid]
    payments = RECEIPT_BASE + np.unique(run_day, return_inverse=True)[1]
    both = np.concatenate([number, paid])
    kind = np.repeat(
        [ENTRY_KINDS.index("opening" if only_open else "invoice"), ENTRY_KINDS.index("receipt")],
        [count, len(paid)],
    )
    day = np.concatenate([happened, settled[paid]])
    document = np.concatenate([number, payments])
    order = np.lexsort((both, kind, document, day))
    both, day = both[order], day[order]
    return table(
        ENTRY_DTYPES,
        {
            "run": np.zeros(len(both)), "happened_on": day, "known_on": day, "customer": customer[both],
            "kind": kind[order], "document": document[order], "against": both,
            "amount_fen": np.concatenate([amount, -amount[paid]])[order], "invoiced_on": invoiced_on[both],
            "due_on": due[both], "original_due_on": due[both],
        },
    )  # fmt: skip


def _dispute_flags(
    disputed: NDArray[np.bool_], happened: Ints, customer: Ints, amount: Ints, last: Day
) -> pd.DataFrame:
    """The flag has no day: it stands on the day of its invoice and is known on the last day only."""
    at = np.flatnonzero(disputed)
    at = at[np.lexsort((at, customer[at], happened[at]))]
    zeros = np.zeros(len(at), dtype=np.int64)
    return table(
        ACTION_DTYPES,
        {
            "run": zeros, "happened_on": happened[at], "known_on": zeros + last, "customer": customer[at],
            "kind": zeros + ACTION_KINDS.index("dispute_opened"), "document": at, "move": zeros, "outcome": zeros,
            "amount_fen": amount[at], "until": zeros + NEVER, "minutes": zeros,
        },
    )  # fmt: skip
