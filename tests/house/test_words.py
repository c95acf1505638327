"""Is everything a person reads there in both languages, and spelt one way?"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from sim.model import accounts, ledger, moves, portfolio, presets, scenario, settings
from sim.model.policy import LEVERS, Policy
from sim.roleplay.scenario import Scenario
from sim.words import LANGUAGES, Words
from sim.words.catalogue import catalogue, entries, placeholders

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "sim").rglob("*.py"))


def field_names(part: type[BaseModel]) -> set[str]:
    """Every name that an author may write in a part of a scenario, and in the parts within."""
    schema = part.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for each in parts for name in each.get("properties", {})}


CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SPEAKS_THE_OTHER = {"lessons.page.switch"}  # the link to the other language is written in that language
# Names and short forms that a Chinese controller also writes in Latin letters.
LATIN = set(
    re.findall(
        r"\w+",
        "A B C D E F P Pm R SHA t PDF HTML "
        "DSO CEI ADD AR CSV Excel ERP SAP GBK BOM UTF TOML JSON IFRS CAS CNY USD CAD EUR XXX YYYY MM DD "
        "DMY MDY YMD ISO CCC DPO DIO EP WOD HHI KS PD LGD EAD bp n JupyterLab JavaScript Python Ctrl null true false "
        "token Kaplan Meier IBM Shapley Newcombe VAT YAML Tab",
    )
)
# What is typed literally: options, file names, fields, lines of a settings file, marks of the notebooks' source.
TYPED = re.compile(
    r"--[a-z-]+|[\w.]*\.(?:toml|md|csv|xlsx|parquet|html|pdf|png|svg)\b|\{\{[^}]*\}\}|[a-z]+_[a-z_]+|ARLAB_LANG|[a-z]+\.[a-z_.]+"
    r"|[a-z_]+ = (?:\"[^\"]*\"|\w+)|\[[a-z]+\]|<!--.*?-->"
)
COMMANDS = set(
    re.findall(
        r"\w+",
        "arlab lab show import measure fit simulate whatif report picture list portfolios policies scenarios "
        "metrics tables "
        "pictures "
        "levers roleplay handout check print replay roleplays handouts facilitator sessions papers",
    )
)
# An author of role-plays types these into his file.
IN_SCENARIOS = set(re.findall(r"[a-z]+", " ".join(field_names(Scenario)))) | {
    "yes",
    "character",
    "observer",
    "owed",
    "said",
    "not",
    "is",
    "harsh",
    "repeated",
    "strategic",
}
FIELDS_OF_JSON = {"value", "reason", "run", "period", "metric", "unit"}
# The glossary writes these; the other spellings are not ours.
NOT_OUR_SPELLING = {
    "en": (
        r"\bag(?:ing|ed) bucket",
        r"\baging\b",
        r"\bwriteoff",
        r"\bpast[- ]due balance",
        r"\bdunnings\b",
        r"\bemail\b",
    ),
    "zh": ("帐", "其它", "帐龄", "贴现折扣", "拖欠率"),
}


def everything() -> list[tuple[str, str]]:
    return [(key, language) for key in sorted(catalogue()) for language in LANGUAGES]


def test_no_key_stands_in_two_places():
    twice = {key: n for key, n in Counter(key for _, key, _ in entries()).items() if n > 1}
    assert not twice


def test_every_text_is_there_in_both_languages():
    assert not [key for key, texts in catalogue().items() if set(texts) != set(LANGUAGES)]
    assert not [(key, language) for key, language in everything() if not catalogue()[key][language].strip()]


def test_both_languages_fill_the_same_placeholders():
    differ = [key for key, t in catalogue().items() if placeholders(t["en"]) != placeholders(t["zh"])]
    assert not differ


def test_there_is_no_chinese_in_the_english():
    found = {key: t["en"] for key, t in catalogue().items() if CHINESE.search(t["en"])}
    assert set(found) <= SPEAKS_THE_OTHER


def test_there_is_no_english_left_in_the_chinese():
    left = {}
    for key, texts in catalogue().items():
        if key in SPEAKS_THE_OTHER:
            continue
        text = (
            TYPED.sub(" ", texts["zh"])
            if "{{" in texts["zh"]
            else TYPED.sub(" ", re.sub(r"\{\w*(?::[^}]*)?\}", " ", texts["zh"]))
        )
        words = set(re.findall(r"[A-Za-z]+", text)) - LATIN
        if key.startswith(("cli.", "problem.", "import.")):
            words -= COMMANDS | FIELDS_OF_JSON | {"help"}
        if key.startswith("problem.roleplay."):
            words -= IN_SCENARIOS
        if words:
            left[key] = words
    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_spelt_as_in_the_glossary(language: str):
    wrong = [
        (key, spelling)
        for key, texts in catalogue().items()
        for spelling in NOT_OUR_SPELLING[language]
        if re.search(spelling, texts[language], re.IGNORECASE)
    ]
    assert not wrong


def test_every_term_of_the_glossary_is_explained():
    keys = [
        key.removeprefix("glossary.").rsplit(".", 1) for key in catalogue() if key.startswith("glossary.")
    ]
    parts = {}
    for term, part in keys:
        parts.setdefault(term, set()).add(part)
    assert len(parts) >= 60
    assert all(found == {"term", "definition"} for found in parts.values())


def needed_by_the_model() -> Iterator[str]:
    for lever in LEVERS.values():
        yield from (f"{lever.words_key}.name", f"{lever.words_key}.help", f"branch.{lever.branch}")
        values = ("true", "false") if lever.kind == "bool" else lever.choices
        yield from (f"choice.{lever.path}.{value}" for value in values)
        if lever.kind == "int":
            yield from (
                (f"format.{lever.unit}.many", f"format.{lever.unit}.one") if lever.unit != "fen" else ()
            )
    yield from (f"branch.{name}" for name in Policy.model_fields)
    yield from (f"basis.{label}" for label in settings.Basis.__args__)
    yield from (f"policy.{name}.{part}" for name in presets.policy_names() for part in ("name", "why"))
    yield from (f"scenario.{name}.{part}" for name in scenario.scenario_names() for part in ("name", "help"))
    yield from (f"archetype.{name}.{part}" for name in moves.ARCHETYPES for part in ("name", "help"))
    yield from (f"move.{name}" for name in moves.MOVE_NAMES)
    yield from (f"segment.{name}" for name in portfolio.SEGMENTS)
    yield from (f"grade.{name}" for name in portfolio.GRADES)
    yield from (f"pay_rule.{name}" for name in portfolio.PAY_RULES)
    yield from (f"entry.{name}" for name in ledger.ENTRY_KINDS)
    yield from (f"action.{name}" for name in ledger.ACTION_KINDS)
    yield from (f"outcome.{name}" for name in ledger.OUTCOMES if name)
    yield from (f"hold_reason.{name}" for name in ledger.HOLD_REASONS if name)
    yield from (f"cash.{name}" for name in ledger.CASH_KINDS)
    yield from (f"account.{name}" for name in accounts.ACCOUNTS)


def test_every_name_of_the_model_has_words():
    assert not sorted(set(needed_by_the_model()) - set(catalogue()))


def test_every_metric_and_refusal_has_words():
    from sim.measure import METRICS

    needed = set()
    for metric in METRICS.values():
        needed |= {f"{metric.words_key}.name", f"{metric.words_key}.help"} | ({metric.unknown} - {""})
        needed |= {f"reason.not_recorded.{kind}" for kind in metric.needs}
        needed |= {f"reason.no_figure.{figure}" for figure in metric.seller}
    assert not sorted(needed - set(catalogue()))


# --- what the code says must exist ------------------------------------------------------------------------------


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def first_text(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def rules() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Every problem the code can raise: where, which rule, and the values it gives (None when not written there)."""
    for path in SOURCES:
        where = path.relative_to(ROOT).as_posix()
        for name, call in calls(path):
            rule = first_text(call)
            if rule is None:
                continue
            if name == "add" and isinstance(call.func, ast.Attribute) and len(call.args) >= 2:
                given = {keyword.arg for keyword in call.keywords}
                yield where, rule, None if None in given else frozenset(map(str, given - {"value"}))
            elif name == "BrokenRule":
                yield where, rule, frozenset(str(keyword.arg) for keyword in call.keywords)
            elif name == "Problem" and len(call.args) >= 2:
                yield where, rule, _values_of(call)


def _values_of(call: ast.Call) -> frozenset[str] | None:
    given = (
        call.args[3]
        if len(call.args) > 3
        else next((k.value for k in call.keywords if k.arg == "values"), None)
    )
    if given is None:
        return frozenset()
    if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
        return frozenset(str(key.value) for key in given.keys if isinstance(key, ast.Constant))
    return None


def test_every_problem_has_words():
    found = {rule for _, rule, _ in rules()} | set(settings._RULES.values()) | {"not_valid"}
    assert len(found) > 30
    assert not sorted(rule for rule in found if f"problem.{rule}" not in catalogue())


def test_every_problem_brings_the_values_its_message_names():
    short = {}
    for where, rule, given in rules():
        texts = catalogue().get(f"problem.{rule}")
        if texts and given is not None:
            missing = placeholders(texts["en"]) - given - {"field", "value"}
            if missing:
                short[where, rule] = set(missing)
    assert not short


def test_every_problem_names_its_field_or_its_value():
    named = {"field", "value"}
    nameless = [
        k for k, t in catalogue().items() if k.startswith("problem.") and not placeholders(t["en"]) & named
    ]
    assert not nameless


def test_what_the_code_says_exists():
    said = {
        (path.relative_to(ROOT).as_posix(), key)
        for path in SOURCES
        for name, call in calls(path)
        if name in ("say", "has") and (key := first_text(call))
    }
    assert len(said) > 20
    assert not sorted((where, key) for where, key in said if key not in catalogue())


def test_what_the_code_says_fills_every_placeholder():
    short = {}
    for path in SOURCES:
        for name, call in calls(path):
            key = first_text(call) if name == "say" else None
            if key in catalogue() and not any(keyword.arg is None for keyword in call.keywords):
                missing = placeholders(catalogue()[key]["en"]) - {
                    str(keyword.arg) for keyword in call.keywords
                }
                if missing:
                    short[path.name, key] = set(missing)
    assert not short


def test_every_problem_can_be_said_in_both_languages():
    from sim.base.errors import BadInput, Problem

    for language in LANGUAGES:
        words = Words(language)
        for key in (key for key in catalogue() if key.startswith("problem.")):
            values = dict.fromkeys(placeholders(catalogue()[key][language]) - {"field", "value"}, 7)
            told = words.problems(
                BadInput([Problem(key.removeprefix("problem."), "terms.net_days", 99, values)])
            )
            assert "terms.net_days" in told or "99" in told
            assert "{" not in told


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if "words" not in p.parts], ids=lambda p: str(p.relative_to(ROOT))
)
def test_the_code_holds_no_chinese_sentence(path: Path):
    # Header synonyms of exports are data; whole sentences are words and belong into sim/words.
    sentences = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search("[。！？]", node.value)
    ]
    assert not sentences
