"""Where are a person's policies kept, and how do they come and go as files?"""

from __future__ import annotations

import base64
import re
from pathlib import Path

from sim.base.errors import BadInput, Problem
from sim.base.places import readers_folder
from sim.model.policy import Policy, read_policy, write_policy
from sim.panels.parts.look import safe

MY_POLICIES = readers_folder() / "my_policies"
MOST_LETTERS = 60
MOST_BYTES = 200_000


def saved_names() -> list[str]:
    """The policies in my folder, by name."""
    return sorted((path.stem for path in MY_POLICIES.glob("*.toml")), key=str.casefold)


def file_of(name: str) -> Path:
    """The file of a policy of mine. Raises BadInput when the name cannot be a file's."""
    clean = name.strip().removesuffix(".toml")
    if (
        not clean
        or len(clean) > MOST_LETTERS
        or re.search(r'[\\/:*?"<>|\x00-\x1f]', clean)
        or clean[0] == "."
    ):
        raise BadInput([Problem("not_a_file_name", "policy", name)])
    return MY_POLICIES / f"{clean}.toml"


def save(policy: Policy, name: str) -> Path:
    """Keep this policy under this name. Raises BadInput."""
    path = file_of(name)
    try:
        write_policy(policy, path)
    except OSError as error:
        detail = {"detail": error.strerror or str(error)}
        raise BadInput([Problem("cli.cannot_write", path.name, shown(path), detail)]) from error
    return path


def load(name: str, in_force: Policy) -> Policy:
    """A policy of mine, as a change to the policy in force. Raises BadInput with all that is wrong."""
    return read_policy(file_of(name), base=in_force)


def taken_in(name: str, content: bytes, in_force: Policy) -> Policy:
    """A policy file that was handed over by the browser; it is kept among mine. Raises BadInput."""
    path = file_of(Path(name).name)
    draft = path.with_name(f".{path.name}.handed_over")
    if len(content) > MOST_BYTES:
        raise BadInput([Problem("file_too_long", "policy", name)])
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(content)
    try:
        policy = read_policy(draft, base=in_force)
    except BadInput as bad:
        said = [
            Problem(found.rule, found.field.replace(str(draft), name), found.value, found.values)
            for found in bad.problems
        ]
        raise BadInput(said) from None
    finally:
        draft.unlink(missing_ok=True)
    write_policy(policy, path)
    return policy


def shown(path: Path) -> str:
    """A path without what a machine's own folders are called."""
    home = readers_folder()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name


def link(path: Path, label: str, kind: str = "application/octet-stream") -> str:
    """A link by which a browser takes this file home; it carries the file, so that no folder need be served."""
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<a class="arlab-link" download="{safe(path.name)}" href="data:{kind};base64,{content}">{safe(label)}</a>'
