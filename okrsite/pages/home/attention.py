"""What somebody should look at: what moved, what is off track, unhealthy or silent."""

from dataclasses import dataclass
from datetime import timedelta

from okrsite.pages.parts import STATUS_WORDS, Desk, Link, Mark
from okrsite.project.model import Objective
from okrsite.project.model.cycles import State
from okrsite.scores import Role, Scores
from okrsite.scores.status import Health, Status

_TWO_WEEKS = timedelta(days=14)
_MOST_MOVED = 8
_LEVELS = {"company": 0, "team": 1, "individual": 2}


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective whose score changed, and how."""

    link: Link
    owners: tuple[Link, ...]
    before: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that somebody should look at."""

    mark: Mark
    link: Link
    text: str
    owners: tuple[Link, ...]


def moved(desk: Desk) -> tuple[Moved, ...]:
    """List the objectives of open cycles whose scores moved most in two weeks."""
    site = desk.site
    changes: list[tuple[float, Objective, float, float]] = []
    # These figures are asked for once: they are not kept with those of the day.
    earlier, day = Scores(site.project), site.as_of - _TWO_WEEKS
    for objective in site.project.objectives.values():
        cycle = site.project.cycles[objective.cycle]
        if cycle.state(site.as_of) is not State.OPEN or not objective.active:
            continue
        now = site.scorecard.objectives[objective.id].score
        before = earlier.at(objective.id, day).score
        difference = desk.words.difference(now or 0.0, before or 0.0)
        if difference:
            changes.append((difference, objective, before or 0.0, now or 0.0))
    changes.sort(key=lambda change: -abs(change[0]))
    words = desk.words
    return tuple(
        Moved(
            desk.objective(objective.id),
            desk.owners(objective.owners),
            words.score(before),
            words.score(now),
            words.change(difference),
        )
        for difference, objective, before, now in changes[:_MOST_MOVED]
    )


def attention(desk: Desk) -> tuple[Attention, ...]:
    """List what needs attention: off track, unhealthy KPIs without an objective, silence."""
    site = desk.site
    found: list[Attention] = []
    objectives = sorted(site.project.objectives.values(), key=lambda o: _LEVELS[o.level])
    for objective in objectives:
        figures = site.scorecard.objectives[objective.id]
        if figures.status is Status.OFF_TRACK:
            behind = desk.words.score(
                abs(desk.words.difference(figures.score or 0.0, figures.expected or 0.0))
            )
            text = desk.say("%(score)s behind what was expected", score=behind)
            if (figures.pace or 0.0) >= site.settings.thresholds.at_risk and figures.confidence:
                value = desk.words.confidence(figures.confidence.value)
                text = desk.say("confidence fell to %(value)s", value=value)
            mark = Mark(Status.OFF_TRACK, desk.say(STATUS_WORDS[Status.OFF_TRACK]))
            link, owners = desk.objective(objective.id), desk.owners(objective.owners)
            found.append(Attention(mark, link, text, owners))
    for kpi in site.project.kpis.values():
        health = site.scorecard.kpis[kpi.id]
        if health.health in (Health.WARNING, Health.CRITICAL) and health.role is Role.HEALTH:
            text = desk.say("outside its band, and no objective works on it")
            owners = desk.owners([kpi.owner]) if kpi.owner is not None else ()
            found.append(Attention(desk.health(health.health), desk.kpi(kpi.id), text, owners))
    for objective in objectives:
        figures = site.scorecard.objectives[objective.id]
        silent = desk.stale(figures)
        if silent and figures.status is not Status.OFF_TRACK:
            mark = Mark("stale", desk.say("Stale"))
            link, owners = desk.objective(objective.id), desk.owners(objective.owners)
            found.append(Attention(mark, link, silent, owners))
    return tuple(found)
