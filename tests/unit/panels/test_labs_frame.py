"""Is the result veiled until somebody has said what they expect, and is that kept, compared and taken home?"""

from __future__ import annotations

import re

import pytest

from sim.panels.labs import lab as lab_module
from sim.panels.labs.closing import LONGEST_NAME, NOTHING_RUNS, file_name, free_path
from sim.panels.labs.lab import Lab
from sim.panels.labs.opening import home, listed, opening, way
from sim.panels.labs.page import glossary
from sim.panels.labs.predictions import decimals, nice_step
from sim.words import Words
from tests.unit.panels.lab_files import loaded


@pytest.fixture(params=["en", "zh"])
def lab(request, tmp_path, monkeypatch) -> Lab:
    declared = loaded(tmp_path)
    monkeypatch.setattr(lab_module, "load_lab", lambda name: declared)
    return Lab("04_terms", request.param)


def answer_all(lab: Lab) -> None:
    inputs = lab.predictions._inputs
    inputs["way"].value, inputs["choice"].value, inputs["much"].value = "fall", 1, 90


def test_the_panel_is_veiled_until_the_prediction_is_committed(lab):
    lab.predict()
    box = lab.panel()
    veil = {"en": "behind a veil", "zh": "暂时遮住"}[lab.words.lang]
    assert veil in box.children[-1].value
    lab.predictions._inputs["way"].value = "fall"
    lab.predictions.commit()
    assert not lab.predictions.is_decided
    assert "2" in lab.predictions._note.value
    answer_all(lab)
    lab.predictions.commit()
    assert lab.predictions.is_decided
    assert not any(veil in getattr(child, "value", "") for child in box.children)


def test_skipping_lifts_the_veil_and_compares_nothing(lab):
    box = lab.panel()
    lab.closing()
    lab.predictions.skip()
    assert lab.words.say("lab.predict.none") in lab._closing[0]._summary.value
    assert lab.predictions.kept is None
    assert lab.predictions.verdicts == []
    assert len(box.children) == 1


def test_a_slider_nobody_touched_is_no_prediction(lab):
    lab.predictions._inputs["way"].value = "fall"
    lab.predictions._inputs["choice"].value = 0
    assert set(lab.predictions.guesses()) == {"way", "choice"}


def test_each_prediction_is_compared_with_what_came_out(lab):
    lab.predict()
    lab.panel()
    answer_all(lab)
    lab.predictions.commit()
    way_said, choice, much = lab.predictions.verdicts
    assert (way_said.is_right, choice.is_right, much.is_right) == (True, False, False)
    assert {"en": "no", "zh": "回应"}[lab.words.lang] in choice.reply
    assert much.came == "50.0%"
    assert {"en": "less than you thought", "zh": "要少"}[lab.words.lang] in much.reply


def test_the_summary_follows_what_is_done_and_can_be_saved(lab, tmp_path, monkeypatch):
    for place in ("sim.panels.labs.closing.ROOT", "sim.panels.parts.paths.ROOT"):
        monkeypatch.setattr(place, tmp_path)
    lab.closing()
    made = lab._closing[0]
    lab.task("one")
    box = lab.tasks["one"]
    box._radio.value = 1
    box.check()
    assert {"en": "Tasks solved: 1 of 5", "zh": "完成任务：1 / 5"}[lab.words.lang] in made._summary.value
    made._person.value = "王 Li/../x"
    made.save()
    made.save()
    files = sorted(path.name for path in (tmp_path / "my_labs").iterdir())
    lang = lab.words.lang
    assert files == [f"04_terms-{lang}-王_Li_x-2.html", f"04_terms-{lang}-王_Li_x.html"]
    page = (tmp_path / "my_labs" / files[1]).read_text(encoding="utf-8")
    assert {"en": "Keep this.", "zh": "记住这点。"}[lang] in page
    assert not re.search("https?:", page)
    assert NOTHING_RUNS in page
    assert "my_labs/" in made._note.value
    assert str(tmp_path) not in made._note.value


def test_a_page_cannot_put_words_of_its_own_into_what_is_handed_in(lab):
    lab.closing()
    made = lab._closing[0]
    made._summary.value = "<script>forged</script>"  # as a crafted message may
    made._person.value = "x" * 10_000
    assert "forged" not in made.document()
    assert "x" * (LONGEST_NAME + 1) not in made.document()


def test_a_name_never_leads_out_of_the_folder(tmp_path):
    assert file_name("02_dso", "en", "../../etc/passwd") == "02_dso-en-etc_passwd.html"
    assert file_name("02_dso", "zh", "  ") == "02_dso-zh.html"
    assert free_path(tmp_path, "a.html") == tmp_path / "a.html"


def test_the_opening_leads_on_back_home_and_to_the_other_language(lab):
    said = opening(lab.name, lab.declared, lab.words)._repr_html_()
    other = {"en": "../zh/04_terms.ipynb", "zh": "../en/04_terms.ipynb"}[lab.words.lang]
    assert f'href="{other}"' in said
    assert 'href="01_start_here.ipynb"' in said
    assert 'class="arlab-after"' in said
    assert 'class="arlab-glossary"' in said
    assert "trainers_room" not in said + home(lab.words)._repr_html_()


def test_the_first_lab_has_none_before_it_and_the_list_names_all(lab):
    said = way("01_start_here", lab.words)
    assert "arlab-before" not in said
    assert "arlab-all" not in said
    rows = home(lab.words)._repr_html_()
    assert all(f'href="{entry.name}.ipynb"' in rows for entry in listed(lab.words.lang))
    assert str(sum(entry.minutes for entry in listed(lab.words.lang))) in rows


def test_the_glossary_cannot_break_out_of_its_place():
    for lang in ("en", "zh"):
        said = glossary(Words(lang))
        assert said.count("<") == 2  # the script's own two tags
        assert '"run"' not in said


def test_a_slider_has_round_steps():
    assert [nice_step(raw) for raw in (0.9, 1.0, 0.013, 37.0)] == [1.0, 1.0, 0.02, 50.0]
    assert [decimals(step) for step in (1.0, 0.5, 0.02, 50.0)] == [0, 1, 2, 0]
