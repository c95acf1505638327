"""Is a person answered in their own language?"""

import pytest

from sim.words.language import default_language, language_in, language_of


@pytest.mark.parametrize("name", ["zh", "zh_CN.UTF-8", "zh-Hans", "ZH", "Chinese (Simplified)_China"])
def test_names_of_chinese(name: str):
    assert language_of(name) == "zh"


def test_other_languages_are_not_ours():
    assert [language_of(name) for name in ("en_GB.UTF-8", "fr_FR", "", "C")] == ["en", None, None, None]


def test_arlab_lang_goes_before_the_system():
    assert default_language({"ARLAB_LANG": "zh", "LANG": "en_US.UTF-8"}) == "zh"
    assert default_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert default_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert default_language({"ARLAB_LANG": "klingon", "LANG": "zh_CN"}) == "zh"


@pytest.mark.parametrize(
    "line", [["--lang", "zh", "list"], ["list", "--lang=zh"], ["measure", "x", "--lang", "zh"]]
)
def test_the_command_line_goes_before_all(line: list[str]):
    assert language_in(line, {"ARLAB_LANG": "en"}) == "zh"


def test_a_wrong_language_is_answered_in_the_default_one():
    assert language_in(["--lang", "fr"], {"ARLAB_LANG": "zh"}) == "zh"
    assert language_in(["--lang"], {"LANG": "en_US"}) == "en"
    assert language_in(["--", "--lang", "zh"], {"LANG": "en_US"}) == "en"
