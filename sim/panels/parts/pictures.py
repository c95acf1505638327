"""How does a lesson show a picture that stands still, with a few choices beside it?

A picture is worked out away from the kernel's own thread, one picture at a time, and kept: the same choices show it at
once. What takes longer than a glance says how far it is and can be stopped.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.panels.labs.declared import Control, Picture
from sim.panels.live.compute import edition_of
from sim.panels.live.refine import running_loop
from sim.panels.live.remember import remembered
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.plots import PLOTS, Scene, Still, scene
from sim.plots.scene import drawn, kept, measured
from sim.plots.words_for import choice_label, control_label
from sim.words import Language, Words

LOG = logging.getLogger(__name__)
FREE_SECONDS = 0.8  # what is there by then comes without a word
WORKING = "arlab-working"  # a picture that is about to be replaced
KNOWN = 48
"""So many pictures are remembered; each is a file of about 150 kB."""


def still_picture(lang: Language, declared: Picture) -> widgets.Widget:
    """A plot of `sim.plots` with its controls, as a lab's file declares it. What is wrong with it is said there."""
    return StillPicture(Words(lang), declared).widget


class StillPicture:
    """One picture and its controls."""

    def __init__(self, words: Words, declared: Picture):
        self.words, self._declared = words, declared
        self._loop = running_loop()
        self._number = 0  # of the newest wish; whatever is older is put aside
        self._stopped = threading.Event()
        self._inputs = {name: self._make_input(name, control) for name, control in declared.controls.items()}
        self._image = look.html("", "arlab-still")
        plot = PLOTS.get(declared.plot)
        self._image.layout.min_height = (
            f"{round(plot.size[1] * 100)}px" if plot else ""
        )  # nothing jumps later
        self._progress = look.html("", "arlab-still-progress")
        self._error = look.html("", "arlab-error")
        self._stop = widgets.Button(description=words.say("panel.run.stop"), layout={"display": "none"})
        self._stop.on_click(lambda _: self._put_aside())
        self.widget = self._laid_out()
        for found in self._inputs.values():
            found.observe(lambda _: self.ask(), names="value")
        self.ask()

    @property
    def given(self) -> dict[str, Any]:
        """The arguments as they stand: those declared, and what was chosen."""
        return {**self._declared.args, **{name: found.value for name, found in self._inputs.items()}}

    def ask(self) -> None:
        """Show the picture of what is chosen now: at once when it is known, else when it is worked out."""
        self._put_aside()
        try:
            wanted = scene(
                self._declared.plot, self.given, edition_of(str(self.given.get("portfolio", "manufacturer")))
            )
        except BadInput as bad:
            self._complain(bad)
            return
        if picture.knows(wanted, self.words.lang) or self._loop is None:
            self._show(self._number, _made(wanted, self.words.lang))
            return
        self._number += 1
        self._image.add_class(WORKING)
        stopped = self._stopped = threading.Event()
        number = self._number
        self._loop.call_later(FREE_SECONDS, self._tell, number, 0, len(wanted.needs))
        worker().submit(self._work, number, wanted, stopped)

    # away from the kernel's own thread ---------------------------------------------------------------------------

    def _work(self, number: int, wanted: Scene, stopped: threading.Event) -> None:
        try:
            needs = wanted.needs
            for done, one in enumerate(needs):
                if stopped.is_set():
                    return
                self._in_turn(self._tell, number, done, len(needs))
                kept(wanted, one)
            found: Still | Exception = picture(wanted, self.words.lang)
        except Exception as error:  # whatever it is, a person must see it
            found = error
        self._in_turn(self._show, number, found)

    def _in_turn(self, act: Any, *values: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, *values)

    # in it -------------------------------------------------------------------------------------------------------

    def _put_aside(self) -> None:
        """Whatever is being worked out is not wanted any more; the last picture stays."""
        self._number += 1
        self._image.remove_class(WORKING)
        self._stopped.set()
        self._progress.value = ""
        self._stop.layout.display = "none"

    def _tell(self, number: int, done: int, count: int) -> None:
        """How far is it? Said only while it is still wanted, and not before a moment has passed."""
        if number != self._number or (done == 0 and self._progress.value):
            return
        bar = f'<progress max="{count}" value="{done}" aria-hidden="true"></progress> '
        self._progress.value = bar + look.safe(self.words.say("plot.progress", done=done, all=count))
        self._stop.layout.display = ""

    def _show(self, number: int, found: Still | Exception) -> None:
        if number != self._number:
            return
        self._progress.value = ""
        self._stop.layout.display = "none"
        if isinstance(found, Exception):
            self._complain(found)
        else:
            self._error.value = ""
            self._image.value = as_html(found)
            self._image.layout.min_height = ""
        self._image.remove_class(WORKING)

    def _complain(self, error: Exception) -> None:
        self._image.layout.min_height = ""
        if isinstance(error, BadInput):
            self._error.value = look.safe(self.words.problems(error))
            return
        LOG.error("a picture failed", exc_info=error)
        self._error.value = look.safe(self.words.say("panel.error.unexpected", reason=repr(error)))

    # parts -------------------------------------------------------------------------------------------------------

    def _laid_out(self) -> widgets.Widget:
        row = widgets.Layout(flex_flow="row wrap", grid_gap="14px", align_items="center")
        asked = widgets.HBox([*self._inputs.values(), self._progress, self._stop], layout=row)
        parts = [look.style_sheet(), asked, self._error, self._image]
        if self._declared.text is not None:
            parts.insert(
                1, look.html(look.safe(self._declared.text.said(self.words.lang)), "arlab-still-text")
            )
        panel = widgets.VBox(parts, layout=widgets.Layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        return panel

    def _make_input(self, name: str, control: Control) -> Any:
        label = control.label.said(self.words.lang) if control.label else control_label(self.words, name)
        now = self._declared.args.get(name)
        if control.values:
            plot = PLOTS.get(self._declared.plot)
            options: Any = {value: choice_label(self.words, plot, name, value) for value in control.values}
            first = now if now in options else control.values[0]
            return dropdown(label, options, first, "320px")
        slider = widgets.IntSlider(
            value=now if isinstance(now, int) and control.low <= now <= control.high else control.low,
            min=control.low, max=control.high, step=control.step, description=label, continuous_update=False,
            style={"description_width": "initial"}, layout=widgets.Layout(width="340px"),
        )  # fmt: skip
        slider.add_class("arlab-named")
        return slider


@cache
def worker() -> ThreadPoolExecutor:
    """The one thread that works out pictures: side by side they would only take each other's time."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


@remembered(KNOWN, shared=True)
def picture(wanted: Scene, lang: Language) -> Still:
    """The picture as a PNG. What was lived for it beforehand is not lived again."""
    return drawn(wanted, measured(wanted), lang)


def _made(wanted: Scene, lang: Language) -> Still | Exception:
    try:
        return picture(wanted, lang)
    except Exception as error:
        return error


def as_html(found: Still) -> str:
    """A picture that says what it shows to who cannot see it."""
    width = round(found.size[0] * 100)
    if found.form == "svg":
        source = "data:image/svg+xml;base64," + base64.b64encode(found.image).decode("ascii")
    else:
        source = "data:image/png;base64," + base64.b64encode(found.image).decode("ascii")
    alt = f"{found.told.alt} {found.told.shows} {found.note}"
    style = f"width:100%;max-width:{width}px;height:auto;display:block"
    return f'<img src="{source}" alt="{look.safe(alt)}" style="{style}">'


def problems_of(declared: Picture) -> Mapping[str, Any]:
    """Raises BadInput when a declared picture cannot be drawn; else its scene's parts, for checks of a lab's file."""
    first = {name: control.values[0] for name, control in declared.controls.items() if control.values}
    given = {
        **{name: control.low for name, control in declared.controls.items() if not control.values},
        **first,
    }
    made = scene(declared.plot, {**given, **declared.args})
    return {"needs": len(made.needs), "arguments": dict(made.arguments)}
