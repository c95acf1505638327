"""On what does the report rest, what does the model not know, and how can it be repeated?"""

from __future__ import annotations

from importlib.metadata import version
from itertools import groupby

import tomlkit

from sim.model.policy import Policy
from sim.reports.inputs import Inputs, policy_title, portfolio_title
from sim.reports.paper import Block, Code, Points, Row, Section, Side, Table, Text, heading, plain
from sim.study.assumptions import Assumption, assumptions
from sim.study.reasons import changed_groups
from sim.words import Words

ORDER = "FPRA"  # from fitted to assumed
PLACES = ("company", "customers", "model")
LIMITS = ("sizes", "new", "end", "rivals", "ladder", "groups", "names")
PACKAGES = ("receivables-lab", "numpy", "pandas", "scipy", "simpy")


def chosen(inputs: Inputs) -> tuple[Assumption, ...]:
    """The assumptions that matter for the levers that differ."""
    return assumptions(inputs.portfolio, changed_groups(inputs.baseline, inputs.alternative))


def assumed(words: Words, inputs: Inputs) -> Section:
    """What the figures rest on, with labels and ranges."""
    rows: list[Row] = []
    for place in PLACES:
        mine = [_assumption_row(words, one, inputs) for one in chosen(inputs) if one.place == place]
        rows += [heading(words.say(f"paper.assumptions.{place}"), 5), *mine]
    heads = tuple(words.say(f"paper.assumptions.{name}") for name in ("name", "low", "base", "high", "label"))
    sides: tuple[Side, ...] = ("left", "right", "right", "right", "center")
    table = Table(words.say("paper.assumptions.caption"), heads, tuple(rows), (7, 2, 2, 2, 1.2), sides)
    blocks: tuple[Block, ...] = (
        Text(words.say("paper.assumptions.lead")),
        Points(_origins(words, inputs), words.say("paper.assumptions.rests")),
        table,
        Text(words.say("paper.assumptions.more"), "note"),
    )
    return Section("assumptions", words.say("paper.assumptions.head"), blocks)


def _origins(words: Words, inputs: Inputs) -> tuple[str, ...]:
    pairs = sorted(inputs.portfolio.basis.items(), key=lambda pair: (ORDER.find(pair[1]), pair[0]))
    lines = []
    for basis, found in groupby(pairs, key=lambda pair: pair[1]):
        named = [
            words.say(f"panel.rests.{name}") if words.has(f"panel.rests.{name}") else name
            for name, _ in found
        ]
        how = words.say(f"panel.basis.{basis}") if words.has(f"panel.basis.{basis}") else basis
        lines.append(f"{basis} " + words.say("panel.grounds.line", how=how, what=words.listed(named)))
    return tuple(lines)


def _assumption_row(words: Words, one: Assumption, inputs: Inputs) -> Row:
    currency = inputs.portfolio.currency
    values = [shown(words, one, value, currency) for value in (one.low, one.base, one.high)]
    return plain(words.say(one.words_key), *values, one.basis)


def shown(words: Words, one: Assumption, value: float, currency: str) -> str:
    """An assumption's value as people read it."""
    if one.unit in ("share", "bp"):
        return words.percent(*percent_of(one, value))
    if one.unit == "index":
        return words.number(value, 0 if value == int(value) else 1)
    return words.value(value, one.unit, currency=currency)


def percent_of(one: Assumption, value: float) -> tuple[float, int]:
    """A share of one, and with how many decimals it is told: small ones need more."""
    scale = 10_000 if one.unit == "bp" else 1
    largest = max(abs(one.low), abs(one.base), abs(one.high)) / scale
    digits = 2 if largest < 0.01 else 1
    return value / scale, digits


def limits(words: Words, inputs: Inputs) -> Section:
    """What the model does not know."""
    told = [words.say(f"paper.limits.{name}") for name in LIMITS]
    if "F" in inputs.portfolio.basis.values():
        told.append(words.say("paper.limits.fitted"))
    return Section("limits", words.say("paper.limits.head"), (Points(tuple(told)),))


# --- how to repeat it ---------------------------------------------------------------------------------------------


def repeat(words: Words, inputs: Inputs) -> Section:
    """The command, what must be at hand, and where everything comes from."""
    blocks: list[Block] = [Text(words.say("paper.repeat.lead")), Code(command(inputs, words.lang))]
    if not inputs.is_built_in():
        blocks.append(Text(words.say("paper.repeat.own_portfolio", name=inputs.portfolio_name)))
    for _, name, policy in inputs.policies():
        if not inputs.is_ready_made(name, policy):
            title = policy_title(words, name)
            blocks.append(Text(words.say("paper.repeat.own_policy", name=title, file=file_of(name))))
            blocks.append(Code(policy_file(policy, inputs.portfolio.policy_in_force)))
    rows = tuple(plain(name, value) for name, value in provenance(words, inputs))
    heads = (words.say("paper.repeat.item"), words.say("paper.repeat.value"))
    blocks.append(Table(words.say("paper.repeat.caption"), heads, rows, (3, 6), ("left", "left")))
    blocks.append(Text(words.say("paper.repeat.digest_note"), "note"))
    return Section("repeat", words.say("paper.repeat.head"), tuple(blocks))


def file_of(name: str) -> str:
    """Under which name is a policy of one's own saved?"""
    plain_name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
    return plain_name if plain_name.endswith(".toml") else f"{plain_name}.toml"


def command(inputs: Inputs, lang: str) -> str:
    """The command line that makes the report again. It names files, no folders of this machine."""
    given = {
        side: name if inputs.is_ready_made(name, policy) else file_of(name)
        for side, name, policy in inputs.policies()
    }
    days = f" --days {inputs.days}" if inputs.days is not None else ""
    lines = [
        f"arlab report {_typed(inputs.portfolio_name)}",
        f"--baseline {given['baseline']} --alternative {given['alternative']}",
        f"--scenario {inputs.scenario}{days} --runs {inputs.runs} --seed {inputs.seed}",
        ("" if inputs.why else "--no-why ") + f"--lang {lang} --out report.pdf",
    ]
    return " ".join(lines)


def _typed(name: str) -> str:
    return f'"{name}"' if " " in name else name


def policy_file(policy: Policy, in_force: Policy) -> str:
    """The policy as a file that changes the policy in force into it."""
    document = tomlkit.document()
    before, after = in_force.model_dump(mode="json"), policy.model_dump(mode="json")
    for branch, values in after.items():
        moved = {name: value for name, value in values.items() if value != before[branch][name]}
        if moved:
            table = tomlkit.table()
            for name, value in moved.items():
                table.add(name, _inline(value))
            document.add(branch, table)
    return tomlkit.dumps(document).strip() or "[about]"


def _inline(value: object) -> object:
    """A ladder as one inline table a line; everything else as it is."""
    if not isinstance(value, list):
        return value
    rows = tomlkit.array().multiline(True)
    for item in value:
        row = tomlkit.inline_table()
        row.update({name: part for name, part in item.items() if part or name == "days"})
        rows.append(row)
    return rows


def provenance(words: Words, inputs: Inputs) -> list[tuple[str, str]]:
    """Where the report comes from, item by item."""
    sides = {side: f"{policy_title(words, name)} ({name})" for side, name, _ in inputs.policies()}
    portfolio = f"{portfolio_title(words, inputs.portfolio)} ({inputs.portfolio_name})"
    told = {
        "portfolio": portfolio,
        **sides,
        "scenario": f"{words.say(f'scenario.{inputs.scenario}.name')} ({inputs.scenario})",
        "days": str(inputs.times.days),
        "runs": str(inputs.runs),
        "seed": str(inputs.seed),
        "digest": inputs.digest(),
    }
    found = [(words.say(f"paper.repeat.{name}"), value) for name, value in told.items()]
    return found + [(words.say("paper.repeat.version", name=name), version(name)) for name in PACKAGES]
