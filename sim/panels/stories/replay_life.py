"""Which year do the replay, the timeline and the path of an invoice look at? One run of one policy, lived once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sim.engine import Simulation
from sim.model.ledger import NO_DOCUMENT, Ledger
from sim.model.policy import Policy
from sim.model.presets import load_policy
from sim.panels.live.compute import edition_of, portfolio_of, world
from sim.panels.stories.replay_story import Story, Table
from sim.words import Language


@dataclass(frozen=True)
class Told:
    """What year is told: whose customers, in which times, under which ready-made policy, with which luck."""

    portfolio: str = "manufacturer"
    policy: str = "as_is"
    scenario: str = "normal"
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Life:
    """One year under one policy: the ledger, day by day, and who the customers are."""

    told: Told
    ledger: Ledger
    policy: Policy

    @cached_property
    def story(self) -> Story:
        """The year as days at the desk."""
        return Story(self.ledger, collectors=self.policy.collection.collectors)

    @property
    def currency(self) -> str:
        """The ledger's currency."""
        return self.ledger.currency

    def names(self, lang: Language) -> list[str]:
        """What are the customers called? By number where they have no name."""
        table = self.ledger.customers
        pairs = zip(table["customer"], table[f"name_{lang}"], strict=True)
        return [f"{name} ({number})" if name else str(number) for number, name in pairs]

    def rows(self, figure: str, day: int) -> list[Any]:
        """The rows behind a day's number, largest first; columns as names, their place in the table as `Index`."""
        table, places = self.story.rows_behind(figure, day)
        return sorted(self.records(table, places), key=lambda row: -abs(row.amount_fen))

    def records(self, table: Table, places: Iterable[int]) -> list[Any]:
        """These rows of one table, columns as names, their place as `Index`."""
        return [self._records[table][place] for place in places]

    @cached_property
    def _records(self) -> dict[str, list[Any]]:
        """Every row of every table; a hundred times faster to tell days from than the tables themselves."""
        names = ("orders", "entries", "actions", "cash")
        return {name: list(getattr(self.ledger, name).itertuples(name="Row")) for name in names}

    def document(self, code: int) -> str:
        """A document's own number; nothing where an action is on the whole account."""
        if code == NO_DOCUMENT:
            return ""
        ids = self.ledger.document_ids
        return str(code) if ids is None else str(ids[code])


def life_of(told: Told) -> Life:
    """Live this year, or remember it. Raises BadInput when there are no such customers, times or policy."""
    return _lived(told, edition_of(told.portfolio))


@lru_cache(maxsize=6)
def _lived(told: Told, edition: int) -> Life:
    customers = portfolio_of(told.portfolio, edition)
    policy = load_policy(told.policy, base=customers.policy_in_force)
    with closing(
        Simulation(world(told.portfolio, told.scenario, told.seed, 0, 1, edition), policy)
    ) as company:
        company.live_until(company.last)
        return Life(told, company.ledger(), policy)
