"""Sites that tests build: the demo, once for all of them, and small ones of their own."""

import http.server
import logging
import os
import random
import shutil
import socket
import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from filelock import FileLock
from mkdocs.__main__ import cli

from tests.samples import Files

ROOT = Path(__file__).resolve().parent.parent

SHARED = "OKRSITE_TESTS_SHARED"
"""The variable that names the folder of all workers of a run; `tests/conftest.py` sets it."""

EPOCH = "1762000000"
"""The moment at which the demo is built, in seconds: no page of it depends on today."""

PATIENCE = 300
"""Seconds until what does not come counts as missing: many, for a machine that is busy."""


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first worker to ask for it makes, and all others wait for."""
    folder = Path(os.environ[SHARED], name)
    done = folder.with_name(f"{name}.done")
    with FileLock(folder.with_name(f"{name}.lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed half-way
            folder.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder


@cache
def demo_site() -> Path:
    """Build the demo strictly, once in a run, and return the folder it was built into."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
            build_well(ROOT / "mkdocs.yml", folder, "--strict")

    return made_once("demo", make)


def write_site(folder: Path, files: Files, config: object = None, **more: object) -> Path:
    """Write a site into a folder and return its mkdocs.yml."""
    for uri, content in files.items():
        file = folder / "content" / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "content").mkdir(exist_ok=True)
    entries = {
        "site_name": "Acme",
        "docs_dir": "content",
        "plugins": [{"okrsite": config or {}}],
        **more,
    }
    configuration = folder / "mkdocs.yml"
    configuration.write_text(yaml.safe_dump(entries), encoding="utf-8")
    return configuration


def build(configuration: Path, folder: Path, *options: str) -> Result:
    """Build a site with MkDocs' own command."""
    logging.getLogger("mkdocs").handlers.clear()
    words = ["build", "-f", str(configuration), "-d", str(folder), *options]
    return CliRunner().invoke(cli, words)


def build_well(configuration: Path, folder: Path, *options: str) -> None:
    """Build a site, which must succeed."""
    result = build(configuration, folder, *options)
    assert result.exit_code == 0, result.output


def free_port() -> int:
    """Return a port that nobody listens at, below those that are given to who asks for any."""
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: object) -> None:
        """Print nothing: failing tests show what matters."""


@cache
def served(folder: Path) -> str:
    """Serve a folder on this machine until the tests end, and give its address."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
