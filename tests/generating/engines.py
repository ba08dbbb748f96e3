"""Builds the demo once with each engine, for the tests that compare them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import html

from tests.sites import EPOCH, ROOT, demo_site, made_once

_UNSEEN = (
    ".//script | .//style | .//*[contains(@class, 'headerlink')]"
    " | .//*[contains(@class, 'md-content__button')] | .//*[contains(@class, 'md-source-file')]"
    " | .//nav[contains(@class, 'md-tags')]"
)


@dataclass(frozen=True)
class Engine:
    """An engine: what builds the demo with it, and where a page has its content."""

    folder: Callable[[], Path]
    content: str


def run(*command: str | Path, folder: Path = ROOT, **environment: str) -> None:
    """Run a program, which must succeed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])


def okrsite(*words: str | Path) -> None:
    """Run a command of ours on the demo."""
    run(
        sys.executable,
        "-c",
        "from okrsite.cli import main; main()",
        *words,
        "-f",
        ROOT / "mkdocs.yml",
    )


@cache
def plain() -> Path:
    """Return the demo in our own frame."""
    return made_once("plain", lambda folder: okrsite("generate", folder, "--for", "plain"))


@cache
def zensical() -> Path:
    """Return the demo that Zensical made."""

    def make(folder: Path) -> None:
        okrsite("generate", folder, "--for", "zensical")
        run(sys.executable, "-m", "zensical", "build", "-f", "mkdocs.yml", folder=folder)

    return made_once("zensical", make) / "site"


@cache
def hugo() -> Path:
    """Return the demo that Hugo made."""

    def make(folder: Path) -> None:
        okrsite("generate", folder, "--for", "hugo")
        program = shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"
        run(program, "--destination", "public", folder=folder)

    return made_once("hugo", make) / "public"


@cache
def properdocs() -> Path:
    """Return the demo that ProperDocs made with Material for MkDocs."""
    return made_once("properdocs", lambda folder: _properdocs(folder))


@cache
def materialx() -> Path:
    """Return the demo that ProperDocs made with MaterialX, which is in Material's folder."""

    def make(folder: Path) -> None:
        theme = folder.with_name("materialx-theme")
        words = ("install", "--quiet", "--no-deps", "--target", theme, "mkdocs-materialx")
        run(sys.executable, "-m", "pip", *words)
        _properdocs(folder, PYTHONPATH=str(theme))

    return made_once("materialx", make)


def _properdocs(folder: Path, **environment: str) -> None:
    words = ("-m", "properdocs", "build", "-f", ROOT / "mkdocs.yml", "-d", folder, "--strict")
    run(sys.executable, *words, **environment)


ENGINES = {
    "properdocs": Engine(properdocs, "//article"),
    "materialx": Engine(materialx, "//article"),
    "zensical": Engine(zensical, "//article"),
    "hugo": Engine(hugo, "//main"),
    "plain": Engine(plain, "//main"),
}

MKDOCS = Engine(demo_site, "//article")


def pages(engine: Engine) -> dict[str, html.HtmlElement]:
    """Return the content of every page that has a frame, by its file; reviews have none."""
    found: dict[str, html.HtmlElement] = {}
    folder = engine.folder()
    for file in sorted(folder.rglob("*.html")):
        content = html.document_fromstring(file.read_bytes()).xpath(engine.content)
        name = file.relative_to(folder).as_posix()
        if content and "/review/" not in name and not name.startswith(("embed/", "404")):
            found[name] = content[0]
    return found


def visible(content: html.HtmlElement) -> str:
    """Return what a reader sees of a page, without what the themes add."""
    for element in content.xpath(_UNSEEN):
        element.drop_tree()
    return " ".join(content.text_content().split())
