"""What the page of a closed cycle keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline_without_links
from okrsite.pages.html import moved_to
from okrsite.pages.parts import Desk, Link, Mark
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
    desk: Desk, address: str, cycle: Cycle, lessons: Mapping[str, Markup]
) -> Record | None:
    """Make the record of a cycle for its page; None until it is closed.

    `lessons` are the first words of retrospectives, by the file of the objective, with links as
    they are on its page.
    """
    if cycle.state(desk.site.as_of) is not State.CLOSED:
        return None
    objectives = [o for o in desk.site.by_cycle.get(cycle.id, ()) if o.active]
    if not objectives:
        return None
    committed = [o for o in objectives if o.commitment == "committed"]
    told = [o for o in objectives if o.page.uri in lessons]
    kpis, rhythm = watched_kpis(desk, cycle), attendance_of(desk, cycle)
    carried = carried_of(desk, cycle, objectives)
    silent = len(objectives) - len(told)
    return Record(
        summary=tuple(_summary(desk, committed, carried, rhythm)),
        commitments=tuple(_commitment(desk, objective) for objective in committed),
        grades=tuple(grade for objective in objectives for grade in _grades(desk, objective)),
        lessons=tuple(_lesson(desk, address, o, lessons[o.page.uri]) for o in told),
        without_lesson=_without(desk, silent) if silent else None,
        carried=carried,
        kpis=kpis[:SHOWN],
        more_kpis=kpis[SHOWN:],
        more_kpis_said=desk.say("and %(number)s more", number=len(kpis[SHOWN:])),
        rhythm=rhythm,
    )


def _summary(
    desk: Desk, committed: Sequence[Objective], carried: Carried, rhythm: Attendance
) -> Iterator[str]:
    if committed:
        figures = desk.site.scorecard.objectives
        met = sum(figures[o.id].status is Status.ACHIEVED for o in committed)
        yield desk.say(
            "Commitments met: %(met)s of %(all)s",
            met=desk.words.number(met), all=desk.words.number(len(committed)),
        )  # fmt: skip
    yield carried.said
    yield desk.say("Check-ins that came: %(share)s", share=rhythm.said)


def _without(desk: Desk, number: int) -> str:
    return desk.words.count(
        "%(number)s objective has no retrospective yet.",
        "%(number)s objectives have no retrospective yet.",
        number,
    )


def _commitment(desk: Desk, objective: Objective) -> Commitment:
    figures = desk.site.scorecard.objectives[objective.id]
    return Commitment(
        link=desk.objective(objective.id),
        owners=desk.owners(objective.owners),
        score=desk.words.score(figures.score),
        status=desk.status(figures.status),
    )


def _grades(desk: Desk, objective: Objective) -> Iterator[GradeRow]:
    figures = desk.site.scorecard.objectives[objective.id]
    if objective.grade is not None:
        link = desk.objective(objective.id)
        yield _grade(desk, objective, link, figures.computed, objective.grade)
    for result in objective.counting:
        if result.grade is not None:
            link = desk.objective(objective.id, result.id)
            computed = figures.key_results[result.id].computed
            yield _grade(desk, objective, link, computed, result.grade)


def _grade(
    desk: Desk, objective: Objective, link: Link, computed: float | None, grade: Grade
) -> GradeRow:
    return GradeRow(
        link=link,
        owners=desk.owners(objective.owners),
        computed=desk.words.score(computed),
        given=desk.words.score(grade.score),
        reason=inline_without_links(grade.reason) if grade.reason else None,
    )


def _lesson(desk: Desk, address: str, objective: Objective, words: Markup) -> Lesson:
    figures = desk.site.scorecard.objectives[objective.id]
    link = desk.objective(objective.id)
    page = desk.site.addresses.page(objective.page.uri)
    return Lesson(
        link=Link(link.text, f"{link.href}#{RETROSPECTIVE_ANCHOR}"),
        owners=desk.owners(objective.owners),
        score=desk.words.score(figures.score),
        status=desk.status(figures.status),
        words=moved_to(words, page, address),
    )
