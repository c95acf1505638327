"""Do cards, sheets and handouts hold every text, one card to a page, on both papers and without boxes for signs?"""

from __future__ import annotations

import io
import re

import pytest
from PIL import ImageFont
from pypdf import PdfReader

from sim.base.places import ROOT
from sim.reports.handout import handout_pages, handout_pdf
from sim.reports.pack import Size, pack, pack_pdf
from sim.reports.training import handout, handout_names
from sim.roleplay.facts import Facts
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.rules import moves_of
from sim.words import LANGUAGES, Language, Words

FONT = ROOT / "sim" / "words" / "fonts" / "ReceivablesSansSC-Regular.otf"
NAMES = tuple(scenario_files())
WIDTH = {"a4": 595, "letter": 612}
TOFU = "\ufffd\u25a1\x00"


def plain(text: str) -> str:
    """Letters and figures only: line breaks and hyphens of the setting do not count."""
    return re.sub(r"[\W_]+", "", text)


def printed(pdf: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_pack_holds_every_text_and_a_card_is_one_page(name: str, lang: Language):
    scenario = load_scenario_named(name)
    facts = Facts(scenario)
    pages = printed(pack_pdf([facts], Words(lang)))
    cards, whole = pages[: len(scenario.roles)], "".join(pages)
    for role, page in zip(scenario.roles, cards, strict=True):
        for text in (role.title, role.knows, role.wants, role.hidden, role.acts, scenario.setting):
            if text is not None:
                assert plain(facts.said(text, lang)) in page
    for _, move in moves_of(scenario):
        assert plain(facts.said(move.says, lang)) in whole
        if move.why is not None:
            assert plain(facts.said(move.why, lang)) in whole
    for text in (scenario.ideal, *scenario.traps, *(each.told for each in scenario.characters)):
        assert plain(facts.said(text, lang)) in whole
    assert not any(sign in page for page in pages for sign in TOFU)


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_paper_is_the_one_asked_for(size: Size):
    pdf = pack_pdf([Facts(load_scenario_named("R04"))], Words("en"), size)
    assert round(float(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width)) == WIDTH[size]


def test_all_signs_of_the_material_are_in_the_kits_font():
    """What is not in it would be printed as a box; Latin letters have a font of their own."""
    font = ImageFont.truetype(str(FONT), 20)
    box = font.getmask("\U0010fffd").getbbox(), font.getlength("\U0010fffd")
    words = Words("zh")
    told = [str(pack([Facts(load_scenario_named(name))], words)) for name in NAMES]
    told += [str(handout(name, words, answers=True)) for name in handout_names()]
    signs = set(re.findall(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]", "".join(told)))
    missing = {sign for sign in signs if (font.getmask(sign).getbbox(), font.getlength(sign)) == box}
    assert missing == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", handout_names())
def test_every_handout_is_set_in_both_languages(name: str, lang: Language):
    words = Words(lang)
    title, blocks = handout(name, words, answers=True)
    pages = printed(handout_pdf(title, blocks, words))
    assert plain(title) in pages[0]
    assert len(handout_pages(title, blocks, words, ppi=20)) == len(pages)
    without = handout(name, words)[1]
    assert len(without) <= len(blocks)
