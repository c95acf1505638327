"""Receivables Lab in one command, on a machine with only Python and pip.  应收账款实训室：一条命令即可开始。

    python start.py          install everything, open the main notebook      安装全部，打开主笔记本
    python start.py test     install everything, run the tests               安装全部，运行测试
    python start.py show     any other words go to arlab: try --help         其他命令交给 arlab，可先试 --help

Everything is installed inside this folder (.uv and .venv): deleting the two folders undoes it.
全部安装在本文件夹的 .uv 和 .venv 中；删除这两个文件夹即可还原。
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 6)
EXE = ".exe" if os.name == "nt" else ""


def say(english: str, chinese: str) -> None:
    """What must the user know, in both languages?"""
    print(english + "\n" + chinese, file=sys.stderr, flush=True)


def stop(english: str, chinese: str) -> None:
    """Why can we not go on?"""
    say(english, chinese)
    raise SystemExit(1)


def run(*words: object, env: dict[str, str] | None = None, cwd: Path = HERE) -> int:
    """Which exit code does a command give? Ctrl-C is the command's to answer."""
    child = subprocess.Popen([str(word) for word in words], cwd=cwd, env=env)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def answer(*words: object) -> str:
    """What does a command print? Nothing, if it fails."""
    try:
        told = subprocess.check_output([str(word) for word in words], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.decode("utf-8", "replace")


def find_uv() -> str | None:
    """Is there an installer new enough, on the PATH or here?"""
    for path in (shutil.which("uv"), *sorted(HERE.glob(".uv/*/uv" + EXE))):
        version = re.match(r"uv (\d+)\.(\d+)", answer(path, "--version")) if path else None
        if version and tuple(map(int, version.groups())) >= OLDEST_UV:
            return str(path)
    return None


def get_uv() -> str:
    """Where is the installer, fetched by pip if need be?"""
    uv = find_uv()
    if uv:
        return uv
    if not answer(sys.executable, "-m", "pip", "--version"):
        stop(
            "pip is missing from this Python. On Debian or Ubuntu: apt install python3-pip",
            "这个 Python 没有 pip。Debian 或 Ubuntu 请运行：apt install python3-pip",
        )
    # Into a folder of our own, so a Python that the system manages allows it too.
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", HERE / ".uv")
    uv = find_uv() if run(*pip, "uv>=0.13,<1") == 0 else None
    if not uv:
        no_install()
    return str(uv)


def no_install() -> None:
    """Why did the installation fail?"""
    stop(
        "Could not install; the reason is above. Look at the network and the disk space, then try again.",
        "安装失败，原因见上方。请检查网络和磁盘空间，然后重新运行。",
    )


def settings() -> dict[str, str]:
    """In which environment does uv run? It gets this machine's own pip settings, such as a nearer mirror."""
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    env["UV_PYTHON_DOWNLOADS"] = "never"
    lines = answer(sys.executable, "-m", "pip", "config", "list").splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line)
    for pip_key, uv_key in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        for place in ("global.", "install.", ":env:."):
            if place + pip_key in found and uv_key not in os.environ:
                env[uv_key] = str(ast.literal_eval(found[place + pip_key]))
    return env


def main(words: list[str]) -> int:
    """Install what is missing, then do what was asked."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without Chinese letters
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if sys.version_info < OLDEST_PYTHON:
        stop(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Run this with a newer one.",
            f"需要 Python 3.11 或更新的版本，当前是 {sys.version.split()[0]}。请用新版本运行。",
        )
    uv, env = get_uv(), settings()
    say("Preparing, a few minutes the first time ...", "正在准备，首次需要几分钟……")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if run(uv, "sync", *quiet, "--python", sys.executable, env=env):
        no_install()
    start = (uv, "run", "--no-sync", "--project", HERE)
    if words[:1] == ["test"]:
        # File by file on all cores, in their order: those that take long come first.
        all_cores = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
        shared = [] if {"-n", "-s", "--pdb"} & {*words} else all_cores
        return run(*start, "pytest", *shared, *words[1:], env=env)
    # The user's files are named from where the user is.
    return run(*start, "arlab", *(words or ["lab"]), env=env, cwd=Path.cwd())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
