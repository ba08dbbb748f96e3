"""`okrsite notify`: to servers for HTTP and for mail that the tests start on this machine."""

import http.server
import json
import logging
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from click.testing import CliRunner, Result

from okrsite.cli import main
from okrsite.cli.sending import SendingError, send
from okrsite.exports.digest import Digest, DigestItem, DigestSection
from tests.histories import Past
from tests.samples import document, objective
from tests.sites import free_port

REVENUE = "id: revenue, title: Revenue, to: 100"
LATE = "{date: 2026-11-06, confidence: 0.3, values: {revenue: 10}, note: Two guests cancelled}"


def checked_in(title: str, owner: str, *check_ins: str) -> str:
    written = objective(REVENUE, title=title, owner=owner)
    return written.replace("key_results:", f"check_ins: [{', '.join(check_ins)}]\nkey_results:")


def first(day: str) -> str:
    return f"{{date: {day}, confidence: 0.8, values: {{revenue: 40}}}}"


FILES = {
    "teams/sales.md": document("team", "title: Sales", "notify: SALES_CHAT"),
    "teams/north.md": document("team", "title: North", "parent: sales", "notify: SALES_CHAT"),
    "teams/secret.md": document("team", "title: Hydra", "visibility: private", "notify: HYDRA"),
    "grow.md": checked_in("Grow", "company", first("2026-11-02")),
    "hire.md": checked_in("Hire", "company", first("2026-10-20")),
    "sell.md": checked_in("Sell", "sales", first("2026-11-02")),
    "bid.md": checked_in("Bid for Hydra", "company", first("2026-11-02")).replace(
        "type: objective", "type: objective\nvisibility: private"
    ),
}
CONFIGURATION = {
    "site_name": "Acme",
    "site_url": "https://okrs.example.com/",
    "docs_dir": "content",
    "plugins": [{"okrsite": {"notify": "COMPANY_MAIL"}}],
}


@pytest.fixture
def past(tmp_path: Path) -> Past:
    made = Past(tmp_path / "site", CONFIGURATION)
    made.by("Ada", "2026-11-02", FILES)
    made.by(
        "Ada",
        "2026-11-12",
        {
            "sell.md": checked_in("Sell", "sales", first("2026-11-02"), LATE),
            "bid.md": FILES["bid.md"].replace("revenue: 40", "revenue: 1"),
        },
    )
    return made


def notify(past: Past, *words: str) -> Result:
    arguments = ["notify", "-f", str(past.configuration), *words]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def dry(past: Past, *words: str) -> dict[str, str]:
    """Return what would be sent, by the variable."""
    result = notify(past, "--dry-run", *words)
    assert result.exit_code == 0, result.stderr
    messages = [part for part in result.stdout.split("To ") if part]
    return {part.partition(":")[0]: part.partition("\n\n")[2] for part in messages}


def test_a_week_is_told_as_git_has_it(past: Past) -> None:
    told = dry(past, "--as-of", "2026-11-15")
    assert sorted(told) == ["COMPANY_MAIL", "SALES_CHAT"]
    sales = told["SALES_CHAT"]
    assert sales.startswith("# OKRs of Sales\n\nFrom 8 Nov 2026 to 15 Nov 2026 · 1 check-in\n")
    # The check-in is dated before the first day, and was committed after it.
    address = "<https://okrs.example.com/sell/>"
    assert f"- [**Sell**]({address}): Sales · 0.40 → 0.10 (−0.30) · On track → Off track" in sales
    assert "    - 6 Nov: Two guests cancelled" in sales
    assert "Hire" not in told["COMPANY_MAIL"]
    assert "1 more is at risk or overdue, as before." in told["COMPANY_MAIL"]


def test_nothing_is_told_twice(past: Past) -> None:
    told = dry(past, "--as-of", "2026-11-22")
    assert "## Overdue" in told["SALES_CHAT"]
    assert "Two guests cancelled" not in "".join(told.values())
    assert "On track → Off track" not in told["SALES_CHAT"]
    result = notify(past, "--dry-run", "--as-of", "2026-11-23", "--since", "2026-11-22")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Sales: nothing new from 2026-11-22 to 2026-11-23, so nothing is sent" in result.stderr


def test_what_was_committed_later_is_told_later(past: Past) -> None:
    assert dry(past, "--as-of", "2026-11-11") == {}
    assert "Off track" in dry(past, "--as-of", "2026-11-12")["COMPANY_MAIL"]


def test_a_revision_can_be_the_beginning(past: Past) -> None:
    revision = past.git("rev-parse", "HEAD~1")
    told = dry(past, "--as-of", "2026-11-15", "--since", revision)
    assert "From 2 Nov 2026 to 15 Nov 2026" in told["SALES_CHAT"]
    before = dry(past, "--as-of", "2026-11-15", "--since", "2026-10-01")
    assert "Sell" in before["SALES_CHAT"]


def test_nothing_private_is_told_even_where_the_site_shows_it(past: Past) -> None:
    written = past.configuration.read_text("utf-8")
    past.configuration.write_text(
        written.replace("notify: COMPANY_MAIL", "notify: COMPANY_MAIL\n    include_private: true")
    )
    result = notify(past, "--dry-run", "--as-of", "2026-11-15")
    assert result.exit_code == 0
    assert "hydra" not in result.output.lower()


class Inbox:
    """What a server was sent."""

    def __init__(self) -> None:
        self.port = 0
        self.messages: list[Any] = []


@pytest.fixture
def chat() -> Iterator[Inbox]:
    """Start a server that takes JSON."""
    inbox = Inbox()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.messages.append(json.loads(content))
            self.send_response(200 if "good" in self.path else 500)
            self.end_headers()
            self.wfile.write(b"the secret of the server")

        def log_message(self, format: str, *values: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    inbox.port = server.server_port
    yield inbox
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail() -> Iterator[Inbox]:
    """Start a server that takes mail."""
    inbox = Inbox()

    class Handler:
        async def handle_DATA(  # noqa: N802 its name is given
            self, server: SMTP, session: Session, envelope: Envelope
        ) -> str:
            assert isinstance(envelope.content, bytes)
            inbox.messages.append((envelope.rcpt_tos, envelope.content))
            return "250 OK"

    inbox.port = free_port()
    controller = Controller(Handler(), hostname="127.0.0.1", port=inbox.port)
    controller.start()
    yield inbox
    controller.stop()


def test_messages_reach_a_chat_and_a_mailbox(
    past: Past, chat: Inbox, mail: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"mailto://127.0.0.1:{mail.port}?from=okrs@example.com&to=all@example.com"
    monkeypatch.setenv("COMPANY_MAIL", address)
    monkeypatch.setenv("SALES_CHAT", f"json://127.0.0.1:{chat.port}/good")
    result = notify(past, "--as-of", "2026-11-15")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert sorted(result.stderr.splitlines()) == [
        "Acme: sent to COMPANY_MAIL",
        "Sales: sent to SALES_CHAT",
    ]
    (message,) = chat.messages
    assert message["title"] == "OKRs of Sales"
    assert message["message"].startswith("From 8 Nov 2026 to 15 Nov 2026 · 1 check-in")
    assert "https://okrs.example.com/sell/" in message["message"]
    assert "\n• Sell: Sales · Off track: 0.10, expected 0.35\n" in message["message"]
    assert "    – 6 Nov: Two guests cancelled\n" in message["message"]
    ((recipients, content),) = mail.messages
    assert recipients == ["all@example.com"]
    parsed = message_from_bytes(content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert parsed["Subject"] == "OKRs of Acme"
    html = parsed.get_body(("html",))
    assert html is not None
    text = html.get_content()
    assert 'href="https://okrs.example.com/sell/"' in text
    assert "as before" in text
    assert "hydra" not in f"{message}{content!r}".lower()
    assert "apprise" not in text.lower()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("json://me:hunter2@127.0.0.1:{port}/bad", "was not delivered: check the address"),
        ("json://me:hunter2@127.0.0.1:1/good", "was not delivered: check the address"),
        ("hunter2", "SALES_CHAT isn't an address that Apprise recognises"),
        ("nothing://hunter2", "SALES_CHAT isn't an address that Apprise recognises"),
        ("", "SALES_CHAT isn't set: set it to the address to send to"),
        (
            "json://127.0.0.1:{port}/good json://me:hunter2@127.0.0.1:{port}/bad",
            "1 of the 2 messages to SALES_CHAT were not delivered",
        ),
    ],
)  # fmt: skip
def test_a_failing_address_leaves_the_others_and_is_never_shown(
    past: Past, chat: Inbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str], address: str, said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("SALES_CHAT", address.format(port=chat.port))
    monkeypatch.setenv("COMPANY_MAIL", f"json://127.0.0.1:{chat.port}/good")
    with caplog.at_level(logging.DEBUG):
        result = notify(past, "--as-of", "2026-11-15")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Acme: sent to COMPANY_MAIL" in result.stderr
    assert "OKRs of Acme" in [message["title"] for message in chat.messages]
    shown = result.output + caplog.text + "".join(capfd.readouterr())
    for secret in ("hunter2", "127.0.0.1", "the secret of the server", "Traceback"):
        assert secret not in shown


def test_a_long_message_is_cut_at_a_line(chat: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    items = tuple(DigestItem(f"Objective {n}", None, "On track", ()) for n in range(3000))
    digest = Digest("OKRs", "A week", (DigestSection("What moved", items, ""),), "en", "ltr")
    monkeypatch.setenv("CHAT", f"json://127.0.0.1:{chat.port}/good")
    send("CHAT", digest, "https://okrs.example.com/")
    (message,) = chat.messages
    assert len(message["message"]) <= 32768
    assert message["message"].endswith("On track\n… https://okrs.example.com/")
    with pytest.raises(SendingError):
        send("OTHER", digest, None)


def test_an_address_in_a_document_or_the_settings_is_an_error(past: Past) -> None:
    past.write({"teams/sales.md": document("team", "title: Sales", "notify: slack://T1/hunter2")})
    result = CliRunner().invoke(main, ["lint", "-f", str(past.configuration)])
    assert result.exit_code == 1
    assert "teams/sales.md:4: OKR104 error:" in result.stdout
    assert "this is not the name of an environment variable" in result.stdout
    assert "hunter2" not in result.output
    written = past.configuration.read_text("utf-8")
    past.configuration.write_text(written.replace("COMPANY_MAIL", "slack://T1/hunter2"))
    result = notify(past)
    assert result.exit_code == 2
    assert "write the name of an environment variable, like OKRSITE_NOTIFY" in result.stderr
    assert "hunter2" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "2026-11-15", "--since", "2026-11-15"], "is not before 2026-11-15"),
        (["--since", "nowhere"], "git has no revision `nowhere`"),
        (["--as-of", "2026-10-01"], "there were no commits yet on 2026-10-01"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(past: Past, words: list[str], said: str) -> None:
    result = notify(past, "--dry-run", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_somebody_has_to_be_named(tmp_path: Path) -> None:
    past = Past(tmp_path, {**CONFIGURATION, "plugins": ["okrsite"]})
    past.by("Ada", "2026-11-02", {"grow.md": FILES["grow.md"]})
    result = notify(past, "--dry-run", "--as-of", "2026-11-15")
    assert result.exit_code == 2
    assert "there is nobody to write to" in result.stderr


def test_part_of_a_history_is_not_enough(past: Past, tmp_path: Path) -> None:
    past.git("clone", "-q", "--depth", "1", f"file://{past.folder}", str(tmp_path / "shallow"))
    configuration = tmp_path / "shallow" / "mkdocs.yml"
    result = CliRunner().invoke(main, ["notify", "--dry-run", "-f", str(configuration)])
    assert result.exit_code == 2
    assert "older commits are missing here" in result.stderr


def test_without_apprise_nothing_is_read(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    result = notify(past, "--as-of", "2026-11-15")
    assert result.exit_code == 2
    assert "pip install 'okrsite[notify]'" in result.stderr
    assert notify(past, "--as-of", "2026-11-15", "--dry-run").exit_code == 0


def test_the_change_log_says_where_reminders_go(past: Past) -> None:
    past.write({"teams/sales.md": document("team", "title: Sales", "notify: NEW_CHAT")})
    words = ["diff", "HEAD", "-f", str(past.configuration)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert "Reminders go to: SALES_CHAT → NEW_CHAT" in result.stdout
