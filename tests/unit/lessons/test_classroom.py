"""Do the lessons reach a class in the same network, behind its code, and nothing more than the lessons?"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
import tornado.web

from sim.base.errors import BadInput
from sim.base.places import IN_CLASS, ROOT, readers_folder
from sim.lessons import classroom, serve
from sim.lessons.classroom import (
    CODE_LENGTH,
    CODE_SIGNS,
    EASY_PORTS,
    OWN_ADDRESS,
    ClassDoor,
    FromHere,
    class_code,
    is_from_here,
    own_address,
    picture_of,
    spaced,
    typed_code,
)
from sim.lessons.pages import CLASS_KEYS, DOOR_KEYS, KEPT, StaticFiles, TemplateFiles, site_words
from sim.lessons.serve import HOST, checked_port, pages_server
from sim.panels.labs import closing
from sim.panels.labs.loading import load_lab
from sim.panels.live.choices import OWN, Choices
from sim.panels.live.setup import Setup
from sim.panels.studio.place import Place
from sim.words import Words


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))


def test_a_code_is_new_each_time_and_no_sign_of_it_is_read_for_another():
    codes = {class_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) for code in codes)
    assert not set(CODE_SIGNS) & set("0o1il")
    assert len(CODE_SIGNS) ** CODE_LENGTH > 2**38


@pytest.mark.parametrize(
    "typed", ["k7m2p9x4", "K7M2 P9X4", " k7m2-p9x4 ", "k7m2\u3000p9x4", "ｋ７ｍ２ｐ９ｘ４"]
)
def test_a_code_is_understood_however_it_is_typed(typed: str):
    assert typed_code(typed) == "k7m2p9x4"
    assert spaced("k7m2p9x4") == "k7m2 p9x4"
    door = ClassDoor(token="k7m2p9x4")
    handler = SimpleNamespace(get_argument=lambda name, default="": typed, log=logging.getLogger())
    assert door.process_login_form(handler) is not None


@pytest.mark.parametrize("typed", ["", "k7m2p9x", "k7m2p9x5", "\u53e3\u4ee4"])
def test_another_code_does_not_open_the_door(typed: str):
    handler = SimpleNamespace(get_argument=lambda name, default="": typed)
    assert ClassDoor(token="k7m2p9x4").process_login_form(handler) is None


def test_without_a_network_the_trainer_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(classroom, "SOMEWHERE", (HOST, 9))
    assert own_address() is None
    with pytest.raises(BadInput) as caught:
        serve.open_to_class("en", browser=False)
    assert [problem.rule for problem in caught.value.problems] == ["serve.no_network"]


def test_a_machine_with_a_network_of_its_own_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch):
    def no_way(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", no_way)
    monkeypatch.setattr(classroom, "named_addresses", lambda: ["127.0.1.1", "192.168.137.1"])
    assert own_address() == "192.168.137.1"


@pytest.mark.parametrize("address", ["192.0.2.7", "nonsense", "", "300.1.1.1"])
def test_an_address_of_another_machine_is_refused(address: str):
    with pytest.raises(BadInput) as caught:
        checked_port("en", None, address)
    assert [problem.rule for problem in caught.value.problems] == ["serve.not_our_address"]


def test_a_wrong_address_and_a_wrong_port_are_named_at_once():
    with pytest.raises(BadInput) as caught:
        checked_port("en", 80, "192.0.2.7")
    rules = [problem.rule for problem in caught.value.problems]
    assert rules == ["serve.not_our_address", "serve.port_range"]


def test_a_port_that_is_easy_to_type_comes_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serve, "is_free", lambda port, host=HOST: port != EASY_PORTS[0])
    assert checked_port("en", None, HOST, EASY_PORTS) == EASY_PORTS[1]


def test_the_code_is_the_token_of_the_class_and_stands_in_no_process_list():
    server = pages_server("zh", 8000, trainer=True, host=HOST, code="k7m2p9x4")
    assert server.token == "k7m2p9x4"
    assert not any("k7m2p9x4" in word for word in server.command)
    assert server.address == f"http://{HOST}:8000/class?token=k7m2p9x4"
    assert server.room == f"http://{HOST}:8000/trainers_room/zh?token=k7m2p9x4"
    assert IN_CLASS in server.environment
    assert IN_CLASS not in pages_server("zh", 8000).environment


def test_solutions_are_for_the_serving_machine_only():
    assert is_from_here("127.0.0.1", "192.168.1.20")
    assert is_from_here("::1", "192.168.1.20")
    assert is_from_here("192.168.1.20", "192.168.1.20")
    assert not is_from_here("192.168.1.21", "192.168.1.20")
    assert not is_from_here(None, "192.168.1.20")
    trainee = SimpleNamespace(
        request=SimpleNamespace(remote_ip="192.168.1.21"), settings={OWN_ADDRESS: "192.168.1.20"}
    )
    with pytest.raises(tornado.web.HTTPError) as caught:
        asyncio.run(FromHere.prepare(trainee))
    assert caught.value.status_code == 404


def test_the_address_can_be_scanned_at_any_size():
    drawn = picture_of("http://192.168.1.20:8000/?token=k7m2p9x4")
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
    assert 'width="' not in drawn.split(">", 1)[0]


def test_a_page_of_a_class_does_not_hand_in_for_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(IN_CLASS, "1")
    monkeypatch.setattr(closing, "ROOT", tmp_path)
    last = closing.Closing("02_dso", load_lab("02_dso"), Words("en"), lambda: ("", [], []))
    for _ in range(closing.MOST_HANDED_IN + 3):
        last.save()
    assert len(list((tmp_path / closing.MY_LABS).iterdir())) == closing.MOST_HANDED_IN


def test_a_class_is_asked_for_its_code_in_both_languages():
    for lang in ("en", "zh"):
        alone, together = site_words()[lang], site_words(for_class=True)[lang]
        assert all(alone[key] != together[key] for key in DOOR_KEYS)
        assert all(together[key] for key in CLASS_KEYS)


def test_a_class_keeps_its_things_apart_and_does_not_see_what_else_lies_on_the_machine(
    monkeypatch: pytest.MonkeyPatch,
):
    setup, words = Setup(), Words("en")

    def offered() -> list[list[str]]:
        place = Place(words, lambda: None, lambda act: act, "manufacturer")
        return [
            [value for _, value in found.options]
            for found in (place.portfolio, Choices(words, setup).portfolio)
        ]

    assert readers_folder() == ROOT
    assert all(OWN in names for names in offered())
    monkeypatch.setenv(IN_CLASS, "1")
    assert not readers_folder().is_relative_to(ROOT)
    assert readers_folder() == readers_folder()
    assert not any(OWN in names or any("/" in name for name in names) for names in offered())


OUTSIDE = (
    "../conf.json",
    "/etc/passwd",
    "//192.0.2.9/share/x",
    "\\\\192.0.2.9\\share\\x",
    "C:/x",
    "a//b",
    "a/../../b",
    "",
)


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("kind", [StaticFiles, TemplateFiles])
def test_no_file_is_even_looked_for_outside_the_pages_folders(
    kind: type, path: str, monkeypatch: pytest.MonkeyPatch
):
    handler = kind.__new__(kind)
    monkeypatch.setattr(os.path, "exists", lambda _: pytest.fail("looked"))
    asked = f"lab/static/{path}" if kind is TemplateFiles else path
    with pytest.raises(tornado.web.HTTPError) as caught:
        handler.parse_url_path(asked)
    assert caught.value.status_code == 404


@pytest.mark.parametrize(
    "path", ["lab", "lab/conf.json", "../static/x", "C:/static/x", "..\\static/static/x"]
)
def test_a_template_shows_its_static_files_only(path: str):
    handler = TemplateFiles.__new__(TemplateFiles)
    with pytest.raises(tornado.web.HTTPError) as caught:
        handler.parse_url_path(path)
    assert caught.value.status_code == 404


def test_nothing_that_asks_nobody_for_the_code_is_kept_of_voila():
    assert not any("/voila/query/x".startswith(place) for place in KEPT)
