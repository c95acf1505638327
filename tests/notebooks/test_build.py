"""Is each lesson built from its source, in both languages, and never with a Chinese older than its English?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.lessons.build import accept_cell, build_all, build_one, checksum, split_languages
from sim.lessons.lab import keep_lesson_clean

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TEXT = "# Cash\n\nWho pays?"
SOURCE = """# %% [markdown]
# # Cash
#
# Who pays?
# <!-- zh {mark} -->
# # 现金
#
# 谁先付款？谁
# 后付款？

# %%
LANGUAGE = "en"
"""


def test_the_committed_lessons_are_what_their_sources_say():
    built = build_all(NOTEBOOKS)
    assert built, "there are lessons"
    for path, text in built.items():
        assert path.read_text(encoding="utf-8") == text, (
            f"run python -m sim.lessons.build: {path.name} is old"
        )


def test_no_lesson_is_committed_without_a_source():
    built = set(build_all(NOTEBOOKS))
    assert {path for language in ("en", "zh") for path in (NOTEBOOKS / language).glob("*.ipynb")} == built


def test_each_language_gets_its_text_and_the_same_code():
    source = SOURCE.format(mark=checksum(TEXT))
    english, chinese = (build_one(source, "cash", language) for language in ("en", "zh"))
    assert english.cells[0].source == TEXT
    assert chinese.cells[0].source == "# 现金\n\n谁先付款？谁后付款？"
    assert [cell.source for cell in (english.cells[1], chinese.cells[1])] == [
        'LANGUAGE = "en"',
        'LANGUAGE = "zh"',
    ]
    assert chinese.metadata.title == "现金"


def test_chinese_older_than_its_english_stops_the_build():
    with pytest.raises(BadInput) as caught:
        build_one(SOURCE.format(mark="00000000"), "cash", "en")
    assert [problem.rule for problem in caught.value.problems] == ["build.translation_stale"]


def test_all_that_is_wrong_is_said_at_once():
    long = "\n".join(f"x = {number}" for number in range(9))
    source = f"# %% [markdown]\n# No Chinese here\n\n# %%\n{long}\n\n# %%\ndef f():\n    return 1\n"
    with pytest.raises(BadInput) as caught:
        build_one(source, "cash", "en")
    rules = [problem.rule for problem in caught.value.problems]
    assert rules == ["build.one_mark", "build.too_many_lines", "build.no_functions"]


def test_accepting_renews_the_checksum_and_nothing_else():
    cell = SOURCE.format(mark="new").split("\n\n# %%")[0] + "\n"
    assert accept_cell(cell) == cell.replace("zh new", f"zh {checksum(TEXT)}")


def test_a_cell_needs_both_languages():
    with pytest.raises(ValueError, match="exactly one"):
        split_languages("only English")


def test_working_in_a_lesson_leaves_its_file_as_it_was_built():
    path = NOTEBOOKS / "en" / "under_the_bonnet.ipynb"
    built = json.loads(path.read_text(encoding="utf-8"))
    worked = json.loads(path.read_text(encoding="utf-8"))
    worked["metadata"]["widgets"] = {"state": {}}
    worked["metadata"]["language_info"]["version"] = "3.13.0"
    for cell in worked["cells"]:
        cell["metadata"]["trusted"] = True
        if cell["cell_type"] == "code":
            cell |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    keep_lesson_clean({"type": "notebook", "content": worked}, path=str(path), contents_manager=None)
    assert worked == built


def test_other_notebooks_keep_their_outputs():
    own = {
        "metadata": {},
        "cells": [{"cell_type": "code", "metadata": {}, "outputs": [1], "execution_count": 1}],
    }
    keep_lesson_clean({"type": "notebook", "content": own}, path="own.ipynb", contents_manager=None)
    assert own["cells"][0]["outputs"] == [1]
