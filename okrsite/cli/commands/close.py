"""`okrsite close`: what a cycle has come to, and what should be written about it."""

import click

from okrsite.checks.cadence import has_retrospective
from okrsite.cli import asking
from okrsite.cli.common import LoadedSite, SiteOptions, open_site, site_options
from okrsite.cli.completion import CYCLES, Existing
from okrsite.cli.editing import Refused, one_writer, read_file, replace_file, replaceable_file
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.source import read_text
from okrsite.editing.retrospective import STATUS_WORDS, retrospective, with_section
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle, State

_EXAMPLE = """\b
Example:
  okrsite close 2026-q3 --write
"""
_WRITE = "Add a Retrospective section to each objective without one."


@click.command(epilog=_EXAMPLE)
@click.argument("cycle", type=Existing(CYCLES))
@click.option("--write", is_flag=True, help=_WRITE)
@site_options
def close(given: SiteOptions, cycle: str, write: bool) -> None:
    """Show how each objective of CYCLE ended, and which ones lack a retrospective.

    With --write, each of those gets a section with the facts and three questions. Existing sections
    are left alone, so wait for the cycle's last day. Public documents quote nothing private.

    Exit status: 0 success, 2 usage error or a file cannot be written.
    """
    if write and not asking.on_terminal():
        one_writer(given.config_file.parent)
    site = open_site(given)
    found = TypedNames(site.project).cycle(cycle)
    objectives = [o for o in site.project.objectives.values() if o.cycle == found.id]
    active = [objective for objective in objectives if objective.active]
    if not active:
        raise Refused(f"{found.title} has no active objective")
    if found.state(site.as_of) is State.UPCOMING:
        raise Refused(f"{found.title} begins on {found.start}: there's nothing to close yet")
    lacking = _lacking(site, found)
    click.echo(_heading(site, found))
    for objective in active:
        click.echo(_line(site, objective, objective in lacking))
    click.echo(_sum(found, len(active), len(objectives) - len(active), len(lacking), write))
    if not (write and lacking):
        return
    _warn_if_early(site, found)
    if asking.on_terminal():
        # Somebody may have checked in while the question was open.
        one_writer(given.config_file.parent)
        site = open_site(given)
        found = TypedNames(site.project).cycle(cycle)
        lacking = _lacking(site, found)
    _write(site, found, lacking)


def _lacking(site: LoadedSite, cycle: Cycle) -> list[Objective]:
    """Return the active objectives of a cycle without a retrospective."""
    return [
        objective
        for objective in site.project.objectives.values()
        if objective.cycle == cycle.id and objective.active and not has_retrospective(objective)
    ]


def _warn_if_early(site: LoadedSite, cycle: Cycle) -> None:
    """Warn that the figures of an open cycle are final once written; on a terminal, ask."""
    if site.as_of >= cycle.end:
        return
    figures = f"the figures of {site.as_of} will be recorded, and won't be updated later"
    click.echo(f"{cycle.title} runs until {cycle.end}: {figures}.", err=True)
    if asking.on_terminal():
        asking.confirm("Write them now?")


def _heading(site: LoadedSite, cycle: Cycle) -> str:
    if cycle.state(site.as_of) is State.CLOSED:
        return f"{cycle.title}, closed on {cycle.closing_day}\n"
    return f"{cycle.title}, open until {cycle.closing_day} (as of {site.as_of})\n"


def _line(site: LoadedSite, objective: Objective, lacking: bool) -> str:
    figures, words = site.scorecard.objectives[objective.id], site.words
    status = STATUS_WORDS[str(figures.status)] if figures.status else ""
    notes = [f"given; {words.score(figures.computed)} computed"] if figures.graded else []
    notes += ["no retrospective"] if lacking else []
    note = f" ({'; '.join(notes)})" if notes else ""
    title = plain(objective.page.title)
    return f"  {words.score(figures.score):>4}  {status:<11} {title}{note}\n{'':20}{objective.id}"


def _sum(cycle: Cycle, active: int, others: int, lacking: int, write: bool) -> str:
    counted = "1 objective" if active == 1 else f"{active} objectives"
    parts = [f"\n{counted}, {lacking or 'none'} without a retrospective"]
    if others:
        parts.append(f"; {others} more in draft or cancelled")
    if lacking and not write:
        parts.append(f"\n`okrsite close {cycle.id} --write` adds one with the facts")
    return "".join(parts)


def _write(site: LoadedSite, cycle: Cycle, lacking: list[Objective]) -> None:
    """Make every section before the first is written, so that an error leaves no half."""
    from okrsite.cli.at_cycle_start import at_opening  # only a retrospective looks into git

    opening, problem = at_opening(site, cycle, lacking)
    if problem is not None:
        click.echo(problem, err=True)
    made: list[tuple[Objective, bytes, bytes]] = []
    for objective in lacking:
        before = read_file(site, objective.page.uri)
        text, wrong = read_text(before)
        if wrong is not None or not text.startswith("---"):
            raise Refused(f"{objective.page.path} was changed by someone else in the meantime")
        section = _section(site, cycle, objective, opening.get(objective.id))
        made.append((objective, before, with_section(before, section)))
        replaceable_file(site, objective.page.uri, before)
    for objective, before, after in made:
        replace_file(site, objective.page.uri, before, after)
        click.echo(f"{objective.page.path}: retrospective added")


def _section(
    site: LoadedSite, cycle: Cycle, objective: Objective, opening: Objective | None
) -> str:
    """Return the section; that of a public objective quotes only what is published."""
    project, scorecard = site.quotable(objective)
    words = Words.of(site.configuration.language, site.configuration.settings.thresholds)
    figures, shown = scorecard.objectives[objective.id], project.objectives[objective.id]
    return retrospective(words, shown, figures, cycle, site.as_of, opening)
