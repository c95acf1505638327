"""Which portfolio would have left this ledger? Fitted where the ledger speaks, assumed and said so where it does not.

The seller's own collection effort, credit holds and disputes are part of the lateness observed. The fitted curves are
lateness *with the effort in force*; so the policy in force of the fitted portfolio has no collectors, ladder or holds
of its own, and every move of another policy acts on top of what was done anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaincinv

from sim.base.calendar import FIRST_DAY, LAST_DAY, CalendarName
from sim.base.days import Day, date_of
from sim.base.errors import Problems
from sim.calibrate.archetypes import behaviours_of
from sim.calibrate.checks import habit_of, predicted
from sim.calibrate.findings import Finding, findings_of
from sim.calibrate.lateness import LatenessFit, fit_lateness
from sim.calibrate.orders import Orders, fit_orders
from sim.calibrate.pay_days import PayDays, find_pay_days, pay_gaps, payment_calendar
from sim.calibrate.spells import Spells, exposure, spells_of
from sim.measure.books import Books
from sim.model.history import history_of
from sim.model.ledger import Ledger
from sim.model.policy import LEVERS, Collection, Credit, Policy, Terms
from sim.model.portfolio import CUSTOMER_COLUMNS, NO_OPENING, Portfolio
from sim.model.scenario import Company
from sim.words import Words

Ints = NDArray[np.int64]
ASSUMED_NET_DAYS = 30
"""Where an export has no invoice dates (assumption)."""
FEWEST_PAID = 30
_TOO_RECENT = 0.99
"""Of settled items only, invoices younger than this quantile of lateness would show their early payers only."""
_YEAR = 365.0
HISTORY_DAYS = 365
COLLECTOR_SHARE = 0.01
"""A collector costs at most this share of the year's sales (assumption; holds for small sellers only)."""


@dataclass(frozen=True)
class Fit:
    """A portfolio, what was found on the way, and how sure each customer's figures are (90 % intervals)."""

    portfolio: Portfolio
    findings: tuple[Finding, ...]
    uncertainty: pd.DataFrame


def fit(ledger: Ledger) -> Fit:
    """The portfolio of a ledger. Raises BadInput when it does not hold payments, or too few, or several runs."""
    _demand(ledger)
    spells = spells_of(ledger)
    _demand_payments(spells)
    terms = _terms(ledger, spells)
    only_settled = "open_items" not in ledger.coverage
    calendar = payment_calendar(spells.paid_on)
    count = len(ledger.customers)
    pay_days = find_pay_days(spells.customer, spells.paid_on, count, calendar)
    gaps = pay_gaps(spells.customer, spells.paid_on, pay_days, calendar)
    fair = _not_too_recent(spells, ledger.last) if only_settled else np.ones(len(spells), dtype=bool)
    fitted = _lateness(spells.only(fair), gaps[fair], count)
    issued = spells.only(spells.is_invoice)
    window = _window(ledger, issued, terms, only_settled)
    orders = fit_orders(issued.customer, issued.amount_fen, count, (window[1] - window[0] + 1) / _YEAR)
    as_of = window[1]
    behaviours, mix = behaviours_of(fitted)
    china = ledger.currency == "CNY" and window[0] >= FIRST_DAY and as_of + 366 <= LAST_DAY
    names = {lang: Words(lang).say("fit.portfolio", last=date_of(as_of).isoformat()) for lang in ("en", "zh")}
    portfolio = Portfolio(
        name_en=names["en"], name_zh=names["zh"], customers=_customers(ledger, orders, fitted, pay_days, terms),
        mix=mix, as_of=date_of(as_of), opening=_opening(ledger, as_of, terms), behaviours=behaviours,
        currency=ledger.currency, calendar=_calendar(calendar, china), seasonal=False,
        policy_in_force=policy_in_force(terms.net_days), basis=_basis(ledger),
        company=company_of(orders.yearly_fen()),
        history=history_of(ledger, first=max(ledger.first, as_of - HISTORY_DAYS + 1), last=as_of),
    )  # fmt: skip
    facts = {
        **_facts(ledger, spells, fair, window, terms, pay_days, fitted, portfolio),
        **predicted(spells.only(fair), gaps[fair], fitted, ledger.last), **habit_of(spells.only(fair), fitted),
    }  # fmt: skip
    return Fit(
        portfolio, findings_of(ledger.coverage, facts, only_settled), _uncertainty(ledger, orders, fitted)
    )


def company_of(yearly_fen: float) -> Company:
    """The seller's own figures as assumed; for a small seller a collector costs no more than a share of its sales."""
    usual = Company()
    at_most = int(yearly_fen * COLLECTOR_SHARE / 12)
    return usual.model_copy(update={"collector_fen_per_month": min(usual.collector_fen_per_month, at_most)})


def policy_in_force(net_days: int) -> Policy:
    """What the seller does now, as far as it is not already in the fitted lateness: terms, and nothing else."""
    return Policy(
        terms=Terms(net_days=net_days, discount_bp=0),
        credit=Credit(limit_enforcement="none", hold_when_overdue=False),
        collection=Collection(
            ladder=(), collectors=0, write_off_days=LEVERS["collection.write_off_days"].high
        ),
    )


@dataclass(frozen=True)
class FoundTerms:
    """Standard net days, what each customer has beyond them, and the share of invoices on their customer's terms."""

    net_days: int
    extra: Ints
    share: float
    assumed: bool


def _demand(ledger: Ledger) -> None:
    problems = Problems()
    if len(ledger.runs) > 1:
        problems.add("fit.several_runs", "runs", len(ledger.runs))
    if not {"invoice", "receipt"} <= ledger.coverage:
        problems.add("fit.no_payments", "coverage", ", ".join(sorted(ledger.coverage)))
    problems.stop_if_any()


def _demand_payments(spells: Spells) -> None:
    problems = Problems()
    paid = int(spells.is_paid.sum())
    if paid < FEWEST_PAID:
        problems.add("fit.too_few_payments", "entries", paid, least=FEWEST_PAID)
    problems.stop_if_any()


def _terms(ledger: Ledger, spells: Spells) -> FoundTerms:
    """The commonest term of all, and of each customer."""
    count = len(ledger.customers)
    if "invoice_dates" not in ledger.coverage:
        return FoundTerms(ASSUMED_NET_DAYS, np.zeros(count, dtype=np.int64), float("nan"), True)
    lever = LEVERS["terms.net_days"]
    days = spells.due_on - spells.invoiced_on
    values, times = np.unique(days, return_counts=True)
    standard = int(np.clip(values[np.argmax(times)], lever.low, lever.high))
    table = pd.DataFrame({"customer": spells.customer, "days": days}).value_counts().reset_index(name="times")
    best = table.sort_values(["customer", "times", "days"], ascending=[True, False, True]).drop_duplicates(
        "customer"
    )
    mine = np.full(count, standard, dtype=np.int64)
    mine[best["customer"].to_numpy()] = best["days"].to_numpy()
    low, high = CUSTOMER_COLUMNS["extra_net_days"].low, CUSTOMER_COLUMNS["extra_net_days"].high
    extra = np.clip(mine - standard, max(low, -standard), high).astype(np.int64)
    return FoundTerms(standard, extra, float((days == mine[spells.customer]).mean()), False)


def _not_too_recent(spells: Spells, last: Day) -> NDArray[np.bool_]:
    """Old enough that even a late payer would be in the export."""
    latest = float(np.quantile(spells.end, _TOO_RECENT))
    old = spells.due_on + latest <= last
    return old if old.sum() >= FEWEST_PAID else np.ones(len(spells), dtype=bool)


def _lateness(spells: Spells, gaps: Ints, count: int) -> LatenessFit:
    first, last = int(spells.start.min()) + 1, int(spells.end.max())
    whole = exposure(spells, gaps, count, first, last)
    order = np.lexsort((spells.document, spells.due_on, spells.customer))
    odd = np.zeros(len(spells), dtype=bool)
    odd[order[::2]] = True
    half = exposure(spells.only(odd), gaps[odd], count, first, last)
    other = exposure(spells.only(~odd), gaps[~odd], count, first, last)
    return fit_lateness(whole, half, other)


def _window(ledger: Ledger, issued: Spells, terms: FoundTerms, only_settled: bool) -> tuple[Day, Day]:
    """From the first to the last day on which an invoice would be in the ledger; the second is the opening day."""
    if not only_settled and not terms.assumed:
        return ledger.first, ledger.last
    days = issued.due_on - terms.net_days if terms.assumed else issued.invoiced_on
    return int(days.min()), min(int(days.max()), ledger.last)


def _calendar(found: CalendarName, china: bool) -> CalendarName:
    return found if found == "every_day" or not china else "china"


def _customers(
    ledger: Ledger, orders: Orders, fitted: LatenessFit, pay_days: PayDays, terms: FoundTerms
) -> pd.DataFrame:
    ids = ledger.customers["customer"].astype(str)
    table = pd.DataFrame({"customer": ids})
    for name in ("name_en", "name_zh"):
        known = ledger.customers[name].astype(str) if name in ledger.customers else ids
        table[name] = known.where(known != "", ids)
    table["orders_per_year"] = np.round(orders.per_year, 4)
    table["order_median_fen"] = orders.median_fen
    table["order_sigma"] = np.round(orders.sigma, 4)
    table["extra_net_days"] = terms.extra
    table["pay_rule"] = list(pay_days.rule)
    table["pay_anchor"] = list(pay_days.anchor)
    table["pace"] = np.round(np.clip(fitted.pace, 0.01, 100), 4)
    table["dispute_bp"] = 0
    for name, column in CUSTOMER_COLUMNS.items():
        if name not in table:
            table[name] = np.full(len(table), column.default)
    return table[list(CUSTOMER_COLUMNS)]


def _opening(ledger: Ledger, as_of: Day, terms: FoundTerms) -> pd.DataFrame:
    """What was open on the evening of this day."""
    documents = Books(ledger).documents
    balance = documents.open_at(as_of - ledger.first + 1)
    invoiced = documents.due_on - terms.net_days if terms.assumed else documents.invoiced_on
    at = np.flatnonzero((balance > 0) & (invoiced <= as_of))
    if not len(at):
        return NO_OPENING
    ids = ledger.document_ids
    code = documents.code[at]
    return pd.DataFrame(
        {
            "customer": ledger.customers["customer"].astype(str).to_numpy()[documents.customer[at]],
            "document": [str(ids[c]) if ids is not None and c < len(ids) else str(c) for c in code],
            "invoiced_on": invoiced[at].astype(np.int32), "due_on": documents.due_on[at].astype(np.int32),
            "amount_fen": balance[at],
        }
    )  # fmt: skip


def _basis(ledger: Ledger) -> dict[str, Literal["F", "A"]]:
    """F: fitted to the ledger; A: assumed."""
    dated: Literal["F", "A"] = "F" if "invoice_dates" in ledger.coverage else "A"
    return {
        "orders": "F", "amounts": "F", "lateness": "F", "pay_days": "F", "terms": dated, "opening": dated,
        "archetypes": "A", "defaults": "A", "disputes": "A", "demand": "A",
    }  # fmt: skip


def _facts(
    ledger: Ledger,
    spells: Spells,
    fair: NDArray[np.bool_],
    window: tuple[Day, Day],
    terms: FoundTerms,
    pay_days: PayDays,
    fitted: LatenessFit,
    portfolio: Portfolio,
) -> Mapping[str, object]:
    """All figures that the findings name."""
    paid, found = spells.is_paid, np.array(pay_days.rule) != "any"
    disputed = int((ledger.actions["kind"] == "dispute_opened").sum())
    return {
        "invoices": len(spells), "customers": len(portfolio), "paid": int(paid.sum()), "open": int((~paid).sum()),
        "first": date_of(window[0]).isoformat(), "last": date_of(window[1]).isoformat(),
        "young": int((~fair).sum()), "net_days": terms.net_days, "terms_share": terms.share,
        "other_terms": int((terms.extra != 0).sum()), "groups": fitted.mix.shape[1], "strength": fitted.strength,
        "slowest": float(np.quantile(fitted.pace, 0.05)), "fastest": float(np.quantile(fitted.pace, 0.95)),
        "few": int((np.bincount(spells.customer, minlength=len(portfolio)) < 5).sum()),
        "pay_rules": int(found.sum()), "pay_tested": pay_days.tested, "disputed": disputed,
        "disputed_share": disputed / max(len(spells), 1), "opening": len(portfolio.opening),
        "every_day": portfolio.calendar == "every_day",
        "collector": portfolio.company.collector_fen_per_month / 100,
    }  # fmt: skip


def _uncertainty(ledger: Ledger, orders: Orders, fitted: LatenessFit) -> pd.DataFrame:
    """90 % intervals of orders per year and pace, by customer."""
    after, rate = fitted.events + fitted.strength, fitted.expected + fitted.strength
    return pd.DataFrame(
        {
            "customer": ledger.customers["customer"].astype(str),
            "orders_per_year_low": orders.low, "orders_per_year_high": orders.high,
            "pace_low": gammaincinv(after, 0.05) / rate, "pace_high": gammaincinv(after, 0.95) / rate,
        }
    )  # fmt: skip
