"""Who are the customers? A table of them, how they pay, what they owe on the opening day, and what is assumed.

The customer table has the columns CUSTOMER_COLUMNS; a file may leave out those with a default. Some need a word:

- `segment`: the kind of customer: project contractor, dealer, manufacturer, supermarket, buyer abroad (export), public
  body, micro firm, affiliate of our own group, or other.
- `group`: customers with the same id here belong to one group and owe as one; "" stands alone.
- `is_large`: 1 for a large enterprise or a public body, to which the rule on payment to small firms applies.
- `power_pct`: the buyer's bargaining power over us; `dependence_pct`: how much it depends on our supply;
  `willingness_pct`: how willing it is to pay what it can. All hidden from the seller, 0 to 100.
- `competitor_days`: so many days longer (less: shorter) than our terms in force do competitors let this customer pay.
- `idle_months`: months without business, such as "1,2" for a dealer who works ten months a year.
  `idle_reading` "a": it rests. "b": it places no orders, but settles its accounts, faster than in other months.
- `instrument`: how it is agreed to pay: on open account, by documentary collection (D/P) or by letter of credit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.calendar import CalendarName
from sim.base.days import Day, day_of
from sim.base.errors import Problems
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour
from sim.model.items import FARTHEST_DAYS as FARTHEST_DAYS
from sim.model.items import MOST_FEN as MOST_FEN
from sim.model.items import NO_HISTORY as NO_HISTORY
from sim.model.items import NO_OPENING as NO_OPENING
from sim.model.items import check_items, typed_items
from sim.model.policy import Policy
from sim.model.scenario import Company, Scenario, load_scenario

PayRule = Literal["any", "weekly", "twice_monthly", "monthly", "thirty_days"]
PAY_RULES: tuple[PayRule, ...] = ("any", "weekly", "twice_monthly", "monthly", "thirty_days")
SEGMENTS = (
    "project", "dealer", "maker", "supermarket", "export", "public", "micro", "affiliate", "other",
)  # fmt: skip
IDLE_READINGS = ("a", "b")
INSTRUMENTS = ("open_account", "collection", "letter_of_credit")
GRADES = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class Column:
    """What a column of the customer table holds, and its range. Unknown values are not allowed: fit or assume them."""

    kind: Literal["text", "int", "float", "choice"]
    low: float = -np.inf
    high: float = np.inf
    choices: tuple[str, ...] = ()
    default: object = None


CUSTOMER_COLUMNS: dict[str, Column] = {
    "customer": Column("text"),
    "name_en": Column("text", default=""),
    "name_zh": Column("text", default=""),
    "segment": Column("choice", choices=SEGMENTS, default="other"),
    "grade": Column("choice", choices=GRADES, default="C"),
    "extra_net_days": Column(
        "int", -180, 365, default=0
    ),  # this customer's terms beyond the standard net days
    "orders_per_year": Column("float", 0, 10_000),
    "order_median_fen": Column("int", 0, 10**13),
    "order_sigma": Column("float", 0, 3, default=0.8),  # of the logarithm of the amount
    "pay_rule": Column("choice", choices=PAY_RULES, default="any"),
    "pay_anchor": Column("int", 0, 31, default=0),  # weekday 0-4, day of the month, or offset in the cycle
    "lead_days": Column("int", 0, 60, default=0),  # a payment is ready so long before its pay day, on average
    "pace": Column("float", 0, 100, default=1.0),  # multiplier of the payment clock: able and willing above 1
    "default_bp_year": Column("int", 0, 10_000, default=250),
    "lgd_bp": Column("int", 0, 10_000, default=6_000),  # share lost when it defaults
    "dispute_bp": Column("int", 0, 10_000, default=300),  # of invoices
    "term_response_bp": Column(
        "float", 0, 100, default=10.0
    ),  # orders gained per extra day of term, basis points
    "patience_days": Column("int", 0, 365, default=10),  # a held order is lost after so long
    "group": Column("text", default=""),
    "is_large": Column("int", 0, 1, default=0),
    "power_pct": Column("int", 0, 100, default=50),
    "dependence_pct": Column("int", 0, 100, default=50),
    "willingness_pct": Column("int", 0, 100, default=70),
    "competitor_days": Column("int", -180, 365, default=0),
    "idle_months": Column("text", default=""),
    "idle_reading": Column("choice", choices=IDLE_READINGS, default="a"),
    "instrument": Column("choice", choices=INSTRUMENTS, default="open_account"),
}


@dataclass(frozen=True)
class Portfolio:
    """A seller's customers on one day. Frozen: change it by making another.

    `customers`: one row each, columns CUSTOMER_COLUMNS. `mix`: chance of each behaviour per customer, rows sum to 1,
    shape (customers, behaviours). `opening`: what is owed on `as_of`, columns of NO_OPENING. `history`: how what was
    owed in the months before was settled, columns of NO_HISTORY; may be empty. `company`: the seller's own figures.
    `basis`: which figures are fitted to data and which assumed.
    """

    name_en: str
    name_zh: str
    customers: pd.DataFrame
    mix: NDArray[np.float64]
    as_of: date
    opening: pd.DataFrame
    behaviours: tuple[Behaviour, ...] = ARCHETYPE_BEHAVIOURS
    currency: str = "CNY"
    calendar: CalendarName = "china"
    seasonal: bool = True
    policy_in_force: Policy = field(default_factory=Policy)
    company: Company = field(default_factory=Company)
    basis: Mapping[str, str] = field(default_factory=dict)
    history: pd.DataFrame = field(default_factory=lambda: NO_HISTORY)

    def __post_init__(self) -> None:
        problems = Problems()
        _check_customers(self.customers, problems)
        _check_mix(self, problems)
        known = set(self.customers["customer"].astype(str)) if "customer" in self.customers else None
        for name in ("opening", "history"):
            check_items(name, getattr(self, name), known, self.last_day, problems)
        problems.stop_if_any()
        object.__setattr__(self, "customers", _typed_customers(self.customers))  # copies of our own
        for name in ("opening", "history"):
            object.__setattr__(self, name, typed_items(name, getattr(self, name)))
        _check_sales(self, problems)
        problems.stop_if_any()

    def __len__(self) -> int:
        return len(self.customers)

    def column(self, name: str) -> NDArray[Any]:
        """One column of the customer table as an array, shape (customers,)."""
        if name not in self._columns:
            self._columns[name] = self.customers[name].to_numpy()
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        return {}

    @property
    def last_day(self) -> Day:
        """The day of the opening balances."""
        return day_of(self.as_of)

    def yearly_sales_fen(self) -> NDArray[np.int64]:
        """What does each customer buy in a normal year? Expected value, shape (customers,)."""
        return np.rint(self.mean_yearly_sales()).astype(np.int64)

    def mean_yearly_sales(self) -> NDArray[np.float64]:
        """The same, not yet rounded to the fen."""
        mean = self.column("order_median_fen") * np.exp(self.column("order_sigma") ** 2 / 2)
        yearly: NDArray[np.float64] = mean * self.column("orders_per_year")
        return yearly


def idle_months_of(text: str) -> tuple[int, ...]:
    """Which months (1-12) does a cell such as "1,2" name? Raises ValueError where it names something else."""
    months = tuple(int(part) for part in text.replace("，", ",").replace(" ", ",").split(",") if part)
    if not all(1 <= month <= 12 for month in months):
        raise ValueError(text)
    return months


def _check_customers(table: pd.DataFrame, problems: Problems) -> None:
    for name in table.columns.difference(list(CUSTOMER_COLUMNS)):
        problems.add("unknown_field", f"customers.{name}", name)
    if len(table) == 0:
        problems.add("empty", "customers", 0)
    for name, column in CUSTOMER_COLUMNS.items():
        if name not in table:
            problems.add("missing", f"customers.{name}")
        elif column.kind == "choice":
            for value in sorted(set(table[name].astype(str)) - set(column.choices)):
                problems.add("not_a_choice", f"customers.{name}", value, expected=", ".join(column.choices))
        elif column.kind in ("int", "float"):
            _check_numbers(table, name, column, problems)
        elif name == "idle_months":
            _check_idle_months(table, problems)
    if "customer" in table:
        names = table["customer"].astype(str)
        if (names == "").any():
            problems.add("missing", "customers.customer")
        if names.duplicated().any():
            problems.add("duplicate", "customers.customer", names[names.duplicated()].iloc[0])


def _check_numbers(table: pd.DataFrame, name: str, column: Column, problems: Problems) -> None:
    values = pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64)
    names = table.get("customer", pd.Series(range(1, len(table) + 1)))
    inside = (values >= column.low) & (values <= column.high)
    whole = np.ones(len(values), dtype=np.bool_) if column.kind == "float" else values == np.rint(values)
    for row in np.flatnonzero(~(inside & whole))[:5]:
        field, value = f"customers.{name}[{names.iloc[row]}]", table[name].iloc[row]
        if np.isnan(values[row]):
            problems.add("not_a_number" if str(value) else "missing", field, str(value))
        elif not inside[row]:
            problems.add("out_of_range", field, value, low=f"{column.low:g}", high=f"{column.high:g}")
        else:
            problems.add("not_whole_number", field, value)


def _check_idle_months(table: pd.DataFrame, problems: Problems) -> None:
    for text in sorted(set(table["idle_months"].astype(str))):
        try:
            idle_months_of(text)
        except ValueError:
            problems.add("not_months", "customers.idle_months", text)


def _check_mix(portfolio: Portfolio, problems: Problems) -> None:
    shape = (len(portfolio.customers), len(portfolio.behaviours))
    if portfolio.mix.shape != shape:
        problems.add("wrong_shape", "mix", portfolio.mix.shape, expected=shape)
        return
    kinds = [behaviour.name for behaviour in portfolio.behaviours]
    for name in sorted({name for name in kinds if kinds.count(name) > 1}):
        problems.add("duplicate", "behaviours", name)
    right = np.isclose(portfolio.mix.sum(axis=1), 1.0) & (portfolio.mix >= 0).all(axis=1)
    names = portfolio.customers.get("customer", pd.Series(range(1, shape[0] + 1)))
    for row in np.flatnonzero(~right)[:5]:
        shares = portfolio.mix[row]
        found = shares.min() if (shares < 0).any() else shares.sum()
        problems.add("shares_not_one", f"mix[{names.iloc[row]}]", float(found))


def _check_sales(portfolio: Portfolio, problems: Problems) -> None:
    """All numbers are right; are they together what can be counted?"""
    yearly = float(portfolio.mean_yearly_sales().sum())
    if yearly > MOST_FEN:
        problems.add(
            "out_of_range", "customers.yearly_sales_fen", f"{yearly:g}", low="0", high=f"{MOST_FEN:g}"
        )


def _months_text(text: str) -> str:
    """Idle months as they are kept: numbers with commas."""
    return ",".join(map(str, idle_months_of(text)))


def _typed_customers(table: pd.DataFrame) -> pd.DataFrame:
    """The customer table with the types of its columns: ids as text, whole numbers as int64, others as float64."""
    kinds: dict[str, type[np.int64 | np.float64]] = {"int": np.int64, "float": np.float64}
    typed: dict[str, Any] = {
        name: pd.to_numeric(table[name]).to_numpy().astype(kinds[column.kind])
        for name, column in CUSTOMER_COLUMNS.items()
        if column.kind in kinds
    }
    texts: dict[str, Any] = {name: table[name].astype("str") for name in ("customer", "group")}
    texts["idle_months"] = table["idle_months"].astype("str").map(_months_text).astype("str")
    return table.assign(**texts, **typed)


def scenario_for(portfolio: Portfolio, name: str = "normal", days: int | None = None) -> Scenario:
    """The built-in scenario of this name, from the day after the opening balances, on the portfolio's calendar.

    Raises BadInput when there is no such scenario or `days` is out of range.
    """
    changes: dict[str, Any] = {"start": portfolio.as_of + timedelta(days=1), "calendar": portfolio.calendar}
    if days is not None:
        changes["days"] = days
    company = portfolio.company.model_dump()
    return Scenario.checked({**load_scenario(name).model_dump(), **changes, "company": company})
