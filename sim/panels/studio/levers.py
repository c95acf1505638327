"""With what are all levers of two policies set, found and put back? Rows are made when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ipywidgets as widgets

from sim.model.policy import LEVERS
from sim.panels.parts.controls import SIDES, lever_help, lever_name, side_label
from sim.panels.parts.look import html, safe
from sim.panels.studio.draft import LADDER, PATHS, Desk
from sim.panels.studio.inputs import Input, ladders_named, make_input
from sim.words import Words

BRANCHES = ("terms", "credit", "collection", "operations", "finance", "people")
NAME_WIDTH = "150px"
SIDE_WIDTH = "174px"
MOST_FOUND = 24  # rows that a search shows at once
Moved = Callable[[str, str, Any], None]


class LeverBrowser:
    """All levers by branch or by search, both sides in each row; `moved(side, path, value)` tells of a person's move.

    Showing a desk from outside calls nothing.
    """

    def __init__(self, words: Words, moved: Moved, in_turn: Callable[..., Any]):
        self._words, self._moved, self._in_turn = words, moved, in_turn
        self._rows: dict[str, Row] = {}
        self._desk: Desk | None = None
        self._ladders: Mapping[str, Any] = {}
        self._texts = {path: searchable(words, path) for path in PATHS}
        self._make_parts()

    def _make_parts(self) -> None:
        say, layout = self._words.say, widgets.Layout
        self.search = widgets.Text(
            placeholder=say("studio.search"), continuous_update=True, layout=layout(width="210px")
        )
        self.search.add_class("arlab-search")
        self.only_differing = widgets.Checkbox(
            value=False, description=say("studio.only_differing"), indent=False, layout=layout(width="auto")
        )
        self.only_differing.add_class("arlab-only-differing")
        self._branch = widgets.ToggleButtons(
            options=[(say(f"branch.{branch}"), branch) for branch in BRANCHES],
            value=BRANCHES[0],
            style={"button_width": "auto"},
        )
        self._branch.add_class("arlab-branches")
        self._said = html("", "arlab-note", "arlab-found")
        self._list = widgets.VBox([], layout=layout(overflow="visible"))
        self._list.add_class("arlab-levers")
        for part in (self.search, self.only_differing, self._branch):
            part.observe(self._in_turn(lambda _: self._fill()), names="value")
        find = widgets.HBox([self.search, self.only_differing], layout=layout(align_items="center"))
        self.widget = widgets.VBox(
            [find, self._branch, self._said, self._list], layout=layout(overflow="visible")
        )

    def show(self, desk: Desk, ladders: Mapping[str, Any] | None = None) -> None:
        """Show what lies on the table; `ladders` are the ready-made ones of this portfolio."""
        self._desk = desk
        if ladders is not None and ladders != self._ladders:
            self._ladders = ladders
            self._rows.pop(LADDER, None)
        self._fill()

    def shown_paths(self) -> tuple[str, ...]:
        """What is to be listed: the branch chosen, or what was searched for, or what differs."""
        wanted = self.search.value.casefold().split()
        found: Iterator[str] = iter(PATHS)
        if wanted:
            found = (path for path in found if all(word in self._texts[path] for word in wanted))
        elif not self.only_differing.value:
            found = (path for path in found if path.split(".")[0] == self._branch.value)
        if self.only_differing.value and self._desk is not None:
            differing = set(self._desk.differing)
            found = (path for path in found if path in differing)
        return tuple(found)

    def row(self, path: str) -> Row:
        """The row of one lever, made when it is first wanted."""
        if path not in self._rows:
            self._rows[path] = Row(self._words, path, self._moved, self._in_turn, self._ladders)
        return self._rows[path]

    def _fill(self) -> None:
        if self._desk is None:
            return
        everywhere = bool(self.search.value.strip()) or self.only_differing.value
        self._branch.layout.display = "none" if everywhere else ""
        paths = self.shown_paths()
        shown = paths[:MOST_FOUND]
        rows = [self.row(path) for path in shown]
        for row in rows:
            row.show(self._desk)
        children = tuple(row.widget for row in rows)
        if children != self._list.children:
            self._list.children = children
        self._said.value = safe(self._told(len(paths), everywhere))

    def _told(self, found: int, everywhere: bool) -> str:
        if not everywhere:
            return ""
        if found > MOST_FOUND:
            return self._words.say("studio.found_more", shown=MOST_FOUND, found=found)
        return self._words.say("studio.found" if found else "studio.found_none", found=found, all=len(PATHS))


class Row:
    """One lever: its name, the control of each side, and the button that puts it back."""

    def __init__(
        self, words: Words, path: str, moved: Moved, in_turn: Callable[..., Any], ladders: Mapping[str, Any]
    ):
        self.path = path
        self.inputs: dict[str, Input] = {
            side: make_input(words, path, side, ladders, in_turn(self._teller(moved, side))) for side in SIDES
        }
        self.reset = widgets.Button(
            icon="undo",
            tooltip=words.say("studio.reset", lever=path_name(words, path)),
            layout=widgets.Layout(width="30px", height="26px", flex="0 0 auto", margin="0"),
        )
        self.reset.add_class("arlab-reset")
        self.reset.add_class(f"arlab-reset-{css_name(path)}")
        self._desk: Desk | None = None
        self.reset.on_click(in_turn(lambda _: moved("alternative", path, self._baseline())))
        name = html(named(words, path), "arlab-lever-name")
        name.layout = widgets.Layout(width=NAME_WIDTH, flex="0 0 auto")
        cells = [self._cell(side) for side in SIDES]
        self.widget = widgets.HBox(
            [name, *cells, self.reset], layout=widgets.Layout(align_items="center", overflow="visible")
        )
        self.widget.add_class("arlab-lever-row")
        self._differs = False

    def show(self, desk: Desk) -> None:
        """Show the values of this lever, and whether they differ."""
        self._desk = desk
        for side, shown in self.inputs.items():
            shown.show(desk.draft(side).values[self.path])
        differs = desk.baseline.values[self.path] != desk.alternative.values[self.path]
        self.reset.disabled = not differs
        if differs != self._differs:
            self._differs = differs
            (self.widget.add_class if differs else self.widget.remove_class)("arlab-differs")

    def _baseline(self) -> Any:
        assert self._desk is not None
        return self._desk.baseline.values[self.path]

    def _teller(self, moved: Moved, side: str) -> Callable[[Any], None]:
        return lambda value: moved(side, self.path, value)

    def _cell(self, side: str) -> widgets.Widget:
        cell = widgets.HBox(
            self.inputs[side].parts,
            layout=widgets.Layout(
                width=SIDE_WIDTH, flex="0 0 auto", align_items="center", overflow="visible"
            ),
        )
        cell.add_class(f"arlab-{side}")
        cell.add_class(f"arlab-{side}-{css_name(self.path)}")
        return cell


def css_name(path: str) -> str:
    """A path as a style sheet's name."""
    return path.replace(".", "-").replace("_", "-")


def path_name(words: Words, path: str) -> str:
    """What is this lever called?"""
    return words.say("lever.collection.ladder.name" if path == LADDER else f"{LEVERS[path].words_key}.name")


def named(words: Words, path: str) -> str:
    """A lever's name with its unit and the label of its usual value."""
    if path != LADDER:
        return lever_name(LEVERS[path], words)
    mark = '<span class="arlab-basis arlab-basis-R">R</span>'
    about = safe(words.say("lever.collection.ladder.help"))
    return f'<span title="{about}">{safe(path_name(words, path))}{mark}</span>'


def searchable(words: Words, path: str) -> str:
    """All that a search looks through: name, explanation, choices and branch, in the page's language."""
    branch = words.say(f"branch.{path.split('.')[0]}")
    if path == LADDER:
        return f"{branch} {path_name(words, path)} {words.say('lever.collection.ladder.help')}".casefold()
    lever = LEVERS[path]
    choices = [words.say(f"choice.{path}.{choice}") for choice in lever.choices]
    return " ".join((branch, path_name(words, path), lever_help(lever, words), *choices, path)).casefold()


def heads(words: Words) -> widgets.Widget:
    """What stands above the columns."""
    layout = widgets.Layout
    made = [html(safe(words.say(f"panel.side.{side}")), f"arlab-head-{side}") for side in SIDES]
    for head in made:
        head.layout = layout(width=SIDE_WIDTH, flex="0 0 auto")
    corner = html("")
    corner.layout = layout(width=NAME_WIDTH, flex="0 0 auto")
    return widgets.HBox([corner, *made])


__all__ = ["LeverBrowser", "Row", "css_name", "heads", "ladders_named", "path_name", "side_label"]
