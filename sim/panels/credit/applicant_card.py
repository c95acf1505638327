"""One applicant on the desk: what the file says, what can be bought, what is decided."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from sim.model import scorecard
from sim.model.portfolio import GRADES
from sim.model.scorecard import FINANCIAL, INFORMATION, Information
from sim.panels.credit.applicants import REFERENCES_FEN, Applicants, Bought, seen_blocks
from sim.panels.credit.applicants_year import DECISIONS, Decided, Decision, comes_to, limit_for
from sim.panels.live.by_and_by import button
from sim.panels.parts import look
from sim.words import Words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FEN_PER_YUAN = 100
RATIOS = ("current_ratio", "debt_ratio", "profit_margin")


class Card:
    """A card: lines of the file, buttons that buy, a list of decisions. `changed` is called after any of it."""

    def __init__(self, words: Words, people: Applicants, at: int, changed: Callable[[], None]):
        self._words, self._people, self._at, self._changed = words, people, at, changed
        self.bought = Bought()
        self._text = look.html("", "arlab-applicant")
        self._buttons = {
            "unaudited": self._buying("unaudited", lambda: self._buy_accounts("unaudited")),
            "audited": self._buying("audited", lambda: self._buy_accounts("audited")),
            "references": self._buying("references", self._buy_references),
        }
        self._decision = widgets.Dropdown(
            options=self._options(), value="", layout=widgets.Layout(width="100%")
        )
        self._decision.add_class(f"arlab-decide-{at}")
        self._decision.tooltip = words.say("labs.credit.desk.decision")
        self._decision.observe(lambda _: self._changed(), names="value")
        buying = widgets.HBox(list(self._buttons.values()), layout=widgets.Layout(flex_flow="row wrap"))
        self.widget = widgets.VBox([self._text, buying, self._decision])
        self.widget.add_class("arlab-applicant-card")
        self._tell()

    @property
    def decided(self) -> Decided | None:
        """What was decided, and on what knowledge; None: nothing yet."""
        chosen: Decision | str = self._decision.value
        return Decided(chosen, self.bought) if chosen in DECISIONS else None

    def lock(self, locked: bool) -> None:
        """The year has passed: nothing is bought or decided any more (or again)."""
        self._decision.disabled = locked
        for name, made in self._buttons.items():
            made.disabled = locked or self._has(name)

    def _buying(self, name: str, buy: Callable[[], None]) -> widgets.Button:
        fen = REFERENCES_FEN
        if name != "references":
            fen = scorecard.INFORMATION_FIGURES.cost_fen[INFORMATION.index(name)]
        price = self._words.number(fen // FEN_PER_YUAN)
        return button(self._words.say(f"labs.credit.desk.buy.{name}", price=price), buy, f"arlab-buy-{name}")

    def _buy_accounts(self, kind: Information) -> None:
        if not self._has(kind):
            self._know(Bought(kind, self.bought.references))

    def _buy_references(self) -> None:
        self._know(Bought(self.bought.accounts, True))

    def _know(self, bought: Bought) -> None:
        """More is known: the card and the limit that the rule would set change with it."""
        self.bought = bought
        for name, made in self._buttons.items():
            made.disabled = self._has(name)
        kept = self._decision.value
        self._decision.options = self._options()
        self._decision.value = kept
        self._tell()
        self._changed()

    def _has(self, name: str) -> bool:
        if name == "references":
            return self.bought.references
        return INFORMATION.index(self.bought.accounts) >= INFORMATION.index(name)

    def _options(self) -> list[tuple[str, str]]:
        say, said = self._words.say, []
        for name in DECISIONS:
            decided = Decided(name, self.bought)
            fen = limit_for(self._people, self._at, decided)
            known = name if comes_to(self._people, self._at, decided) == name else "no_limit"
            said.append((say(f"labs.credit.desk.decide.{known}", limit=self._words.money(fen)), name))
        return [(say("labs.credit.desk.choose"), ""), *said]

    # --- the file -----------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        blocks = seen_blocks(self._people, [self.bought] * len(self._people))[self._at : self._at + 1]
        score = float(scorecard.score(blocks)[0])
        grade = GRADES[int(scorecard.grade_of(np.array([score]))[0])]
        known = float(scorecard.known_share(blocks)[0])
        lines = [*self._business(), *self._accounts(blocks[0]), self._references()]
        body = "".join(f"<li>{look.safe(line)}</li>" for line in lines)
        verdict = self._words.say(
            "labs.credit.desk.score", score=f"{score:.0f}", grade=grade, known=self._words.percent(known, 0)
        )
        title = f"<b>{look.safe(self._title())}</b>"
        self._text.value = f"{title}<ul>{body}</ul><div class=arlab-score>{look.safe(verdict)}</div>"

    def _title(self) -> str:
        trade = self._words.say(f"segment.{self._people.trades[self._at]}")
        return self._words.say("labs.credit.desk.title", letter=LETTERS[self._at], trade=trade)

    def _business(self) -> list[str]:
        say, people, at = self._words.say, self._people, self._at
        wants = say(
            "labs.credit.desk.wants",
            yearly=self._words.money(people.yearly_fen[at]),
            order=self._words.money(people.order_fen[at]),
        )
        years = int(people.facts["years"][at])
        lawsuits = int(people.facts["lawsuits"][at])
        return [
            wants,
            say("labs.credit.desk.years", years=self._words.number(years)),
            say(f"labs.credit.desk.lawsuits.{min(lawsuits, 3)}"),
        ]

    def _accounts(self, seen: np.ndarray) -> list[str]:
        """The ratios that the points we read stand for: a guess, unaudited or audited."""
        worth = dict(
            zip(("current_ratio", "debt_ratio", "profit_margin", "size"), seen[FINANCIAL], strict=True)
        )
        read = {name: read_back(name, float(worth[name])) for name in RATIOS}
        said = self._words.say(
            "labs.credit.desk.accounts",
            kind=self._words.say(f"labs.credit.desk.kind.{self.bought.accounts}"),
            current=self._words.number(read["current_ratio"], 1),
            debt=self._words.percent(read["debt_ratio"], 0),
            margin=self._words.percent(read["profit_margin"], 1),
        )
        return [said]

    def _references(self) -> str:
        if not self.bought.references:
            return self._words.say("labs.credit.desk.no_references")
        late = int(self._people.facts["reference_late"][self._at])
        return self._words.say("labs.credit.desk.references", days=self._words.days(late))


def read_back(name: str, points: float) -> float:
    """Which ratio is worth so many points? What a card shows of accounts that need not be quite right."""
    worst, best = getattr(scorecard.YARDSTICKS, name)
    return float(worst + (best - worst) * points / 100.0)
