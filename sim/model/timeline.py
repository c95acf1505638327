"""Which policy holds on which day, and which single actions are taken on single accounts?"""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.base.days import Day
from sim.base.errors import Problems, Worded
from sim.model.moves import MoveName
from sim.model.policy import Policy
from sim.model.settings import BrokenRule, Settings

ActionKind = Literal[
    "contact",
    "promise",
    "plan",
    "hold",
    "release",
    "limit",
    "guarantee",
    "dispute_settled",
    "hand_over",
    "impression",
]
ACTION_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "contact": (("move",), ("outcome", "document")),
    "promise": (("until",), ("amount_fen", "chance_pct", "document")),
    "plan": ((), ("instalments", "down_bp", "every_days")),
    "hold": ((), ()),
    "release": ((), ("document",)),
    "limit": (("amount_fen",), ()),
    "guarantee": ((), ("cover_bp",)),
    "dispute_settled": (("credited_bp",), ("document",)),
    "hand_over": (("to",), ("document",)),
    "impression": (("points",), ()),
}
"""Which fields does each kind of action need, and which may it have besides?"""


class Action(Settings):
    """One thing done with one customer (or one invoice, by its document number) on one day, outside every routine.

    - `contact` by `move`; it uses no collectors' minutes. With an `outcome` we know that it reached somebody or not.
    - `promise`: to pay `amount_fen` (or all) until `until`; kept with `chance_pct` in a hundred, by default as usual.
    - `plan`: payment in `instalments` after a down-payment.
    - `hold`: no deliveries until further notice. `release`: the hold ends, and what waits (or one order) goes out.
    - `limit`: a new credit limit. `guarantee`: security that covers `cover_bp` of a loss.
    - `dispute_settled`: what is disputed is settled, with `credited_bp` credited.
    - `hand_over`: overdue claims go `to` an agency, a court, or into a payment order.
    - `impression`: the talk itself pleased or annoyed, by so many `points` of satisfaction and trust.

    What is set for a day off is done on the next working day.
    """

    day: Day
    customer: str
    kind: ActionKind = "contact"
    document: int | None = Field(default=None, ge=0)
    move: MoveName | None = None
    outcome: Literal["reached", "not_reached"] | None = None
    until: Day | None = None
    amount_fen: int | None = Field(default=None, ge=0, le=10**15)
    chance_pct: int | None = Field(default=None, ge=0, le=100)
    instalments: int | None = Field(default=None, ge=1, le=24)
    down_bp: int | None = Field(default=None, ge=0, le=9_000)
    every_days: int | None = Field(default=None, ge=1, le=90)
    cover_bp: int | None = Field(default=None, ge=0, le=10_000)
    credited_bp: int | None = Field(default=None, ge=0, le=10_000)
    to: Literal["agency", "court", "payment_order"] | None = None
    points: int | None = Field(default=None, ge=-60, le=60)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        problems = Problems()
        needed, allowed = ACTION_FIELDS[self.kind]
        given = {name for name, value in self if value is not None} - {"day", "customer", "kind"}
        for name in needed:
            if name not in given:
                problems.add("missing_for_kind", name, None, kind=Worded(f"dated_action.{self.kind}"))
        for name in sorted(given - {*needed, *allowed}):
            problems.add("not_for_kind", name, getattr(self, name), kind=Worded(f"dated_action.{self.kind}"))
        if self.until is not None and self.until <= self.day:
            problems.add("promise_not_later", "until")
        problems.stop_if_any()
        return self


class Timeline(Settings):
    """The first policy and, later, others from their day on; and dated actions."""

    policy: Policy = Policy()
    changes: tuple[tuple[Day, Policy], ...] = Field(default=(), strict=False)
    actions: tuple[Action, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _days_go_up(self) -> Self:
        days = [day for day, _ in self.changes]
        if days != sorted(set(days)):
            raise BrokenRule("days_not_ascending", "changes", days)
        return self

    @classmethod
    def of(cls, policy: "Policy | Timeline") -> "Timeline":
        """A policy that never changes, as a timeline; a timeline stays what it is."""
        return policy if isinstance(policy, Timeline) else cls(policy=policy)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy that is ever in force."""
        return (self.policy, *(later for _, later in self.changes))

    def then(self, day: Day, policy: Policy, actions: Iterable[Action] = ()) -> "Timeline":
        """The same until the evening before this day; from then on this policy, and these actions.

        What this timeline had set for that day and later is dropped. On the same world the ledger up to that evening is
        the same, row by row: so any day can be entered again and decided otherwise.
        """
        before = tuple((start, earlier) for start, earlier in self.changes if start < day)
        done = tuple(action for action in self.actions if action.day < day)
        changes = (*before, (day, policy))
        return Timeline(policy=self.policy, changes=changes, actions=(*done, *actions))

    def check_only_contacts(self) -> None:
        """Raises BadInput naming every action that is more than a contact with a whole account."""
        problems = Problems()
        for index, action in enumerate(self.actions):
            if action.kind != "contact" or action.outcome is not None or action.document is not None:
                problems.add("only_contacts", f"actions[{index}].kind", Worded(f"dated_action.{action.kind}"))
        problems.stop_if_any()

    def policy_on(self, day: Day) -> Policy:
        """The policy in force on this day."""
        in_force = self.policy
        for start, later in self.changes:
            if start <= day:
                in_force = later
        return in_force
