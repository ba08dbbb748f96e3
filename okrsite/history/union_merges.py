"""Documents in which git's `merge=union` may lose or double lines without a conflict.

Where two branches add lines at one place, it keeps those of both, and a line that both have once.
That is right for entries of one line each. Lines of a longer entry can be lost, and an entry that
both branches change is there twice.
"""

import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from okrsite.documents.trees import Tree
from okrsite.findings.finding import Finding, finding
from okrsite.history.git import RepositoryError
from okrsite.history.git.git import start
from okrsite.i18n import Phrase, phrase
from okrsite.project.model import CheckIn, Objective, Page, Place, Project, Reading
from okrsite.project.model.measures import Milestones

_CODE = "OKR113"
_SEVERAL_LINES = re.compile(r"""\s*(?:-\s+)?(?:-?\s*$|["']?\w+["']?\s*:(?!\s*\[)|\{(?!.*\}))""")
"""The first line of an entry that goes on in the next; it is not the line of a list in brackets."""


def union_merge_findings(project: Project, files: Tree, docs: Path) -> list[Finding]:
    """Return findings about what union merges of git may have damaged, or would.

    Only documents count for which a `.gitattributes` asks for such merges; without git, or outside
    a repository, there are none.
    """
    objectives = project.objectives.values()
    uris = {objective.page.uri for objective in objectives}
    uris |= {kpi.page.uri for kpi in project.kpis.values()}
    uris |= {check_in.uri for objective in objectives for check_in in objective.check_ins}
    return lines_at_risk(project, files, _merged_by_union(docs, sorted(uris)))


def lines_at_risk(project: Project, files: Tree, uris: Collection[str]) -> list[Finding]:
    """Return findings about documents, of which `uris` are merged by union."""
    findings: list[Finding] = []
    for objective in project.objectives.values():
        for check_in in objective.check_ins:
            path = check_in.place.path
            if check_in.uri in uris and path != objective.page.path:
                message = phrase(
                    "git merges this check-in document line by line, and may lose lines"
                )
                hint = phrase("add `%(path)s merge=text` to .gitattributes", path=path)
                findings.append(finding(_CODE, path, 1, message, hint))
        if objective.page.uri in uris:
            findings += _of_last_entry(objective.page, files, objective.check_ins)
            findings += _twice(objective)
    for kpi in project.kpis.values():
        if kpi.page.uri in uris:
            findings += _of_last_entry(kpi.page, files, kpi.readings)
    return findings


def _merged_by_union(docs: Path, uris: Sequence[str]) -> set[str]:
    """Return the files that git merges by union, as the attributes of the folder say."""
    try:
        process = start(docs, ["check-attr", "-z", "--stdin", "merge"], subprocess.PIPE)
    except RepositoryError:
        return set()
    printed, _ = process.communicate("".join(f"{uri}\0" for uri in uris).encode())
    values = printed.decode("utf-8", "surrogateescape").split("\0")[2::3]
    return {uri for uri, value in zip(uris, values, strict=False) if value == "union"}


def _of_last_entry(
    page: Page, files: Tree, entries: Sequence[CheckIn] | Sequence[Reading]
) -> Iterator[Finding]:
    """Yield a finding if the last entry of a document, next to which new ones go, is long."""
    own = [entry for entry in entries if entry.place.path == page.path]
    if not own:
        return
    last = max(own, key=lambda entry: entry.date)
    try:
        lines = files.read(page.uri).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    if _SEVERAL_LINES.match(lines[last.place.line - 1]):
        message = phrase(
            "git merges this document line by line, and may lose a line of this reading"
        )
        hint = phrase("write the reading on one line: `%(line)s`", line=_as_line(last.date))
        if isinstance(last, CheckIn):
            message = phrase(
                "git merges this document line by line, and may lose a line of this check-in"
            )
            hint = phrase("write the check-in on one line: `%(line)s`", line=_as_line(last.date))
        yield finding(_CODE, last.place.path, last.place.line, message, hint)


def _as_line(day: date) -> str:
    return f"- {{date: {day}, …}}"


def _twice(objective: Objective) -> Iterator[Finding]:
    """Yield a finding for each second entry with a title, as when both branches changed one."""
    key_result = phrase("the key result “%(title)s”", title="")
    yield from _second(key_result, [(r.title, r.place) for r in objective.key_results])
    initiative = phrase("the initiative “%(title)s”", title="")
    yield from _second(initiative, [(i.title, i.place) for i in objective.initiatives])
    for result in objective.key_results:
        if isinstance(result.measure, Milestones) and not result.measure.single:
            milestones = result.measure.milestones
            milestone = phrase("the milestone “%(title)s”", title="")
            yield from _second(milestone, [(m.title, m.place) for m in milestones])


def _second(entry: Phrase, titled: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for title, place in titled:
        first = seen.setdefault(title, place)
        if first is not place:
            message = phrase(
                "%(entry)s appears twice, first in line %(line)s: git may have merged two versions "
                "of it",
                entry=entry.having(title=title),
                line=first.line,
            )
            hint = phrase("keep the right one, and delete the other")
            yield finding(_CODE, place.path, place.line, message, hint)
