"""`okrsite mcp`, asked by the client of the official SDK over standard input and output."""

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from okrsite.cli import main
from okrsite.cli.assistant.answers import cell, limited
from tests.repositories import Repo
from tests.samples import document, objective

OKRSITE = str(Path(sys.executable).parent / "okrsite")
READING = ["list", "show", "explain", "status", "lint", "search", "diff"]
WRITING = ["propose_check_in", "propose_objective"]

REVENUE = "id: revenue, title: Double company revenue, from: $5M, to: $10M, current: $7.2M"
CHECK_IN = "check_ins: [{date: 2026-11-09, confidence: 0.8, note: The Zürich renewals slipped}]"
GROW = objective(REVENUE, body="Why it matters.\n", description="Sell more").replace(
    "key_results:", f"{CHECK_IN}\nkey_results:"
)
FILES = {
    "okrs/2026-q4/company/grow.md": GROW,
    "okrs/2026-q4/company/hire.md": objective("title: Hire ten, to: 10", title="Hire"),
    "teams/sales.md": document("team", "title: Sales"),
    "kpis/visits.md": document(
        "kpi", "title: Guests", "owner: sales", "keep: {min: 80}",
        "readings: [{date: 2026-10-31, value: 70, note: A wet autumn}]",
    ),
}  # fmt: skip

Ask = Callable[..., Awaitable[str]]


class Assistant:
    """A client of the SDK that talks to one server."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def tools(self) -> list[str]:
        return [tool.name for tool in (await self.client.list_tools()).tools]

    async def ask(self, tool: str, wrong: bool = False, **arguments: Any) -> str:
        answer = await self.client.call_tool(tool, arguments)
        (content,) = answer.content
        text: str = content.text  # type: ignore[union-attr]
        assert answer.is_error is wrong, text
        assert "Traceback" not in text
        return text

    async def refused(self, tool: str, **arguments: Any) -> str:
        return await self.ask(tool, wrong=True, **arguments)


def talk(
    configuration: Path, conversation: Callable[[Assistant], Awaitable[None]], *options: str
) -> None:
    """Start a server, have a conversation with it, and end it."""
    words = ["mcp", "-f", str(configuration), "--as-of", "2026-11-15", *options]

    failures: list[AssertionError] = []

    async def run() -> None:
        server = StdioServerParameters(command=OKRSITE, args=words)
        async with Client(stdio_client(server)) as client:
            try:
                await conversation(Assistant(client))
            except AssertionError as error:
                failures.append(error)  # raised here, it would be buried in groups of others

    anyio.run(run)
    for failure in failures:
        raise failure


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "site")
    made.commit(FILES)
    return made


def test_an_assistant_reads_what_the_commands_say(repo: Repo) -> None:
    async def conversation(one: Assistant) -> None:
        assert await one.tools() == READING

        rows = await one.ask("list", what="objectives", where={"cycle": "current"}, sort="-score")
        first = "| Grow | company | 2026-q4 | 0.44 | 0.35 | On track | 0.8 |"
        assert rows.splitlines()[2] == f"| okrs/2026-q4/company/grow {first}"
        assert "okrs/2026-q4/company/hire" in rows
        one_row = await one.ask("list", what="objectives", limit=1)
        assert "(1 more left out: narrow `where`, or raise `limit`)" in one_row
        results = await one.ask("list", what="key_results", where={"owner": "company"})
        assert "| okrs/2026-q4/company/grow#revenue | Double company revenue |" in results
        assert "$5M → $7.2M → $10M" in results
        assert "| kpis/visits | Guests | teams/sales | 70 |" in await one.ask("list", what="kpis")
        assert "| teams/sales | Sales | team | company |" in await one.ask("list", what="owners")
        assert "The Zürich renewals slipped" in await one.ask("list", what="check_ins")
        assert "| 2026-q4 | 2026 Q4 | 2026-10-01 |" in await one.ask("list", what="cycles")
        nothing = await one.ask("list", what="kpis", where={"health": "critical", "tag": "x"})
        assert nothing == "No kpis match. They are as of 2026-11-15.\n"

        shown = await one.ask("show", document="grow")
        assert shown.startswith(
            "# Grow\n\nSell more\n\n- file: content/okrs/2026-q4/company/grow.md"
        )
        assert "- score: 0.44\n" in shown
        assert "- 2026-11-09: confidence 0.8\n    - note: The Zürich renewals slipped" in shown
        assert shown.endswith("## Text\n\nWhy it matters.\n")
        assert "| 2026-10-31 | 70 | A wet autumn |" in await one.ask("show", document="visits")
        assert "- type: team" in await one.ask("show", document="content/teams/sales.md")

        explained = await one.ask("explain", what="grow#revenue")
        assert "(now − from) / (to − from)" in explained, explained
        assert "content/okrs/2026-q4/company/grow.md:" in explained
        assert "Score: 0.44" in explained
        overview = await one.ask("status")
        assert overview.startswith("2026 Q4 · day 46 of 92 · as of 15 Nov 2026")
        assert "Grow" in overview
        assert "OKR401 advice" in await one.ask("lint", codes=["OKR401"], document="hire")
        assert "no findings" in await one.ask("lint", codes=["OKR1"])
        found = await one.ask("search", words="zurich RENEWAL")
        assert found == (
            "- objective `okrs/2026-q4/company/grow`: Grow"
            " (check-in of 2026-11-09: The Zürich renewals slipped)\n"
        )
        assert (await one.ask("search", words="xyzzy")).startswith("Nothing has all of these words")

    talk(repo.configuration, conversation)


def test_every_call_sees_the_files_as_they_are(repo: Repo) -> None:
    async def conversation(one: Assistant) -> None:
        assert "Score: 0.44" in await one.ask("explain", what="grow")
        repo.write({"okrs/2026-q4/company/grow.md": GROW.replace("$10M", "$8M")})
        assert "Score: 0.73" in await one.ask("explain", what="grow")
        changes = await one.ask("diff", base="HEAD")
        assert "lowered from $10M to $8M" in changes
        repo.write({"okrs/2026-q4/company/open.md": objective("title: A, to: 1", title="Open")})
        assert "Open" in await one.ask("list", what="objectives")
        repo.configuration.write_text("plugins: [okrsite, {]\n")
        assert "mkdocs.yml" in await one.refused("status")

    talk(repo.configuration, conversation)


def test_what_cannot_be_answered_is_one_sentence(repo: Repo) -> None:
    asked: list[tuple[str, Mapping[str, Any], str]] = [
        ("nothing", {}, "there is no tool `nothing`: use one of list, show, explain,"),
        ("propose_check_in", {"objective": "grow"}, "there is no tool `propose_check_in`"),
        ("list", {"what": "things"}, "`what`: Input should be 'objectives',"),
        ("list", {"what": "kpis", "limit": 0}, "`limit`: Input should be greater than"),
        ("list", {"what": "kpis", "where": {"helth": "x"}}, "did you mean `health`?"),
        ("list", {"what": "kpis", "sort": "beauty"}, "kpis can't be sorted by `beauty`"),
        ("list", {"what": "cycles", "where": {"text": "x"}}, "cycles have no filters"),
        ("show", {"document": "gorw"}, "there is no document `gorw`: did you mean"),
        ("show", {"document": "../../etc/passwd"}, "there is no document"),
        ("explain", {"what": "gorw"}, "did you mean"),
        ("status", {"cycle": "soon"}, "soon"),
        ("lint", {"codes": ["OKR999"]}, "OKR999"),
        ("search", {"words": "  "}, "say what to look for"),
        ("diff", {"base": "--output=x"}, "isn't a revision"),
        ("diff", {"base": "nowhere"}, "nowhere"),
    ]

    async def conversation(one: Assistant) -> None:
        for tool, arguments, message in asked:
            said = await one.refused(tool, **arguments)
            assert message in said
            assert "\n" not in said.strip()

    talk(repo.configuration, conversation)


SECRET = {
    "okrs/2026-q4/company/takeover.md": objective(
        "id: bid, title: Bid for Hydra, to: 1, current: 1", title="Buy Hydra",
        visibility="private", aligns_to="grow",
    ),
    "teams/hydra.md": document("team", "title: Team Hydra", "visibility: private"),
    "kpis/hydra-price.md": document(
        "kpi", "title: Hydra's price", "owner: company", "visibility: private",
        "readings: [{date: 2026-10-31, value: 77}]",
    ),
    "okrs/2026-q4/company/open.md": objective(
        "id: price, title: A good price, kpi: hydra-price, to: 100",
        title="Open",
        aligns_to="takeover",
        body="<!-- Hydra -->\nSee [[takeover]] and [our plan](takeover.md).\n--8<-- \"hydra.md\"\n",
    ),
}  # fmt: skip


def test_a_private_document_is_in_no_answer(repo: Repo) -> None:
    repo.commit(SECRET)
    said: list[str] = []

    async def conversation(one: Assistant) -> None:
        for what in ("objectives", "key_results", "kpis", "owners", "check_ins", "cycles"):
            said.append(await one.ask("list", what=what))
        for name in ("grow", "open"):
            said.append(await one.ask("show", document=name))
            said.append(await one.ask("explain", what=name))
        said.append(await one.ask("status"))
        said.append(await one.ask("lint", limit=1000))
        said.append(await one.ask("diff", base="HEAD~1"))
        said.append(await one.ask("search", words="price"))
        assert (await one.ask("search", words="Hydra")).startswith("Nothing has all of these")
        hidden = ("takeover", "teams/hydra", "hydra-price", "content/teams/hydra.md")
        for name in hidden:
            assert "there is no document" in await one.refused("show", document=name)
            assert "there is no" in await one.refused("explain", what=name)
        assert "there is no" in await one.refused("status", owner="hydra")
        assert "no owner" in await one.refused("list", what="kpis", where={"owner": "hydra"})
        written = {"objective": "takeover", "note": "x"}
        assert "no objective" in await one.refused("propose_check_in", **written)
        value = {"objective": "open", "values": {"price": "80"}}
        said.append(await one.refused("propose_check_in", **value))
        results = ["A price, KPI hydra-price to 90", "Another, to 5"]
        new = {"title": "Win", "owners": ["company"], "key_results": results}
        assert "no KPI" in await one.refused("propose_objective", **new)
        twin = {**new, "title": "Buy Hydra", "key_results": ["A from 1 to 2", "B from 1 to 2"]}
        said.append(await one.refused("propose_objective", **twin))
        assert "it concerns a private document" in said[-1]

    talk(repo.configuration, conversation, "--write")
    for text in said:
        assert "hydra" not in text.lower()
        assert "takeover" not in text.lower()
    assert "See a document and a private document." in said[8], said[8]


def test_a_number_of_a_private_document_hides_nothing(repo: Repo) -> None:
    """What was wrong with a check-in is said, whichever numbers and days others have in theirs."""
    readings = "readings: [{date: 2026-11-09, value: 7.5}, {date: 2026-11-10, value: 0.6}]"
    private = ("owner: company", "visibility: private", readings)
    repo.commit(
        {"kpis/hush.md": document("kpi", "title: 60%", *private, body="7 of 0.6, 2026-11.\n")}
    )

    async def conversation(one: Assistant) -> None:
        for confidence in (7, 7.5, "7.5"):
            said = await one.refused("propose_check_in", objective="grow", confidence=confidence)
            assert f"`{confidence}` is not between 0 and 1: write a share" in said
        said = await one.refused("propose_check_in", objective="grow", note="x", date="2026-11-32")
        assert "2026-11-32 is not a date" in said

    talk(repo.configuration, conversation, "--write")


def test_private_documents_are_answered_when_they_are_asked_for(repo: Repo) -> None:
    repo.commit(SECRET)

    async def conversation(one: Assistant) -> None:
        assert "Buy Hydra" in await one.ask("list", what="objectives")
        assert "# Buy Hydra" in await one.ask("show", document="takeover")
        assert "takeover" in await one.ask("search", words="hydra")

    talk(repo.configuration, conversation, "--include-private")


def test_a_proposed_check_in_is_what_the_command_writes(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit(FILES)
    words = ["--set=revenue=$8M", "--confidence=0.7", "--note=-10% is gone", "--blocker=Ice"]
    site = ["-f", str(other.configuration), "--as-of", "2026-11-15", "--date", "2026-11-14"]
    done = CliRunner().invoke(main, ["check-in", "grow", *words, *site])
    assert done.exit_code == 0, done.stderr
    given = {
        "objective": "Grow", "values": {"revenue": "$8M"}, "confidence": 0.7,
        "note": "-10% is gone", "blockers": ["Ice"], "date": "2026-11-14",
    }  # fmt: skip

    async def conversation(one: Assistant) -> None:
        assert await one.tools() == [*READING, *WRITING]
        said = await one.ask("propose_check_in", **given)
        assert "content/okrs/2026-q4/company/grow.md:" in said
        assert "Score: 0.44 → 0.60" in said
        assert "Nothing is committed: review it with `git diff`" in said
        assert "Score: 0.60" in await one.ask("explain", what="grow")
        for wrong, message in (
            ({"values": {"revenu": "1"}}, "did you mean `revenue`?"),
            ({"values": {"revenue": "$7"}}, "anyway"),
            ({"values": {"revenue": "12,5"}}, "12,5"),
            ({"confidence": "7"}, "--confidence"),
            ({}, "give new values"),
            ({"note": "x", "date": "soon"}, "soon is not a date"),
        ):
            said = await one.refused("propose_check_in", objective="grow", **wrong)
            assert message in said

    talk(repo.configuration, conversation, "--write")
    uri = "content/okrs/2026-q4/company/grow.md"
    assert (repo.folder / uri).read_bytes() == (other.folder / uri).read_bytes()
    assert repo.git("status", "--short").split() == ["M", uri]
    assert repo.git("rev-list", "--count", "HEAD").strip() == "1"


def test_a_proposed_objective_is_what_the_command_writes(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit(FILES)
    results = ["Past guests from 0 to 200", "Time to answer from 3 days to 1 day"]
    words = ["--owner=sales", "--title=Win guests back", "--aligns-to=grow", "--text=They like us."]
    words += [f"--key-result={result}" for result in results]
    site = ["-f", str(other.configuration), "--as-of", "2026-11-15"]
    done = CliRunner().invoke(main, ["new", "objective", *words, *site])
    assert done.exit_code == 0, done.stderr
    uri = done.stdout.strip()
    given = {
        "title": "Win guests back", "owners": ["Sales"], "key_results": results,
        "aligns_to": ["Grow"], "text": "They like us.",
    }  # fmt: skip

    async def conversation(one: Assistant) -> None:
        said = await one.ask("propose_objective", **given)
        assert said.startswith(f"Wrote {uri}:\n\n---\ntype: objective\n")
        assert "Win guests back" in await one.ask("list", what="objectives")
        assert "exists" in await one.refused("propose_objective", **given)
        for wrong, message in (
            ({"owners": ["salse"]}, "did you mean"),
            ({"key_results": []}, "`key_results`:"),
            ({"key_results": ["Be better"]}, "from 78% to 90%"),
            ({"title": "More", "key_results": ["A from 1 to 2"]}, "OKR401"),
        ):
            assert message in await one.refused("propose_objective", **{**given, **wrong})

    talk(repo.configuration, conversation, "--write")
    assert (repo.folder / uri).read_bytes() == (other.folder / uri).read_bytes()
    assert repo.git("status", "--short").split() == ["??", uri.rpartition("/")[0] + "/"]


def test_nothing_but_the_protocol_is_on_standard_output(repo: Repo) -> None:
    repo.write({"broken.md": "---\ntype: objective\ncycle: [\n---\n"})
    hello = {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }  # fmt: skip
    call = {"name": "propose_check_in", "arguments": {"objective": "grow", "note": "Fine"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "status"}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": call},
    ]
    words = [OKRSITE, "mcp", "--write", "-f", str(repo.configuration), "--as-of", "2026-11-15"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        answers = {}
        for message in messages:
            server.stdin.write(json.dumps(message) + "\n")
            server.stdin.flush()
            if "id" in message:
                answer = json.loads(server.stdout.readline())
                answers[answer["id"]] = answer["result"]
        server.stdin.close()
        assert server.stdout.read() == ""
        assert server.wait() == 0
    assert answers[1]["serverInfo"]["name"] == "okrsite"
    assert not answers[2]["isError"]
    assert "content/okrs/2026-q4/company/grow.md" in answers[3]["content"][0]["text"]


def test_a_missing_sdk_is_one_sentence(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "okrsite.cli.assistant.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    done = CliRunner().invoke(main, ["mcp", "-f", str(repo.configuration)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install 'okrsite[mcp]'" in done.stderr


def test_a_wrong_configuration_ends_the_command(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["mcp", "-f", str(tmp_path / "mkdocs.yml")])
    assert (done.exit_code, done.stdout) == (2, "")


def test_long_answers_say_what_is_left_out() -> None:
    lines = "\n".join(f"line {number}" for number in range(100))
    text = limited(lines, "ask for less", most=20)
    assert text == "line 0\nline 1\n\n(98 more lines left out: ask for less)\n"
    assert limited("x" * 50, "ask for less", most=20) == "x" * 20 + "…\n\n(cut off: ask for less)\n"
    assert limited("short", "ask for less") == "short\n"


def test_cells_stay_on_one_line() -> None:
    assert cell("a\n|b") == "a \\|b"
    assert [cell(None), cell(True), cell(["a", "b"])] == ["", "yes", "a, b"]
