"""How does a comparison become a report for a manager's meeting, and how is it taken home?"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from sim.base.places import in_class, readers_folder
from sim.panels.parts import look
from sim.panels.parts.controls import SIDES
from sim.panels.studio.button import LongButton, Work
from sim.panels.studio.compute import StudioAnswer, StudioQuestion
from sim.panels.studio.files import link, shown
from sim.panels.studio.job import IsStopped, JobStopped, Tell
from sim.panels.studio.names import MINE, PRESET
from sim.words import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

MY_REPORTS = readers_folder() / "my_reports"
FORMATS = ("pdf", "html", "xlsx")
KINDS = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RUNS = (20, 50, 100)
MOST_LETTERS = 60


class ReportPage:
    """Name, language, kinds of file, number of runs; a button; links."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        say, layout = self._words.say, widgets.Layout
        label = {"description_width": "initial"}
        self.name = widgets.Text(
            value=say("studio.report.usual_name"), description=say("studio.report.name"), style=label,
            layout=layout(width="360px"), tooltip=say("studio.report.name"),
        )  # fmt: skip
        self.language = widgets.Dropdown(
            options=[(say(f"studio.report.language.{language}"), language) for language in LANGUAGES],
            value=self._words.lang, description=say("studio.report.language"), style=label,
            layout=layout(width="220px"), tooltip=say("studio.report.language"),
        )  # fmt: skip
        self.runs = widgets.Dropdown(
            options=[(str(runs), runs) for runs in RUNS], value=50, description=say("studio.report.runs"), style=label,
            layout=layout(width="180px"), tooltip=say("studio.report.runs"),
        )  # fmt: skip
        self.formats = {
            kind: widgets.Checkbox(
                value=True,
                description=say(f"studio.report.{kind}"),
                indent=False,
                layout=layout(width="auto"),
            )
            for kind in FORMATS
        }
        self.run = LongButton[list[Path]](
            studio, "studio.report.go", "arlab-report-go", self._begin, self._show
        )
        self._links = look.html("", "arlab-report-links")
        intro = look.html(look.safe(say("studio.report.intro")), "arlab-note")
        row = widgets.HBox(
            [self.language, self.runs, *self.formats.values()], layout=layout(flex_flow="row wrap")
        )
        self.widget = widgets.VBox(
            [
                intro,
                self.name,
                row,
                widgets.HBox([self.run.button]),
                self.run.progress,
                self.run.error,
                self._links,
            ]
        )

    def draw(self, _found: StudioAnswer, /) -> None:
        """A report has runs of its own."""

    def desk_changed(self) -> None:
        """A report stays what it was made of; its name says which."""

    def _begin(self) -> Work[list[Path]] | None:
        self._links.value = ""
        question, language = self._studio.question(), self.language.value
        names = self._names(language)
        if question.from_month > 1:  # a report compares policies that are in force all the time
            self.run.error.value = look.safe(self._words.say("studio.report.from_month"))
            return None
        kinds = [kind for kind, box in self.formats.items() if box.value] or [FORMATS[0]]
        name = file_name(self.name.value, datetime.now().astimezone())
        paths = [MY_REPORTS / f"{name}.{kind}" for kind in kinds]
        runs = int(self.runs.value)
        return lambda tell, is_stopped: made(question, names, runs, language, paths, tell, is_stopped)

    def _names(self, language: Language) -> tuple[str, str, str]:
        """What customers and policies are called; ready-made ones by their own name, which the report translates."""
        baseline, alternative = (
            self._studio.desk.name(side).removeprefix(PRESET).removeprefix(MINE)
            or Words(language).say(f"panel.side.{side}")
            for side in SIDES
        )
        return self._studio.place.title, baseline, alternative

    def _show(self, paths: list[Path]) -> None:
        links = "".join(link(path, path.name, KINDS[path.suffix[1:]]) for path in paths)
        made = "studio.report.made_in_class" if in_class() else "studio.report.made"
        where = look.safe(self._words.say(made, folder=shown(MY_REPORTS)))
        self._studio.tell("report")
        self._links.value = f"<p>{where}</p><p>{links}</p>"


def made(
    question: StudioQuestion,
    names: tuple[str, str, str],
    runs: int,
    language: Language,
    paths: list[Path],
    tell: Tell,
    is_stopped: IsStopped,
) -> list[Path]:
    """The report's files."""
    from sim.panels.live.compute import portfolio_of
    from sim.reports import (  # brings the typesetter: not before a report is wanted
        Inputs,
        Stopped,
        make_report,
    )

    portfolio = portfolio_of(question.portfolio, question.edition)
    inputs = Inputs(
        portfolio=portfolio, portfolio_name=question.portfolio,
        baseline=question.baseline, alternative=question.alternative,
        baseline_name=names[1], alternative_name=names[2], scenario=question.scenario, runs=runs, seed=question.seed,
    )  # fmt: skip
    try:
        return make_report(inputs, language, paths, progress=tell, stop=is_stopped)
    except Stopped:
        raise JobStopped from None


def file_name(typed: str, now: datetime) -> str:
    """A file's name from what a person typed, with the time, so that no report writes over another."""
    clean = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", typed).strip(" .")[:MOST_LETTERS]
    return f"{clean or 'report'} {now:%Y-%m-%d %H%M%S}"
