"""What is wrong with what a person gave us? All problems at once, worded later in their language."""

import dataclasses
from collections.abc import Iterable, Mapping


@dataclasses.dataclass(frozen=True)
class Worded:
    """A value that is itself said in the user's language: a key into the words."""

    key: str


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing wrong: which rule (a key into the words), which field, which value, and what the rule says.

    `values` fill the placeholders of the message `problem.<rule>`; `field` and `value` are always among them.
    """

    rule: str
    field: str
    value: object = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the message in `sim/words`."""
        return f"problem.{self.rule}"

    @property
    def placeholders(self) -> dict[str, object]:
        """All that the message may name."""
        return {"field": self.field, "value": self.value, **self.values}


class BadInput(ValueError):
    """Input from a person that cannot be used. Holds every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.rule} ({p.value!r})" for p in self.problems))


class Problems:
    """Collects problems and raises them together."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, rule: str, field: str, value: object = None, **values: object) -> None:
        """Note one more problem."""
        self.found.append(Problem(rule, field, value, values))

    def stop_if_any(self) -> None:
        """Raise BadInput when anything was noted."""
        if self.found:
            raise BadInput(self.found)
