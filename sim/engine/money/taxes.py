"""Which taxes are due, and when? VAT every month on the 15th, income tax after each quarter (mechanism `company`)."""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, date_of
from sim.base.money import share
from sim.engine.money.accountant import GeneralLedger

Longs = NDArray[np.int64]

INCOME_TAX_BP = 2_500
"""Income tax on the profit of the calendar year so far (Pm); a loss is not carried into the next year."""
PAY_DAY = 15
"""Both are paid on this day: VAT of the month before, income tax in the first month of a quarter (Pm)."""
QUARTER_STARTS = (1, 4, 7, 10)


class Taxes:
    """What is owed to the tax office. Taxes up to the opening day are paid, but for one month's VAT."""

    def __init__(self, accounts: GeneralLedger):
        self.accounts = accounts
        runs = accounts.books.runs
        self.profit = np.zeros(runs, dtype=np.int64)  # of the calendar year, before tax
        self.accrued = np.zeros(runs, dtype=np.int64)
        self.vat_due = np.maximum(accounts.of("vat_payable"), 0)
        self.tax_due = np.zeros(runs, dtype=np.int64)

    def accrue(self) -> None:
        """At a closing, before the profit is struck: book income tax on the year's profit so far."""
        self.profit += self.accounts.profit_so_far()
        wanted = share(np.maximum(self.profit, 0), INCOME_TAX_BP)
        self.accounts.post("income_tax", "tax_payable", None, wanted - self.accrued)
        self.accrued = wanted

    def close(self, day: Day) -> None:
        """After a closing: what must be paid next month? A new year begins with no profit."""
        self.vat_due = np.maximum(self.accounts.of("vat_payable"), 0)
        self.tax_due = np.maximum(self.accounts.of("tax_payable"), 0)
        if date_of(day).month == 12:
            self.profit[:] = self.accrued[:] = 0

    def due(self, day: Day) -> dict[str, Longs]:
        """What is paid today, by kind of cash movement?"""
        today = date_of(day)
        if today.day != PAY_DAY:
            return {}
        vat, self.vat_due = self.vat_due, np.zeros_like(self.vat_due)
        if today.month not in QUARTER_STARTS:
            return {"vat": vat}
        tax, self.tax_due = self.tax_due, np.zeros_like(self.tax_due)
        return {"vat": vat, "tax": tax}
