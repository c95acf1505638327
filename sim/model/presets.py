"""Which ready-made policies are there? Changes to the policy in force, as readable TOML files in `policies/`."""

from importlib.resources import as_file, files
from pathlib import Path

from sim.base.errors import BadInput, Problem
from sim.model.policy import Policy, read_policy

_ORDER = (
    "as_is", "strict", "balanced", "growth", "relationship", "collect_hard", "fix_upstream", "cash_emergency",
    "hands_off",
)  # fmt: skip


def policy_names() -> tuple[str, ...]:
    """The names of the ready-made policies, from the policy in force to the most different."""
    return _ORDER


def load_policy(name_or_path: str | Path, *, base: Policy | None = None) -> Policy:
    """The ready-made policy of this name, or the one in this TOML file, as a change to `base`.

    `base` is the policy in force, so "15 days less" means less than now. Raises BadInput naming the known names.
    """
    if str(name_or_path) in _ORDER:
        with as_file(files("sim.model").joinpath("policies", f"{name_or_path}.toml")) as path:
            return read_policy(path, base=base)
    path = Path(name_or_path)
    if not path.is_file():
        known = {"known": ", ".join(_ORDER)}
        raise BadInput([Problem("unknown_policy", "policy", str(name_or_path), known)])
    return read_policy(path, base=base)
