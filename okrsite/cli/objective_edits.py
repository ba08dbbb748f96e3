"""Change an objective's file: checked as `okrsite lint` would, then written whole or not at all."""

from collections.abc import Callable
from datetime import date

import click

from okrsite.cli import asking
from okrsite.cli.common import LoadedSite
from okrsite.cli.editing import Refused, read_file, refuse_findings, replace_file, shown_change
from okrsite.editing.check_in import Edited, add_check_in
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError
from okrsite.findings.finding import Finding, Severity
from okrsite.project.model import Objective
from okrsite.project.model.cycles import State
from okrsite.project.reload import revise

UNIT = "OKR305"
"""The check that doubts the unit of a value."""


def refuse_closed(
    site: LoadedSite, objective: Objective, anyway: bool, what: str, ask: bool = False
) -> None:
    """Refuse to change the final figures of a closed cycle, without `anyway`, or a yes if asked.

    `what` is done, like “check in”. No question may keep others from writing.
    """
    cycle = site.project.cycles[objective.cycle]
    if anyway or cycle.state(site.as_of) is not State.CLOSED:
        return
    message = f"{cycle.title} closed on {cycle.closing_day}, so its figures are final"
    if not (ask and asking.on_terminal()):
        raise Refused(f"{message}: add --anyway to {what}")
    click.echo(f"{message}.", err=True)
    asking.confirm(f"{what[:1].upper()}{what[1:]} anyway?")


def serious(site: LoadedSite, objective: Objective, findings: list[Finding]) -> list[Finding]:
    """Return the errors and warnings that neither the settings nor the document suppress.

    Whether a value is in another unit (OKR305) is asked when it is given.
    """
    page = objective.page
    wanted = site.configuration.settings.wanted(findings, {page.path: page.ignore})
    return [f for f in wanted if f.severity is not Severity.ADVICE and f.code != UNIT]


def refused_edit(path: str, error: EditError) -> Refused:
    """Return that a file can't be edited, with the line and what to do."""
    return Refused(f"{path}:{error.line}: {error.message}: {error.hint}")


def write_objective(
    site: LoadedSite, objective: Objective, edit: Callable[[bytes], bytes]
) -> Objective | None:
    """Edit an objective's file, print the changed lines, and return the objective as it is now.

    What would have errors or warnings ends the command with status 1, and nothing is written.
    """
    page = objective.page
    before = read_file(site, page.uri)
    try:
        after = edit(before)
    except EditError as error:
        raise refused_edit(page.path, error) from None
    made, findings = revise(site.project, site.around, objective, after)
    refuse_findings(serious(site, objective, findings))
    replace_file(site, page.uri, before, after)
    click.echo(shown_change(page.path, before, after))
    return made


def refuse_day(site: LoadedSite, objective: Objective, day: date) -> None:
    """Refuse, before anything is typed, a day outside the cycle or a file that cannot be edited.

    It tries a dummy check-in, unless the day has one already.
    """
    if any(c.date == day and c.uri == objective.page.uri for c in objective.check_ins):
        return
    content = read_file(site, objective.page.uri)
    edited_by(site, objective, content, Statement(day, note="…"))


def edited_by(
    site: LoadedSite, objective: Objective, content: bytes, new: Statement
) -> tuple[Edited, Objective | None]:
    """Add a check-in to a file's content, and build the objective again; refuse findings."""
    try:
        edited = add_check_in(content, new)
    except EditError as error:
        raise refused_edit(objective.page.path, error) from None
    made, findings = revise(site.project, site.around, objective, edited.content)
    refuse_findings(serious(site, objective, findings))
    return edited, made
