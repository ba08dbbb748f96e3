"""The plan of a cycle that has not begun: who has objectives, and what is still to be done."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrsite.checks.drafting import MOST_OBJECTIVES, serves
from okrsite.checks.due_days import DueDay, due_days
from okrsite.documents.code_owners import CodeOwners
from okrsite.documents.types import Type
from okrsite.documents.values import WrittenStatus
from okrsite.findings.finding import Finding
from okrsite.project.model import Level, Objective, Project
from okrsite.project.model.cycles import Cycle, containing, last_before
from okrsite.scores import Scorecard
from okrsite.scores.left_over import why_finished
from okrsite.scores.status import Health

MOST_KEY_RESULTS = 5
"""So many key results of a cycle may a person own without a word about it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An objective of the cycle: a draft, or active already.

    `aligned` is whether it serves another one, or is the company's; `later` are the objectives of
    later cycles that it depends on. `reviewers` are those of its file, in CODEOWNERS.
    """

    objective: Objective
    aligned: bool
    findings: tuple[Finding, ...]
    reviewers: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def draft(self) -> bool:
        """Whether it still has to be reviewed and made active."""
        return self.objective.status is WrittenStatus.DRAFT


@dataclass(frozen=True, slots=True)
class OwnerPlan:
    """What an owner has planned, and which of their unfinished objectives are carried over.

    `passed` are those of `carried` that only others continue, `passed_to` these.
    """

    owner: str
    planned: tuple[Planned, ...]
    unfinished: int
    carried: int
    passed: int
    passed_to: tuple[str, ...]

    @property
    def too_many(self) -> bool:
        """Whether they have more objectives than anybody can keep an eye on."""
        return len(self.planned) > MOST_OBJECTIVES

    @property
    def aligned(self) -> int:
        """How many of the objectives serve another one, or are the company's."""
        return sum(planned.aligned for planned in self.planned)

    @property
    def findings(self) -> int:
        """How many findings their documents have."""
        return sum(len(planned.findings) for planned in self.planned)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An objective of the cycle before with something left, and what continues it in the plan."""

    objective: Objective
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """An objective of a longer cycle, and those of the plan that serve it, directly or not."""

    objective: Objective
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnwellKpi:
    """A KPI out of its range, and the objectives of the plan that take it up."""

    kpi: str
    health: Health
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A person's share: how many key results they own, how many objectives they contribute to."""

    person: str
    key_results: int
    contributes: int

    @property
    def too_many(self) -> bool:
        """Whether they own more key results than anybody can work on."""
        return self.key_results > MOST_KEY_RESULTS


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a cycle on a day; `before` is the cycle that things are carried over from.

    `owners` are the company and teams with an active objective in the cycle before, and everybody
    with one in this: nobody has to have objectives of their own. `pillars` are
    the ids of pillars with those of the objectives that serve them, `dues` what is due on which
    day. `others` are the findings of
    the cycle's document, and of objectives with errors. `reviews` are the drafts that each reviewer
    has to look at, `unreviewed` those that CODEOWNERS gives to nobody.
    """

    cycle: Cycle
    before: Cycle | None
    planned: tuple[Planned, ...]
    owners: tuple[OwnerPlan, ...]
    unfinished: tuple[Unfinished, ...]
    supports: tuple[Support, ...]
    pillars: Mapping[str, tuple[str, ...]]
    dues: tuple[DueDay, ...]
    others: tuple[Finding, ...]
    kpis: tuple[UnwellKpi, ...]
    work: tuple[Work, ...]
    reviews: Mapping[str, tuple[str, ...]]
    unreviewed: tuple[str, ...]
    code_owners: CodeOwners

    @property
    def drafts(self) -> tuple[Planned, ...]:
        """The objectives that are not active yet."""
        return tuple(planned for planned in self.planned if planned.draft)

    @property
    def with_objectives(self) -> tuple[OwnerPlan, ...]:
        """The owners who have planned something."""
        return tuple(owner for owner in self.owners if owner.planned)

    @property
    def without_objectives(self) -> tuple[OwnerPlan, ...]:
        """The owners who have planned nothing yet."""
        return tuple(owner for owner in self.owners if not owner.planned)

    @property
    def carried(self) -> tuple[Unfinished, ...]:
        """The unfinished objectives that something continues."""
        return tuple(one for one in self.unfinished if one.successors)

    @property
    def unsupported(self) -> tuple[Support, ...]:
        """The objectives of longer cycles that nobody supports."""
        return tuple(support for support in self.supports if not support.by)

    @property
    def unserved(self) -> tuple[str, ...]:
        """The pillars that no objective serves."""
        return tuple(pillar for pillar, by in self.pillars.items() if not by)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say about the documents of the cycle."""
        return (*self.others, *(f for planned in self.planned for f in planned.findings))


def plan_of(
    project: Project,
    scorecard: Scorecard,
    cycle: Cycle,
    findings: Mapping[str, Sequence[Finding]],
    code_owners: CodeOwners,
) -> Plan:
    """Return the plan of a cycle; `findings` are those of the documents, by path."""
    before = last_before(cycle, project.cycles.values())
    objectives = [o for o in project.objectives.values() if o.cycle == cycle.id]
    objectives = [o for o in objectives if o.status is not WrittenStatus.CANCELLED]
    planned = tuple(_planned(project, cycle, o, findings, code_owners) for o in objectives)
    unfinished = tuple(_unfinished(project, scorecard, cycle, before)) if before else ()
    reviews: defaultdict[str, list[str]] = defaultdict(list)
    for one in planned:
        for reviewer in one.reviewers if one.draft else ():
            reviews[reviewer].append(one.objective.id)
    return Plan(
        cycle=cycle,
        before=before,
        planned=planned,
        owners=tuple(_owners(project, cycle, before, planned, unfinished)),
        unfinished=unfinished,
        supports=tuple(_supports(project, cycle, objectives)),
        pillars={
            pillar: tuple(o.id for o in objectives if pillar in o.pillars)
            for pillar in project.pillars
        },
        dues=due_days(objectives, scorecard.as_of),
        others=tuple(_others(project, cycle, findings)),
        kpis=tuple(_kpis(project, scorecard, objectives)),
        work=tuple(_work(project, objectives)),
        reviews={name: tuple(ids) for name, ids in reviews.items()},
        unreviewed=tuple(o.objective.id for o in planned if o.draft and not o.reviewers),
        code_owners=code_owners,
    )


def _planned(
    project: Project,
    cycle: Cycle,
    objective: Objective,
    findings: Mapping[str, Sequence[Finding]],
    code_owners: CodeOwners,
) -> Planned:
    needed = (link.objective for link in objective.depends_on)
    known = (project.objectives[id] for id in dict.fromkeys(needed) if id in project.objectives)
    return Planned(
        objective=objective,
        aligned=serves(objective),
        findings=tuple(findings.get(objective.page.path, ())),
        reviewers=code_owners.of(objective.page.path),
        later=tuple(o.id for o in known if project.cycles[o.cycle].start > cycle.end),
    )


def _unfinished(
    project: Project, scorecard: Scorecard, cycle: Cycle, before: Cycle
) -> Iterable[Unfinished]:
    for objective in project.objectives.values():
        if objective.cycle != before.id or not objective.active:
            continue
        successors = tuple(
            id for id in objective.continued_by if project.objectives[id].cycle == cycle.id
        )
        figures = scorecard.objectives[objective.id]
        if successors or why_finished(objective, figures, scorecard.as_of) is None:
            yield Unfinished(objective, successors)


def _owners(
    project: Project,
    cycle: Cycle,
    before: Cycle | None,
    planned: Iterable[Planned],
    unfinished: Iterable[Unfinished],
) -> Iterable[OwnerPlan]:
    """Yield the owners in the order in which they are listed, without those that will be gone."""
    theirs: defaultdict[str, list[Planned]] = defaultdict(list)
    for one in planned:
        for owner in one.objective.owners:
            theirs[owner].append(one)
    left = Counter(owner for one in unfinished for owner in one.objective.owners)
    carried = Counter(o for one in unfinished if one.successors for o in one.objective.owners)
    passed = _passed(project, unfinished)
    had = {
        owner
        for objective in project.objectives.values()
        if before and objective.cycle == before.id and objective.active
        for owner in objective.owners
    }
    for id, known in project.owners.items():
        expected = id in had and known.type is not Type.PERSON and not known.former(cycle.start)
        if id in theirs or expected:
            others = passed.get(id, [])
            to = tuple(dict.fromkeys(owner for by in others for owner in by))
            yield OwnerPlan(id, tuple(theirs[id]), left[id], carried[id], len(others), to)


def _passed(
    project: Project, unfinished: Iterable[Unfinished]
) -> Mapping[str, list[tuple[str, ...]]]:
    """Return, by owner, who continues each of their objectives that only others continue."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in unfinished:
        if by := tuple(o for id in one.successors for o in project.objectives[id].owners):
            for owner in one.objective.owners:
                if owner not in by:
                    found[owner].append(by)
    return found


def _supports(project: Project, cycle: Cycle, objectives: Iterable[Objective]) -> Iterable[Support]:
    """Yield the objectives of the company and teams in the cycles around one, by cycle, the
    shortest first."""
    planned = {objective.id for objective in objectives}
    for around in containing(cycle, project.cycles.values()):
        for objective in project.objectives.values():
            if objective.cycle != around.id or objective.level is Level.INDIVIDUAL:
                continue
            if objective.status is not WrittenStatus.CANCELLED:
                yield Support(objective, _supporters(project, objective, planned))


def _supporters(project: Project, above: Objective, planned: set[str]) -> tuple[str, ...]:
    """Return the planned objectives that align to one through any number of others."""
    found: dict[str, None] = {}
    waiting = [above]
    while waiting:
        for link in waiting.pop().supported_by:
            if link.objective in planned and link.objective not in found:
                found[link.objective] = None
                waiting.append(project.objectives[link.objective])
    return tuple(found)


def _others(
    project: Project, cycle: Cycle, findings: Mapping[str, Sequence[Finding]]
) -> Iterable[Finding]:
    pages = [project.cycle_pages[cycle.id]] if cycle.id in project.cycle_pages else []
    pages += [
        document.page
        for document in project.broken
        if document.cycle is not None and document.cycle.id == cycle.id
    ]
    for page in pages:
        yield from findings.get(page.path, ())


def _kpis(
    project: Project, scorecard: Scorecard, objectives: Iterable[Objective]
) -> Iterable[UnwellKpi]:
    """Yield the active KPIs in warning or critical, the worst first."""
    taken: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for objective in objectives:
        for result in objective.counting:
            for used in (result.kpi, *result.moves):
                if used is not None:
                    taken[used][objective.id] = None
    for health in (Health.CRITICAL, Health.WARNING):
        for id, kpi in project.kpis.items():
            if kpi.active and scorecard.kpis[id].health is health:
                yield UnwellKpi(id, health, tuple(taken[id]))


def _work(project: Project, objectives: Sequence[Objective]) -> Iterable[Work]:
    """Yield each person with a share, those with the most key results first."""
    owned = Counter(owner for o in objectives for result in o.counting for owner in result.owners)
    helping = Counter(owner for o in objectives for owner in dict.fromkeys(o.contributors))
    people = [
        Work(id, owned[id], helping[id])
        for id, owner in project.owners.items()
        if owner.type is Type.PERSON and (owned[id] or helping[id])
    ]
    yield from sorted(people, key=lambda work: (-work.key_results, -work.contributes))
