"""Which fixed figures do the rules of the core use? Their meaning stands in `docs/rules.md`."""

RECEIPT_BASE = 1_000_000_000
"""Receipts are numbered from here, one per customer and day."""

LIMIT_GRACE_DAYS = 10
LIMIT_LEAST_ORDERS = 3
"""Need is at least so many typical orders, or customers who order seldom could never buy (assumption)."""
GRADE_LIMIT_PCT = {"A": 150, "B": 120, "C": 90, "D": 50, "E": 0}
"""Credit limit by grade, in percent of the customer's need (assumption)."""

DEFAULT_NOTICE_DAYS = 15
"""So long after a customer has failed do we learn of it (assumption)."""

RECOVERY_DAYS = 240
"""So long after a write-off on default comes what is recovered (assumption)."""

PROMISE_FIRST_DAY, PROMISE_SPAN_DAYS = 3, 8
"""A promise names a day 3 to 10 days ahead (assumption)."""

VALUE_HALF_DAYS = 60
"""Worklist rule `value`: a claim counts half when it is so late (assumption)."""
