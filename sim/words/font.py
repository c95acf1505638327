"""How does a file that is carried to another machine show Chinese there? It brings the characters it needs."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from pathlib import Path

FILE = Path(__file__).parent / "fonts" / "ReceivablesSansSC-Regular.otf"
FAMILY = "Receivables Sans SC"
_LATIN = "".join(map(chr, range(0x20, 0x7F)))


def font_face(text: str) -> str:
    """The style sheet's rule that brings FAMILY with the characters of this text, some 80 bytes each."""
    return _font_face(frozenset(text + _LATIN))


@lru_cache(maxsize=8)
def _font_face(characters: frozenset[str]) -> str:
    data = base64.b64encode(_cut(characters)).decode("ascii")
    return (
        f"@font-face {{ font-family: '{FAMILY}'; src: url(data:font/woff;base64,{data}) format('woff'); }}\n"
    )


def _cut(characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter  # half a second that who reads no such file need not wait
    from fontTools.ttLib import TTFont

    options = Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    font = TTFont(FILE, lazy=True, recalcTimestamp=False)
    worker = Subsetter(options)
    worker.populate(text="".join(sorted(characters)))
    worker.subset(font)
    font.flavor = "woff"
    found = BytesIO()
    font.save(found)
    return found.getvalue()
