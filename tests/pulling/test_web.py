"""Addresses: a server that the tests start, on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from okrsite.pulling import web
from okrsite.pulling.pulled import PullError
from okrsite.pulling.web import fetch


class _Answers(BaseHTTPRequestHandler):
    seen: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        _Answers.seen.append((self.path, self.headers.get("Authorization")))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path.startswith("/status/"):
            self.send_error(int(self.path.removeprefix("/status/")))
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 2000 if self.path == "/large" else b"82")

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    _Answers.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def refused(url: str, *hosts: str, token: str | None = None) -> str:
    with pytest.raises(PullError) as error:
        fetch(url, hosts, token)
    return str(error.value)


def test_an_allowed_host_is_asked_with_its_token(host: str) -> None:
    assert fetch(f"http://{host}/value", [host.upper()], "s3cret") == b"82"
    assert _Answers.seen == [("/value", "Bearer s3cret")]


def test_another_host_is_never_asked(host: str) -> None:
    said = refused(f"http://{host}/value", "metrics.example.com")
    assert said == (
        f"{host} isn't allowed: add it to `hosts` below `pull` in the settings: hosts: [{host}]"
    )
    assert _Answers.seen == []


def test_a_redirect_leads_to_allowed_hosts_without_the_token(host: str) -> None:
    other = host.replace("127.0.0.1", "localhost")
    assert "isn't allowed" in refused(f"http://{host}/to/http://{other}/b", host, token="s3cret")
    assert [path for path, _ in _Answers.seen] == [f"/to/http://{other}/b"]
    assert fetch(f"http://{host}/to/http://{other}/b", [host, other], "s3cret") == b"82"
    assert _Answers.seen[-1] == ("/b", None)
    assert fetch(f"http://{host}/to//c", [host]) == b"82"


def test_a_redirect_to_a_file_or_in_a_circle_ends(host: str) -> None:
    assert "only http and https" in refused(f"http://{host}/to/file:///etc/passwd", host)
    assert "redirects more than 5 times" in refused(f"http://{host}/round", host)


def test_a_token_is_sent_by_https_only() -> None:
    said = refused("http://metrics.example.com/v", "metrics.example.com", token="s3cret")
    assert said == "a token is only sent over https: write the address with https://"


def test_a_refusal_says_what_to_check(host: str) -> None:
    assert refused(f"http://{host}/status/401", host).endswith("status 401: check the token")
    assert refused(f"http://{host}/status/404", host).endswith("status 404: check the address")
    assert refused(f"http://{host}/status/500", host).endswith("status 500")


def test_a_large_answer_is_not_read_to_its_end(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 1000)
    assert "answers with more than" in refused(f"http://{host}/large", host)


def test_what_cannot_be_reached_says_so() -> None:
    assert refused("http://127.0.0.1:1/", "127.0.0.1:1").startswith("127.0.0.1:1 can't be reached")
    assert refused("http://[::1/", "x") == "the address can't be read"
    assert refused("http://a:b/", "x") == "the address can't be read"
