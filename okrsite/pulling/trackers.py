"""Issues in GitHub, GitLab and Jira, by the addresses that people see."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from okrsite.project.model import Issue
from okrsite.pulling.pulled import PullError, read_day
from okrsite.pulling.web import fetch

_GITHUB = re.compile(
    r"https://([^/]+)/(?!\.)([\w.-]+)/(?!\.\.?/)([\w.-]+)/(?:issues|pull)/(\d+)/?(?:[?#].*)?"
)
_GITLAB = re.compile(
    r"https://([^/]+)/(.+?)/-/(issues|work_items|merge_requests)/(\d+)/?(?:[?#].*)?"
)
_JIRA = re.compile(r"https://([^/]+)(?:/jira)?/browse/([A-Z][A-Z0-9_]*-\d+)/?(?:[?#].*)?")
_LONGEST_STATE = 40

Read = Callable[[Mapping[str, Any]], Issue]


def is_issue(url: str | None) -> bool:
    """Whether an address is one of an issue, pull request or merge request."""
    return _api(url or "") is not None


def issue_at(url: str, hosts: Collection[str], token: str | None) -> Issue:
    """Return the issue at an address; raise PullError with a sentence where there is none.

    The host that is asked must be among `hosts`: for github.com that is api.github.com.
    """
    found = _api(url)
    if found is None:
        raise PullError("the address isn't an issue on GitHub, GitLab or Jira")
    address, read = found
    try:
        answer = json.loads(fetch(address, hosts, token))
        return read(answer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PullError("the response isn't in this tracker's format") from None


def api_host(url: str) -> str:
    """Return the host that is asked about an issue; empty where its address is none."""
    found = _api(url)
    return found[0].split("/")[2].lower() if found else ""


def _api(url: str) -> tuple[str, Read] | None:
    """Return the address of an issue for programs, and how its answer is read."""
    if match := _GITHUB.fullmatch(url):
        host, owner, name, number = match.groups()
        base = "api.github.com" if host.lower() == "github.com" else f"{host}/api/v3"
        return f"https://{base}/repos/{owner}/{name}/issues/{number}", _of_github
    if match := _GITLAB.fullmatch(url):
        host, project, kind, number = match.groups()
        kind = "issues" if kind == "work_items" else kind
        path = quote(project, safe="")
        return f"https://{host}/api/v4/projects/{path}/{kind}/{number}", _of_gitlab
    if match := _JIRA.fullmatch(url):
        host, key = match.groups()
        return f"https://{host}/rest/api/2/issue/{key}?fields=status,duedate", _of_jira
    return None


def _of_github(answer: Mapping[str, Any]) -> Issue:
    merged = (answer.get("pull_request") or {}).get("merged_at")
    due = (answer.get("milestone") or {}).get("due_on")
    return Issue("merged" if merged else _state(answer["state"]), _day(due))


def _of_gitlab(answer: Mapping[str, Any]) -> Issue:
    state = _state(answer["state"])
    due = answer.get("due_date") or (answer.get("milestone") or {}).get("due_date")
    return Issue({"opened": "open"}.get(state, state), _day(due))


def _of_jira(answer: Mapping[str, Any]) -> Issue:
    fields = answer["fields"]
    return Issue(_state(fields["status"]["name"]), _day(fields.get("duedate")))


def _state(written: str) -> str:
    return " ".join(written.split())[:_LONGEST_STATE]


def _day(written: str | None) -> date | None:
    return read_day(written) if written else None
