"""Which open invoices are paid in part by now? They enter the ledger at their full amount: that must be said."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.intake.amounts import read_amounts
from sim.intake.columns import plain_header
from sim.intake.report import Note
from sim.intake.rows import Rows

_STILL_OPEN = frozenset({
    "openamount", "amountopen", "openbalance", "outstanding", "outstandingamount", "amountoutstanding", "amountdue",
    "balance", "balancedue", "remaining", "remainingamount", "remainingbalance", "未收金额", "未收款金额", "未回款金额",
    "未核销金额", "未结清金额", "未清金额", "应收余额", "欠款金额", "欠款余额", "余额",
})  # fmt: skip
_ALREADY_PAID = frozenset({
    "paidamount", "amountpaid", "paid", "receivedamount", "amountreceived", "settledamount", "已收金额", "已收款",
    "已收款金额", "已回款金额", "已核销金额", "已付金额", "回款金额", "收款金额", "实收金额",
})  # fmt: skip


def part_payments(
    frame: pd.DataFrame, taken: Iterable[str], rows: Rows, used: NDArray[np.bool_]
) -> list[Note]:
    """A warning when a column that is not used says that less is open than the whole invoice."""
    mine = set(taken)
    for column in (str(name) for name in frame.columns if name not in mine):
        name = plain_header(column)
        if name not in _STILL_OPEN | _ALREADY_PAID:
            continue
        amounts = read_amounts(frame[column], rows.amounts.decimal)
        if amounts is None:
            continue
        rest = amounts.fen if name in _STILL_OPEN else rows.amounts.fen - amounts.fen
        known = used & amounts.readable & ~amounts.blank
        if rows.settled_on is not None:
            known &= rows.settled_on == NEVER
        part = known & (rest >= 0) & (rest < rows.amounts.fen)
        if part.any():
            lines = tuple(int(line) for line in rows.lines[part][:5])
            return [Note("paid_in_part", "warning", {"rows": int(part.sum()), "column": column}, lines)]
    return []
