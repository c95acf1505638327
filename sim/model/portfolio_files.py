"""How is a portfolio kept in a folder? `portfolio.toml`, `customers.csv` and `opening.csv`, readable in any editor."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import tomlkit
from pydantic import Field

from sim.base.calendar import CalendarName
from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import DATASETS, atomic_file, write_text
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour
from sim.model.csv_table import days_of, numbers_of, read_csv_table
from sim.model.policy import Policy
from sim.model.portfolio import CUSTOMER_COLUMNS, MOST_FEN, NO_OPENING, Portfolio
from sim.model.scenario import Company
from sim.model.settings import Settings

_Made = TypeVar("_Made")


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


class _About(Settings):
    """What `portfolio.toml` may hold."""

    name_en: str
    name_zh: str
    as_of: date = Field(ge=date(1970, 1, 1), le=date(2100, 12, 31))
    currency: str = "CNY"
    calendar: CalendarName = "china"
    seasonal: bool = True
    basis: dict[str, str] = Field(default_factory=dict)
    policy_in_force: Policy = Policy()
    company: Company = Company()
    behaviours: tuple[Behaviour, ...] = Field(default=(), strict=False)


_SCALARS = (
    "name_en", "name_zh", "as_of", "currency", "calendar", "seasonal", "policy_in_force", "company", "basis",
)  # fmt: skip


def _read(folder: Path) -> Portfolio:
    """Reads all three files before it complains, so that every problem is told at once."""
    problems = Problems()
    about = _or_none(lambda: _read_about(folder / "portfolio.toml"), problems)
    table = _or_none(lambda: read_csv_table(folder / "customers.csv"), problems)
    opening = _or_none(lambda: _read_opening(folder / "opening.csv"), problems)
    if about is None or table is None:
        raise BadInput(problems.found)
    behaviours = about.behaviours or ARCHETYPE_BEHAVIOURS
    shares = [f"mix_{behaviour.name}" for behaviour in behaviours]
    mix = np.full((len(table), len(shares)), 1.0 / len(shares))
    for place, name in enumerate(shares):
        if name not in table:
            problems.add("missing", f"customers.{name}")
        else:
            mix[:, place] = numbers_of(table[name], f"customers.{name}", problems)
    if np.isnan(mix).any() or not set(shares) <= set(table.columns):
        mix[:] = 1.0 / len(shares)  # what is wrong has been noted
    for name, column in CUSTOMER_COLUMNS.items():
        if name not in table and column.default is not None:
            table[name] = str(column.default)
    made = _or_none(
        lambda: Portfolio(
            customers=table.drop(columns=shares, errors="ignore"),
            mix=mix,
            opening=NO_OPENING if opening is None else opening,
            behaviours=behaviours,
            **{name: getattr(about, name) for name in _SCALARS},
        ),
        problems,
    )
    if made is None or problems.found:
        raise BadInput(problems.found)
    return made


def _or_none(make: Callable[[], _Made], problems: Problems) -> _Made | None:
    """What is made, or nothing, the reasons noted."""
    try:
        return make()
    except BadInput as bad:
        problems.found.extend(bad.problems)
        return None


def _read_about(path: Path) -> _About:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput([Problem("file_unreadable", path.name, error.strerror or str(error))]) from error
    except ValueError as error:  # TOML's and UTF-8's complaints are ValueErrors
        raise BadInput([Problem("not_toml", path.name, str(error))]) from error
    return _About.checked(content)


def _read_opening(path: Path) -> pd.DataFrame:
    if not path.is_file():
        return NO_OPENING
    table, problems = read_csv_table(path), Problems()
    for name in sorted(set(NO_OPENING.columns) - set(table.columns)):
        problems.add("missing", f"opening.{name}")
    problems.stop_if_any()
    for name in ("invoiced_on", "due_on"):
        table[name] = days_of(table[name], f"opening.{name}", problems)
    amounts = numbers_of(table["amount_fen"], "opening.amount_fen", problems)
    problems.stop_if_any()
    whole = (amounts == np.rint(amounts)).all() and (np.abs(amounts) <= MOST_FEN).all()
    return table.assign(amount_fen=amounts.astype(np.int64) if whole else amounts)


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
    plain = ("as_of", "name_en", "name_zh", "currency", "calendar", "seasonal")
    about: dict[str, Any] = {name: getattr(portfolio, name) for name in plain}
    about["basis"] = dict(portfolio.basis)
    about["company"] = portfolio.company.model_dump(mode="json")
    about["policy_in_force"] = portfolio.policy_in_force.model_dump(mode="json")
    if portfolio.behaviours != ARCHETYPE_BEHAVIOURS:
        about["behaviours"] = [behaviour.model_dump(mode="json") for behaviour in portfolio.behaviours]
    write_text(folder / "portfolio.toml", tomlkit.dumps(about))
