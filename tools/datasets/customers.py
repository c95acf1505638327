"""Who are the customers of a recipe? Drawn from its segments, each with one kind of payer that its past will show."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.portfolio import CUSTOMER_COLUMNS
from tools.datasets.recipe import ARCHETYPES, Recipe, Segment

GRADE_RISK = {
    "A": 0.15,
    "B": 0.45,
    "C": 1.0,
    "D": 2.6,
}  # default against the segment's mean, before it is scaled to it
WAITS = {"any": 0, "weekly": 3, "twice_monthly": 7, "monthly": 15}  # half the time between two pay days
ANCHORS = {"any": [0], "weekly": [1, 2, 3, 4], "twice_monthly": [5, 10], "monthly": [10, 15, 20, 25, 28]}
MOST_DEFAULT_BP = 3_000
WILLINGNESS = {"prompt": 85, "strategic": 30}  # of 100, others 70
SPREAD = 12.0  # of the percentages between customers
HIDDEN_STREAM = 1  # a generator of its own: what is added there moves nothing that was drawn before


def customers(recipe: Recipe) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """The customer table and each customer's kind of payer (a place in ARCHETYPES) in the past."""
    rng = np.random.Generator(np.random.PCG64(recipe.seed))
    table = pd.concat([_visible(rng, recipe, segment) for segment in recipe.segments], ignore_index=True)
    hidden = np.random.Generator(np.random.PCG64([recipe.seed, HIDDEN_STREAM]))
    parts = [_hidden(hidden, segment) for segment in recipe.segments]
    more = pd.concat([part for part, _ in parts], ignore_index=True)
    table = pd.concat([table, more], axis=1)
    for customer, (months, reading) in recipe.idle.items():
        table.loc[table["customer"] == customer, ["idle_months", "idle_reading"]] = [months, reading]
    return table[list(CUSTOMER_COLUMNS)], np.concatenate([kind for _, kind in parts])


def mix_of(recipe: Recipe, kind: NDArray[np.int64]) -> NDArray[np.float64]:
    """How likely is each kind of payer from now on? The one the past has shown, as far as a year can show it."""
    segments = np.array([segment.mix for segment in recipe.rows()]) / 100
    known = recipe.known_pct / 100
    return np.round((1 - known) * segments + known * np.eye(len(ARCHETYPES))[kind], 6)


def _visible(rng: np.random.Generator, recipe: Recipe, segment: Segment) -> pd.DataFrame:
    """What the seller sees: who they are, what they buy, when they pay."""
    count, rules = segment.count, segment.pay_rules
    rule = rng.choice(list(rules), count, p=list(rules.values()))
    shares = segment.grades or recipe.grades
    grade = rng.choice(list(shares), count, p=list(shares.values()))
    risk = np.array([GRADE_RISK[g] for g in grade])
    within = segment.sigma * np.sqrt(1 - segment.between**2)
    median = segment.median_yuan * np.exp(segment.between * segment.sigma * rng.standard_normal(count))
    names_en, names_zh, danger = _names(recipe, segment)
    step = 1_000 if segment.median_yuan >= 20_000 else 100
    return pd.DataFrame(
        {
            "customer": [f"{segment.prefix}{n:03d}" for n in range(1, count + 1)],
            "name_en": names_en,
            "name_zh": names_zh,
            "segment": segment.segment,
            "grade": grade,
            "extra_net_days": segment.extra_net_days,
            "orders_per_year": np.round(segment.orders_per_year * rng.gamma(4.0, 0.25, count) + 1.0, 1),
            "order_median_fen": np.maximum(np.rint(median / step), 1).astype(np.int64) * step * 100,
            "order_sigma": round(within, 3),
            "pay_rule": rule,
            "pay_anchor": [int(rng.choice(ANCHORS[r])) for r in rule],
            "lead_days": [WAITS[r] for r in rule],
            "pace": np.round(recipe.pace * segment.pace * np.exp(recipe.pace_sigma * rng.standard_normal(count)), 3),
            "default_bp_year": _default_bp(segment, risk * danger),
            "lgd_bp": segment.lgd_bp,
            "dispute_bp": segment.dispute_bp,
            "term_response_bp": segment.response_bp,
            "patience_days": segment.patience_days,
        }
    )  # fmt: skip


def _default_bp(segment: Segment, risk: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(np.minimum(segment.default_bp * risk / risk.mean(), MOST_DEFAULT_BP)).astype(np.int64)


def _names(recipe: Recipe, segment: Segment) -> tuple[list[str], list[str], NDArray[np.float64]]:
    """Names with a number, so that nobody takes them for a real company; and how dangerous their countries are."""
    english, chinese = segment.names
    numbers = range(1, segment.count + 1)
    if segment.countries is not None:
        lands = list(segment.countries.items())
        mine = [lands[(n - 1) % len(lands)] for n in numbers]
        danger = np.array([multiplier for _, (_, multiplier) in mine])
        places = [(land + " ", name) for land, (name, _) in mine]
    else:
        danger = np.ones(segment.count)
        chosen = [recipe.places[(n - 1) % len(recipe.places)] for n in numbers]
        places = [(f"{en} " if en else "", zh) for en, zh in chosen]
    digits = 3 if segment.count > 99 or recipe.places == (("", ""),) else 2
    names_en = [f"{en}{english} {n:0{digits}d}" for (en, _), n in zip(places, numbers, strict=True)]
    names_zh = [f"{zh}{chinese}{n:0{digits}d}" for (_, zh), n in zip(places, numbers, strict=True)]
    return names_en, names_zh, danger


def _hidden(rng: np.random.Generator, segment: Segment) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """What the seller does not see, or does not act on: kind of payer, power, dependence, groups, competitors."""
    count = segment.count
    kind = rng.choice(len(ARCHETYPES), count, p=np.array(segment.mix) / sum(segment.mix))
    willing = np.array([WILLINGNESS.get(ARCHETYPES[k], 70) for k in kind])
    group = np.repeat("", count).astype(object)
    members = np.split(
        rng.permutation(count)[: sum(segment.group_sizes)], np.cumsum(segment.group_sizes)[:-1]
    )
    for number, places in enumerate(members if segment.group_sizes else [], start=1):
        group[places] = f"{segment.prefix}-G{number}"
    return pd.DataFrame(
        {
            "group": group,
            "is_large": (rng.random(count) < segment.large).astype(np.int64),
            "power_pct": _percent(rng, segment.power_pct, count),
            "dependence_pct": _percent(rng, segment.dependence_pct, count),
            "willingness_pct": _percent(rng, willing, count),
            "competitor_days": rng.choice(segment.competitor_days, count),
            "idle_months": "",
            "idle_reading": "a",
            "instrument": segment.instrument,
        }
    ), kind.astype(np.int64)


def _percent(rng: np.random.Generator, mean: int | NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.clip(np.rint(mean + SPREAD * rng.standard_normal(count)), 0, 100).astype(np.int64)
