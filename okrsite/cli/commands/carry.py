"""`okrsite carry`: what objectives become in the next cycle."""

from collections.abc import Iterable, Iterator

import click

from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options
from okrsite.cli.completion import CYCLES, OBJECTIVES, Existing
from okrsite.cli.editing import Refused, create_files, one_writer, refuse_findings
from okrsite.cli.successors import Successors
from okrsite.cli.typed_names import TypedNames
from okrsite.findings.finding import Finding
from okrsite.findings.report import as_line, to_text
from okrsite.project.model import Objective, Project
from okrsite.project.model.cycles import Cycle, last_before
from okrsite.scores.left_over import why_finished

_EXAMPLE = """\b
Examples:
  okrsite carry 2026-q4/sales/market-penetration --to 2027-q1
  okrsite carry --all --to 2027-q1 --dry-run
"""
_TO = "The cycle to carry it over to."
_ALL = "Propose everything unfinished from the previous cycle."
_DRY_RUN = "Show what would be written, and write nothing."

_MOST_ATTEMPTS = 3
"""So often are objectives left out whose successors would have findings."""


@click.command(epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES), required=False)
@click.option("--to", type=Existing(CYCLES), required=True, metavar="CYCLE", help=_TO)
@click.option("--name", metavar="NAME", help="The new file's name; default: the old one's.")
@click.option("--all", "every", is_flag=True, help=_ALL)
@click.option("--dry-run", is_flag=True, help=_DRY_RUN)
@site_options
def carry(
    given: SiteOptions, objective: str | None, to: str, name: str | None, every: bool, dry_run: bool
) -> None:
    """Carry OBJECTIVE over to another cycle: write its document there.

    Unfinished key results start at their last value, unfinished milestones and initiatives are
    kept, alignments lead to the objectives that were carried over, and `continues` names the old
    objective. No file is overwritten.

    With --all, every unfinished active objective of the previous cycle becomes a draft, larger
    objectives first. What is left out is listed.

    Exit status: 0 success, 1 the documents would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    if every == (objective is not None):
        raise click.UsageError("name an objective, or use --all")
    if every and name is not None:
        raise click.UsageError("--name is for a single objective, not for --all")
    one_writer(given.config_file.parent)
    site = open_site(given)
    names = TypedNames(site.project, site.current_cycle)
    cycle = names.cycle(to)
    successors = Successors(site, cycle)
    left_out: list[str] = []
    if objective is not None:
        olds = [names.objective(objective)]
        successors.check(olds[0])
        successors.place(olds[0], name)
    else:
        olds, left_out = _unfinished(site, cycle, successors)
    for _ in range(_MOST_ATTEMPTS):
        made = {old.id: successors.text(old, draft=every) for old in olds}
        texts = {id: text for id, (text, _) in made.items()}
        findings, inherited = successors.findings(texts) if texts else ([], [])
        blamed = successors.blamed(findings) if every else {}
        if not blamed:
            break
        for id, finding in blamed.items():
            successors.drop(id)
            left_out.append(f"{id}: lint would report {as_line(finding)}")
        olds = [old for old in olds if old.id not in blamed]
    _say_ambiguous(findings)
    refuse_findings(findings)
    if not dry_run:
        create_files(site, {successors.uri(id): text for id, text in texts.items()})
    for id, (_, notes) in made.items():
        click.echo(f"{site.configuration.folder.path(successors.uri(id))}: continues {id}")
        for note in notes:
            click.echo(f"  {note}")
    for sentence in left_out:
        click.echo(f"left out: {sentence}")
    if every or dry_run:
        click.echo(_summary(len(olds), len(left_out), dry_run), err=True)
    if inherited:
        click.echo(to_text(inherited), nl=False, err=True)


def _say_ambiguous(findings: Iterable[Finding]) -> None:
    if any(finding.code == "OKR202" for finding in findings):
        message = "Two objectives would share a name: write more of the path where it is ambiguous,"
        click.echo(f"{message} or give the new file a different one with --name.", err=True)


def _summary(number: int, left_out: int, dry_run: bool) -> str:
    documents = f"{number} {'document' if number == 1 else 'documents'}"
    done = f"{documents} would be written, but none was" if dry_run else f"{documents} written"
    return f"{done}; {left_out} left out" if left_out else done


def _unfinished(
    site: LoadedSite, cycle: Cycle, successors: Successors
) -> tuple[list[Objective], list[str]]:
    """Return what is carried over from the cycle before, and what is not and why."""
    project = site.project
    before = last_before(cycle, project.cycles.values())
    if before is None:
        raise Refused(f"there is no cycle before {cycle.title} to carry anything over from")
    olds: list[Objective] = []
    left_out: list[str] = []
    for old in _parents_first(project, before):
        shown, scorecard = site.quotable(old)
        why = why_finished(shown.objectives[old.id], scorecard.objectives[old.id], site.as_of)
        if why is None and project.all_former(old.owners, cycle.start):
            why = "its owners will have left"
        try:
            if why is None:
                successors.check(old)
                successors.place(old)
        except Refused as refused:
            why = refused.message
        if why is None:
            olds.append(old)
        else:
            left_out.append(f"{old.id}: {why}")
    for document in project.broken:
        if document.cycle is not None and document.cycle.id == before.id:
            left_out.append(f"{document.page.id}: it has errors")
    return olds, left_out


def _parents_first(project: Project, cycle: Cycle) -> Iterator[Objective]:
    """Yield the objectives of a cycle, each one after those that it aligns to."""
    inside = {o.id: o for o in project.objectives.values() if o.cycle == cycle.id}
    begun: set[str] = set()
    for first in inside:
        waiting = [(first, False)]
        while waiting:
            id, ready = waiting.pop()
            if ready:
                yield inside[id]
            elif id not in begun:
                begun.add(id)
                above = [link.objective for link in inside[id].aligns_to]
                waiting += [(id, True), *((id, False) for id in above if id in inside)]
