"""`okrsite done`: a milestone was reached, written with its date."""

from collections.abc import Sequence
from datetime import date

import click

from okrsite.cli.asking import warn_if_to_come
from okrsite.cli.common import (
    Day,
    LoadedSite,
    SiteOptions,
    Texts,
    configured,
    open_site,
    site_options,
)
from okrsite.cli.completion import OBJECTIVES, Existing
from okrsite.cli.editing import Refused, one_writer
from okrsite.cli.objective_edits import refuse_closed, write_objective
from okrsite.cli.score_lines import score_line
from okrsite.cli.terminal import title
from okrsite.cli.typed_names import TypedNames
from okrsite.editing.fields import with_field
from okrsite.editing.key_result_values import elsewhere, milestone_path
from okrsite.findings.finding import shorten
from okrsite.project.model import KeyResult, Objective
from okrsite.project.model.measures import Milestone, Milestones
from okrsite.project.names import NameKind

_EXAMPLE = """\b
Examples:
  okrsite done financial-targets#automation
  okrsite done automation#rollout --milestone "Data migrated" --date 2026-11-09
"""
_MILESTONE = "The milestone that was reached, or a part of its title; repeatable."
_DATE = "The day it was reached; default: --as-of, or today."
_ANYWAY = "Write it into a closed cycle too."


@click.command(epilog=_EXAMPLE)
@click.argument("key_result", type=Existing(OBJECTIVES), metavar="OBJECTIVE#KEY_RESULT")
@click.option("--milestone", "milestones", multiple=True, metavar="TITLE", help=_MILESTONE)
@click.option("--date", "day", type=Day(), help=_DATE)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@site_options
def done(
    given: SiteOptions, key_result: str, milestones: Texts, day: date | None, anyway: bool
) -> None:
    """Mark a milestone as reached, with its date.

    A key result without a list of milestones is marked as a whole. In a list, name the milestones
    with --milestone, unless only one is open. Nothing else in the file changes.

    Exit status: 0 success, 1 the document would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    as_of = configured(given)[1]
    day = day or as_of
    warn_if_to_come(day, as_of)
    one_writer(given.config_file.parent)
    site = open_site(given)
    names = TypedNames(site.project, site.current_cycle)
    objective, result = names.objective_or_key_result(key_result)
    if result is None:
        raise click.UsageError(_which(names, objective))
    refuse_closed(site, objective, anyway, "change it")
    measure = _milestones(site, names, result)
    reached = _reached(result, measure, milestones)
    at = ("key_results", objective.key_results.index(result))
    paths = [milestone_path(at, measure, milestone) for milestone in reached]

    def edit(content: bytes) -> bytes:
        for path in paths:
            content = with_field(content, path, day.isoformat())
        return content

    made = write_objective(site, objective, edit)
    if made is not None:
        click.echo(score_line(site, objective, made, max(day, site.as_of)))


def _which(names: TypedNames, objective: Objective) -> str:
    """Return which key results of an objective can be done."""
    name = names.shortest(NameKind.OBJECTIVE, objective.id)
    ids = [r.id for r in objective.key_results if isinstance(r.measure, Milestones)]
    if not ids:
        return f"`{name}` has no key result with milestones, so there is nothing to tick"
    return f"name a key result: write {shorten([f'{name}#{id}' for id in ids])}"


def _milestones(site: LoadedSite, names: TypedNames, result: KeyResult) -> Milestones:
    """Return the milestones of a key result; refuse one that is measured otherwise."""
    if isinstance(result.measure, Milestones):
        return result.measure
    message = elsewhere(site.project, result)
    if message is None:
        name = names.shortest(NameKind.OBJECTIVE, result.objective)
        hint = f"okrsite check-in {name} --set '{result.id}=…'"
        message = f"`{result.id}` has no milestones, it is measured by values: write {hint}"
    raise Refused(message)


def _reached(result: KeyResult, measure: Milestones, typed: Texts) -> list[Milestone]:
    """Return the milestones that are meant; refuse those that are done already."""
    if measure.single:
        if typed:
            raise Refused(f"`{result.id}` has no list of milestones: leave out --milestone")
        meant = list(measure.milestones)
    elif typed:
        found = (_called(result, measure.milestones, one) for one in typed)
        meant = list({id(milestone): milestone for milestone in found}.values())
    else:
        meant = [milestone for milestone in measure.milestones if not milestone.done]
        if len(meant) > 1:
            titles = shorten([title(milestone.title) for milestone in meant])
            message = f"`{result.id}` has several open milestones"
            raise Refused(f"{message}: name one with --milestone, {titles}")
        if not meant:
            raise Refused(f"every milestone of `{result.id}` is already done")
    for milestone in meant:
        if milestone.done:
            place = f"{milestone.place.path}:{milestone.place.line}"
            when = f", since {milestone.done}" if isinstance(milestone.done, date) else ""
            raise Refused(f"{place}: “{title(milestone.title)}” is already done{when}")
    return meant


def _called(result: KeyResult, milestones: Sequence[Milestone], typed: str) -> Milestone:
    """Return the milestone that has a title, or the only one whose title contains it."""
    wanted = title(typed.strip()).casefold()
    titles = [title(milestone.title).casefold() for milestone in milestones]
    found = [m for m, known in zip(milestones, titles, strict=True) if known == wanted]
    found = found or [m for m, t in zip(milestones, titles, strict=True) if wanted and wanted in t]
    if len(found) == 1:
        return found[0]
    what = "several milestones" if found else "no milestone"
    among = found or milestones
    shown = shorten([title(milestone.title) for milestone in among])
    raise Refused(f"`{result.id}` has {what} called “{title(typed)}”: write one of {shown}")
