"""What had nature decided for one customer before anybody decided anything, and what came of it under a policy?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import ipywidgets as widgets
import numpy as np
import pandas as pd

from sim.base.days import NEVER, Day
from sim.engine import simulate
from sim.measure import METRICS
from sim.model.ledger import TABLES, Ledger
from sim.model.policy import LEVERS
from sim.panels.bonnet.small import POLICIES, core_policy, core_world, small
from sim.panels.parts import drawing, look
from sim.plots.units import axis_unit
from sim.words import Language, Words

CUSTOMERS, DAYS, RUNS, ROWS = 20, 240, 12, 20
FATES = ("invoiced", "lost", "unwanted")


@dataclass(frozen=True, eq=False)
class Life:
    """One customer in one run: its possible orders with what nature drew, and what came of each (`fate`)."""

    orders: pd.DataFrame
    kind: str
    fails_on: Day
    first: Day


@lru_cache(maxsize=32)
def ledger_of(policy: str, run: int) -> Ledger:
    """What the house wrote down in this run."""
    world = core_world(CUSTOMERS, DAYS, 1, 1, run)
    return simulate(world, core_policy(policy, CUSTOMERS))[0]


def life(customer: int, run: int, policy: str) -> Life:
    """Everything about this customer's orders in this run."""
    world, ledger = core_world(CUSTOMERS, DAYS, 1, 1, run), ledger_of(policy, run)
    lives = world.lives
    mine = np.flatnonzero((lives.customer == customer) & (lives.opening_due_on == NEVER))
    drawn = pd.DataFrame(
        {
            name: getattr(lives, name)[mine]
            for name in ("number", "wanted_on", "amount_fen", "luck", "patience_days", "dispute_after")
        }
    )
    behaviour = world.portfolio.behaviours[int(lives.behaviour[0, customer])]
    orders = drawn.merge(came_of(ledger), on="number", how="left")
    orders["fate"] = np.select(
        [orders["placed"].isna(), orders["due_on"].isna()], ["unwanted", "lost"], default="invoiced"
    )
    return Life(orders, behaviour.archetype, int(lives.default_on[0, customer]), world.scenario.first)


def came_of(ledger: Ledger) -> pd.DataFrame:
    """Each order that was placed: its invoice's due day, and the day its last part was settled."""
    entries, placed = ledger.entries, ledger.orders[["order"]].rename(columns={"order": "number"})
    invoices = entries[entries["kind"] == "invoice"].set_index("document")
    against = entries[
        entries["against"].isin(invoices.index) & ~entries["kind"].isin(["invoice", "recovery"])
    ]
    settled = against.groupby("against")["amount_fen"].sum().abs()
    done = settled[settled >= invoices["amount_fen"].abs().reindex(settled.index)].index
    receipts = against[against["kind"] == "receipt"].groupby("against")["happened_on"].max()
    placed = placed.assign(placed=1.0, due_on=placed["number"].map(invoices["due_on"]))
    return placed.assign(paid_on=placed["number"].map(receipts), is_done=placed["number"].isin(done))


def most_moved() -> int:
    """For which customer does another policy change most in the first run? A good one to begin with."""
    return int(np.argmax([moved(customer) for customer in range(CUSTOMERS)]))


def moved(customer: int) -> int:
    """How many of its orders end otherwise, or are paid on another day, under a strict policy?"""
    now, strict = (life(customer, 0, policy).orders for policy in ("as_is", "strict"))
    ends = (now["fate"] != strict["fate"]).to_numpy()
    days = now["paid_on"].fillna(0).to_numpy() != strict["paid_on"].fillna(0).to_numpy()
    return int(ends.sum() + days.sum())


def one_life(lang: Language = "en") -> widgets.Widget:
    """A customer, a run and a policy to choose; its possible orders drawn, and a table of the first."""
    return OneLife(Words(lang)).widget


class OneLife:
    """Controls, bars of possible orders, the table."""

    def __init__(self, words: Words):
        self._words = words
        few, say = small(CUSTOMERS).customers, words.say
        named = few[f"name_{words.lang}"].where(few[f"name_{words.lang}"] != "", few["customer"])
        busiest = np.argsort(-few["orders_per_year"].to_numpy(), kind="stable")
        names = [(str(named.iloc[at]), int(at)) for at in busiest]
        self.customer = widgets.Dropdown(options=names, value=most_moved())
        self.run = drawing.slider(1, 1, RUNS)
        self.policy = widgets.Dropdown(options=[(say(f"policy.{name}.name"), name) for name in POLICIES])
        self._looks = [
            drawing.Named(say(f"bonnet.life.{fate}"), colour)
            for fate, colour in zip(FATES, ("#0b6bb5", "#b03a1e", "#c3cad2"), strict=True)
        ]
        self._picture = drawing.Picture(say("bonnet.life.day"), "", height="230px")
        self._dots = [
            self._picture.dots(look_, marker)
            for look_, marker in zip(self._looks, ("circle", "cross", "square"), strict=True)
        ]
        self._hidden, self._table = look.html("", "arlab-hidden"), look.html("", "arlab-life")
        controls = (("customer", self.customer), ("luck", self.run), ("policy", self.policy))
        rows = [drawing.row(say(f"bonnet.life.{key}"), control) for key, control in controls]
        right = [look.html(drawing.legend(self._looks), "arlab-legend"), self._picture.widget]
        self.widget = drawing.panel(drawing.beside([*rows, self._hidden], right), self._table)
        drawing.follow([self.customer, self.run, self.policy], self.draw)

    def draw(self) -> None:
        """Draw this customer's life."""
        found = life(int(self.customer.value), int(self.run.value) - 1, str(self.policy.value))
        orders, say = found.orders, self._words.say
        day = (orders["wanted_on"] - found.first + 1).to_numpy(dtype=float)
        fen = orders["amount_fen"].to_numpy(dtype=float)
        unit = axis_unit(self._words, "fen", small(CUSTOMERS).currency, float(fen.max(initial=0.0)))
        self._picture.y.label, amount = unit.label, fen / unit.factor
        self._picture.fit(np.array([1.0, DAYS]), amount)
        for fate, dots in zip(FATES, self._dots, strict=True):
            mine = (orders["fate"] == fate).to_numpy()
            drawing.put(dots, day[mine], amount[mine])
        counts = {fate: int((orders["fate"] == fate).sum()) for fate in FATES}
        placed = counts["invoiced"] + counts["lost"]
        said = say("bonnet.life.said", drawn=len(orders), placed=placed, lost=counts["lost"])
        self._picture.entitle(say("bonnet.life.title"), "", said)
        failure = say("bonnet.life.lives")
        if found.fails_on != NEVER:
            failure = say("bonnet.life.fails", day=self._words.date(found.fails_on))
        kind = say(f"archetype.{found.kind}.name")
        self._hidden.value = look.safe(say("bonnet.life.hidden", kind=kind, failure=failure))
        self._table.value = self._listed(found)

    def _listed(self, found: Life) -> str:
        words = self._words
        keys = ("wanted_on", "size", "clock", "patience", "dispute", "result", "due_on", "paid_on")
        head = [words.say(f"bonnet.life.{key}") for key in keys]
        return drawing.table(head, [self._line(row) for _, row in found.orders.head(ROWS).iterrows()])

    def _line(self, row: pd.Series) -> list[str]:
        words, say = self._words, self._words.say
        never = int(row["dispute_after"]) == NEVER
        dispute = (
            say("bonnet.life.dispute.never")
            if never
            else say("bonnet.life.dispute.after", days=int(row["dispute_after"]))
        )
        due = "" if row["fate"] != "invoiced" else words.date(int(row["due_on"]))
        return [
            words.date(int(row["wanted_on"])),
            words.money(row["amount_fen"], small(CUSTOMERS).currency),
            words.number(float(row["luck"]), 2),
            words.number(int(row["patience_days"])),
            dispute,
            say(f"bonnet.life.{row['fate']}"),
            due,
            self._paid(row),
        ]

    def _paid(self, row: pd.Series) -> str:
        if row["fate"] != "invoiced":
            return ""
        if pd.isna(row["paid_on"]):
            return self._words.say("bonnet.life.other_end" if row["is_done"] else "bonnet.life.open")
        return self._words.date(int(row["paid_on"]))


def nouns(lang: Language = "en") -> widgets.Widget:
    """The six nouns of the model, with the numbers of the run shown here."""
    words = Words(lang)
    world, ledger = core_world(CUSTOMERS, DAYS, 1, 1, 0), ledger_of("as_is", 0)
    number = words.number
    counts = {
        "customers": number(CUSTOMERS),
        "days": number(DAYS),
        "orders": number(int((world.lives.opening_due_on == NEVER).sum())),
        "levers": number(len(LEVERS)),
        "rows": number(sum(len(getattr(ledger, name)) for name in TABLES)),
        "metrics": number(len(METRICS)),
    }
    boxes = "".join(
        box(words, name, counts)
        for name in ("portfolio", "scenario", "world", "policy", "ledger", "measures")
    )
    return drawing.panel(look.html(f'<div style="{GRID}">{boxes}</div>', "arlab-nouns"))


GRID = "display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:10px;max-width:960px"
BOX = "border:1px solid #d9dee5;border-left:4px solid #0b6bb5;padding:8px 12px;background:#fff"


def box(words: Words, name: str, counts: dict[str, str]) -> str:
    """One noun and what it is."""
    told = words.say(f"bonnet.nouns.{name}.is", **counts)
    return (
        f'<div style="{BOX}"><b>{look.safe(words.say(f"bonnet.nouns.{name}"))}</b><br>{look.safe(told)}</div>'
    )
