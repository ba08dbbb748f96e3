"""Fields and documents that stand below the front matter, where nothing reads them."""

import pytest

from okrsite.documents.source import read_source
from okrsite.findings.finding import Severity

HEAD = "---\ntype: objective\ntitle: Grow\nkey_results: [{title: A, to: 1}]\n---\n"
LISTED = "  - {date: 2026-11-02, values: {kr1: 5}}\n"
SECOND = "---\ntype: kpi\nowner: company\n---\nMore.\n"


def found(text: str) -> list[tuple[str, int]]:
    _, findings = read_source("a.md", "a.md", text.encode())
    return [(f.code, f.line) for f in findings]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{HEAD}check_ins:\n{LISTED}", 6),
        (f"{HEAD}Why.\n\ncheck_ins: # new\n\n{LISTED}", 8),
        (f"{HEAD}\nkey_results:\n- title: B\n", 7),
        ("---\ntype: objective\ntitle: A\n---\nkey_results:\n  - {title: A}\nowner: a\n---\n", 5),
        (f"{HEAD}Why.\n\n{SECOND}", 9),
        (f"{HEAD}Why.\n\n---\ntitle: B\ntype: kpi\n---\n", 10),
        (f"{HEAD}\n{SECOND}", 8),
        ("---\ntitle: A\n---\ntype: kpi\nowner: company\n", 4),
    ],
)
def test_what_stands_below_the_front_matter_is_found(text: str, line: int) -> None:
    assert found(text) == [("OKR109", line)]


@pytest.mark.parametrize(
    "body",
    [
        "Note: all is well.\n\n---\n\nHow: like this\n",
        f"So:\n\n```yaml\n{SECOND}check_ins:\n{LISTED}```\n\n~~~\nreadings:\n - a\n~~~\n",
        f"# Example\n\n```yaml\n{SECOND}",
        "<!-- todo -->\nWhy\n\n---\n\n## Retrospective\n\nGood: all\n",
        "check_ins: we write them on Mondays\n",
        "updates:\n\nThey come on Mondays.\n",
        "* * *\n\nWhy: because\n",
    ],
)
def test_prose_rules_and_examples_are_not(body: str) -> None:
    assert found(HEAD + body) == []


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: objective\ntitle: A\n---\nvisibility: private\n---\nWhy\n",
        "---\ntype: objective\ntitle: A\n...\n\ntags: [a]\nprivate: true\nkey_results: []\n---\n",
        f"{HEAD}Why.\n\n---\ntype: objective\nvisibility: private\n---\nMore.\n",
        "---\ntitle: A\n---\ntype: objective\nvisibility: private\n---\nWhy\n",
    ],
)
def test_what_says_private_there_hides_all_of_the_file(text: str) -> None:
    source, findings = read_source("a.md", "a.md", text.encode())
    assert source is not None
    assert source.private
    assert [f.severity for f in findings] == [Severity.ERROR]
