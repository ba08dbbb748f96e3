"""The server: what it answers, when it tells a page to reload, and what it says is wrong."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from okrsite.serving.preview import LATER, Answer, PreviewError
from okrsite.serving.server import Server, Site
from tests.serving.test_previews import FILES, GROW
from tests.sites import PATIENCE, free_port, write_site


class Fake:
    """A preview of one page, which counts how often it is loaded."""

    def __init__(self) -> None:
        self.loads = 0
        self.wrong: str | None = None
        self.complete = False

    def load(self) -> tuple[str, ...]:
        """Count, or fail."""
        if self.wrong:
            raise PreviewError(self.wrong)
        self.loads += 1
        return ()

    def answer(self, path: str) -> Answer | None:
        """Return the page."""
        if path == "data":
            return Answer(b"data", "text/plain") if self.complete else LATER
        return Answer(f"<h1>{self.loads}</h1>".encode(), "text/html") if path == "" else None

    def rest(self) -> Iterator[None]:
        """Take a moment."""
        for _ in range(3):
            time.sleep(0.05)
            yield
        self.complete = True


@contextmanager
def served(fake: Fake) -> Iterator[tuple[Site, str]]:
    """Serve a preview on this machine."""
    site = Site(fake, "/okr/", lambda line: None)
    server = Server("127.0.0.1", 0, site, "/okr/")
    site.begin()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=site.follow, daemon=True).start()
    try:
        yield site, f"http://127.0.0.1:{server.server_port}/okr/"
    finally:
        server.shutdown()
        server.server_close()


def get(address: str) -> str:
    """Return what is at an address."""
    with urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def test_an_open_page_learns_of_a_save() -> None:
    fake = Fake()
    with served(fake) as (site, address):
        assert "<h1>1</h1>" in get(address)
        threading.Timer(0.2, site.saved).start()
        assert get(f"{address}__okrsite__/changed?1") == "2"
        assert "<h1>2</h1>" in get(address)


def test_several_files_of_one_save_are_one_load() -> None:
    fake = Fake()
    with served(fake) as (site, address):
        for _ in range(5):
            site.saved()
            time.sleep(0.02)
        assert get(f"{address}__okrsite__/changed?1") == "2"
        assert fake.loads == 2


def test_what_is_wrong_is_on_the_page() -> None:
    fake = Fake()
    with served(fake) as (site, address):
        fake.wrong = "mkdocs.yml <is> wrong"
        site.saved()
        get(f"{address}__okrsite__/changed?1")
        page = get(address)
        assert "mkdocs.yml &lt;is&gt; wrong" in page
        assert "<h1>1</h1>" in page


def test_what_comes_last_is_waited_for() -> None:
    with served(Fake()) as (_, address):
        assert get(f"{address}data") == "data"


def test_nothing_is_a_404_that_reloads_too() -> None:
    with served(Fake()) as (_, address):
        with pytest.raises(HTTPError) as caught:
            get(f"{address}nothing/")
        assert caught.value.code == 404
        assert b"__okrsite__/reload.js" in caught.value.read()
        assert "<h1>" in get(address.removesuffix("okr/"))  # it leads to the site


@pytest.mark.parametrize("engine", ["mkdocs", "plain"])
def test_the_command_serves_and_follows(engine: str, tmp_path: Path) -> None:
    write_site(tmp_path, FILES, theme={"name": "material", "font": False})
    port = free_port()
    words = ["serve", "--engine", engine, "-a", f"127.0.0.1:{port}", "--as-of", "2026-11-15"]
    code = "from okrsite.cli import main; main()"
    address = f"http://127.0.0.1:{port}/"
    with Popen([sys.executable, "-c", code, *words], cwd=tmp_path, stderr=PIPE, text=True) as run:
        try:
            assert run.stderr is not None
            assert any("Serving at" in line for line in run.stderr)
            assert "Grow" in get(f"{address}{GROW}")
            file = tmp_path / "content/okrs/2026-q4/sales/grow.md"
            file.write_text(file.read_text().replace("title: Grow", "title: Thrive"))
            assert get(f"{address}__okrsite__/changed?1") == "2"
            assert "Thrive" in get(f"{address}{GROW}")
        finally:
            run.terminate()
