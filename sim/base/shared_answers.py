"""What has another page of the same server worked out already?

Each page of the lessons has a kernel of its own, and a class opens the same pages. A server gives its kernels a private
folder, which lives as long as it does; a kernel leaves there what it has worked out, under a name made of the function
and its arguments. An answer is whole or not there: it is written under another name and then renamed, and carries
its checksum. Nothing is ever locked. Whatever goes wrong (no folder, no room, a torn file, something that cannot be
written down), the answer is worked out here, as without a server.
"""

from __future__ import annotations

import logging
import os
import pickle
import secrets
import shutil
import stat
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

LOG = logging.getLogger(__name__)
VARIABLE = "ARLAB_ANSWERS"  # the folder, told to the server and by it to its kernels
LEAST_FREE = 2**30  # bytes that are left to everything else on the disk
PLAIN = (type(None), bool, int, float, str, bytes)
NOTHING = object()
"""There is no such answer."""


class NotShared(Exception):
    """These arguments cannot be told to another kernel."""


def found(name: str) -> Any:
    """The answer of this name, when another kernel or this one has left it; else NOTHING."""
    folder = shared_folder()
    if folder is None or not name:
        return NOTHING
    try:
        held = (folder / name).read_bytes()
        whole, told = held[:32], memoryview(held)[32:]
        return pickle.loads(told) if sha256(told).digest() == whole else NOTHING
    except FileNotFoundError:
        return NOTHING
    except Exception as error:
        LOG.debug("not read: %r", error)
        return NOTHING


def publish(name: str, answer: object) -> None:
    """Leave an answer for the other kernels, or let it be."""
    folder = shared_folder()
    if folder is None or not name:
        return
    draft = folder / f"{name}.{secrets.token_hex(4)}"
    try:
        if shutil.disk_usage(folder).free < LEAST_FREE:
            return
        told = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        try:
            draft.write_bytes(sha256(told).digest() + told)
            draft.replace(folder / name)
        finally:  # an interruption too
            draft.unlink(missing_ok=True)
    except Exception as error:
        LOG.debug("not left: %r", error)


def name_for(function: str, asked: tuple[object, ...], named: tuple[tuple[str, object], ...]) -> str:
    """Under which name do kernels find this function's answer to these arguments? Empty: under none."""
    if not os.environ.get(VARIABLE):
        return ""
    try:
        return sha256(f"{function}{text_of(asked)}{text_of(named)}".encode()).hexdigest()
    except NotShared:
        return ""


def text_of(value: Any) -> str:
    """A text that is the same in every process for equal values, and another one for others.

    Raises NotShared for what has no such text: arrays, functions, things that are equal to nothing but themselves.
    """
    kind = type(value)
    if kind in PLAIN:
        return repr(value)
    if kind is tuple:
        return f"({','.join(map(text_of, value))})"
    if kind is frozenset:
        return f"{{{','.join(sorted(map(text_of, value)))}}}"
    home = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(value, Enum):
        return f"{home}.{value.name}"
    return f"{home}({','.join(f'{name}={text_of(held)}' for name, held in parts_of(value).items())})"


def parts_of(value: Any) -> Mapping[str, object]:
    """The parts that make a frozen dataclass or a frozen group of settings equal to another. Raises NotShared."""
    kind = type(value)
    if is_dataclass(kind):
        made: Any = kind.__dataclass_params__  # type: ignore[attr-defined]
        if made.frozen and made.eq:
            return {field.name: getattr(value, field.name) for field in fields(kind) if field.compare}
    elif getattr(kind, "model_config", {}).get("frozen") and kind.model_config.get("extra") == "forbid":
        return {name: getattr(value, name) for name in kind.model_fields}
    raise NotShared(kind)


def shared_folder() -> Path | None:
    """The folder that this kernel shares with others; None without one, or when others than we could write there."""
    told = os.environ.get(VARIABLE)
    if not told:
        return None
    try:
        about = Path(told).stat()
    except (OSError, ValueError):
        return None
    is_private = os.name != "posix" or (about.st_uid == os.getuid() and not about.st_mode & 0o077)
    return Path(told) if stat.S_ISDIR(about.st_mode) and is_private else None
