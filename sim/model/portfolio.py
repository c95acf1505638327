"""Who are the customers? A table of them, how they pay, what they owe on the opening day, and what is assumed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import tomlkit
from numpy.typing import NDArray

from sim.base.calendar import CalendarName
from sim.base.days import Day, day_of
from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import DATASETS, atomic_file, write_text
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour
from sim.model.policy import Policy
from sim.model.scenario import Scenario, load_scenario

PayRule = Literal["any", "weekly", "twice_monthly", "monthly", "thirty_days"]
PAY_RULES: tuple[PayRule, ...] = ("any", "weekly", "twice_monthly", "monthly", "thirty_days")
SEGMENTS = ("project", "dealer", "maker", "supermarket", "other")
GRADES = ("A", "B", "C", "D", "E")
MOST_FEN = 10**15
"""No order is larger, and all customers together buy no more in a year: sums of money stay exact."""


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
}


@dataclass(frozen=True)
class Portfolio:
    """A seller's customers on one day. Frozen: change it by making another.

    `customers`: one row each, columns CUSTOMER_COLUMNS. `mix`: chance of each behaviour per customer, rows sum to 1,
    shape (customers, behaviours). `opening`: what is owed on `as_of`, columns customer, document, invoiced_on,
    due_on (day numbers) and amount_fen. `basis`: which figures are fitted to data and which assumed.
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
    basis: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = Problems()
        _check_customers(self.customers, problems)
        _check_mix(self, problems)
        _check_opening(self, problems)
        problems.stop_if_any()

    def __len__(self) -> int:
        return len(self.customers)

    def column(self, name: str) -> NDArray[Any]:
        """One column of the customer table as an array, shape (customers,)."""
        return self.customers[name].to_numpy()

    @property
    def last_day(self) -> Day:
        """The day of the opening balances."""
        return day_of(self.as_of)

    def yearly_sales_fen(self) -> NDArray[np.int64]:
        """What does each customer buy in a normal year? Expected value, shape (customers,)."""
        mean = self.column("order_median_fen") * np.exp(self.column("order_sigma") ** 2 / 2)
        yearly: NDArray[np.int64] = np.rint(mean * self.column("orders_per_year")).astype(np.int64)
        return yearly


NO_OPENING = pd.DataFrame(
    {
        "customer": pd.Series(dtype="str"),
        "document": pd.Series(dtype="str"),
        "invoiced_on": pd.Series(dtype="int32"),
        "due_on": pd.Series(dtype="int32"),
        "amount_fen": pd.Series(dtype="int64"),
    }
)


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
    if "customer" in table and table["customer"].duplicated().any():
        problems.add(
            "duplicate", "customers.customer", table["customer"][table["customer"].duplicated()].iloc[0]
        )


def _check_numbers(table: pd.DataFrame, name: str, column: Column, problems: Problems) -> None:
    values = pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64)
    for row in np.flatnonzero(~((values >= column.low) & (values <= column.high)))[:5]:
        expected = {"low": column.low, "high": column.high}
        problems.add(
            "out_of_range",
            f"customers.{name}[{table['customer'].iloc[row]}]",
            table[name].iloc[row],
            **expected,
        )


def _check_mix(portfolio: Portfolio, problems: Problems) -> None:
    shape = (len(portfolio.customers), len(portfolio.behaviours))
    if portfolio.mix.shape != shape:
        problems.add("wrong_shape", "mix", portfolio.mix.shape, expected=shape)
    elif (portfolio.mix < 0).any() or not np.allclose(portfolio.mix.sum(axis=1), 1.0):
        problems.add("shares_not_one", "mix", float(portfolio.mix.sum(axis=1).max()))


def _check_opening(portfolio: Portfolio, problems: Problems) -> None:
    opening = portfolio.opening
    for name in set(NO_OPENING.columns) - set(opening.columns):
        problems.add("missing", f"opening.{name}")
    if set(NO_OPENING.columns) - set(opening.columns):
        return
    for customer in sorted(set(opening["customer"]) - set(portfolio.customers["customer"]))[:5]:
        problems.add("unknown_customer", "opening.customer", customer)
    if (opening["amount_fen"] <= 0).any():
        problems.add("must_be_positive", "opening.amount_fen", int(opening["amount_fen"].min()))
    if (opening["invoiced_on"] > day_of(portfolio.as_of)).any():
        problems.add("after_as_of", "opening.invoiced_on", str(portfolio.as_of), as_of=portfolio.as_of)


def scenario_for(portfolio: Portfolio, name: str = "normal", days: int | None = None) -> Scenario:
    """The built-in scenario of this name, from the day after the opening balances, on the portfolio's calendar.

    Raises BadInput when there is no such scenario or `days` is out of range.
    """
    changes: dict[str, Any] = {"start": portfolio.as_of + timedelta(days=1), "calendar": portfolio.calendar}
    if days is not None:
        changes["days"] = days
    return Scenario.checked({**load_scenario(name).model_dump(), **changes})


def portfolio_names() -> tuple[str, ...]:
    """Which portfolios are built in?"""
    return tuple(sorted(path.parent.name for path in DATASETS.glob("*/portfolio.toml")))


def load_portfolio(name: str | Path) -> Portfolio:
    """The portfolio of this name in `datasets/`, or in this folder. Raises BadInput."""
    folder = DATASETS / name if str(name) in portfolio_names() else Path(name)
    if not (folder / "portfolio.toml").is_file():
        known = ", ".join(portfolio_names())
        raise BadInput([Problem("unknown_portfolio", "portfolio", str(name), {"known": known})])
    return _read(folder)


def _read(folder: Path) -> Portfolio:
    try:
        about = tomllib.loads((folder / "portfolio.toml").read_text(encoding="utf-8-sig"))
        table = pd.read_csv(
            folder / "customers.csv", dtype=_DTYPES, keep_default_na=False, encoding="utf-8-sig"
        )
        opening = _read_opening(folder / "opening.csv")
    except (OSError, ValueError) as error:  # TOML and CSV complaints are ValueErrors
        raise BadInput([Problem("file_unreadable", str(folder), str(error))]) from error
    behaviours = tuple(Behaviour.checked(row) for row in about.get("behaviours", ())) or ARCHETYPE_BEHAVIOURS
    shares = [f"mix_{behaviour.name}" for behaviour in behaviours]
    problems = Problems()
    for name in sorted((set(shares) - set(table.columns)) | (_SCALARS - set(about))):
        problems.add("missing", name)
    problems.stop_if_any()
    for name, column in CUSTOMER_COLUMNS.items():
        if name not in table and column.default is not None:
            table[name] = column.default
    return Portfolio(
        customers=table.drop(columns=shares),
        mix=table[shares].to_numpy(dtype=np.float64),
        opening=opening,
        behaviours=behaviours,
        policy_in_force=Policy.checked(about.get("policy_in_force", {})),
        basis=about.get("basis", {}),
        **{name: about[name] for name in (*_SCALARS, *_OPTIONAL) if name in about},
    )


_SCALARS = {"name_en", "name_zh", "as_of"}
_OPTIONAL = ("currency", "calendar", "seasonal")
_DTYPES: Any = {
    name: {"text": str, "choice": str, "int": "int64", "float": "float64"}[column.kind]
    for name, column in CUSTOMER_COLUMNS.items()
}


def _read_opening(path: Path) -> pd.DataFrame:
    if not path.is_file():
        return NO_OPENING
    table = pd.read_csv(
        path, dtype={"customer": str, "document": str, "amount_fen": "int64"}, encoding="utf-8-sig"
    )
    for name in ("invoiced_on", "due_on"):
        table[name] = np.array([day_of(text) for text in table[name]], dtype=np.int32)
    return table


def write_portfolio(portfolio: Portfolio, folder: Path) -> None:
    """Write a portfolio as a folder of CSV and TOML that `load_portfolio` reads back equal."""
    folder.mkdir(parents=True, exist_ok=True)
    table = portfolio.customers.copy()
    for index, behaviour in enumerate(portfolio.behaviours):
        table[f"mix_{behaviour.name}"] = portfolio.mix[:, index]
    with atomic_file(folder / "customers.csv") as draft:
        table.to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
    opening = portfolio.opening.copy()
    for name in ("invoiced_on", "due_on"):
        opening[name] = opening[name].to_numpy().astype("datetime64[D]").astype(str)
    with atomic_file(folder / "opening.csv") as draft:
        opening.to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
    about: dict[str, Any] = {name: getattr(portfolio, name) for name in (*sorted(_SCALARS), *_OPTIONAL)}
    about["basis"] = dict(portfolio.basis)
    about["policy_in_force"] = portfolio.policy_in_force.model_dump(mode="json")
    if portfolio.behaviours != ARCHETYPE_BEHAVIOURS:
        about["behaviours"] = [behaviour.model_dump(mode="json") for behaviour in portfolio.behaviours]
    write_text(folder / "portfolio.toml", tomlkit.dumps(about))
