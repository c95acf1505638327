"""With whom will it be? The list of cases, the card of the chosen one, the customer's number, and a kept talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets as widgets

from sim.panels.live.by_and_by import button
from sim.panels.parts import look
from sim.panels.talks.chat import Sayings, difficulty
from sim.panels.talks.keeping import Bringing
from sim.roleplay.facts import Facts
from sim.roleplay.reading import load_scenario_named
from sim.roleplay.scenario import Scenario
from sim.roleplay.talk import Talk
from sim.words import Words

MOST_ROWS = 18
SEEDS = 999


class Choice:
    """On the left what is chosen and how it begins, on the right what is read before."""

    def __init__(
        self, words: Words, names: Sequence[str], start: Callable[[], None], replay: Callable[[Talk], None]
    ):
        say = words.say
        self._words, self._names = words, names
        self.which = widgets.Select(
            options=[(self._titled(name), name) for name in names], rows=min(len(names), MOST_ROWS),
            layout=widgets.Layout(width="100%", height="auto"), tooltip=say("talk.choose"),
        )  # fmt: skip
        self.which.add_class("arlab-which")
        self.which.observe(lambda _: self._open(), names="value")
        self._case, self._card = look.html("", "arlab-case"), look.html("", "arlab-own-card")
        self._seed = widgets.BoundedIntText(
            1, min=1, max=SEEDS, layout=widgets.Layout(width="76px"), tooltip=say("talk.seed")
        )
        begin = button(say("talk.begin"), start, "arlab-begin", primary=True)
        line = widgets.HBox(
            [look.html(look.safe(say("talk.seed")), hint=say("talk.seed.help")), self._seed, begin],
            layout=widgets.Layout(align_items="center", grid_gap="10px", flex_flow="row wrap"),
        )
        help_ = look.html(look.safe(say("talk.seed.help")), "arlab-note")
        self.bringing = Bringing(words, replay)
        listed = [self.which] if len(names) > 1 else []
        left = widgets.VBox([*listed, line, help_, self.bringing.widget])
        left.add_class("arlab-choice-list")
        right = widgets.VBox([self._case, self._card])
        right.add_class("arlab-choice-read")
        self.widget = widgets.HBox([left, right])
        self.widget.add_class("arlab-choice")
        self._open()

    @property
    def name(self) -> str:
        """The name of the case that is chosen."""
        return str(self.which.value)

    @property
    def scenario(self) -> Scenario:
        """The case that is chosen."""
        return load_scenario_named(self.name)

    @property
    def seed(self) -> int:
        """The customer's number."""
        return int(self._seed.value)

    def next_customer(self) -> None:
        """The customer with the next number."""
        self._seed.value = self.seed % SEEDS + 1

    def follow(self, talk: Talk) -> bool:
        """Choose the case and the customer of this talk; is it one of ours?"""
        found = [each for each in self._names if load_scenario_named(each).number == talk.scenario.number]
        if found:
            self.which.value = found[0]
            self._seed.value = min(max(talk.seed, 1), SEEDS)
        return bool(found)

    def _titled(self, name: str) -> str:
        scenario = load_scenario_named(name)
        dots = difficulty(scenario, self._words).split(" ")[0]
        return f"{dots}  {scenario.number} · {scenario.title.said(self._words.lang)}"

    def _open(self) -> None:
        """Another case: its card."""
        sayings, scenario = Sayings(self._words, Facts(self.scenario)), self.scenario
        self._case.value = f"<h3>{sayings.titled(scenario)}</h3>{sayings.case(scenario)}"
        self._card.value = sayings.card(scenario.learner)
