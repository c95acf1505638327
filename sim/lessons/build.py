"""How does one source become a notebook in English and the same notebook in Chinese?

The source, `notebooks/src/NAME.py`, is a jupytext percent file. Code cells stand once. A markdown cell holds
its English text, a mark with a checksum of that English, and its Chinese text:

    # %% [markdown]
    # # How much cash is in our terms?
    # <!-- zh 1f0c9a2e -->
    # # 账期里压着多少现金?

When the English changes and the Chinese was not looked at again, the checksum no longer fits and the build
stops. `python -m sim.lessons.build` writes notebooks/en and notebooks/zh; `--accept` first renews the checksums,
which says: I read the Chinese again, and it still says the same.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.base.errors import BadInput, Problems
from sim.base.places import NOTEBOOKS, write_text
from sim.lessons.lab import KERNEL, LANGUAGE_INFO
from sim.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode

LANGUAGES = ("en", "zh")
CODE_LINES = 8
MARK = re.compile(r"^<!-- zh ([0-9a-f]{8}|new) -->$", re.MULTILINE)
# A line break inside a Chinese sentence must not become a blank in the page.
CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
CHINESE_BREAK = re.compile(rf"(?<={CHINESE})\n[ ]*(?=[*]{{0,2}}{CHINESE})")
LANGUAGE_LINE = re.compile(r'^LANGUAGE = "en"$', re.MULTILINE)


def checksum(english: str) -> str:
    """Which eight letters stand for this English text?"""
    return hashlib.sha256(english.strip().encode()).hexdigest()[:8]


def split_languages(text: str) -> tuple[str, str, str]:
    """What are the English text, the checksum it was translated at, and the Chinese text of a markdown cell?"""
    parts = MARK.split(text)
    if len(parts) != 3:
        raise ValueError("needs exactly one line <!-- zh CHECKSUM -->")
    return parts[0].strip(), parts[1], CHINESE_BREAK.sub("", parts[2].strip())


def note_problems(cells: list[NotebookNode], name: str, problems: Problems) -> None:
    """What keeps these source cells from being built?"""
    for number, cell in enumerate(cells, start=1):
        where = f"{name}.py, cell {number}"
        if cell.cell_type == "code":
            note_code_problems(cell.source.splitlines(), where, problems)
            continue
        try:
            english, stored, _ = split_languages(cell.source)
        except ValueError:
            problems.add("build.one_mark", where, cell.source[:40])
            continue
        if checksum(english) != stored:
            problems.add("build.translation_stale", where, english[:40], checksum=checksum(english))


def note_code_problems(lines: list[str], where: str, problems: Problems) -> None:
    """Is this code cell short and free of functions, as a learner's should be?"""
    if len(lines) > CODE_LINES:
        problems.add("build.too_many_lines", where, len(lines), limit=CODE_LINES)
    defined = [line for line in lines if re.match(r"\s*(def|class|async def)\b", line)]
    if defined:
        problems.add("build.no_functions", where, defined[0].strip())


def build_one(text: str, name: str, language: str) -> NotebookNode:
    """What does this source look like as a notebook in this language?

    Raises BadInput naming every cell that is too long, defines a function, or whose Chinese is older than its English.
    """
    import jupytext

    source = jupytext.reads(text, fmt="py:percent")
    problems = Problems()
    note_problems(source.cells, name, problems)
    problems.stop_if_any()
    return assemble(source.cells, name, language)


def assemble(cells: list[NotebookNode], name: str, language: str) -> NotebookNode:
    """Which cells does the reader of this language get, with the same identities at every build?"""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    built = []
    for number, cell in enumerate(cells):
        identity = f"{name}-{number + 1:02d}"
        if cell.cell_type == "code":
            source = LANGUAGE_LINE.sub(f'LANGUAGE = "{language}"', cell.source)
            built.append(new_code_cell(source, id=identity, metadata={"jupyter": {"source_hidden": True}}))
        else:
            english, _, chinese = split_languages(cell.source)
            built.append(new_markdown_cell(english if language == "en" else chinese, id=identity))
    title = built[0].source.splitlines()[0].lstrip("# ").strip()
    metadata = {
        "kernelspec": dict(KERNEL),
        "language_info": dict(LANGUAGE_INFO),
        "receivables_lab": {"language": language, "lesson": name, "run_on_open": True},
        "title": title,
    }
    return new_notebook(cells=built, metadata=metadata)


def build_all(root: Path) -> dict[Path, str]:
    """What should stand in notebooks/en and notebooks/zh, file by file?"""
    import nbformat

    built = {}
    for source in sorted((root / "src").glob("*.py")):
        for language in LANGUAGES:
            notebook = build_one(source.read_text(encoding="utf-8"), source.stem, language)
            built[root / language / f"{source.stem}.ipynb"] = nbformat.writes(notebook, version=4) + "\n"
    return built


def accept(source: Path) -> None:
    """Renew the checksums of a source whose Chinese was read again and still says the same as its English."""
    cells = re.split(r"(?m)^(?=# %%)", source.read_text(encoding="utf-8"))
    write_text(source, "".join(accept_cell(cell) for cell in cells))


def accept_cell(cell: str) -> str:
    """What does this cell of the source look like with its checksum renewed?"""
    if not cell.startswith("# %% [markdown]"):
        return cell
    text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in cell.splitlines()[1:])
    try:
        english, _, _ = split_languages(text)
    except ValueError:
        return cell
    return re.sub(r"<!-- zh \w+ -->", f"<!-- zh {checksum(english)} -->", cell)


@click.command()
@click.option("--accept", "accepted", is_flag=True, help="Renew the checksums: the Chinese was read again.")
def main(accepted: bool) -> None:
    """Write notebooks/en and notebooks/zh from notebooks/src."""
    for source in sorted((NOTEBOOKS / "src").glob("*.py")) if accepted else ():
        accept(source)
    try:
        built = build_all(NOTEBOOKS)
    except BadInput as bad:
        raise click.ClickException(Words("en").problems(bad)) from None
    for path, text in built.items():
        write_text(path, text)
        click.echo(path)


if __name__ == "__main__":
    main()
