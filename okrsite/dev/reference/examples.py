"""The examples of the checks: the documents that they are pieces of, and their findings."""

import re
from datetime import date

from okrsite.checks.registry import all_findings
from okrsite.documents.trees import MemoryTree
from okrsite.findings.finding import Finding
from okrsite.project import load
from okrsite.project.model import Project
from okrsite.scores import Scorecard, score_project
from okrsite.settings import Settings

AS_OF = date(2026, 11, 15)
"""The report date of the examples: the middle of the fourth quarter of 2026."""

EXAMPLE = "okrs/2026-q4/sales/example.md"
"""The document that an example is a piece of, unless it names another."""

OBJECTIVE = {
    "type": "type: objective",
    "title": "title: Win back past guests",
    "aligns_to": "aligns_to: company/growth",
    "every": "every: quarter",
    "key_results": (
        "key_results:\n"
        "  - {id: guests, title: Welcome past guests again, from: 0, to: 200}\n"
        "  - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}"
    ),
}

_FILE = re.compile(r"^# (\S+\.md)\n", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(\w+):", re.MULTILINE)


def example_project(text: str) -> tuple[Project, Settings, Scorecard]:
    """Load an example and the documents around it, with their figures."""
    files = {**surroundings(), **example_files(text)}
    settings = Settings()
    project = load(MemoryTree(files), settings, "Acme")
    return project, settings, score_project(project, settings, AS_OF)


def example_findings(text: str) -> list[Finding]:
    """Return the findings about an example and the documents around it."""
    return all_findings(*example_project(text))


def example_files(text: str) -> dict[str, str]:
    """Return the whole documents of an example: the file of each and its text."""
    first, *others = _FILE.split(text)
    pieces = dict(zip(others[::2], others[1::2], strict=True))
    if first.strip():
        pieces = {EXAMPLE: first, **pieces}
    return {uri: whole_document(piece) for uri, piece in pieces.items()}


def whole_document(piece: str) -> str:
    """Return a document with a piece of front matter; an objective gets what the piece lacks."""
    front, _, body = f"{piece.strip()}\n".partition("\n---\n")
    written = set(_TOP_LEVEL.findall(front))
    if "type" not in written or re.search(r"^type: objective$", front, re.MULTILINE):
        front = "\n".join([*(t for n, t in OBJECTIVE.items() if n not in written), front])
    return f"---\n{front.strip()}\n---\n{body}"


def surroundings() -> dict[str, str]:
    """Return the documents around every example, by their files."""
    team = "type: team"
    kpi = (
        "type: kpi\nowner: support\nreadings: [{{date: 2026-10-31, value: {}}}]\nindicator: {}\n"
        "target: {{value: {}}}"
    )
    texts = {
        "teams/marketing.md": team,
        "teams/sales.md": team,
        "teams/support.md": team,
        "okrs/2026-q2/company/open-the-season.md": "title: Open the season\naligns_to: []",
        "okrs/2026-q4/company/growth.md": "title: Grow with our guests\naligns_to: []",
        "okrs/2026-q4/sales/renewals.md": "title: Renew the contracts of hotels",
        "okrs/2026-q4/support/renewals.md": "title: Make renewing easy",
        "kpis/bookings.md": kpi.format("400", "leading", "600"),
        "kpis/retention.md": kpi.format("62%", "lagging", "70%"),
        "kpis/revenue.md": kpi.format("$4M", "lagging", "$5M"),
        "kpis/satisfaction.md": kpi.format("88%", "lagging", "90%") + "\nkeep: {min: 85%}",
    }
    for name in ("blog", "fairs", "film", "letters", "photos"):
        texts[f"okrs/2026-q4/marketing/{name}.md"] = f"title: Make better {name}"
    return {uri: whole_document(text) for uri, text in texts.items()}
