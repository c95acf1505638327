"""How is a portfolio kept in a folder? `portfolio.toml` and tables as CSV, readable in any editor.

`customers.csv`: who they are. `opening.csv`: what they owe on the opening day. `history.csv`: how they settled what
they owed in the months before. The last two may be absent.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import tomlkit
from numpy.typing import NDArray
from pydantic import Field

from sim.base.calendar import CalendarName
from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import DATASETS, atomic_file, write_text
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour
from sim.model.csv_table import days_of, numbers_of, read_csv_table
from sim.model.items import LEFT_OUT, MOST_FEN, NO_HISTORY, NO_OPENING
from sim.model.policy import Policy
from sim.model.portfolio import CUSTOMER_COLUMNS, Portfolio
from sim.model.scenario import Company
from sim.model.settings import Settings

_Made = TypeVar("_Made")


_ORDER = (
    "manufacturer", "projects", "distributor", "exporter", "industry_67", "listed_94", "survey_141",
)  # fmt: skip
"""What is offered first; any other folder of `datasets/` follows by its name."""


def portfolio_names() -> tuple[str, ...]:
    """Which portfolios are built in?"""
    found = {path.parent.name for path in DATASETS.glob("*/portfolio.toml")}
    return tuple(name for name in _ORDER if name in found) + tuple(sorted(found - set(_ORDER)))


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
    """Reads all files before it complains, so that every problem is told at once."""
    problems = Problems()
    about = _or_none(lambda: _read_about(folder / "portfolio.toml"), problems)
    table = _or_none(lambda: read_csv_table(folder / "customers.csv"), problems)
    opening = _or_none(lambda: _read_items(folder / "opening.csv", NO_OPENING), problems)
    history = _or_none(lambda: _read_items(folder / "history.csv", NO_HISTORY), problems)
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
            history=NO_HISTORY if history is None else history,
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


def _read_items(path: Path, model: pd.DataFrame) -> pd.DataFrame:
    """Opening items or history, with the columns of `model`; none where there is no file."""
    if not path.is_file():
        return model
    table, problems = read_csv_table(path), Problems()
    for name in sorted(set(model.columns) - set(table.columns) - set(LEFT_OUT)):
        problems.add("missing", f"{path.stem}.{name}")
    problems.stop_if_any()
    columns: dict[str, Any] = {}
    for name in (name for name in model.columns if name in table and model[name].dtype.kind == "i"):
        read = days_of if name.endswith("_on") else _whole_numbers
        columns[name] = read(table[name], f"{path.stem}.{name}", problems)
    problems.stop_if_any()
    return table.assign(**columns)


def _whole_numbers(cells: pd.Series, field: str, problems: Problems) -> NDArray[Any]:
    """These cells as int64 where all are whole numbers that can be counted; as they are where not."""
    numbers = numbers_of(cells, field, problems)
    whole = (numbers == np.rint(numbers)).all() and (np.abs(numbers) <= MOST_FEN).all()
    return numbers.astype(np.int64) if whole else numbers


def write_portfolio(portfolio: Portfolio, folder: Path) -> None:
    """Write a portfolio as a folder of CSV and TOML that `load_portfolio` reads back equal."""
    folder.mkdir(parents=True, exist_ok=True)
    table = portfolio.customers.copy()
    for index, behaviour in enumerate(portfolio.behaviours):
        table[f"mix_{behaviour.name}"] = portfolio.mix[:, index]
    with atomic_file(folder / "customers.csv") as draft:
        table.to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
    _write_items(portfolio.opening, folder / "opening.csv")
    if len(portfolio.history):
        _write_items(portfolio.history, folder / "history.csv")
    else:
        (folder / "history.csv").unlink(missing_ok=True)
    plain = ("as_of", "name_en", "name_zh", "currency", "calendar", "seasonal")
    about: dict[str, Any] = {name: getattr(portfolio, name) for name in plain}
    about["basis"] = dict(portfolio.basis)
    about["company"] = portfolio.company.model_dump(mode="json")
    about["policy_in_force"] = portfolio.policy_in_force.model_dump(mode="json")
    if portfolio.behaviours != ARCHETYPE_BEHAVIOURS:
        about["behaviours"] = [behaviour.model_dump(mode="json") for behaviour in portfolio.behaviours]
    write_text(folder / "portfolio.toml", tomlkit.dumps(about))


def _write_items(items: pd.DataFrame, path: Path) -> None:
    days = {
        name: items[name].to_numpy().astype("datetime64[D]").astype(str)
        for name in items.columns
        if str(name).endswith("_on")
    }
    with atomic_file(path) as draft:
        items.assign(**days).to_csv(draft, index=False, encoding="utf-8", lineterminator="\n")
