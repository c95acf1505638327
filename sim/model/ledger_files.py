"""How is a ledger kept in files? A folder: one parquet table each, and a manifest that says what it is.

On disk days are real dates (null = has not come) and named values are text, so that any tool can read them; in memory
they are day numbers and codes.
"""

import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomlkit
from numpy.typing import NDArray

from sim.base.days import NEVER, date_of, day_of
from sim.base.errors import BadInput, Problem, Problems
from sim.model.ledger import DAY_COLUMNS, TABLES, Ledger, empty, table
from sim.model.table_checks import check_tables

FORMAT = "receivables-lab ledger"
VERSION = 1
MANIFEST = "manifest.toml"


def is_ledger(folder: Path) -> bool:
    """Does a ledger lie in this folder?"""
    try:
        return bool(_toml(folder / MANIFEST).get("format") == FORMAT)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False


def write_ledger(ledger: Ledger, folder: Path) -> None:
    """Write a ledger into a folder, whole or not at all; a ledger that lay there is replaced.

    Raises BadInput when something else lies there.
    """
    folder = folder.absolute()
    if folder.exists() and not is_ledger(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([Problem("folder_in_use", "out", str(folder))])
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _write_all(ledger, draft)
        _swap(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def read_ledger(folder: Path) -> Ledger:
    """The ledger in this folder, checked. Raises BadInput with every problem found."""
    head = _manifest(folder)
    problems = Problems()
    frames = {name: _read_table(folder, name, problems) for name in TABLES}
    customers = _parquet(folder, "customers", problems)
    ids = _parquet(folder, "documents", problems) if head["documents"] else None
    problems.stop_if_any()
    ledger = Ledger(
        **frames,
        customers=customers.to_pandas(),
        first=day_of(head["first"]),
        last=day_of(head["last"]),
        runs=tuple(head["runs"]),
        currency=head["currency"],
        coverage=frozenset(head["coverage"]),
        document_ids=None if ids is None else ids["document"].to_pandas().to_numpy(dtype=object),
        seller=dict(head["seller"]),
    )
    check_tables(ledger)
    return ledger


# --- the manifest -------------------------------------------------------------------------------------------------

_HEAD: Mapping[str, type] = {
    "first": date, "last": date, "runs": list, "currency": str, "coverage": list, "documents": bool, "seller": dict,
}  # fmt: skip


def _manifest(folder: Path) -> dict[str, Any]:
    """What the ledger says of itself, each part of its proper type."""
    if not folder.is_dir():
        raise BadInput([Problem("no_ledger_here", "ledger", str(folder))])
    try:
        head = _toml(folder / MANIFEST)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("no_ledger_here", "ledger", str(folder))]) from error
    if head.get("format") != FORMAT:
        raise BadInput([Problem("no_ledger_here", "ledger", str(folder))])
    if head.get("version") != VERSION:
        raise BadInput(
            [Problem("ledger_version", f"{MANIFEST}: version", head.get("version"), {"known": VERSION})]
        )
    problems = Problems()
    for name, kind in _HEAD.items():
        if name not in head:
            problems.add("missing", f"{MANIFEST}: {name}")
        elif not isinstance(head[name], kind):
            problems.add("not_valid", f"{MANIFEST}: {name}", head[name])
    problems.stop_if_any()
    return head


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _head_of(ledger: Ledger) -> str:
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "currency": ledger.currency,
        "first": date_of(ledger.first),
        "last": date_of(ledger.last),
        "runs": [int(run) for run in ledger.runs],
        "coverage": sorted(ledger.coverage),
        "documents": ledger.document_ids is not None,
        "seller": {name: int(value) for name, value in ledger.seller.items()},
    }
    return tomlkit.dumps(head)


# --- tables -------------------------------------------------------------------------------------------------------


def _write_all(ledger: Ledger, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in TABLES:
        pq.write_table(_on_disk(getattr(ledger, name)), folder / f"{name}.parquet", compression="zstd")
    customers = pa.Table.from_pandas(ledger.customers, preserve_index=False)
    pq.write_table(customers, folder / "customers.parquet", compression="zstd")
    if ledger.document_ids is not None:
        ids = pa.table({"document": pa.array([str(name) for name in ledger.document_ids], type=pa.string())})
        pq.write_table(ids, folder / "documents.parquet", compression="zstd")
    (folder / MANIFEST).write_text(_head_of(ledger), encoding="utf-8", newline="\n")


def _on_disk(frame: pd.DataFrame) -> Any:
    import pyarrow as pa

    columns = {}
    for name in frame.columns:
        if name in DAY_COLUMNS:
            days = frame[name].to_numpy()
            columns[name] = pa.array(days, type=pa.int32(), mask=days == NEVER).cast(pa.date32())
        else:
            columns[name] = pa.array(frame[name])
    return pa.table(columns)


def _parquet(folder: Path, name: str, problems: Problems) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(folder / f"{name}.parquet")
    except (OSError, pa.ArrowInvalid):
        problems.add("file_unreadable", f"{name}.parquet", str(folder / f"{name}.parquet"))
        return pa.table({})


def _read_table(folder: Path, name: str, problems: Problems) -> pd.DataFrame:
    """One table as in memory. Notes missing columns, wrong types and unknown names."""
    before = len(problems.found)
    if name == "balance" and not (folder / f"{name}.parquet").exists():
        return empty(TABLES[name])  # written before there were accounts
    found = _parquet(folder, name, problems)
    if len(problems.found) > before:
        return pd.DataFrame()
    columns: dict[str, NDArray[Any]] = {}
    for column, dtype in TABLES[name].items():
        if column not in found.column_names:
            problems.add("table_missing_column", f"{name}.{column}")
        else:
            columns[column] = _in_memory(found[column], f"{name}.{column}", dtype, problems)
    for column in sorted(set(found.column_names) - set(TABLES[name])):
        problems.add("table_extra_column", f"{name}.{column}")
    return table(TABLES[name], columns) if len(problems.found) == before else pd.DataFrame()


def _in_memory(values: Any, field: str, dtype: object, problems: Problems) -> NDArray[Any]:
    """One column as numbers: days, codes or plain integers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if isinstance(dtype, tuple):
            texts = values.cast(pa.string())
            codes = pc.index_in(texts, value_set=pa.array(dtype, type=pa.string()))
            if codes.null_count:
                strange = texts.filter(pc.is_null(codes))[0].as_py()
                problems.add(
                    "not_a_choice", field, strange, expected=", ".join(name for name in dtype if name)
                )
            return np.asarray(codes.fill_null(0).to_numpy())
        if field.rpartition(".")[2] in DAY_COLUMNS:
            return np.asarray(values.cast(pa.date32()).cast(pa.int32()).fill_null(NEVER).to_numpy())
        if values.null_count:
            problems.add("table_empty_cells", field, None, rows=values.null_count)
        return np.asarray(values.cast(str(dtype)).fill_null(0).to_numpy())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        problems.add("table_wrong_type", field, str(values.type), expected=str(dtype))
        return np.zeros(len(values), dtype=np.int64)


# --- replacing a folder -------------------------------------------------------------------------------------------


def _swap(draft: Path, folder: Path) -> None:
    """Put the finished draft in the folder's place; what lay there goes only after that."""
    if not folder.exists():
        draft.replace(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.replace(aside / "was")
    try:
        draft.replace(folder)
    except OSError:
        (aside / "was").replace(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
