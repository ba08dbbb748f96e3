"""Issues in GitHub, GitLab and Jira: which address is asked, and what its answer says."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from okrsite.project.model import Issue
from okrsite.pulling import trackers
from okrsite.pulling.pulled import PullError
from okrsite.pulling.trackers import api_host, is_issue, issue_at

GITHUB = {"state": "open", "milestone": {"due_on": "2026-12-01T08:00:00Z"}, "pull_request": None}
GITLAB = {"state": "opened", "due_date": "2026-12-01", "milestone": None}
JIRA = {"fields": {"status": {"name": "In  Progress"}, "duedate": "2026-12-01"}}
DUE = date(2026, 12, 1)


def read(monkeypatch: pytest.MonkeyPatch, url: str, answer: Any) -> tuple[str, Issue]:
    asked: list[str] = []

    def fetch(address: str, hosts: Collection[str], token: str | None) -> bytes:
        asked.append(address)
        return json.dumps(answer).encode()

    monkeypatch.setattr(trackers, "fetch", fetch)
    issue = issue_at(url, ["any"], None)
    return asked[0], issue


@pytest.mark.parametrize(
    ("url", "answer", "address", "issue"),
    [
        ("https://github.com/acme/shop/issues/42", GITHUB,
         "https://api.github.com/repos/acme/shop/issues/42", Issue("open", DUE)),
        ("https://github.com/acme/shop/pull/7#discussion", {"state": "closed", "pull_request":
         {"merged_at": "2026-11-01T08:00:00Z"}},
         "https://api.github.com/repos/acme/shop/issues/7", Issue("merged", None)),
        ("https://git.acme.example/a/b/issues/1", {"state": "closed"},
         "https://git.acme.example/api/v3/repos/a/b/issues/1", Issue("closed", None)),
        ("https://gitlab.com/acme/web/shop/-/issues/3", GITLAB,
         "https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/issues/3", Issue("open", DUE)),
        ("https://gitlab.com/acme/shop/-/merge_requests/3", {"state": "merged"},
         "https://gitlab.com/api/v4/projects/acme%2Fshop/merge_requests/3", Issue("merged", None)),
        ("https://acme.atlassian.net/browse/SHOP-12", JIRA,
         "https://acme.atlassian.net/rest/api/2/issue/SHOP-12?fields=status,duedate",
         Issue("In Progress", DUE)),
    ],
)  # fmt: skip
def test_an_issue_is_read(
    monkeypatch: pytest.MonkeyPatch, url: str, answer: Any, address: str, issue: Issue
) -> None:
    assert read(monkeypatch, url, answer) == (address, issue)
    assert api_host(url) == address.split("/")[2]


@pytest.mark.parametrize(
    "url",
    [
        None, "", "https://example.com/projects/42", "http://github.com/a/b/issues/1",
        "https://github.com/a/b/issues/1/../../x", "https://github.com/a/b/issues/one",
        "https://acme.example/browse/shop-12", "https://github.com/../../issues/1",
        "https://github.com/a/../issues/1", "mailto:a@example.com", "notes.md",
    ],
)  # fmt: skip
def test_another_address_is_no_issue(url: str | None) -> None:
    assert not is_issue(url)


@pytest.mark.parametrize("answer", [None, [], {}, {"state": 5}, {"fields": None}, "text"])
def test_an_answer_of_something_else_is_said(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    for url in ("https://github.com/a/b/issues/1", "https://acme.example/browse/SHOP-12"):
        with pytest.raises(PullError, match="the response isn't in this tracker's format"):
            read(monkeypatch, url, answer)


def test_only_allowed_hosts_are_asked() -> None:
    with pytest.raises(PullError, match=r"api\.github\.com isn't allowed"):
        issue_at("https://github.com/a/b/issues/1", ["github.com"], None)
