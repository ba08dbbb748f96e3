"""Sites that tests build: the demo, once for all of them, and small ones of their own."""

import atexit
import http.server
import logging
import shutil
import tempfile
import threading
from functools import cache, partial
from pathlib import Path

from click.testing import CliRunner, Result
from mkdocs.__main__ import cli

ROOT = Path(__file__).resolve().parent.parent


@cache
def demo_site() -> Path:
    """Build the demo strictly, once, and give the folder it was built into."""
    folder = Path(tempfile.mkdtemp(prefix="okrsite-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    result = build(ROOT / "mkdocs.yml", folder, "--strict")
    assert result.exit_code == 0, result.output
    return folder


def build(configuration: Path, folder: Path, *options: str) -> Result:
    """Build a site with MkDocs' own command."""
    logging.getLogger("mkdocs").handlers.clear()
    words = ["build", "-f", str(configuration), "-d", str(folder), *options]
    return CliRunner().invoke(cli, words)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: the tests say what matters."""


@cache
def served(folder: Path) -> str:
    """Serve a folder on this machine until the tests end, and give its address."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
