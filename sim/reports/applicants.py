"""How does a room without screens judge lab 3's applicants? Eight files on one sheet, the answers on the next.

Everybody reads unaudited statements, as the project's rule does; what more can be bought the trainer tells from the
answers. What each decision earns is worked out with the same decision on all of them, so that people can add up
their own line: near, not exact, since customers share our collectors.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.model import scorecard
from sim.model.portfolio import GRADES
from sim.model.scorecard import FINANCIAL, INFORMATION, Information
from sim.panels.credit.applicant_card import LETTERS, RATIOS, read_back
from sim.panels.credit.applicants import MARGIN_BP, REFERENCES_FEN, RULES_CHOICE, Bought, seen_blocks
from sim.panels.credit.applicants_desk import SEEDS
from sim.panels.credit.applicants_year import (
    DECISIONS,
    RUNS,
    Decided,
    Decision,
    Desk,
    Year,
    by_the_rule,
    limit_for,
    year_of,
)
from sim.reports.handout import Block, blank, dense, grid, head, kept, ruled, text
from sim.words import Words

DESKS = tuple(range(1, len(SEEDS) + 1))
FIRST_SHARE = 2.9
"""How much wider than an applicant's is the column with the names of the lines?"""
AUDITED = Bought("audited")
BOX, NONE = "☐", "–"


class ApplicantsSheet:
    """Writes one desk's sheet and its answers as blocks."""

    def __init__(self, number: int, words: Words):
        self.words, self.number = words, number
        self.desk = Desk(SEEDS[number - 1])
        self.people = self.desk.people
        self.heads = ["", *LETTERS[: self.desk.count]]
        self.shares = (FIRST_SHARE, *[1.0] * self.desk.count)

    def own(self, key: str, **values: object) -> str:
        """The kit's own words for this sheet."""
        return self.words.say(f"papers.applicants.{key}", **values)

    def line(self, key: str, told: list[str]) -> list[str]:
        """One line of the table: its name, and a cell per applicant."""
        return [self.own(key), *told]

    def table(self, rows: list[list[str]]) -> Block:
        """Lines of the answers."""
        return dense(grid(self.heads, rows, self.shares))

    # the sheet --------------------------------------------------------------------------------------------------

    def sheet(self) -> Iterator[Block]:
        """Eight files side by side, a box per decision, and a line for what came of it."""
        yield head(self.own("title", number=self.number), fresh_page=True)
        yield text(self.words.say("papers.name_line"), "soft")
        yield text(self.own("how", **self.prices()))
        yield dense(ruled(self.heads, [*self.business(), *self.accounts(RULES_CHOICE)], self.shares))
        yield text(self.own("decide"), "strong")
        later = self.line("earned", [""] * self.desk.count)
        yield dense(ruled(self.heads, [*self.choices(), *self.bought(), later], self.shares))
        yield blank(self.own("sum"), self.words.say("lab.unit.yuan"))

    def prices(self) -> dict[str, str]:
        """What more can be bought, and for how much."""
        audited, unaudited = (price(name) for name in ("audited", "unaudited"))
        return {
            "audited": self.whole(audited - unaudited),
            "references": self.whole(REFERENCES_FEN),
            "paid": self.whole(unaudited),
            "margin": self.words.percent(MARGIN_BP / 10_000, 0),
        }

    def whole(self, fen: int) -> str:
        """A price to the yuan."""
        return self.words.money(fen, exact=True).removesuffix(".00")

    def business(self) -> Iterator[list[str]]:
        """Trade, size and standing of each, as anybody may know them."""
        people, money = self.people, self.words.money
        yield self.line("trade", [self.own(f"trade_{trade}") for trade in people.trades])
        yield self.line("yearly", [money(fen) for fen in people.yearly_fen])
        yield self.line("order", [money(fen) for fen in people.order_fen])
        yield self.line("years", [self.words.number(int(years)) for years in people.facts["years"]])
        yield self.line("lawsuits", [self.lawsuits(int(count)) for count in people.facts["lawsuits"]])

    def lawsuits(self, count: int) -> str:
        """How many court records there are; three stand for more."""
        return self.words.number(count) if count < 3 else self.own("three_or_more")

    def accounts(self, bought: Bought) -> Iterator[list[str]]:
        """The ratios that we read of each, and what the scorecard makes of them."""
        blocks = seen_blocks(self.people, [bought] * self.desk.count)
        rows = [self.ratios(row) for row in blocks]
        for at, name in enumerate(RATIOS):
            yield self.line(name, [row[at] for row in rows])
        scores = scorecard.score(blocks)
        yield self.line("score", [f"{score:.0f}" for score in scores])
        yield self.line("grade", [GRADES[at] for at in scorecard.grade_of(scores)])

    def ratios(self, blocks: NDArray[np.float64]) -> list[str]:
        """Current ratio, debt ratio and profit margin that such points stand for."""
        names = ("current_ratio", "debt_ratio", "profit_margin", "size")
        worth = dict(zip(names, blocks[FINANCIAL], strict=True))
        current, debt, margin = (read_back(name, float(worth[name])) for name in RATIOS)
        return [self.words.number(current, 1), self.words.percent(debt, 0), self.words.percent(margin, 1)]

    def choices(self) -> Iterator[list[str]]:
        """A box per decision; where it sets a limit, how much."""
        for name in DECISIONS:
            cells = [BOX] * self.desk.count
            if name in ("limit", "small"):
                cells = [f"{BOX}\n{self.words.money(fen)}" if fen else NONE for fen in self.limits(name)]
            yield self.line(f"decide_{name}", cells)

    def limits(self, name: Decision) -> list[int]:
        """How much may each owe under this decision? 0: the rule sets no limit."""
        return [limit_for(self.people, at, Decided(name, RULES_CHOICE)) for at in range(self.desk.count)]

    def bought(self) -> Iterator[list[str]]:
        """A box for what more was bought."""
        for name in ("audited", "references"):
            yield self.line(f"buy_{name}", [BOX] * self.desk.count)

    # the answers ------------------------------------------------------------------------------------------------

    def answers(self) -> Iterator[Block]:
        """What more can be bought, what the rule decides, who they really are, what each decision earns."""
        yield head(self.own("answers", number=self.number), fresh_page=True)
        yield text(self.own("answers_how", **self.prices()))
        for_sale = self.table([*self.accounts(AUDITED), self.references()])
        yield kept([head(self.own("for_sale", **self.prices()), 2), for_sale])
        rule, years = by_the_rule(self.desk), self.years()
        told = [
            self.line("rule", [self.words.say(f"labs.credit.desk.short.{each.decision}") for each in rule]),
            self.line("truth", [GRADES[at] for at in scorecard.grade_of(self.people.standing)]),
            self.line("chance", [self.words.percent(chance, 1) for chance in self.people.default_chance]),
            self.failed(years["accept"]),
        ]
        yield kept([head(self.own("who"), 2), self.table(told)])
        mean = {name: year.earned.mean(axis=0) for name, year in years.items()}
        first = {name: year.earned[0] for name, year in years.items()}
        yield kept([head(self.own("earns_first"), 2), *self.earned(first)])
        yield kept([head(self.own("earns_mean", runs=RUNS), 2), *self.earned(mean)])
        yield text(self.own("debrief", big=self.heads[-1]), "box")

    def references(self) -> list[str]:
        """How late each pays its other suppliers."""
        late = self.people.facts["reference_late"]
        return self.line("references", [self.words.days(int(days)) for days in late])

    def years(self) -> dict[Decision, Year]:
        """The same years under each decision on everybody."""
        count = self.desk.count
        return {name: year_of(self.desk, (Decided(name, RULES_CHOICE),) * count) for name in DECISIONS}

    def failed(self, year: Year) -> list[str]:
        """In how many of the years does each fail?"""
        return [
            self.own("failed", runs=RUNS),
            *(self.words.number(int(each)) for each in year.failed.sum(axis=0)),
        ]

    def earned(self, years: dict[Decision, NDArray[np.float64]]) -> Iterator[Block]:
        """What each decision earns with each applicant, the best one marked; and what the rule's earn together."""
        can = {
            name: np.array([name != "limit" or limit > 0 for limit in self.limits("limit")]) for name in years
        }
        told = np.array([np.where(can[name], found, -np.inf) for name, found in years.items()])
        best = told.argmax(axis=0)
        rows = [
            self.line(
                f"decide_{name}",
                [
                    f"{self.hundreds(fen)}{'✓' if best[at] == row else ''}" if can[name][at] else NONE
                    for at, fen in enumerate(years[name])
                ],
            )
            for row, name in enumerate(years)
        ]
        rule = sum(years[each.decision][at] for at, each in enumerate(by_the_rule(self.desk)))
        yield self.table(rows)
        yield text(self.own("rule_earns", sum=self.words.money(rule)), "soft")

    def hundreds(self, fen: float) -> str:
        """Whole hundreds of yuan, so that people can add them up."""
        return self.words.number(round(fen / 10_000) * 100)


def price(accounts: Information) -> int:
    """What do such accounts cost?"""
    return scorecard.INFORMATION_FIGURES.cost_fen[INFORMATION.index(accounts)]
