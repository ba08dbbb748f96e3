"""What is overdue for somebody: check-ins, readings, milestones and initiatives, and reviews."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okrsite.cli.common import LoadedSite
from okrsite.cli.typed_names import TypedNames
from okrsite.language.inline import plain
from okrsite.pages.initiatives import owner_initiatives
from okrsite.pages.overdue import overdue_of
from okrsite.pages.parts import PageContext
from okrsite.project.model import KeyResult, Objective, Owner
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Milestones
from okrsite.project.names import NameKind

RETROSPECTIVE = "OKR407"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is overdue: what, since when or why in words, and the command that does it."""

    title: str
    why: str
    command: str


def duties_of(
    site: LoadedSite, context: PageContext, names: TypedNames, owner: Owner
) -> tuple[Duty, ...]:
    """Return what is overdue for an owner, the most urgent kind first; nothing if they are gone."""
    if owner.former(site.as_of):
        return ()
    return (
        *_overdue(site, context, names, owner),
        *_milestones(site, context, names, owner),
        *_initiatives(site, context, names, owner),
        *_drafts(site, context, names, owner),
        *_retrospectives(site, context, owner),
    )


def _overdue(
    site: LoadedSite, context: PageContext, names: TypedNames, owner: Owner
) -> Iterator[Duty]:
    for overdue in overdue_of(context, owner.id):
        why = overdue.text(site.words)
        if overdue.objective is not None:
            name = names.shortest(NameKind.OBJECTIVE, overdue.objective.id)
            yield Duty(overdue.objective.page.title, why, f"okrsite check-in {shlex.quote(name)}")
        elif overdue.kpi is not None:
            name = names.shortest(NameKind.KPI, overdue.kpi.id)
            yield Duty(overdue.kpi.page.title, why, f"okrsite reading {shlex.quote(name)} VALUE")


def _milestones(
    site: LoadedSite, context: PageContext, names: TypedNames, owner: Owner
) -> Iterator[Duty]:
    for objective in in_progress(context, owner):
        name = names.shortest(NameKind.OBJECTIVE, objective.id)
        for result in worked_on(objective, owner):
            if not isinstance(result.measure, Milestones):
                continue
            for milestone in result.measure.milestones:
                due = milestone.due or result.due
                if due is None or due >= site.as_of or milestone.done_by(site.as_of):
                    continue
                command = f"okrsite done {shlex.quote(f'{name}#{result.id}')}"
                if not result.measure.single:
                    command += f" --milestone {shlex.quote(plain(milestone.title))}"
                title = f"{milestone.title} ({objective.page.title})"
                yield Duty(title, f"due {site.words.day(due)}", command)


def _initiatives(
    site: LoadedSite, context: PageContext, names: TypedNames, owner: Owner
) -> Iterator[Duty]:
    for row in owner_initiatives(context, owner.id).rows:
        if row.overdue and row.initiative.due is not None:
            name = names.shortest(NameKind.OBJECTIVE, row.objective.id)
            title = f"{row.initiative.title} ({row.objective.page.title})"
            called = shlex.quote(plain(row.initiative.title))
            command = f"okrsite initiative {shlex.quote(name)} {called} --status done"
            yield Duty(title, f"due {site.words.day(row.initiative.due)}", command)


def _drafts(
    site: LoadedSite, context: PageContext, names: TypedNames, owner: Owner
) -> Iterator[Duty]:
    """Yield the drafts to review: those of cycles that have begun."""
    for objective in _open(context, context.site.by_owner.get(owner.id, ())):
        if objective.status == "draft":
            name = names.shortest(NameKind.OBJECTIVE, objective.id)
            cycle = site.project.cycles[objective.cycle].title
            why = f"a draft, and {plain(cycle)} has begun"
            yield Duty(
                objective.page.title, why, f"okrsite set {shlex.quote(f'{name}.status=active')}"
            )


def _retrospectives(site: LoadedSite, context: PageContext, owner: Owner) -> Iterator[Duty]:
    paths = {f.path for f in site.findings() if f.code == RETROSPECTIVE}
    for objective in context.site.by_owner.get(owner.id, ()):
        if objective.page.path in paths:
            cycle = site.project.cycles[objective.cycle]
            why = f"{plain(cycle.title)} is closed: no retrospective yet"
            yield Duty(objective.page.title, why, f"okrsite close {shlex.quote(cycle.id)} --write")


def in_progress(context: PageContext, owner: Owner) -> list[Objective]:
    """Return the active objectives in open cycles that an owner has, or has a key result in."""
    worked = _open(context, context.site.worked_on_by(owner.id))
    return [objective for objective in worked if objective.active]


def worked_on(objective: Objective, owner: Owner) -> list[KeyResult]:
    """Return the key results of an objective that are an owner's: all of them, or their own."""
    if owner.id in objective.owners:
        return list(objective.counting)
    return [result for result in objective.counting if owner.id in result.owners]


def _open(context: PageContext, objectives: Iterable[Objective]) -> list[Objective]:
    cycles, as_of = context.site.project.cycles, context.site.as_of
    return [o for o in objectives if cycles[o.cycle].state(as_of) is State.OPEN]
