"""Does the report say all that it should, in both languages, and never more than the runs show?"""

from __future__ import annotations

import dataclasses
import re

import pytest

from sim.measure import METRICS
from sim.reports import Findings, Inputs, gather
from sim.reports.answer import Gap, gaps
from sim.reports.compose import SECTIONS, compose
from sim.reports.grounds import LIMITS, command, policy_file
from sim.reports.paper import Code, Paper, Picture, Points, Table, Text
from sim.words import Words

LANGUAGES = ("en", "zh")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def said(paper: Paper, key: str) -> str:
    """All that a section says, as plain text."""
    (section,) = (one for one in paper.sections if one.key == key)
    parts = [section.head]
    for block in section.blocks:
        if isinstance(block, Text | Code):
            parts.append(block.text)
        elif isinstance(block, Points):
            parts += [block.head, *block.items]
        elif isinstance(block, Table):
            parts += [block.caption, *block.heads, *(cell.text for row in block.rows for cell in row.cells)]
        elif isinstance(block, Picture):
            parts.append(block.alt)
    return "\n".join(parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_sections_are_there_and_none_is_empty(papers: dict[str, Paper], lang: str):
    assert tuple(section.key for section in papers[lang].sections) == SECTIONS
    assert all(section.blocks for section in papers[lang].sections)


def test_both_languages_have_the_same_blocks(papers: dict[str, Paper]):
    def shape(paper: Paper) -> list[object]:
        return [
            (type(block).__name__, len(block.rows) if isinstance(block, Table) else 0)
            for block in paper.blocks()
        ]

    assert shape(papers["en"]) == shape(papers["zh"])


def test_each_language_is_itself(papers: dict[str, Paper]):
    for section in papers["en"].sections:
        assert not CHINESE.search(said(papers["en"], section.key)), section.key
    for section in papers["zh"].sections:
        assert CHINESE.search(said(papers["zh"], section.key)), section.key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_figures_is_the_comparison(papers: dict[str, Paper], findings: Findings, lang: str):
    words = Words(lang)
    (table,) = (block for block in papers[lang].sections[3].blocks if isinstance(block, Table))
    assert len(table.rows) == len(findings.table)
    for row, gap in zip(table.rows, gaps(findings).values(), strict=True):
        texts = [cell.text for cell in row.cells]
        assert texts[0] == words.say(f"metric.{gap.metric}.name")
        if gap.is_known:
            assert texts[1:4] == [
                words.value(gap.baseline, gap.unit),
                words.value(gap.alternative, gap.unit),
                words.value(gap.difference, gap.unit, signed=True),
            ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_counts_what_the_table_shows(papers: dict[str, Paper], findings: Findings, lang: str):
    judged = [gap for gap in gaps(findings).values() if METRICS[gap.metric].better != "none"]
    good, bad = (sum(gap.verdict == verdict for gap in judged) for verdict in ("good", "bad"))
    words = Words(lang)
    told = words.say(
        "paper.answer.count", total=len(judged), better=good, worse=bad, open=len(judged) - good - bad
    )
    assert told in said(papers[lang], "answer")


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(-3.0, -1.0, "good"), (1.0, 3.0, "bad"), (-1.0, 3.0, "unclear")]
)
def test_nothing_is_called_better_or_worse_unless_the_interval_leaves_zero_out(
    low: float, high: float, verdict: str
):
    gap = Gap("dso", "d", 60.0, 60.0 + (low + high) / 2, (low + high) / 2, low, high, 1.0, 20)
    assert gap.verdict == verdict


def test_one_single_run_shows_nothing(inputs: Inputs):
    paper = compose(gather(dataclasses.replace(inputs, runs=1, days=60, why=False)), Words("en"))
    told = said(paper, "answer")
    assert "one single future" in told
    assert "clearly" not in told
    assert "better" not in said(paper, "figures")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_equal_policies_are_told_as_such(inputs: Inputs, lang: str):
    same = dataclasses.replace(inputs, alternative=inputs.baseline, alternative_name="as_is", days=30)
    paper = compose(gather(same), Words(lang))
    assert Words(lang).say("paper.answer.idle") in said(paper, "answer")
    assert "why" not in [section.key for section in paper.sections]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lever_that_differs_stands_there_with_its_basis(
    papers: dict[str, Paper], inputs: Inputs, lang: str
):
    from sim.reports.changes import levers_that_differ

    (table,) = (block for block in papers[lang].sections[2].blocks if isinstance(block, Table))
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows}
    found = levers_that_differ(inputs)
    assert len(found) >= 8
    for lever in found:
        row = rows[Words(lang).say(f"{lever.words_key}.name")]
        assert row[1] != row[2]
        assert row[3] == lever.basis
    assert Words(lang).say("paper.levers.ladder") in rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_assumptions_have_labels_and_ranges_and_limits_are_told(papers: dict[str, Paper], lang: str):
    (table,) = (block for block in papers[lang].sections[6].blocks if isinstance(block, Table))
    plain = [row for row in table.rows if row.kind == "plain"]
    assert len(plain) >= 20
    assert {row.cells[4].text for row in plain} <= {"F", "P", "Pm", "R", "A"}
    assert all(cell.text for row in plain for cell in row.cells)
    limits = said(papers[lang], "limits")
    assert all(Words(lang).say(f"paper.limits.{name}") in limits for name in LIMITS)


def test_an_own_policy_is_printed_so_that_it_can_be_repeated(inputs: Inputs, tmp_path):
    from sim.model.policy import read_policy

    own = inputs.baseline.with_levers({"terms.net_days": 33, "collection.tone": "firm"})
    own = own.model_copy(update={"collection": inputs.alternative.collection})
    asked = dataclasses.replace(inputs, alternative=own, alternative_name="my plan")
    assert "--alternative my_plan.toml" in command(asked, "en")
    (tmp_path / "my_plan.toml").write_text(policy_file(own, inputs.portfolio.policy_in_force), "utf-8")
    assert read_policy(tmp_path / "my_plan.toml", base=inputs.portfolio.policy_in_force) == own


def test_a_changed_preset_is_not_called_by_its_name_alone(inputs: Inputs):
    moved = dataclasses.replace(inputs, alternative=inputs.alternative.with_levers({"terms.net_days": 10}))
    assert "--alternative strict.toml" in command(moved, "en")
    assert "--alternative strict " in command(inputs, "en")


def test_the_report_names_no_folder_of_this_machine(papers: dict[str, Paper]):
    text = "\n".join(said(papers["en"], section.key) for section in papers["en"].sections)
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|Users)\b|[A-Z]:\\", text)
