"""Is this ledger what it says: the right columns, types, names and ranges, and rows that refer to something?

Checked at the boundaries (files, imports, tests), not inside; pandera is loaded only then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.errors import BadInput, Problem
from sim.model.ledger import COVERAGE, NO_DOCUMENT, TABLES, Ledger

_CERTAIN_DAYS = frozenset({"happened_on", "known_on", "wanted_on", "closed_on"})
"""Days that every row has; the others may be NEVER."""
_MOST_DOCUMENTS = 1 << 40


def check_tables(ledger: Ledger) -> None:
    """Raise BadInput with everything that is wrong with the tables."""
    problems = table_problems(ledger)
    if problems:
        raise BadInput(problems)


def table_problems(ledger: Ledger) -> list[Problem]:
    """What is wrong with the tables of this ledger?"""
    found = [problem for name in TABLES for problem in _schema_problems(ledger, name)]
    found += _head_problems(ledger)
    return found or list(_cross_problems(ledger))


def _head_problems(ledger: Ledger) -> Iterator[Problem]:
    """What is wrong with what the ledger says of itself?"""
    if ledger.last < ledger.first:
        yield Problem("ledger_ends_before_it_begins", "last", ledger.last, {"first": ledger.first})
    if not ledger.runs or len(set(ledger.runs)) != len(ledger.runs):
        yield Problem("ledger_runs", "runs", len(ledger.runs))
    for kind in sorted(ledger.coverage - set(COVERAGE)):
        yield Problem("ledger_unknown_coverage", "coverage", kind, {"expected": ", ".join(COVERAGE)})
    if "customer" not in ledger.customers:
        yield Problem("table_missing_column", "customers.customer", None)
    elif ledger.customers["customer"].duplicated().any():
        again = ledger.customers["customer"][ledger.customers["customer"].duplicated()]
        yield Problem("duplicate", "customers.customer", again.iloc[0])


# --- each table by itself -----------------------------------------------------------------------------------------


def _schema_problems(ledger: Ledger, name: str) -> Iterator[Problem]:
    import pandera.errors
    import pandera.pandas as pa

    columns = {column: _column(pa, ledger, name, column, dtype) for column, dtype in TABLES[name].items()}
    schema = pa.DataFrameSchema(columns, strict=True)
    try:
        schema.validate(getattr(ledger, name), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        yield from _worded(name, errors.failure_cases)


def _column(pandera: Any, ledger: Ledger, table: str, name: str, dtype: object) -> Any:
    """One column as pandera declares it."""
    kind = pd.CategoricalDtype(list(dtype)) if isinstance(dtype, tuple) else str(dtype)
    checks = [pandera.Check(test, error=rule) for rule, test in _tests(ledger, table, name)]
    return pandera.Column(kind, checks=checks)


def _tests(ledger: Ledger, table: str, column: str) -> Iterator[tuple[str, Any]]:
    """The rules for the values of one column: the problem's name and a test of the whole column."""
    count = len(ledger.customers)
    if column == "run":
        yield "table_unknown_run", lambda runs: runs.isin(ledger.runs)
    elif column == "customer":
        lowest = NO_DOCUMENT if table == "actions" else 0
        yield "table_unknown_customer", lambda codes: (codes >= lowest) & (codes < count)
    elif column in _CERTAIN_DAYS:
        yield "table_no_day", lambda days: days != NEVER
    elif column in ("document", "against"):
        yield "table_negative", lambda codes: codes >= NO_DOCUMENT
    elif column == "minutes" or (column == "amount_fen" and table in ("orders", "actions")):
        yield "table_negative", lambda values: values >= 0


def _worded(table: str, cases: pd.DataFrame) -> Iterator[Problem]:
    """The complaints of the schema as problems, one for each column and rule, with how many rows and an example."""
    for (column, check), group in cases.groupby(["column", "check"], dropna=False, sort=False):
        example = group["failure_case"].iloc[0]
        if check == "column_in_dataframe":
            yield Problem("table_missing_column", f"{table}.{example}")
        elif check == "column_in_schema":
            yield Problem("table_extra_column", f"{table}.{example}")
        elif str(check).startswith("dtype"):
            yield Problem(
                "table_wrong_type", f"{table}.{column}", example, {"expected": _expected(table, str(column))}
            )
        else:
            rule = str(check) if str(check).startswith("table_") else "not_valid"
            yield Problem(rule, f"{table}.{column}", example, {"rows": len(group)})


def _expected(table: str, column: str) -> str:
    dtype = TABLES[table][column]
    return ", ".join(name for name in dtype if name) if isinstance(dtype, tuple) else str(dtype)


# --- rows that refer to something ---------------------------------------------------------------------------------


def _cross_problems(ledger: Ledger) -> Iterator[Problem]:
    entries, actions = ledger.entries, ledger.actions
    starts = entries["kind"].isin(["invoice", "opening"]).to_numpy()
    known = _keys(entries["run"], entries["document"])
    yield from _duplicates(known[starts], entries["document"].to_numpy()[starts])
    matched = ~starts & (entries["against"].to_numpy() != NO_DOCUMENT)
    against = _keys(entries["run"], entries["against"])
    yield from _strangers("entries.against", against[matched], known, entries["against"].to_numpy()[matched])
    named = actions["document"].to_numpy() != NO_DOCUMENT
    acted = _keys(actions["run"], actions["document"])[named]
    yield from _strangers("actions.document", acted, known, actions["document"].to_numpy()[named])
    if ledger.document_ids is not None:
        unnamed = starts & (entries["document"].to_numpy() >= len(ledger.document_ids))
        if unnamed.any():
            example = entries["document"].to_numpy()[unnamed][0]
            yield Problem("table_unnamed_document", "entries.document", example, {"rows": int(unnamed.sum())})


def _keys(run: pd.Series[int], code: pd.Series[int]) -> NDArray[np.int64]:
    """Run and document as one number: the same document in two runs is two documents."""
    return run.to_numpy().astype(np.int64) * _MOST_DOCUMENTS + code.to_numpy()


def _duplicates(keys: NDArray[np.int64], codes: NDArray[np.int64]) -> Iterator[Problem]:
    again = pd.Series(keys).duplicated().to_numpy()
    if again.any():
        yield Problem("table_billed_twice", "entries.document", codes[again][0], {"rows": int(again.sum())})


def _strangers(
    field: str, keys: NDArray[np.int64], known: NDArray[np.int64], codes: NDArray[np.int64]
) -> Iterator[Problem]:
    strange = ~np.isin(keys, known)
    if strange.any():
        yield Problem("table_unknown_document", field, codes[strange][0], {"rows": int(strange.sum())})
