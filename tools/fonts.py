"""Which glyphs must the kit carry, so that Chinese reads well on a machine without Chinese fonts?

Cuts the 6,763 characters of GB 2312 (with its signs and Latin letters) out of Noto Sans CJK SC and writes
an OpenType file for matplotlib and typst, and a woff2 for the browser. Run it once, by hand:

    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb noto     (nothing gets installed)
    python tools/fonts.py noto/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

The result is the same bytes each time; tests compare it with SHA256 below.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OTF = ROOT / "sim/words/fonts/ReceivablesSansSC-Regular.otf"
WOFF2 = ROOT / "sim/lessons/site/receivables-lab/static/ReceivablesSansSC-Regular.woff2"
FACE_OF_SC = 2  # the collection's faces: JP, KR, SC, TC, HK and their mono twins
EXTRA_SIGNS = "¥€£–—‘’“”…‰±×÷−≤≥≈≠·•→←↑↓▲△▼▽■□●○✓✗§°²³½¼¾"
SHA256 = {
    OTF.name: "97928aac9d8eb34995eab2c8d410359930c37f0db069097c851aa029c8bc9d11",
    WOFF2.name: "deb3661261872cf1bb4c7c09f367ad70f9ab3abe65f4183cee0b5424aadff917",
}


def wanted_characters() -> set[int]:
    """Which code points does a reader of plain modern Chinese business text meet?"""
    characters = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {ord(sign) for sign in EXTRA_SIGNS}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            characters |= {ord(sign) for sign in bytes([high, low]).decode("gb2312", errors="ignore")}
    return characters


def cut(source: Path, target: Path, flavor: str | None) -> str:
    """What is the checksum of the subset written to `target`?"""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = TTFont(source, fontNumber=FACE_OF_SC, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=wanted_characters())
    worker.subset(font)
    rename(font)
    font.flavor = flavor
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def rename(font: object) -> None:
    """Under which family name is the subset known, so that it never hides a full font of the reader's own?"""
    renamed = {1: "Receivables Sans SC", 2: "Regular", 3: "Receivables Sans SC 1.0"}
    renamed |= {4: "Receivables Sans SC", 6: "ReceivablesSansSC-Regular", 16: None, 17: None}
    table = font["name"]  # type: ignore[index]
    keep = [record for record in table.names if renamed.get(record.nameID, "") is not None]
    table.names = [record for record in keep if record.langID in (0, 0x409)]
    for record in table.names:
        if record.nameID in renamed:
            record.string = renamed[record.nameID]
    cff = font["CFF "].cff  # type: ignore[index]
    cff.fontNames = ["ReceivablesSansSC-Regular"]
    cff.topDictIndex[0].FullName = cff.topDictIndex[0].FamilyName = "Receivables Sans SC"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="NotoSansCJK-Regular.ttc")
    source = parser.parse_args().source
    for target, flavor in ((OTF, None), (WOFF2, "woff2")):
        print(f"{target.name}: {cut(source, target, flavor)}  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
