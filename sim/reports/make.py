"""How is a report made and written? Checked before the work, told while it goes on, written only when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import atomic_file
from sim.reports.compose import compose
from sim.reports.gather import Findings, Progress, Stop, gather
from sim.reports.html import html
from sim.reports.inputs import Inputs
from sim.reports.pdf import pdf
from sim.reports.workbook import report_workbook
from sim.words import Language, Words

FORMATS = (".pdf", ".html", ".xlsx")


def make_report(
    inputs: Inputs,
    lang: Language,
    path: Path | str | Sequence[Path | str],
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    force: bool = True,
) -> list[Path]:
    """Write the report of this comparison, in one or several forms; the paths written.

    `path`: NAME.pdf, NAME.html or NAME.xlsx, or several. `progress(done, total)` is called as the policies are lived
    through; when `stop()` is true it ends with `Stopped` and nothing is written. Raises BadInput for every wrong target
    at once, before the work.
    """
    given = [path] if isinstance(path, (str, Path)) else list(path)
    targets = check_targets(given, force=force)
    words = Words(lang)
    return write_report(gather(inputs, progress, stop), words, targets)


def write_report(findings: Findings, words: Words, targets: Sequence[Path]) -> list[Path]:
    """Write what was found out in each of these forms. All are made before the first is written."""
    wanted = {target.suffix.lower() for target in targets}
    made: dict[str, bytes] = {}
    if wanted & {".pdf", ".html"}:
        paper = compose(findings, words)
        made |= {".pdf": pdf(paper)} if ".pdf" in wanted else {}
        made |= {".html": html(paper).encode("utf-8")} if ".html" in wanted else {}
    if ".xlsx" in wanted:
        made[".xlsx"] = report_workbook(findings, words)
    for target in targets:
        write_bytes(target, made[target.suffix.lower()])
    return list(targets)


def write_bytes(target: Path, data: bytes) -> None:
    """Write a whole file, or leave what was there. Raises BadInput where it cannot be written."""
    try:
        with atomic_file(target) as draft:
            draft.write_bytes(data)
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        raise BadInput([Problem("report.cannot_write", "--out", str(target), detail)]) from error


def check_targets(paths: Sequence[Path | str], *, force: bool, known: Sequence[str] = FORMATS) -> list[Path]:
    """The files to be written, if all may be. Raises BadInput with every problem."""
    problems = Problems()
    found: list[Path] = []
    for given in paths:
        path = Path(given)
        if path.suffix.lower() not in known:
            problems.add("report.unknown_format", "--out", str(given), known=", ".join(known))
        elif path.is_dir():
            problems.add("report.is_folder", "--out", str(given))
        elif path.exists() and not force:
            problems.add("report.file_exists", "--out", str(given))
        elif path.resolve() in [other.resolve() for other in found]:
            problems.add("report.twice", "--out", str(given))
        found.append(path)
    if not found:
        problems.add("missing", "--out")
    problems.stop_if_any()
    return found
