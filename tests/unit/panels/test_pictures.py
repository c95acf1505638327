"""Does a lesson's still follow its choices, say what it shows, and never leave anybody waiting without a word?"""

from __future__ import annotations

import asyncio
import re

import pytest

from sim.base.errors import BadInput
from sim.panels.labs.declared import Picture
from sim.panels.labs.loading import load_lab
from sim.panels.parts import pictures
from sim.panels.parts.pictures import StillPicture, as_html, picture, problems_of, still_picture
from sim.plots import scene, still
from sim.words import Words

SMALL = {"portfolio": "exporter", "runs": 2, "days": 62}
CHINESE = re.compile(r"[\u3400-\u9fff]")


def declared(**changes):
    given = {"id": "p", "plot": "ageing", **SMALL, **changes}
    return Picture.checked(given)


def alt(panel):
    return re.search(r'alt="([^"]*)"', panel._image.value)[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_picture_says_what_it_shows(lang):
    panel = StillPicture(Words(lang), declared())
    assert panel._error.value == ""
    assert panel._image.value.startswith('<img src="data:image/png;base64,')
    assert bool(CHINESE.search(alt(panel))) == (lang == "zh")


def test_a_choice_shows_another_picture_and_the_first_one_comes_back():
    panel = StillPicture(
        Words("en"), declared(controls={"as": ["amount", "share"], "policy": ["as_is", "strict"]})
    )
    first = panel._image.value
    panel._inputs["as"].value = "share"
    assert panel._image.value != first
    panel._inputs["as"].value = "amount"
    assert panel._image.value == first
    panel._inputs["policy"].value = "strict"
    assert panel.given["policy"] == "strict"
    assert panel._image.value != first


def test_choices_are_named_in_the_language():
    panel = StillPicture(
        Words("zh"), declared(controls={"as": ["amount", "share"], "terms.net_days": [30, 60]})
    )
    shares, days = panel._inputs["as"], panel._inputs["terms.net_days"]
    assert shares.description == "显示方式"
    assert [said for said, _ in shares.options] == ["金额", "占比"]
    assert days.description == Words("zh").say("lever.terms.net_days.name")
    assert [said for said, _ in days.options] == ["30天", "60天"]


def test_a_range_is_a_slider_that_asks_when_it_is_let_go():
    label = {"en": "Run", "zh": "模拟"}
    control = {"low": 1, "high": 2, "label": label}
    panel = StillPicture(Words("zh"), declared(plot="dso_family", runs=2, run=2, controls={"run": control}))
    slider = panel._inputs["run"]
    assert (slider.min, slider.max, slider.value, slider.description) == (1, 2, 2, "模拟")
    assert not slider.continuous_update


def test_what_is_wrong_is_said_in_its_place_and_the_last_picture_stays():
    panel = StillPicture(Words("zh"), declared(controls={"terms.net_days": [30, 999]}))
    shown = panel._image.value
    panel._inputs["terms.net_days"].value = 999
    assert "999" in panel._error.value
    assert CHINESE.search(panel._error.value)
    assert panel._image.value == shown
    panel._inputs["terms.net_days"].value = 30
    assert panel._error.value == ""


def test_a_fault_of_the_program_is_a_sentence(monkeypatch):
    def fail(*_):
        raise RuntimeError("the roof is on fire")

    monkeypatch.setattr(pictures, "picture", _Known(fail))
    panel = StillPicture(Words("en"), declared())
    assert "the roof is on fire" in panel._error.value


class _Known:
    """A picture maker that knows nothing beforehand."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *asked):
        return self.function(*asked)

    def knows(self, *_):
        return False


def test_the_same_picture_is_drawn_once():
    wanted = scene("ageing", SMALL)
    assert picture(wanted, "en") is picture(wanted, "en")
    assert picture.knows(wanted, "en")


def test_an_svg_is_shown_too():
    found = still(scene("ageing", SMALL), "en", "svg")
    assert as_html(found).startswith('<img src="data:image/svg+xml;base64,')


def test_a_lab_hears_of_a_picture_that_cannot_be_drawn():
    assert problems_of(declared(controls={"as": ["share"]}))["needs"] == 1
    with pytest.raises(BadInput):
        problems_of(declared(frog=1))
    with pytest.raises(BadInput):
        problems_of(declared(plot="frog"))


# --- in a notebook ------------------------------------------------------------------------------------------------


def in_a_notebook(act):
    """Do this while a kernel's loop is running, and wait for what it hands back."""

    async def run():
        return await act()

    return asyncio.run(run())


def test_in_a_notebook_it_is_worked_out_aside_and_then_shown(monkeypatch):
    monkeypatch.setattr(pictures, "FREE_SECONDS", 0.0)

    async def act():
        panel = StillPicture(Words("en"), declared(seed=7))
        assert panel._image.value == ""  # nobody waits for it
        said = set()
        for _ in range(1200):
            said.add(panel._progress.value)
            if panel._image.value:
                break
            await asyncio.sleep(0.02)
        return panel, said

    panel, said = in_a_notebook(act)
    assert panel._image.value
    assert any("Simulating: 0 of 1" in text for text in said)
    assert panel._progress.value == ""
    assert panel._stop.layout.display == "none"


def test_only_the_newest_wish_is_shown():
    async def act():
        panel = StillPicture(Words("en"), declared(seed=8, controls={"policy": ["as_is", "strict"]}))
        panel._inputs["policy"].value = "strict"
        for _ in range(1200):
            if panel._image.value:
                break
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        return panel

    panel = in_a_notebook(act)
    assert "Strict" in alt(panel)


def test_what_is_stopped_is_not_shown():
    async def act():
        panel = StillPicture(Words("en"), declared(plot="sweep", seed=9, values=[30, 40, 50], metrics=["ar"]))
        panel._stop.click()
        await asyncio.sleep(1.0)
        return panel

    panel = in_a_notebook(act)
    assert panel._image.value == ""
    assert panel._progress.value == ""


def test_the_widget_stands_with_its_text():
    made = still_picture("zh", declared(text={"en": "Look at the oldest.", "zh": "看最老的账龄。"}))
    assert any("看最老的账龄" in getattr(part, "value", "") for part in made.children)


def test_lab_2_shows_another_future_when_asked_for_one():
    seven = next(one for one in load_lab("02_dso").pictures if one.id == "seven")
    panel = StillPicture(Words("en"), seven)
    first = panel._image.value
    panel._inputs["seed"].value = 10
    assert panel._image.value != first
