"""Planning: whether everybody is ready for a cycle that has not begun, and what is still to do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from okrsite.checks.due_days import DueDay, DueKind
from okrsite.checks.plan import OwnerPlan, Plan, Planned, Support, Unfinished, Work, plan_of
from okrsite.i18n import message, messages
from okrsite.language.inline import plain
from okrsite.pages.broken_document import finding_row
from okrsite.pages.insights import InsightRow
from okrsite.pages.parts import KpiCard, Link, ObjectiveRow, PageContext
from okrsite.pages.siblings import Siblings, cycle_siblings
from okrsite.pages.site import Site
from okrsite.project.model import Page
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.status import Status

_MOST_ROWS = 8
"""So many due days, unfinished objectives and people are shown unfolded."""
_MOST_DUE = 60
"""So many due days are listed at all."""
DUE_WORDS = {
    DueKind.KEY_RESULT: message("Key result"),
    DueKind.MILESTONE: message("Milestone"),
    DueKind.INITIATIVE: message("Initiative"),
}
_WORST = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.PROGRESSED)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do before the cycle begins, or done already.

    `names` says whom or what it is about; `anchor` is where the page lists it.
    """

    text: str
    done: bool
    names: tuple[str, ...]
    link: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PlanningOwner:
    """What an owner has planned, with the number of owners above."""

    plan: OwnerPlan
    depth: int


@dataclass(frozen=True, slots=True)
class SupportRow:
    """An objective of a longer cycle, with the planned ones that serve it."""

    row: ObjectiveRow
    by: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """An unfinished objective of the cycle before, and the owners of what continues it."""

    row: ObjectiveRow
    owners: tuple[str, ...]


@dataclass(frozen=True)
class PlanView:
    """The page of the plan of a cycle."""

    context: PageContext
    body: Markup
    plan: Plan
    page: Page | None
    todos: tuple[Todo, ...]
    owners: tuple[PlanningOwner, ...]
    supports: tuple[SupportRow, ...]
    findings: tuple[InsightRow, ...]

    @property
    def around(self) -> tuple[Cycle, ...]:
        """The cycles of the objectives to support, each once."""
        cycles = self.context.site.project.cycles
        return tuple(
            cycles[id] for id in dict.fromkeys(s.row.objective.cycle for s in self.supports)
        )

    @property
    def siblings(self) -> Siblings | None:
        """The plans of other cycles."""
        planned = {cycle.id: plan_uri(cycle) for cycle in planned_cycles(self.context.site)}
        return cycle_siblings(self.context, self.plan.cycle, lambda one: planned.get(one.id))

    @property
    def days(self) -> int:
        """How many days there are until the cycle begins."""
        return (self.plan.cycle.start - self.context.as_of).days

    @cached_property
    def carried(self) -> tuple[CarriedRow, ...]:
        """What is unfinished: first what is carried over, then the rest, the worst first."""
        context, objectives = self.context, self.context.site.project.objectives
        figures = context.site.scorecard.objectives

        def rank(one: Unfinished) -> tuple[bool, int]:
            status = figures[one.objective.id].status
            return not one.successors, _WORST.index(status) if status in _WORST else len(_WORST)

        def owners(one: Unfinished) -> tuple[str, ...]:
            found = (owner for id in one.successors for owner in objectives[id].owners)
            return tuple(dict.fromkeys(found))

        return tuple(
            CarriedRow(context.objective_row(one.objective), owners(one))
            for one in sorted(self.plan.unfinished, key=rank)
        )

    @property
    def first_carried(self) -> Sequence[CarriedRow]:
        """The unfinished objectives that are shown unfolded."""
        return self.carried[:_MOST_ROWS]

    @property
    def more_carried(self) -> Sequence[CarriedRow]:
        """The unfinished objectives in a fold."""
        return self.carried[_MOST_ROWS:]

    @property
    def first_work(self) -> Sequence[Work]:
        """The people with the largest shares."""
        return self.plan.work[:_MOST_ROWS]

    @property
    def more_work(self) -> Sequence[Work]:
        """The people in a fold."""
        return self.plan.work[_MOST_ROWS:]

    @property
    def first_dues(self) -> Sequence[DueDay]:
        """The next due days."""
        return self.plan.dues[:_MOST_ROWS]

    @property
    def more_dues(self) -> Sequence[DueDay]:
        """The due days in a fold."""
        return self.plan.dues[_MOST_ROWS:_MOST_DUE]

    def kind(self, due: DueDay) -> str:
        """Return what is due, in a word."""
        return self.context.say(DUE_WORDS[due.kind])

    def kpis(self, taken: bool) -> tuple[KpiCard, ...]:
        """Return the KPIs out of range that somebody, or nobody, takes up."""
        kpis = self.context.site.project.kpis
        return tuple(
            self.context.kpi_card(kpis[kpi.kpi]) for kpi in self.plan.kpis if bool(kpi.by) is taken
        )

    def waiting(self, planned: Planned) -> tuple[Link, ...]:
        """Return the reviewers of a draft, owners of the site by their names."""
        return tuple(reviewer(self.context, name) for name in planned.reviewers)

    @property
    def reviews(self) -> tuple[tuple[Link, int], ...]:
        """Who still has to review how many drafts, the most first."""
        counted = sorted(self.plan.reviews.items(), key=lambda item: -len(item[1]))
        return tuple((reviewer(self.context, name), len(ids)) for name, ids in counted)


def plan_uri(cycle: Cycle) -> str:
    """Return the file that the page of a cycle's plan would be made of."""
    return f"plan/{cycle.id}.md"


def planned_cycles(site: Site) -> list[Cycle]:
    """Return the cycles that have not begun, the next first."""
    ahead = [cycle for cycle in site.cycles if cycle.state(site.as_of) is State.UPCOMING]
    return sorted(ahead, key=lambda cycle: (cycle.start, cycle.days, cycle.id))


def plan_link(context: PageContext, cycle: Cycle) -> Link | None:
    """Return the link to the plan of a cycle; None for one that has begun."""
    if cycle.state(context.as_of) is not State.UPCOMING:
        return None
    return context.page(context.say("Plan"), plan_uri(cycle))


def plan_view(site: Site, address: str, body: Markup, cycle: Cycle) -> PlanView:
    """Return the page of the plan of a cycle."""
    context = PageContext(site, address)
    plan = plan_of(site.project, site.scorecard, cycle, site.findings, site.code_owners)
    objectives, rows = site.project.objectives, context.objective_row
    by_owner = {owner.owner: owner for owner in plan.owners}
    return PlanView(
        context=context,
        body=body,
        plan=plan,
        page=site.project.cycle_pages.get(cycle.id),
        todos=tuple(_todos(context, plan)),
        owners=tuple(
            PlanningOwner(by_owner[owner.id], min(depth, 4))
            for owner, depth in site.organisation
            if owner.id in by_owner
        ),
        supports=tuple(
            SupportRow(rows(one.objective), tuple(rows(objectives[id]) for id in one.by))
            for one in plan.supports
        ),
        findings=tuple(_findings(context, plan)),
    )


def _findings(context: PageContext, plan: Plan) -> Iterator[InsightRow]:
    """Yield the findings of objectives, then those of other documents of the cycle."""
    for one in plan.planned:
        about = one.objective
        for finding in one.findings:
            yield InsightRow(about.page, about.owners, finding_row(context, finding, about))
    for finding in plan.others:
        yield InsightRow(None, (), finding_row(context, finding))


_HANDLE = re.compile(r"[^a-z0-9]+")


def reviewer(context: PageContext, name: str) -> Link:
    """Return a reviewer of CODEOWNERS: the owner of the site who is called so, else the name.

    `@ana`, `@acme/sales` and `ana.lee@acme.com` are looked for as `ana`, `sales` and `ana-lee`; of
    an address that is nobody's only what is before the @ is shown.
    """
    handle = name.rpartition("/")[2].lstrip("@") if name.startswith("@") else name.split("@")[0]
    wanted = _HANDLE.sub("-", handle.lower())
    owners = context.site.owners_by_name.get(wanted, ())
    if len(owners) == 1:
        return context.owner(owners[0])
    return Link(escape(name if name.startswith("@") else handle), None)


def _todos(context: PageContext, plan: Plan) -> tuple[Todo, ...]:
    """Return what is still to do, then what is done."""
    found = []
    for texts, done, link, anchor, names in _every_todo(context.site, plan):
        number = len(plan.findings) if anchor == "findings" else len(names)
        text = context.words.count(*texts, number) if names else context.say(done)
        found.append(Todo(text, not names, tuple(names), context.say(link), anchor))
    return tuple(sorted(found, key=lambda todo: todo.done))


def _every_todo(
    site: Site, plan: Plan
) -> Iterator[tuple[tuple[str, str], str, str, str, list[str]]]:
    """Yield what can be to do, where there is anything of its kind: the text of one and of many,
    the text once it is done, the name and the anchor of a section, and whom it is about."""
    project = site.project

    def owners(ids: Iterable[str]) -> list[str]:
        return [plain(project.owners[id].title) for id in ids]

    def titles(objectives: Iterable[Planned | Support]) -> list[str]:
        return [plain(one.objective.page.title) for one in objectives]

    if plan.owners:
        yield (
            messages("%(number)s owner has no objective", "%(number)s owners have no objectives"),
            message("Every owner has an objective"),
            message("Owners"),
            "owners",
            owners(one.owner for one in plan.without_objectives),
        )
    if plan.supports:
        yield (
            messages(
                "%(number)s objective of a longer cycle has no support",
                "%(number)s objectives of longer cycles have no support",
            ),
            message("Every objective of a longer cycle has support"),
            message("Support"),
            "support",
            titles(plan.unsupported),
        )
    if plan.pillars:
        yield (
            messages("%(number)s pillar has no objective", "%(number)s pillars have no objectives"),
            message("Every pillar has an objective"),
            message("Pillars"),
            "pillars",
            [plain(project.pillars[id].page.title) for id in plan.unserved],
        )
    if plan.kpis:
        yield (
            messages(
                "%(number)s KPI out of range is not addressed",
                "%(number)s KPIs out of range are not addressed",
            ),
            message("Every KPI out of range is addressed"),
            message("KPIs"),
            "kpis",
            [plain(project.kpis[one.kpi].page.title) for one in plan.kpis if not one.by],
        )
    if not plan.planned:
        return
    yield (
        messages("%(number)s objective is not aligned", "%(number)s objectives are not aligned"),
        message("Every objective is aligned"),
        message("Owners"),
        "owners",
        titles(one for one in plan.planned if not one.aligned),
    )
    yield (
        messages("%(number)s finding", "%(number)s findings"),
        message("The checks found nothing"),
        message("Findings"),
        "findings",
        sorted({finding.code for finding in plan.findings}),
    )
    yield (
        messages("%(number)s draft to review", "%(number)s drafts to review"),
        message("No objective is still a draft"),
        message("Review"),
        "review",
        titles(plan.drafts),
    )
    yield (
        messages(
            "%(number)s objective depends on a later cycle",
            "%(number)s objectives depend on a later cycle",
        ),
        message("No objective depends on a later cycle"),
        message("Owners"),
        "owners",
        titles(one for one in plan.planned if one.later),
    )
    yield (
        messages(
            "%(number)s owner has more than five objectives",
            "%(number)s owners have more than five objectives",
        ),
        message("No owner has more than five objectives"),
        message("Owners"),
        "owners",
        owners(one.owner for one in plan.owners if one.too_many),
    )
    yield (
        messages(
            "%(number)s person owns more than five key results",
            "%(number)s people own more than five key results",
        ),
        message("Nobody owns more than five key results"),
        message("Share of work"),
        "work",
        owners(one.person for one in plan.work if one.too_many),
    )
