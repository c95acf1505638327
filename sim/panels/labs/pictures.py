"""A picture that stands still, with its finding above, and with the controls its lab gives it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.model.policy import LEVERS
from sim.panels import look
from sim.panels.labs.declared import Control, Picture
from sim.panels.labs.told import prose
from sim.panels.labs.work import beside
from sim.panels.look import safe
from sim.plots import Scene, Still, scene, still
from sim.words import Words


class PictureBox:
    """Draws beside the page; the last picture stays until the next is there."""

    def __init__(self, picture: Picture, words: Words):
        self._picture, self._words = picture, words
        self._image = look.html(safe(words.say("lab.picture.drawing")), "arlab-picture")
        self._note = look.html("", "arlab-error")
        self._controls = {name: self._control(name, made) for name, made in picture.controls.items()}
        self._newest = 0
        self.draw()

    def draw(self) -> None:
        """Ask for the picture as the controls want it."""
        self._newest += 1
        number, chosen = self._newest, {name: control.value for name, control in self._controls.items()}

        def show(found: Still) -> None:
            if number == self._newest:
                self._image.value, self._note.value = figure(found), ""

        def fail(error: Exception) -> None:
            told = self._words.problems(error) if isinstance(error, BadInput) else repr(error)
            self._note.value = safe(told)

        beside(lambda: still(scene_of(self._picture, chosen), self._words.lang), show, fail)

    def laid_out(self) -> widgets.Widget:
        """Controls, picture, what to look for."""
        parts: list[widgets.Widget] = [look.style_sheet()]
        if self._controls:
            parts.append(
                widgets.HBox(list(self._controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
            )
        if self._picture.text is not None:
            parts.append(look.html(prose(self._picture.text, self._words.lang), "arlab-asked"))
        box = widgets.VBox([*parts, self._note, self._image], layout=widgets.Layout(overflow="visible"))
        box.add_class("arlab-panel")
        return box

    def _control(self, name: str, made: Control) -> widgets.Widget:
        said = made.label.said(self._words.lang) if made.label else control_name(self._words, name)
        if made.values:
            options = {
                value: value_name(self._words, self._picture.plot, name, value) for value in made.values
            }
            found = widgets.Dropdown(
                description=said, tooltip=said, options=[(told, value) for value, told in options.items()],
                value=made.values[0], style={"description_width": "initial"}, layout=widgets.Layout(width="auto"),
            )  # fmt: skip
        else:
            start = self._picture.args.get(name, made.low)
            found = widgets.IntSlider(
                value=start, min=made.low, max=made.high, step=made.step, description=said, continuous_update=False,
                style={"description_width": "initial"}, layout=widgets.Layout(width="360px"),
            )  # fmt: skip
            found.add_class("arlab-named")
        found.observe(lambda _: self.draw(), names="value")
        return found


def scene_of(picture: Picture, chosen: Mapping[str, Any]) -> Scene:
    """The picture with these choices. Raises BadInput when the plot cannot be drawn so."""
    return scene(picture.plot, {**picture.args, **chosen})


def figure(found: Still) -> str:
    """The picture in HTML: the finding, the image with words for those who cannot see it, the note."""
    data = base64.b64encode(found.image if isinstance(found.image, bytes) else found.image.encode()).decode()
    width = round(found.size[0] * 100)
    return (
        f'<figure class="arlab-still"><figcaption>{safe(found.told.finding)}</figcaption>'
        f'<img src="data:image/png;base64,{data}" alt="{safe(found.told.alt)}" style="max-width:min(100%,{width}px)">'
        f"</figure>"
    )


def control_name(words: Words, name: str) -> str:
    """What a control of this argument is called."""
    if name in LEVERS:
        return words.say(f"{LEVERS[name].words_key}.name")
    known = {"policy": "panel.preset", "portfolio": "panel.portfolio", "scenario": "panel.scenario"}
    key = known.get(name, f"plot.argument.{name}")
    return words.say(key) if words.has(key) else name


def value_name(words: Words, plot: str, name: str, value: Any) -> str:
    """What a value of this argument is called."""
    if name == "portfolio":
        from sim.panels.compute import portfolio_of

        return str(getattr(portfolio_of(str(value)), f"name_{words.lang}"))
    for key in (
        f"{name}.{value}.name",
        f"plot.{plot}.{name}.{value}",
        f"plot.{name}.{value}",
        f"metric.{value}.name",
    ):
        if words.has(key):
            return words.say(key)
    return str(value)
