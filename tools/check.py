"""Is the tree fit to be committed, and does what people open really open?

    python tools/check.py            # all quick checks: lint, format, types, imports, spelling, outputs
    python tools/check.py lint types # only these
    python tools/check.py slow       # runs every notebook in both languages, then the browser tests

The unit tests are not here: `python start.py test`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK: dict[str, list[str]] = {
    "lint": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "format": ["ruff", "format", "--quiet", "--check", "--output-format=concise", "."],
    "types": ["mypy", "--no-error-summary"],
    "imports": ["lint-imports", "--no-logo"],
    "spelling": ["codespell"],
    "outputs": ["nbstripout", "--verify", "--keep-id"],
}
TWO = ["pytest", "-q", "--durations=25", "-n", "2"]
NOTEBOOKS = [*TWO, "--dist", "loadfile", "-p", "nbval", "--nbval-lax", "--nbval-current-env"]
NOTEBOOK_PATHS = ("notebooks/en", "notebooks/zh")
# A server of pages per worker serves all its tests. A busy machine may answer too late for a test: what
# failed is tried once more, and the report names it.
BROWSER = [*TWO, "-rR", "--reruns", "1", "--dist", "worksteal", "tests/browser"]


def notebooks() -> list[str]:
    """Which notebooks are built?"""
    return [str(path) for path in sorted(ROOT.glob("notebooks/*/*.ipynb"))]


def run(words: list[str]) -> int:
    """Which exit code does a tool of the project's environment give, whoever calls it?"""
    scripts = [str(ROOT / ".venv" / folder) for folder in ("bin", "Scripts")]
    path = os.pathsep.join([*scripts, os.environ.get("PATH", "")])
    program = shutil.which(words[0], path=path)
    if program is None:
        sys.exit(f"{words[0]} is not installed: run `python start.py test` first")
    return subprocess.call([program, *words[1:]], cwd=ROOT, env={**os.environ, "PATH": path})


def quick(names: list[str]) -> int:
    """Which of the quick checks fail? All are run before the answer."""
    unknown = [name for name in names if name not in QUICK]
    if unknown:
        sys.exit(f"no check named {', '.join(unknown)}; there are {', '.join(QUICK)} and slow")
    failed = []
    for name in names or QUICK:
        more = notebooks() if name == "outputs" else []
        if run(QUICK[name] + more):
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else f"passed: {', '.join(names or QUICK)}", flush=True)
    return 1 if failed else 0


def main(words: list[str]) -> int:
    """Run what was asked for."""
    if words == ["slow"]:
        built = [path for path in NOTEBOOK_PATHS if (ROOT / path).exists()]
        return max(run(NOTEBOOKS + built), run(BROWSER))
    return quick(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
