"""Which language does this person speak, when they have not said so?"""

from __future__ import annotations

import locale
from collections.abc import Mapping, Sequence

from sim.words.catalogue import LANGUAGES, Language


def language_of(name: str) -> Language | None:
    """Which of ours is meant by a name such as zh, zh_CN.UTF-8, zh-Hans or en_GB? None when neither."""
    head = name.strip().lower().replace("_", "-").split("-")[0].split(".")[0]
    if head.startswith("chinese"):  # Windows: "Chinese (Simplified)_China"
        return "zh"
    return next((language for language in LANGUAGES if language == head), None)


def default_language(environ: Mapping[str, str]) -> Language:
    """The language of ARLAB_LANG, else Chinese when the system's is Chinese, else English."""
    chosen = language_of(environ.get("ARLAB_LANG", ""))
    if chosen:
        return chosen
    system = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next((name for name in system if name), "") or locale.getlocale()[0] or ""
    return "zh" if language_of(named) == "zh" else "en"


def language_in(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language asked for by `--lang` anywhere on a command line, else the default one."""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            asked = language_of(value if equals else "".join(arguments[at + 1 : at + 2]))
            return asked or default_language(environ)
    return default_language(environ)
