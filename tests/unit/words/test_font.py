"""Does a file that brings its own characters bring those it needs, and few more?"""

import base64
import io
import re

from fontTools.ttLib import TTFont

from sim.words.font import FAMILY, font_face


def brought(rule: str) -> TTFont:
    data = re.search(r"base64,([^)]+)\)", rule)
    assert data is not None
    return TTFont(io.BytesIO(base64.b64decode(data[1])))


def test_the_characters_of_the_text_are_there_and_no_others():
    text = "应收账款：逾期 30 天，¥1.2万。"
    rule = font_face(text)
    assert f"font-family: '{FAMILY}'" in rule
    found = brought(rule).getBestCmap()
    assert {ord(sign) for sign in text} <= found.keys()
    assert ord("催") not in found
    assert len(rule) < 40_000


def test_a_drawn_character_has_an_outline():
    font = brought(font_face("账"))
    glyph = font.getBestCmap()[ord("账")]
    assert len(font["CFF "].cff.topDictIndex[0].CharStrings[glyph].bytecode) > 50


def test_the_same_characters_are_cut_once():
    assert font_face("货款") is font_face("款货款")
