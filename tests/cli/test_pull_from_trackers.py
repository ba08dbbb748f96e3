"""`okrsite pull --initiatives` against a server that answers as GitHub, GitLab and Jira do.

It speaks https on this machine, with a certificate of its own.
"""

import datetime as dt
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from okrsite.cli import main
from tests.samples import objective
from tests.sites import build_well

Write = Callable[..., Path]
GITHUB_TOKEN, JIRA_TOKEN = "gh-s3cret", "ann@example.com:jira-s3cret"
ANSWERS = {
    "/api/v3/repos/acme/shop/issues/1": {
        "state": "open", "milestone": {"due_on": "2026-12-01T08:00:00Z"}, "pull_request": None,
    },
    "/api/v3/repos/acme/shop/issues/2": {
        "state": "closed", "pull_request": {"merged_at": "2026-11-01T08:00:00Z"}
    },
    "/api/v4/projects/acme%2Fweb%2Fshop/issues/3": {
        "state": "opened", "due_date": "2026-12-24", "milestone": None
    },
    "/rest/api/2/issue/SHOP-12?fields=status,duedate": {
        "fields": {"status": {"name": "In Progress"}, "duedate": "2026-11-30"}
    },
    "/api/v3/repos/acme/shop/issues/6": {"state": "<img src=x onerror=alert(1)>"},
}  # fmt: skip


@dataclass
class Trackers:
    """A server with the paths and tokens that it was asked with."""

    port: int
    seen: list[tuple[str, str | None]] = field(default_factory=list)

    def at(self, path: str, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}{path}"


def certificate(file: Path) -> None:
    """Write a key and a certificate for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))


@pytest.fixture
def trackers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trackers]:
    pem = tmp_path / "localhost.pem"
    certificate(pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setenv("GITHUB_TOKEN", GITHUB_TOKEN)
    monkeypatch.setenv("JIRA_TOKEN", JIRA_TOKEN)
    made = Trackers(0)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.seen.append((self.path, self.headers.get("Authorization")))
            if self.path.endswith("/issues/7"):
                self.send_response(302)
                self.send_header("Location", made.at("/elsewhere", "127.0.0.1"))
                self.end_headers()
                return
            answer = ANSWERS.get(self.path)
            if answer is None:
                self.send_error(404)
                return
            text = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        made.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


def site(write_site: Write, trackers: Trackers, *urls: str) -> Path:
    """Write a site whose objective links to issues; both names of this machine may be asked."""
    listed = ", ".join(f"{{title: I{number}, url: '{url}'}}" for number, url in enumerate(urls, 1))
    files = {"okrs/grow.md": objective("title: A, to: 5", initiatives=f"[{listed}]")}
    local, loopback = f"localhost:{trackers.port}", f"127.0.0.1:{trackers.port}"
    pull = {
        "hosts": [local, loopback],
        "connections": ["GITHUB_TOKEN", "JIRA_TOKEN"],
        "tokens": {local: "GITHUB_TOKEN", loopback: "JIRA_TOKEN"},
    }
    return write_site(files, {"as_of": "2026-11-15", "pull": pull})


def pull(configuration: Path, *words: str) -> Result:
    command = ["pull", "--initiatives", "-f", str(configuration), *words]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_each_tracker_is_asked_as_it_wants(write_site: Write, trackers: Trackers) -> None:
    configuration = site(
        write_site,
        trackers,
        trackers.at("/acme/shop/issues/1"),
        trackers.at("/acme/shop/pull/2"),
        trackers.at("/acme/web/shop/-/issues/3"),
        trackers.at("/browse/SHOP-12", "127.0.0.1"),
    )
    said = pull(configuration)
    assert said.exit_code == 0, said.output
    assert [line.partition(": ")[2] for line in said.stdout.splitlines()[:4]] == [
        "I1: open, due 2026-12-01",
        "I2: merged",
        "I3: open, due 2026-12-24",
        "I4: In Progress, due 2026-11-30",
    ]
    bearer, basic = f"Bearer {GITHUB_TOKEN}", "Basic YW5uQGV4YW1wbGUuY29tOmppcmEtczNjcmV0"
    tokens = [bearer, bearer, bearer, basic]
    assert sorted(trackers.seen) == sorted(zip(list(ANSWERS)[:4], tokens, strict=True))
    noted = (configuration.parent / "content/okrs/.grow.issues.csv").read_text("utf-8")
    assert f"{trackers.at('/acme/shop/pull/2')},merged," in noted.splitlines()
    assert pull(configuration).exit_code == 0
    assert (configuration.parent / "content/okrs/.grow.issues.csv").read_text("utf-8") == noted
    assert "s3cret" not in said.output + noted


def test_one_that_fails_leaves_the_others(write_site: Write, trackers: Trackers) -> None:
    there, gone = trackers.at("/acme/shop/issues/1"), trackers.at("/acme/shop/issues/404")
    configuration = site(write_site, trackers, gone, there)
    said = pull(configuration)
    assert said.exit_code == 1
    assert "answers with status 404: check the address" in said.output
    noted = (configuration.parent / "content/okrs/.grow.issues.csv").read_text("utf-8")
    assert noted == f"url,state,due\n{there},open,2026-12-01\n"


def test_a_host_that_is_not_allowed_hears_nothing(write_site: Write, trackers: Trackers) -> None:
    configuration = site(write_site, trackers, trackers.at("/acme/shop/issues/1"))
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace(f"- localhost:{trackers.port}", "- other.example"))
    said = pull(configuration)
    assert said.exit_code == 1
    assert f"localhost:{trackers.port} isn't allowed: add it to `hosts`" in said.output
    assert trackers.seen == []


def test_a_redirect_takes_no_token_along(write_site: Write, trackers: Trackers) -> None:
    configuration = site(write_site, trackers, trackers.at("/acme/shop/issues/7"))
    assert pull(configuration).exit_code == 1
    assert trackers.seen[1:] == [("/elsewhere", None)]


def test_what_a_tracker_says_is_no_markup(write_site: Write, trackers: Trackers) -> None:
    configuration = site(write_site, trackers, trackers.at("/acme/shop/issues/6"))
    assert pull(configuration).exit_code == 0
    build_well(configuration, configuration.parent / "site")
    page = (configuration.parent / "site/okrs/grow/index.html").read_text("utf-8")
    assert "onerror" in page
    assert "<img src=x" not in page
