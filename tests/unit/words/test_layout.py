"""Do lines line up and break well where Chinese characters take two columns?"""

from hypothesis import given
from hypothesis import strategies as st

from sim.words.layout import definitions, pad, table, width, wrap

TEXT = st.text(st.sampled_from("ab 应收款，。（）“”DSO12-"), max_size=80)


def test_a_chinese_character_is_two_columns_wide():
    assert (width("应收AR"), pad("应收", 6), pad("应收", 6, "right")) == (6, "应收  ", "  应收")


def test_a_line_never_begins_with_a_comma_nor_ends_with_a_bracket():
    lines = wrap("应收账款，催收（含上门），都要记录。", 10)
    assert not [line for line in lines if line[0] in "，。）" or line[-1] in "（“"]


@given(TEXT, st.integers(6, 40))
def test_breaking_lines_loses_nothing(text: str, columns: int):
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_english_words_stay_whole():
    assert wrap("pays when the papers are complete", 12) == ["pays when", "the papers", "are complete"]


def test_numbers_stand_below_each_other():
    lines = table(["指标", "金额"], [["应收账款", "¥5"], ["DSO", "¥1,234"]], ["left", "right"])
    assert len({width(line) for line in lines}) == 1


def test_a_long_term_stands_on_its_own_line():
    lines = definitions([("a" * 40, "meaning"), ("b", "other")], 60)
    assert lines[0].strip() == "a" * 40
    assert lines[1].strip() == "meaning"
