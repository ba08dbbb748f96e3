"""The server of a preview: pages at once, the rest behind them, and a reload after every save."""

import html
import http.server
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from okrsite.serving.preview import LATER, Answer, Preview, PreviewError
from okrsite.serving.watching import settled, watched

_OURS = "__okrsite__/"
_WAIT = 25.0
"""Seconds that a page waits for a change before it asks again."""

_LONGEST = 120.0
"""Seconds that a browser waits for what comes last, like the search."""

_PAUSE = 0.001
"""Seconds between two steps of what nobody waits for."""

_SCRIPT = """\
(async () => {
  const at = document.currentScript.dataset
  for (;;) {
    try {
      const now = await (await fetch(`${at.root}__okrsite__/changed?${at.state}`)).text()
      if (now !== at.state) return location.reload()
    } catch { await new Promise(done => setTimeout(done, 1000)) }
  }
})()
"""
_BOX = (
    '<pre style="position:fixed;z-index:99;inset:auto 0 0 0;max-height:40vh;overflow:auto;margin:0;'
    "padding:.8rem 1rem;background:#7a1c15;color:#fff;font:13px/1.5 monospace;"
    'white-space:pre-wrap" role="alert">%s</pre>'
)


class Site:
    """A preview that many threads ask, which is loaded again after every save.

    `tell` is told what happens, a line at a time.
    """

    def __init__(self, preview: Preview, root: str, tell: Callable[[str], None]) -> None:
        self._preview = preview
        self._root = root
        self._tell = tell
        self._lock = threading.Condition(threading.RLock())
        self._changed = threading.Event()
        self._problems: tuple[str, ...] = ()
        self._complete = False
        self.state = 0

    def begin(self) -> None:
        """Load the site for the first time; PreviewError where there is nothing to show."""
        self._show(self._preview.load())

    def load(self) -> None:
        """Load the site as it is on disk, and have every open page reload."""
        with self._lock:
            try:
                problems = self._preview.load()
            except PreviewError as error:
                problems = (str(error),)
            self._show(problems)

    def _show(self, problems: tuple[str, ...]) -> None:
        with self._lock:
            self._problems = problems
            for problem in self._problems:
                self._tell(problem)
            self.state += 1
            self._complete = False
            self._lock.notify_all()

    def saved(self) -> None:
        """Take note that something was saved."""
        self._changed.set()

    def follow(self) -> None:
        """Load the site after every save, and make the rest in between; never return."""
        while True:
            self._work()
            settled(self._changed)
            self.load()

    def _work(self) -> None:
        """Make what nobody has asked for yet, until there is nothing left or something is saved."""
        with self._lock:
            steps = self._preview.rest()
        try:
            # The pause lets a page that somebody waits for come in between.
            while not self._changed.wait(_PAUSE):
                with self._lock:
                    if next(steps, self) is self:
                        self._complete = True
                        self._lock.notify_all()
                        return
        except PreviewError as error:
            self._tell(str(error))

    def wait(self, state: str) -> str:
        """Return the state of the site once it is another one, or after a while."""
        with self._lock:
            self._lock.wait_for(lambda: str(self.state) != state, _WAIT)
            return str(self.state)

    def answer(self, path: str) -> tuple[int, Answer]:
        """Return the status and the content for a path, with what is wrong on every page."""
        with self._lock:
            status = 200
            try:
                found = self._preview.answer(path)
                if found is LATER:
                    self._lock.wait_for(lambda: self._complete, _LONGEST)
                    found = self._preview.answer(path)
                problems = self._problems
            except PreviewError as error:
                found, problems = None, (*self._problems, str(error))
            if found is None or found is LATER:
                status = 404
                found = self._preview.answer("404.html") or Answer(b"<h1>404</h1>", "text/html")
            if found.type == "text/html":
                found = Answer(found.content + self._appended(problems).encode(), found.type)
            return status, found

    def _appended(self, problems: Iterable[str]) -> str:
        lines = "\n".join(problems)
        box = _BOX % html.escape(lines) if lines else ""
        data = f'data-state="{self.state}" data-root="{html.escape(self._root)}"'
        return f'{box}<script src="{html.escape(self._root)}{_OURS}reload.js" {data}></script>'


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, root: str, *values: object) -> None:
        self._site, self._root = site, root
        super().__init__(*values)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if not parts.path.startswith(self._root):
            self._send(302, Answer(b"", "text/plain"), self._root)
            return
        path = unquote(parts.path[len(self._root) :])
        if path == f"{_OURS}changed":
            self._send(200, Answer(self._site.wait(parts.query).encode(), "text/plain"))
        elif path == f"{_OURS}reload.js":
            self._send(200, Answer(_SCRIPT.encode(), "text/javascript"))
        else:
            status, found = self._site.answer(path)
            self._send(status, found)

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self.do_GET()

    def _send(self, status: int, found: Answer, location: str | None = None) -> None:
        self.send_response(status)
        text = found.type.startswith("text/") or found.type.endswith(("json", "xml"))
        self.send_header("Content-Type", f"{found.type}; charset=utf-8" if text else found.type)
        self.send_header("Content-Length", str(len(found.content)))
        self.send_header("Cache-Control", "no-store")
        if location is not None:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.content)

    def log_message(self, format: str, *values: object) -> None:
        """Print nothing: every page is many requests."""


class Server(http.server.ThreadingHTTPServer):
    """Serves a site at an address; OSError where that is taken."""

    daemon_threads = True

    def __init__(self, host: str, port: int, site: Site, root: str) -> None:
        super().__init__((host, port), partial(_Handler, site, root))


def serve(
    site: Site, server: Server, folders: Iterable[Path], flat_folders: Iterable[Path] = ()
) -> None:
    """Serve a site until the process is interrupted, and load it again after every save.

    The files in `flat_folders` are watched, too, but not what is in folders below them.
    """
    with server, watched(site.saved, folders, flat_folders):
        threading.Thread(target=site.follow, daemon=True).start()
        server.serve_forever()
