"""What does one moved lever make the panel send to the browser, and in which order? Lines first, nothing in vain."""

from __future__ import annotations

from typing import Any

import comm
import numpy as np
import pytest
from comm.base_comm import BaseComm

from sim.panels.live.compute import CHARTED
from sim.panels.live.what_if import WhatIf
from sim.panels.parts.charts import put
from sim.panels.parts.controls import SIDES

LEVER = "terms.net_days"
LINE = "line of the alternative"
Message = tuple[str, tuple[str, ...]]  # the widget's number, and which of its settings


class Spy(BaseComm):
    """Stands for the wire to the browser, and keeps what was sent."""

    sent: list[Message]

    def publish_msg(self, msg_type: str, data: Any = None, **_: object) -> None:
        if msg_type == "comm_msg":
            self.sent.append((self.comm_id, tuple(data["state"])))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    found: list[Message] = []
    monkeypatch.setattr(Spy, "sent", found, raising=False)
    monkeypatch.setattr(comm, "create_comm", lambda **args: Spy(**args))
    return found


@pytest.fixture
def panel(sent) -> WhatIf:
    """A panel at rest, both policies known."""
    made = WhatIf("en")
    sent.clear()
    return made


def moved(panel: WhatIf, value: int) -> None:
    """The browser says that the alternative's slider was moved."""
    panel._levers._inputs["alternative"][LEVER].set_state({"value": value})


def names(panel: WhatIf, sent: list[Message]) -> list[str]:
    """What was sent, as a reader would call it. An axis is sent when the lines leave it."""
    named = {"finding": panel._finding, "table": panel._table, "progress": panel._progress}
    named |= {"preset": panel._presets["alternative"], "echo": panel._levers._inputs["alternative"][LEVER]}
    found = {widget.model_id: name for name, widget in named.items()}
    for chart in panel._charts.values():
        found |= {chart._curves[side].model_id: f"line of the {side}" for side in SIDES}
        found[chart.title.model_id] = "title"
    return [found.get(model, "axis") for model, _ in sent]


def test_the_lines_go_first_and_all_else_follows_once(panel, sent):
    moved(panel, 50)
    said = [name for name in names(panel, sent) if name != "axis"]
    begun, drawn = said.index(LINE), said.index("title")
    assert sorted(said[:begun]) == ["echo", "preset", "progress"]
    assert set(said[begun:drawn]) == {LINE}
    assert drawn - begun <= len(CHARTED)
    assert sorted(said[drawn:]) == ["finding", "progress", "table"] + ["title"] * len(CHARTED)


def test_the_next_move_sends_less(panel, sent):
    moved(panel, 55)
    sent.clear()
    moved(panel, 50)
    said = [name for name in names(panel, sent) if name != "axis"]
    assert len(said) <= 2 + 2 * len(CHARTED) + 3
    assert not {"preset", "line of the baseline"} & set(said)


def test_a_line_and_its_band_travel_in_one_message(panel, sent):
    moved(panel, 50)
    lines = [keys for (_, keys), name in zip(sent, names(panel, sent), strict=True) if name == LINE]
    assert lines == [("y",)] * len(lines)
    assert panel._charts["ar"]._curves["alternative"].y.shape[0] == 3


def test_the_same_question_again_sends_no_picture(panel, sent):
    moved(panel, 50)
    sent.clear()
    panel._ask()
    assert set(names(panel, sent)) <= {"progress"}


def test_an_unknown_month_is_not_sent_again(panel, sent):
    mark = panel._charts["dso"]._curves["baseline"]
    months, gap = np.arange(1, 4), np.array([[1.0, np.nan, 2.0]] * 3)
    put(mark, months, gap)
    assert len(sent) == 1
    put(mark, months, gap.copy())
    assert len(sent) == 1
