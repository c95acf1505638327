"""What is taken home: one page with what was predicted, what came out, what was solved, and the points to keep?"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import ipywidgets as widgets

from sim.base.places import ROOT, in_class, write_text
from sim.panels.labs.declared import Declared
from sim.panels.labs.opening import onward
from sim.panels.labs.predictions import Verdict, verdicts_table
from sim.panels.labs.tasks import TaskBox
from sim.panels.labs.told import prose
from sim.panels.parts import look
from sim.panels.parts.look import css, safe
from sim.panels.parts.paths import shown
from sim.words import Words
from sim.words.font import font_face

MY_LABS = "my_labs"  # in the working folder
LONGEST_NAME = 40
MOST_HANDED_IN = 20  # from one page of a class
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
CODES = {"en": "en", "zh": "zh-CN"}


class Closing:
    """The summary on the page, and as a file that prints on one sheet. It follows what is solved."""

    def __init__(
        self,
        name: str,
        lab: Declared,
        words: Words,
        state: Callable[[], tuple[str, list[Verdict], list[TaskBox]]],
    ):
        self._name, self._lab, self._words, self._state = name, lab, words, state
        self._summary = look.html("", "arlab-summary")
        self._links = look.html("", "arlab-links")
        self._note = look.html("", "arlab-feedback")
        self._person = widgets.Text(
            description=words.say("lab.close.person"), tooltip=words.say("lab.close.person"),
            style={"description_width": "initial"}, layout=widgets.Layout(width="320px"),
        )  # fmt: skip
        self._save = widgets.Button(
            description=words.say("lab.close.hand_in" if in_class() else "lab.close.save"),
            layout=widgets.Layout(width="auto"),
        )
        self._save.on_click(lambda _: self.save())
        self._handed_in = 0
        self._person.observe(lambda _: self.refresh(), names="value")
        self.refresh()

    def refresh(self) -> None:
        """Say where the learner stands now."""
        self._summary.value = self._told()
        self._links.value = self._file_links()

    def save(self) -> None:
        """Write the summary into the working folder, in a class the trainer's; never over another one."""
        if in_class() and self._handed_in >= MOST_HANDED_IN:
            said = self._words.say("lab.close.enough", number=self._handed_in)
            self._note.value = f'<div role="status">{look.safe(said)}</div>'
            return
        self._handed_in += 1
        path = free_path(ROOT / MY_LABS, file_name(self._name, self._words.lang, self._person.value))
        try:
            write_text(path, self.document())
        except OSError as error:
            said = self._words.say("lab.close.not_saved", reason=error.strerror or str(error))
        else:
            said = self._words.say(f"lab.close.{'handed_in' if in_class() else 'saved'}", path=shown(path))
        self._note.value = f'<div role="status">{look.safe(said)}</div>'

    def document(self) -> str:
        """The summary as a page of its own."""
        title = self._lab.title.said(self._words.lang)
        person = self._person.value.strip()[:LONGEST_NAME]
        by = f'<p class="arlab-facts">{safe(person)}</p>' if person else ""
        return paper(self._words, title, by + self._told())

    def _told(self) -> str:
        """Where the learner stands, from what is known here: what a page shows, its reader could have changed."""
        return summary(self._lab, self._words, *self._state())

    def laid_out(self) -> widgets.Widget:
        """Summary, name, file, print."""
        row = widgets.HBox(
            [self._person, self._save, self._links, self._note],
            layout=widgets.Layout(align_items="center", flex_flow="row wrap", grid_gap="8px"),
        )
        box = widgets.VBox(
            [
                look.style_sheet(),
                self._summary,
                row,
                look.html(onward(self._name, self._words), "arlab-onward"),
            ],
            layout=widgets.Layout(overflow="visible"),
        )
        for name in ("arlab-panel", "arlab-card"):
            box.add_class(name)
        return box

    def _file_links(self) -> str:
        """Links that bring the file to the reader's own machine, or to its printer (site.js opens it)."""
        name = file_name(self._name, self._words.lang, self._person.value)
        return file_links(self._words, name, self.document())


def paper(words: Words, title: str, html: str) -> str:
    """A page of its own that prints on A4; in Chinese it brings its font, for machines that have none."""
    font = font_face(title + html) if words.lang == "zh" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{CODES[words.lang]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{safe(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_RUNS}">'
        f"<style>{font}{css()}{_PAPER}</style></head>"
        f'<body><div class="arlab-panel arlab-paper">{html}</div></body></html>\n'
    )


def file_links(words: Words, name: str, document: str) -> str:
    """Links that bring a page to the reader's own machine, or to its printer (labs.js opens it)."""
    data = base64.b64encode(document.encode()).decode()
    href = f"data:text/html;charset=utf-8;base64,{data}"
    download, printed = (safe(words.say(f"lab.close.{key}")) for key in ("download", "print"))
    return (
        f'<a class="arlab-download" download="{safe(name)}" href="{href}">{download}</a> '
        f'<button type="button" class="arlab-print jupyter-button">{printed}</button>'
    )


_PAPER = """
body { margin: 0; font-family: 'Segoe UI', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC',
  'Receivables Sans SC', sans-serif; }
.arlab-paper { max-width: 46em; margin: 24px auto; padding: 0 24px; line-height: 1.5; font-size: 14px; }
@media print { @page { size: A4; margin: 14mm; } .arlab-paper { margin: 0; padding: 0; font-size: 11.5px; } }
"""


def summary(
    lab: Declared, words: Words, prediction: str, verdicts: Sequence[Verdict], tasks: Sequence[TaskBox]
) -> str:
    """The one-page summary as HTML; `prediction` says how it stands with the predictions."""
    lang = words.lang
    parts = [
        f"<h2>{prose(lab.title, lang)}</h2>",
        f'<p class="arlab-question-again">{prose(lab.question, lang)}</p>',
        verdicts_table(words, list(verdicts)) or told("lab.compare.title", words, prediction),
        tasks_table(words, tasks),
        bullets(words, "lab.close.points", [prose(point, lang) for point in lab.points]),
    ]
    if lab.sources:
        parts.append(bullets(words, "lab.close.sources", [prose(source, lang) for source in lab.sources]))
    return "".join(parts)


def told(key: str, words: Words, said: str) -> str:
    """A heading and a line; nothing where there is nothing to say."""
    return f'<div class="arlab-subtitle">{safe(words.say(key))}</div><p>{safe(said)}</p>' if said else ""


def bullets(words: Words, key: str, items: Sequence[str]) -> str:
    """A heading and a list."""
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="arlab-subtitle">{safe(words.say(key))}</div><ul>{listed}</ul>'


def tasks_table(words: Words, tasks: Sequence[TaskBox]) -> str:
    """Every task and how it stands."""
    if not tasks:
        return ""
    solved = sum(task.progress.is_solved for task in tasks)
    head = safe(words.say("lab.close.tasks", solved=solved, total=len(tasks)))
    rows = "".join(
        f"<tr><td>{task.number}</td><td>{prose(task.task.text, words.lang)}</td><td>{task_state(words, task)}</td></tr>"
        for task in tasks
    )
    return f'<div class="arlab-subtitle">{head}</div><table class="arlab-table arlab-tasks">{rows}</table>'


def task_state(words: Words, task: TaskBox) -> str:
    """Solved, with how many tries; or what became of it."""
    sign = "✓ " if task.progress.is_solved else ""
    said = words.say(task.progress.key)
    tries = words.say("lab.close.tries", number=task.progress.tries) if task.progress.tries > 1 else ""
    return safe(f"{sign}{said}{tries}")


def file_name(name: str, lang: str, person: str) -> str:
    """What the file is called: the lab, the language, and who it is from."""
    who = re.sub(r"[^\w-]+", "_", person.strip())[:LONGEST_NAME].strip("_")
    return "-".join(filter(None, (name, lang, who))) + ".html"


def free_path(folder: Path, name: str) -> Path:
    """This file, or with a number when there is one already."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}.html"
    return path
