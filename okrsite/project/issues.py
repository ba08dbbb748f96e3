"""The issues of initiatives in trackers, as `okrsite pull --initiatives` notes them.

They are in a hidden file next to the objective, so that no site generator publishes it. They are
shown, and count for nothing.
"""

import csv
import io
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from okrsite.documents.trees import Tree
from okrsite.documents.values import read_date
from okrsite.findings.finding import Finding, finding
from okrsite.i18n import phrase
from okrsite.project.model import Issue, Objective
from okrsite.util.markdown_files import without_ending

_HEADER = ("url", "state", "due")
_LONGEST_STATE = 40


def issues_file(uri: str) -> str:
    """Return where the issues of an objective's document are noted, relative to docs_dir."""
    folder, name = posixpath.split(without_ending(uri))
    return posixpath.join(folder, f".{name}.issues.csv")


def issues_text(issues: Mapping[str, Issue]) -> str:
    """Return the text of the file, a row for each address in their order."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_HEADER)
    for url, issue in sorted(issues.items()):
        rows.writerow((url, issue.state, issue.due.isoformat() if issue.due else ""))
    return text.getvalue()


def with_issues(
    tree: Tree, objectives: Iterable[Objective], findings: list[Finding]
) -> dict[str, Objective]:
    """Return objectives by id with what is noted of their initiatives' issues.

    A file that can't be read is left out, and reported.
    """
    made: dict[str, Objective] = {}
    for objective in objectives:
        made[objective.id] = objective
        if not any(initiative.url for initiative in objective.initiatives):
            continue
        uri = issues_file(objective.page.uri)
        try:
            issues = read_issues(tree.read(uri))
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            message = phrase("the notes on issues can't be read")
            hint = phrase("run `okrsite pull --initiatives` again, or remove the file")
            findings.append(finding("OKR104", tree.path(uri), 1, message, hint))
            continue
        initiatives = tuple(
            replace(initiative, issue=issues.get(initiative.url or ""))
            for initiative in objective.initiatives
        )
        made[objective.id] = replace(objective, initiatives=initiatives)
    return made


def read_issues(content: bytes) -> dict[str, Issue]:
    """Return the issues in such a file by their addresses; raise ValueError where it is wrong."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    try:
        if tuple(next(rows, ())) != _HEADER:
            raise ValueError("another header")
        return {url: _issue(state, due) for url, state, due in (row for row in rows if row)}
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _issue(state: str, due: str) -> Issue:
    day: date | None = read_date(due) if due else None
    if not state or len(state) > _LONGEST_STATE:
        raise ValueError("no state")
    return Issue(state, day)
