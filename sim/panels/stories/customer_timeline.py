"""What passed between us and this customer? Choose one, see its year, rest the pointer on what you want to know."""

from __future__ import annotations

import ipywidgets as widgets

from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.stories.customer_drawing import Drawing
from sim.panels.stories.customer_story import SORTS, Customers
from sim.panels.stories.replay import sheets
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.panels.stories.replay_rows import Rows
from sim.panels.stories.replay_story import Table
from sim.words import Language, Words

TABLES: tuple[Table, ...] = ("entries", "orders", "actions")
LISTED = 7


def customer_timeline(
    lang: Language = "en",
    *,
    portfolio: str = "manufacturer",
    policy: str = "as_is",
    scenario: str = "normal",
    seed: int = 1,
) -> widgets.Widget:
    """One customer's year: invoices as bars, contacts, promises, disputes and held orders as marks.

    Raises BadInput for an unknown portfolio, policy or scenario.
    """
    return CustomerTimeline(lang, life_of(Told(portfolio, policy, scenario, seed))).widget


class CustomerTimeline:
    """Finds a customer and shows its year."""

    def __init__(self, lang: Language, life: Life):
        self.words, self.life = Words(lang), life
        self._customers = Customers(life)
        self._drawing, self._rows = Drawing(self.words, self._customers), Rows(self.words, life)
        self._names = life.names(lang)
        self._make_controls()
        self._make_places()
        self.widget = self._laid_out()
        self._list()

    # parts ------------------------------------------------------------------------------------------------------

    def _make_controls(self) -> None:
        say = self.words.say
        self._find = widgets.Text(
            description=say("timeline.find"),
            placeholder=say("timeline.find.hint"),
            continuous_update=True,
            style={"description_width": "initial"},
            layout=widgets.Layout(width="260px", margin="2px 12px 2px 0"),
        )
        self._find.add_class("arlab-find")
        self._find.observe(lambda _: self._list(), names="value")
        sorts: dict[str, str] = {by: say(f"timeline.sort.{by}") for by in SORTS}
        self._sort = dropdown(say("timeline.sort"), sorts, SORTS[0], "260px")
        self._sort.observe(lambda _: self._list(), names="value")
        self._choice = widgets.Select(
            options=[], rows=LISTED, tooltip=say("timeline.customers"), layout=widgets.Layout(width="440px")
        )
        self._choice.add_class("arlab-customers")
        self._choice.observe(lambda _: self._show(), names="value")
        tables = {"": say("replay.behind.none")}
        tables.update({name: say(f"replay.table.{name}") for name in TABLES})
        self._table = dropdown(say("timeline.rows"), tables, "", "auto")
        self._table.observe(lambda _: self._trace(), names="value")

    def _make_places(self) -> None:
        self._head = look.html("", "arlab-timeline-head")
        self._picture = look.html("", "arlab-timeline-box")
        self._ledger = look.html("", "arlab-rows-box")

    def _laid_out(self) -> widgets.Widget:
        row = widgets.Layout(flex_flow="row wrap", align_items="center", overflow="visible")
        finder = widgets.VBox([self._find, self._sort], layout=widgets.Layout(overflow="visible"))
        self._head.layout = widgets.Layout(flex="1 1 300px", min_width="0")
        top = widgets.HBox(
            [finder, self._choice, self._head],
            layout=widgets.Layout(
                flex_flow="row wrap", align_items="flex-start", grid_gap="14px", overflow="visible"
            ),
        )
        parts = [sheets(), top, self._picture, widgets.HBox([self._table], layout=row), self._ledger]
        panel = widgets.VBox(parts, layout=widgets.Layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel.add_class("arlab-replay")
        return panel

    # what is shown ----------------------------------------------------------------------------------------------

    def _list(self) -> None:
        """The customers that fit the search, in the order asked for; the first of them is shown."""
        found = self._customers.found(self._find.value, self._sort.value, self._names)
        if not found:
            self._choice.options = []
            self._head.value = look.safe(self.words.say("timeline.nobody"))
            return
        self._choice.options = [(self._option(place), place) for place in found]
        self._choice.value = found[0]
        self._show()

    def _option(self, place: int) -> str:
        figure = self._customers.worst if self._sort.value == "worst" else self._customers.overdue
        return self.words.say(
            "timeline.option", name=self._names[place], overdue=self._money(int(figure[place]))
        )

    def _show(self) -> None:
        if self._choice.value is None:
            return
        customer = int(self._choice.value)
        self._head.value = self._told(customer)
        self._picture.value = self._drawing.of(customer)
        self._trace()

    def _told(self, customer: int) -> str:
        """The customer in three lines: who it is, how it stands, what there was."""
        say, number, about = self.words.say, self.words.number, self.life.ledger.customers.iloc[customer]
        kinds = [mark.kind for mark in self._customers.marks(customer)]
        head = say(
            "timeline.head",
            segment=say(f"segment.{about['segment']}"),
            grade=say(f"grade.{about['grade']}"),
            owed=self._money(int(self._customers.owed[customer])),
            overdue=self._money(int(self._customers.overdue[customer])),
            worst=self._money(int(self._customers.worst[customer])),
        )
        counted = {
            "contacts": "contact",
            "kept": "promise_kept",
            "broken": "promise_broken",
            "disputes": "dispute_opened",
            "held": "held",
        }
        counts = say(
            "timeline.counts",
            invoices=number(len(self._customers.bars(customer))),
            **{name: number(kinds.count(kind)) for name, kind in counted.items()},
        )
        lines = (f"<b>{look.safe(self._names[customer])}</b>", look.safe(head), look.safe(counts))
        hint = look.safe(say("timeline.hint"))
        return "<br>".join(lines) + f'<br><span class="arlab-soft">{hint}</span>'

    def _trace(self) -> None:
        """The customer's rows of the ledger, when they are asked for."""
        name = self._table.value
        if not name or self._choice.value is None:
            self._ledger.value = ""
            return
        self._ledger.value = self._rows.table(name, self._customers.rows(int(self._choice.value), name))

    def _money(self, fen: int) -> str:
        return self.words.money(fen, self.life.currency)
