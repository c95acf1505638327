"""What does the law say to a move, in general terms? The register `exercises/roleplays/law.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import yaml

from sim.base.places import EXERCISES
from sim.roleplay.scenario import Part, Text

LAW = EXERCISES / "roleplays" / "law.yaml"


class Rule(Part):
    """One rule: what it is called, what it says in our own words, where it stands, how sure we are of the quotation."""

    title: Text
    says: Text
    source: Text
    basis: Literal["P", "Pm", "R", "A"]


@cache
def law_register() -> Mapping[str, Rule]:
    """Every rule by its key. Raises BadInput when the register is not well formed."""
    tree: dict[str, Any] = yaml.load(LAW.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    return {
        key: Rule.checked(entry) for key, entry in tree.items() if isinstance(entry, dict) and "says" in entry
    }
