"""How is a figure of the model declared that is no lever? With its unit, its range and how sure we are of it.

P published and seen in the source, Pm published but quoted from memory, R trade practice, A assumption. Every R and A
figure carries the range in which it may be varied; a study can read them all (`figures_of`).
"""

import dataclasses
from collections.abc import Iterator
from typing import Any, Literal

Label = Literal["P", "Pm", "R", "A"]
Value = int | float | tuple[int, ...] | tuple[float, ...]


@dataclasses.dataclass(frozen=True)
class Figure:
    """One declared figure: what a sensitivity study and the page of assumptions need to know of it."""

    name: str
    base: Value
    basis: Label
    unit: str
    low: Value
    high: Value


def figure(
    base: Value, *, basis: Label, unit: str = "", low: Value | None = None, high: Value | None = None
) -> Any:
    """Declare a figure as a field of a frozen dataclass. Without a range it is fixed (a statute, a definition)."""
    about = {
        "basis": basis,
        "unit": unit,
        "low": base if low is None else low,
        "high": base if high is None else high,
    }
    return dataclasses.field(default=base, metadata={"figure": about})


def figures_of(group: Any) -> Iterator[Figure]:
    """All figures declared in a dataclass (or one of its objects), with the values it has."""
    for field in dataclasses.fields(group):
        about = field.metadata.get("figure")
        if about is not None:
            base: Any = getattr(group, field.name)  # a class answers with its defaults
            yield Figure(name=field.name, base=base, **about)
