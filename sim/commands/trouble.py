"""What do we tell a person when the program itself fails? One sentence, and where the details are."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback

from sim.words import Words


def tell_trouble(words: Words, failure: BaseException) -> str:
    """The sentence to show; the traceback goes into a log file in the temporary folder."""
    what = f"{type(failure).__name__}: {failure}".splitlines()[0]
    try:
        handle, log = tempfile.mkstemp(prefix="arlab-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{' '.join(sys.argv)}\nPython {platform.python_version()} {platform.platform()}\n\n")
            file.writelines(traceback.format_exception(failure))
    except OSError:
        return words.say("cli.trouble_unlogged", what=what)
    return words.say("cli.trouble", what=what, log=log)
