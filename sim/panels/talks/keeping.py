"""How does a person keep a talk: as a file to replay, as a text to print? And how is it brought back?"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import yaml

from sim.base.errors import BadInput, Problem
from sim.panels.parts import look
from sim.panels.talks.chat import Sayings
from sim.roleplay.paper import talk_as_text
from sim.roleplay.talk import Talk
from sim.roleplay.transcript import talk_of, transcript_of
from sim.words import Words


class Keeping:
    """Two links for the talk just led."""

    def __init__(self, words: Words):
        self._words = words
        self.widget = look.html("", "arlab-keeping")

    def show(self, talk: Talk, name: str, sayings: Sayings) -> None:
        """Offer this talk."""
        kept = yaml.safe_dump(
            transcript_of(talk, name).model_dump(mode="json"), allow_unicode=True, sort_keys=False
        )
        stem = f"{talk.scenario.number}-{talk.seed}"
        text = talk_as_text(talk, sayings.facts, self._words)
        links = (
            link(f"{stem}.yaml", kept, self._words.say("talk.keep")),
            link(f"{stem}.txt", text, self._words.say("talk.print")),
        )
        self.widget.value = " · ".join(links)


class Bringing:
    """A place to bring a kept talk back. What cannot be read is said, and nothing else changes."""

    def __init__(self, words: Words, replay: Callable[[Talk], None]):
        self._words, self._replay = words, replay
        self._trouble = look.html("", "arlab-error")
        self.upload = widgets.FileUpload(
            accept=".yaml,.yml",
            description=words.say("talk.bring_back"),
            tooltip=words.say("talk.bring_back"),
            layout=widgets.Layout(width="auto"),
        )
        self.upload.add_class("arlab-bring")
        self.upload.observe(self._brought, names="value")
        self.widget = widgets.VBox([self.upload, self._trouble])

    def _brought(self, change: Any) -> None:
        for item in change["new"]:
            try:
                self._replay(read(bytes(item["content"]), str(item["name"])))
                self._trouble.value = ""
            except BadInput as bad:
                self._trouble.value = look.safe(self._words.problems(bad))
        if change["new"]:
            self.upload.value = ()


def read(content: bytes, name: str) -> Talk:
    """The talk in a file that was brought back. Raises BadInput."""
    try:
        tree = yaml.load(content.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError as error:
        raise BadInput([Problem("roleplay.not_utf8", name, error.start)]) from error
    except yaml.YAMLError as error:
        raise BadInput([Problem("roleplay.not_yaml", name, str(error).splitlines()[0])]) from error
    return talk_of(tree, name)


def link(file: str, text: str, said: str) -> str:
    """A link that saves this text as a file; it needs no server."""
    data = base64.b64encode(("\ufeff" * file.endswith(".txt") + text).encode("utf-8")).decode("ascii")
    return f'<a download="{look.safe(file)}" href="data:text/plain;charset=utf-8;base64,{data}">{look.safe(said)}</a>'
