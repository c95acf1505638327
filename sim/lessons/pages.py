"""How are the lessons shown as pages without code?

Voila, narrowed: it serves the built lessons and nothing else (no folders, no sources, no other files), with
templates of our own that fetch nothing from outside, behind a token. A kernel ends with its page; one that was
left over is ended when idle.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import jinja2
import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from traitlets.config import Config
from voila.app import Voila
from voila.handler import BaseVoilaHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from sim.base.places import NOTEBOOKS
from sim.lessons.classroom import OWN_ADDRESS, ClassDoor, ClassPage, OpenPages, RoomPage
from sim.lessons.serve import HOST, LANGUAGES, SITE, START_LESSON, TRAINERS_ROOM
from sim.lessons.wire import Wire
from sim.words import Language, Words

TEMPLATES = SITE / "templates"
STATIC = SITE / "receivables-lab" / "static"
# What Voila's own front end asks for; its folder listing, contents and file handlers are left out, and its query
# socket, which asks nobody who they are.
KEPT = (
    "/api/kernels",
    "/voila/templates",
    "/voila/static",
    "/voila/api/themes",
    "/voila/labextensions",
    "/login",
    "/logout",
)
EXTENSIONS = [
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "bqplot",
    "bqscales",
]
IDLE_SECONDS = 600
SITE_KEYS = (
    "name",
    "switch",
    "preparing",
    "preparing_why",
    "needs_script",
    "not_found",
    "not_found_help",
    "failed",
    "failed_help",
    "back",
    "login",
    "login_help",
    "login_token",
    "login_go",
    "login_wrong",
    "cell_failed",
)
DOOR_KEYS = ("login", "login_help", "login_token", "login_wrong")  # said otherwise to a class
CLASS_KEYS = ("class_open", "class_type", "class_scan", "class_count", "class_lessons", "class_lost")


class Start(JupyterHandler):
    """The front door: checks the token, then leads to the start lesson."""

    def initialize(self, first: str = "en") -> None:
        """Begin in this language when the address names none."""
        self.first = first

    @tornado.web.authenticated
    def get(self, language: str = "") -> None:
        """Lead to the start lesson in this language."""
        language = language or self.first
        self.redirect(f"{self.base_url}voila/render/{language}/{START_LESSON}.ipynb")


class Room(JupyterHandler):
    """The trainer's door."""

    @tornado.web.authenticated
    def get(self, language: str) -> None:
        """Lead to the trainer's room in this language."""
        self.redirect(f"{self.base_url}voila/render/{language}/{TRAINERS_ROOM}.ipynb")


class Missing(BaseVoilaHandler):
    """Any other address: says so, in both languages."""

    async def prepare(self) -> None:
        """Answer 404 whatever was asked."""
        await super().prepare()
        raise tornado.web.HTTPError(404)


class Leave(VoilaShutdownKernelHandler):
    """A page that is closed ends its kernel.

    Voila's page sends no cross-site mark with this; the login cookie is asked for all the same.
    """

    def check_xsrf_cookie(self) -> None:
        """Do without the mark."""


class PlainPath:
    """Serves files below its folders, and does not even look for one elsewhere.

    Voila looks whether a file exists before it checks where. On Windows `//machine/share` would make this machine
    introduce itself, with its user's name and a hash of the password, to any other, before a code was typed.
    """

    def parse_url_path(self, url_path: str) -> str:
        """The path. Raises HTTPError when it is not made of plain names."""
        if any(name in ("", ".", "..") or set(name) & set("\\:\0") for name in url_path.split("/")):
            raise tornado.web.HTTPError(404)
        path: str = super().parse_url_path(url_path)  # type: ignore[misc]
        return path


class StaticFiles(PlainPath, MultiStaticFileHandler):
    """What every page loads."""


class TemplateFiles(PlainPath, TemplateStaticFileHandler):
    """What the pages of one template load."""

    def parse_url_path(self, url_path: str) -> str:
        """The path. Raises HTTPError when it is not that of a template's static file."""
        if not re.match(r"[\w-]+/static/.", url_path):
            raise tornado.web.HTTPError(404)
        return super().parse_url_path(url_path)


GUARDED = {
    MultiStaticFileHandler: StaticFiles,
    TemplateStaticFileHandler: TemplateFiles,
    VoilaKernelWebsocketHandler: Wire,
}


class Pages(Voila):
    """Voila with only the lessons in it; the trainer's room is one of them when a trainer asks."""

    trainer = False
    for_class = False
    lang: Language = "en"

    def setup_template_dirs(self) -> None:
        """Look for templates in our folder first."""
        super().setup_template_dirs()
        self.template_paths: list[str] = [str(TEMPLATES), *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Give every template its words, and answer only to this machine's own names."""
        settings = super().init_settings()
        words = site_words(self.for_class)
        for name in ("voila_jinja2_env", "jinja2_env"):
            environment = settings[name]
            environment.loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(TEMPLATES), environment.loader])
            environment.globals.update(site_words=words, start_lesson=START_LESSON)
            environment.globals.update(for_class=self.for_class)
        settings["allow_remote_access"] = self.for_class
        settings["local_hostnames"] = ["localhost", HOST]
        settings[OWN_ADDRESS] = self.ip
        settings["default_handler_class"] = Missing
        settings["default_handler_args"] = {"voila_configuration": self.voila_configuration}
        return settings

    def init_handlers(self) -> list[Any]:
        """Keep what a lesson needs of Voila's addresses, and add ours."""
        found = [handler for handler in super().init_handlers() if str(handler[0]).startswith(KEPT)]
        kept = [(place, GUARDED.get(handler, handler), *rest) for place, handler, *rest in found]
        lessons = [path for path in built_lessons(self.trainer) if path.stem != TRAINERS_ROOM]
        rooms = [path for path in built_lessons(self.trainer) if path.stem == TRAINERS_ROOM]
        render = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *kept,
            (r"/start/(en|zh)", Start),
            *([(rf"/{TRAINERS_ROOM}/(en|zh)", Room)] if self.trainer else []),
            *([(r"/class", ClassPage), (r"/class/open", OpenPages)] if self.for_class else []),
            (r"/(?:voila/?)?", Start, {"first": self.lang}),
            (r"/voila/api/shutdown/(.*)", Leave),
            (r"/site/(.*)", tornado.web.StaticFileHandler, {"path": str(STATIC)}),
            (rendered(lessons), TornadoVoilaHandler, render),
            *([(rendered(rooms), RoomPage, render)] if rooms else []),
        ]


def rendered(lessons: list[Path]) -> str:
    """At which addresses do these lessons lie?"""
    names = "|".join(f"{path.parent.name}/{path.name}" for path in lessons)
    return rf"/voila/render/({names.replace('.', '[.]')})"


def built_lessons(trainer: bool) -> list[Path]:
    """Which notebooks may be shown, to trainees or to a trainer?"""
    found = [path for language in LANGUAGES for path in sorted((NOTEBOOKS / language).glob("*.ipynb"))]
    return [path for path in found if trainer or path.stem != TRAINERS_ROOM]


def site_words(for_class: bool = False) -> dict[str, dict[str, str]]:
    """Which words do the page frame, the waiting page and the error page need, per language?"""
    codes = {"en": "en", "zh": "zh-CN"}
    found: dict[str, dict[str, str]] = {}
    pairs: tuple[tuple[Language, str], ...] = (("en", "zh"), ("zh", "en"))
    for language, other in pairs:
        words = Words(language)
        found[language] = {key: words.say(f"lessons.page.{key}") for key in (*SITE_KEYS, *CLASS_KEYS)}
        if for_class:
            found[language] |= {key: words.say(f"lessons.page.class_{key}") for key in DOOR_KEYS}
        found[language] |= {
            "language": language,
            "code": codes[language],
            "other": other,
            "other_code": codes[other],
        }
    return found


def settings(lang: Language, port: int, ip: str = HOST, for_class: bool = False) -> Config:
    """With which settings does Voila serve the lessons?"""
    c = Config()
    c.Voila.ip = ip
    if for_class:
        c.Voila.identity_provider_class = ClassDoor
    c.Voila.port = port
    c.Voila.port_retries = 0
    c.Voila.auto_token = True  # read from JUPYTER_TOKEN
    c.Voila.open_browser = False
    c.Voila.root_dir = str(NOTEBOOKS)
    c.Voila.log_level = "WARN"
    c.Voila.config_file_paths = []
    c.VoilaConfiguration.template = "lab"
    c.VoilaConfiguration.allow_template_override = "NO"
    c.VoilaConfiguration.allow_theme_override = "NO"
    c.VoilaConfiguration.extension_allowlist = EXTENSIONS
    c.VoilaConfiguration.preheat_kernel = True
    c.VoilaConfiguration.resources = {"site_words": site_words(for_class)}
    c.VoilaExecutor.cell_error_instruction = Words(lang).say("lessons.page.cell_failed")
    ready_first = f"{lang}/{START_LESSON}.ipynb"
    c.VoilaKernelManager.kernel_pools_config = {"default": {"pool_size": 0}, ready_first: {"pool_size": 1}}
    c.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    c.MappingKernelManager.cull_interval = 30
    return c


@click.command()
@click.option("--lang", type=click.Choice(LANGUAGES), default="en")
@click.option("--port", type=int, required=True)
@click.option("--ip", default=HOST)
@click.option("--trainer", is_flag=True)
@click.option("--class", "for_class", is_flag=True)
def main(lang: Language, port: int, ip: str, trainer: bool, for_class: bool) -> None:
    """Serve the lessons as pages until told to stop."""
    app = Pages(config=settings(lang, port, ip, for_class))
    app.trainer, app.for_class, app.lang = trainer, for_class, lang
    app.initialize([])
    app.start()


if __name__ == "__main__":
    main()
