"""What the page of a closed cycle keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline_without_links
from okrsite.pages.html import moved_to
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.record.carried import Carried, carried_of
from okrsite.pages.record.rhythm import Attendance, attendance_of
from okrsite.pages.record.watched import SHOWN, WatchedKpi, watched_kpis
from okrsite.project.model import Grade, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.scores.status import Status

RETROSPECTIVE_ANCHOR = "okr-retrospective"
"""The id that the heading of the retrospective has on the page of an objective."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A committed objective, and whether it was met."""

    link: Link
    owners: tuple[Link, ...]
    score: str
    status: Mark | None


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A score that was given by hand, beside the computed one, with its reason."""

    link: Link
    owners: tuple[Link, ...]
    computed: str
    given: str
    reason: Markup | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """The first words of an objective's retrospective."""

    link: Link
    owners: tuple[Link, ...]
    score: str
    status: Mark | None
    words: Markup


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a closed cycle.

    `summary` says it in short sentences. `kpis` are those shown at once, `more_kpis` the others.
    """

    summary: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    grades: tuple[GradeRow, ...]
    lessons: tuple[Lesson, ...]
    without_lesson: str | None
    carried: Carried
    kpis: tuple[WatchedKpi, ...]
    more_kpis: tuple[WatchedKpi, ...]
    more_kpis_said: str
    rhythm: Attendance


def record_of(
    context: PageContext, address: str, cycle: Cycle, lessons: Mapping[str, Markup]
) -> Record | None:
    """Make the record of a cycle for its page; None until it is closed.

    `lessons` are the first words of retrospectives, by the file of the objective, with links as
    they are on its page.
    """
    if cycle.state(context.site.as_of) is not State.CLOSED:
        return None
    objectives = [o for o in context.site.by_cycle.get(cycle.id, ()) if o.active]
    if not objectives:
        return None
    committed = [o for o in objectives if o.commitment == "committed"]
    told = [o for o in objectives if o.page.uri in lessons]
    kpis, rhythm = watched_kpis(context, cycle), attendance_of(context, cycle)
    carried = carried_of(context, cycle, objectives)
    silent = len(objectives) - len(told)
    return Record(
        summary=tuple(_summary(context, committed, carried, rhythm)),
        commitments=tuple(_commitment(context, objective) for objective in committed),
        grades=tuple(grade for objective in objectives for grade in _grades(context, objective)),
        lessons=tuple(_lesson(context, address, o, lessons[o.page.uri]) for o in told),
        without_lesson=_without(context, silent) if silent else None,
        carried=carried,
        kpis=kpis[:SHOWN],
        more_kpis=kpis[SHOWN:],
        more_kpis_said=context.say("and %(number)s more", number=len(kpis[SHOWN:])),
        rhythm=rhythm,
    )


def _summary(
    context: PageContext, committed: Sequence[Objective], carried: Carried, rhythm: Attendance
) -> Iterator[str]:
    if committed:
        figures = context.site.scorecard.objectives
        met = sum(figures[o.id].status is Status.ACHIEVED for o in committed)
        yield context.say(
            "Commitments met: %(met)s of %(all)s",
            met=context.words.number(met), all=context.words.number(len(committed)),
        )  # fmt: skip
    yield carried.said
    yield context.say("Check-ins that came: %(share)s", share=rhythm.said)


def _without(context: PageContext, number: int) -> str:
    return context.words.count(
        "%(number)s objective has no retrospective yet.",
        "%(number)s objectives have no retrospective yet.",
        number,
    )


def _commitment(context: PageContext, objective: Objective) -> Commitment:
    figures = context.site.scorecard.objectives[objective.id]
    return Commitment(
        link=context.objective(objective.id),
        owners=context.owners(objective.owners),
        score=context.words.score(figures.score),
        status=context.status(figures.status),
    )


def _grades(context: PageContext, objective: Objective) -> Iterator[GradeRow]:
    figures = context.site.scorecard.objectives[objective.id]
    if objective.grade is not None:
        link = context.objective(objective.id)
        yield _grade(context, objective, link, figures.computed, objective.grade)
    for result in objective.counting:
        if result.grade is not None:
            link = context.objective(objective.id, result.id)
            computed = figures.key_results[result.id].computed
            yield _grade(context, objective, link, computed, result.grade)


def _grade(
    context: PageContext, objective: Objective, link: Link, computed: float | None, grade: Grade
) -> GradeRow:
    return GradeRow(
        link=link,
        owners=context.owners(objective.owners),
        computed=context.words.score(computed),
        given=context.words.score(grade.score),
        reason=inline_without_links(grade.reason) if grade.reason else None,
    )


def _lesson(context: PageContext, address: str, objective: Objective, words: Markup) -> Lesson:
    figures = context.site.scorecard.objectives[objective.id]
    link = context.objective(objective.id)
    page = context.site.addresses.page(objective.page.uri)
    return Lesson(
        link=Link(link.text, f"{link.href}#{RETROSPECTIVE_ANCHOR}"),
        owners=context.owners(objective.owners),
        score=context.words.score(figures.score),
        status=context.status(figures.status),
        words=moved_to(words, page, address),
    )
