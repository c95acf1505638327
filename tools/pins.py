"""Which exact version of every package do we use, on every system?

Writes `uv.toml` from pyproject.toml: one constraint per package (direct or not), markers kept, no
registry named. `uv.lock` would name one, so it is not committed. uv reads `uv.toml`, not `[tool.uv]`.

    uv run --no-sync tools/pins.py             # pins what is new, leaves the other pins as they are
    uv run --no-sync tools/pins.py --upgrade   # the newest version of everything
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "uv.toml"
HEAD = """\
# Made by tools/pins.py from pyproject.toml; not edited by hand. Pins without naming a registry.
compile-bytecode = true
"""


def uv(*words: str, stdin: str | None = None) -> str:
    """What does uv answer?"""
    done = subprocess.run(
        ["uv", *words], cwd=ROOT, input=stdin, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    )
    return done.stdout


def requirements(text: str) -> list[str]:
    """Which lines of an export are requirements?"""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(("#", "-"))]


def table(key: str, lines: list[str]) -> str:
    """How does a list of requirements stand in the file?"""
    rows = "".join(f'    "{line}",\n' for line in sorted(lines))
    return f"\n{key} = [\n{rows}]\n"


def resolved() -> str:
    """What should the file say now?"""
    uv("lock", "--quiet")
    plain = ("--no-annotate", "--no-header", "--quiet")
    run = requirements(uv("export", "--all-groups", "--no-emit-project", "--no-hashes", *plain))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = "\n".join(project["build-system"]["requires"])
    build = requirements(uv("pip", "compile", "-", "--universal", *plain, stdin=wanted))
    return HEAD + table("constraint-dependencies", run) + table("build-constraint-dependencies", build)


def main() -> None:
    """Make the pins again, and put the old ones back if that fails."""
    before = PINS.read_text(encoding="utf-8") if PINS.exists() else HEAD
    if "--upgrade" in sys.argv[1:]:
        PINS.write_text(HEAD, encoding="utf-8", newline="\n")
        (ROOT / "uv.lock").unlink(missing_ok=True)
    try:
        after = resolved()
    except (OSError, subprocess.CalledProcessError):
        PINS.write_text(before, encoding="utf-8", newline="\n")
        raise
    fresh = PINS.with_suffix(".toml.new")
    fresh.write_text(after, encoding="utf-8", newline="\n")
    fresh.replace(PINS)


if __name__ == "__main__":
    main()
