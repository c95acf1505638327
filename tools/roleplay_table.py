"""Writes docs/roleplays.md: how automatic players fare in every role-play, and which remedy each cause rewards.

python tools/roleplay_table.py            # a thousand talks of each player: two minutes
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from sim.roleplay.players import PLAYERS, REMEDIES, Played, play_many, remedy_scores
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.scenario import Scenario

TARGET = Path(__file__).resolve().parents[1] / "docs" / "roleplays.md"
HEAD = """# How do automatic players fare in the role-plays?

Written by `python tools/roleplay_table.py`; {talks:,} talks of each player in each scenario, one seed each. Scores are
the rubric's (0 to 100); an unlawful move makes a talk a fail. Effects, chances, scores: assumptions made for practice.

- *Negotiator*: the scenario's own model talk. *Short-sighted*: lawful, takes what brings commitment and peace at once.
  *Random*: anything. *Bully*: what hurts most, also unlawfully.
- The lowest score of the negotiator is over all temperaments; the bully never wins (60 points) in any talk.

"""


def main() -> None:
    """Play, and write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--talks", type=int, default=1_000)
    talks = options.parse_args().talks
    scenarios = [load_scenario_named(name) for name in scenario_files()]
    text = (
        HEAD.format(talks=talks)
        + "\n".join([*players(scenarios, talks), "", *remedies(scenarios, talks // 5)])
        + "\n"
    )
    TARGET.write_text(text, encoding="utf-8", newline="\n")


def players(scenarios: list[Scenario], talks: int) -> Iterator[str]:
    """One line per scenario: mean scores, and how sure the ends are."""
    yield "| scenario | cause | negotiator (least) | short-sighted | random | bully (most) | fails or breaks off |"
    yield "|---|---|---|---|---|---|---|"
    for scenario in scenarios:
        played = {name: play_many(scenario, name, talks) for name in PLAYERS}
        best, bully = played["negotiator"], played["bully"]
        yield (
            f"| {scenario.number} {scenario.title.en} | {scenario.cause} | {best.score:.0f} ({best.least:.0f}) "
            f"| {played['greedy'].score:.0f} | {played['random'].score:.0f} | {bully.score:.0f} ({bully.most:.0f}) "
            f"| {spoilt(bully):.0%} |"
        )


def spoilt(played: Played) -> float:
    """The share of talks that end unlawfully or broken off."""
    return sum(played.endings.get(name, 0) for name in ("unlawful", "broke_off")) / played.talks


def remedies(scenarios: list[Scenario], talks: int) -> Iterator[str]:
    """One line per cause: the mean score of players who know one remedy each."""
    yield "## Which remedy does each cause reward?"
    yield ""
    yield "Mean scores of lawful players who know how to do one thing well, and choose the rest at random."
    yield ""
    yield "| cause | scenarios | " + " | ".join(REMEDIES) + " |"
    yield "|---|---|" + "---|" * len(REMEDIES)
    for cause in sorted({scenario.cause for scenario in scenarios}):
        mine = [scenario for scenario in scenarios if scenario.cause == cause]
        found = [remedy_scores(scenario, talks) for scenario in mine]
        means = {way: fmean(each[way] for each in found) for way in REMEDIES}
        most = max(means.values())
        cells = (f"**{value:.0f}**" if value == most else f"{value:.0f}" for value in means.values())
        yield f"| {cause} | {', '.join(scenario.number for scenario in mine)} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
