"""One objective: its key results, its check-ins, what it serves and what serves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from okrsite.addresses import anchor
from okrsite.cycles import State
from okrsite.explanation import explain_key_result, explain_objective
from okrsite.inline import inline, inline_without_links
from okrsite.model import CheckIn, Initiative, KeyResult, Kind, Milestone, Objective
from okrsite.scorecard import ObjectiveFigures
from okrsite.status import Status, by_pace, goal_of
from okrsite.views.coach import CoachPanel, coach_panel
from okrsite.views.parts import Bar, Dated, Desk, Explained, Link, Mark, Source, Spark
from okrsite.views.site import Site


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone of a key result."""

    title: Markup
    state: str
    word: str
    due: str | None
    weight: str | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A key result with all that is known of it."""

    anchor: str
    title: Markup
    description: Markup | None
    facts: tuple[tuple[str, Markup], ...]
    milestones: tuple[MilestoneRow, ...]
    spark: Spark | None
    bar: Bar
    score: str
    expected: str | None
    graded: str | None
    status: Mark
    note: Markup | None
    supported_by: tuple["AlignedRow", ...]
    explained: Explained | None


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """An objective on the other end of a link; `to` is the key result that the link leads to."""

    mark: Mark | None
    link: Link
    to: Link | None
    owners: tuple[Link, ...]
    cycle: Link
    score: str


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What a check-in says of one key result."""

    link: Link | None
    value: str
    confidence: str | None
    note: Markup | None


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One check-in, ready to be read."""

    day: str
    iso: str
    confidence: str | None
    author: Link | None
    document: Link | None
    values: tuple[StatedRow, ...]
    note: Markup | None
    blockers: tuple[Markup, ...]
    next: tuple[Markup, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """A piece of work that should move a key result."""

    title: Markup
    href: str | None
    owners: tuple[Link, ...]
    state: str
    word: str
    key_result: Link | None


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """All that the page of an objective shows."""

    title: Markup
    dated: Dated
    path: tuple[Link, ...]
    description: Markup | None
    owners: tuple[Link, ...]
    contributors: tuple[Link, ...]
    commitment: str
    tags: tuple[str, ...]
    score: str
    expected: str | None
    bar: Bar
    status: Mark | None
    pace: str | None
    doubt: str | None
    graded: str | None
    confidence: str | None
    last_heard: str
    stale: str | None
    support: str | None
    given: Explained | None
    body: Markup
    results: tuple[ResultView, ...]
    aligns_to: tuple[AlignedRow, ...]
    hidden_alignments: str | None
    supported_by: tuple[AlignedRow, ...]
    depends_on: tuple[AlignedRow, ...]
    needed_by: tuple[AlignedRow, ...]
    initiatives: tuple[InitiativeRow, ...]
    coach: CoachPanel
    check_ins: tuple[CheckInRow, ...]
    explained: Explained | None
    retrospective: Markup | None
    source: Source


def objective_view(
    site: Site, address: str, body: Markup, retrospective: Markup | None, id: str
) -> ObjectiveView:
    """Make the page of an objective."""
    desk, objective = Desk(site, address), site.project.objectives[id]
    figures, words = site.scorecard.objectives[id], site.words
    row = desk.objective_row(objective)
    cycle = site.project.cycles[objective.cycle]
    explained = desk.explained(explain_objective(words, objective, figures))
    confidence = None
    if figures.confidence is not None:
        confidence = desk.say(
            "confidence %(value)s on %(day)s",
            value=words.confidence(figures.confidence.value),
            day=words.short_day(figures.confidence.date),
        )
    description = objective.page.description
    return ObjectiveView(
        title=inline(objective.page.title),
        dated=desk.dated(),
        path=(desk.cycle(cycle), *desk.owners(objective.owners)),
        description=inline(description) if description else None,
        owners=desk.owners(objective.owners),
        contributors=desk.owners(objective.contributors),
        commitment=_commitment(desk, objective),
        tags=objective.page.tags,
        score=row.score,
        expected=row.expected,
        bar=row.bar,
        status=row.status,
        pace=_pace(desk, objective, figures),
        doubt=_doubt(desk, figures),
        graded=_graded(desk, figures.computed, figures.graded),
        confidence=confidence,
        last_heard=_last_heard(desk, objective),
        stale=row.stale,
        support=row.support,
        given=explained if figures.graded else None,
        body=body,
        results=tuple(_result(desk, objective, result) for result in objective.key_results),
        aligns_to=tuple(
            aligned(desk, link.objective, link.key_result) for link in objective.aligns_to
        ),
        hidden_alignments=_hidden(desk, objective.hidden_alignments),
        supported_by=tuple(
            aligned(desk, link.objective, link.key_result, here=id)
            for link in objective.supported_by
        ),
        depends_on=tuple(
            aligned(desk, link.objective, link.key_result) for link in objective.depends_on
        ),
        needed_by=tuple(aligned(desk, other) for other in objective.needed_by),
        initiatives=tuple(_initiative(desk, objective, i) for i in objective.initiatives),
        coach=coach_panel(desk, objective),
        check_ins=check_in_rows(desk, objective, objective.check_ins),
        explained=explained,
        retrospective=retrospective,
        source=desk.source(objective.page.path, objective.page.place.line),
    )


def aligned(
    desk: Desk, id: str, key_result: str | None = None, here: str | None = None
) -> AlignedRow:
    """Show the other end of a link; `key_result` is of that objective, or of the one `here`."""
    objective = desk.site.project.objectives[id]
    figures = desk.site.scorecard.objectives[id]
    return AlignedRow(
        mark=desk.status(figures.status),
        link=desk.objective(id),
        to=desk.objective(here or id, key_result) if key_result else None,
        owners=desk.owners(objective.owners),
        cycle=desk.cycle(desk.site.project.cycles[objective.cycle]),
        score=desk.words.score(figures.score),
    )


def check_in_rows(
    desk: Desk, objective: Objective, check_ins: Iterable[CheckIn]
) -> tuple[CheckInRow, ...]:
    """Show check-ins up to the day of the site, the newest first."""
    known = [check_in for check_in in check_ins if check_in.date <= desk.site.as_of]
    known.sort(key=lambda check_in: check_in.date)
    return tuple(_check_in(desk, objective, check_in) for check_in in reversed(known))


def _commitment(desk: Desk, objective: Objective) -> str:
    goal = desk.words.confidence(goal_of(objective.commitment, desk.site.settings.thresholds))
    if objective.commitment == "committed":
        return desk.say("Committed: %(goal)s is the goal", goal=goal)
    return desk.say("Aspirational: %(goal)s is the goal", goal=goal)


def _pace(desk: Desk, objective: Objective, figures: ObjectiveFigures) -> str | None:
    """Say how far the score is from what was expected; a draft or cancelled one owes nothing."""
    if figures.expected is None or not objective.active:
        return None
    difference = desk.words.difference(figures.score or 0.0, figures.expected)
    score = desk.words.score(abs(difference))
    if difference == 0:
        return desk.say("as expected")
    if difference > 0:
        return desk.say("%(score)s ahead", score=score)
    return desk.say("%(score)s behind", score=score)


def _doubt(desk: Desk, figures: ObjectiveFigures) -> str | None:
    """Say where confidence, and not the score, makes the status."""
    thresholds, confidence = desk.site.settings.thresholds, figures.confidence
    doubted = figures.status in (Status.AT_RISK, Status.OFF_TRACK)
    if not doubted or confidence is None or figures.pace is None:
        return None
    if by_pace(figures.pace, thresholds) is figures.status:
        return None
    limit = thresholds.doubtful if figures.status is Status.OFF_TRACK else thresholds.confident
    return desk.say("because confidence is below %(limit)s", limit=desk.words.confidence(limit))


def _graded(desk: Desk, computed: float | None, graded: bool) -> str | None:
    if not graded:
        return None
    return desk.say("graded by hand, computed %(score)s", score=desk.words.score(computed))


def _last_heard(desk: Desk, objective: Objective) -> str:
    known = [c.date for c in objective.check_ins if c.date <= desk.site.as_of]
    if not known:
        return desk.say("no check-in yet")
    if _closed(desk, objective):
        return desk.say("last check-in on %(day)s", day=desk.words.short_day(max(known)))
    ago = desk.words.days_ago((desk.site.as_of - max(known)).days)
    return desk.say("checked in %(ago)s", ago=ago)


def _closed(desk: Desk, objective: Objective) -> bool:
    return desk.site.project.cycles[objective.cycle].state(desk.site.as_of) is State.CLOSED


def _hidden(desk: Desk, number: int) -> str | None:
    if not number:
        return None
    return desk.words.count("a private objective", "%(number)s private objectives", number)


def _result(desk: Desk, objective: Objective, result: KeyResult) -> ResultView:
    site = desk.site
    row = desk.result_row(objective, result)
    figures = site.scorecard.objectives[objective.id].key_results[result.id]
    # Notes of check-ins stand with the check-ins; those of a KPI stand nowhere else on this page.
    notes = [reading.note for reading in figures.evaluation.readings if reading.note and result.kpi]
    return ResultView(
        anchor=anchor(result.id),
        title=inline(result.title),
        description=inline(result.description) if result.description else None,
        facts=tuple(_facts(desk, objective, result)),
        milestones=tuple(
            _milestone(desk, m, _day(desk, objective))
            for m in result.milestones
            if not result.single
        ),
        spark=row.spark,
        bar=row.bar,
        score=row.score,
        expected=(
            None
            if result.cancelled or not objective.active
            else desk.say("expected %(score)s", score=desk.words.score(figures.expected))
        ),
        graded=_graded(desk, figures.computed, figures.graded),
        status=row.status,
        note=inline(notes[-1]) if notes else None,
        supported_by=tuple(
            aligned(desk, link.objective)
            for link in objective.supported_by
            if link.key_result == result.id
        ),
        explained=desk.explained(
            explain_key_result(desk.words, site.project, site.scorecard, result)
        ),
    )


def _day(desk: Desk, objective: Objective) -> date:
    return min(desk.site.as_of, desk.site.project.cycles[objective.cycle].closing_day)


def _facts(desk: Desk, objective: Objective, result: KeyResult) -> Iterable[tuple[str, Markup]]:
    """List what is worth knowing of a key result, as names and values."""
    say, words = desk.say, desk.words
    figures = desk.site.scorecard.objectives[objective.id].key_results[result.id]
    start, value, target, measure = desk.way(objective, result)
    if start:
        yield say("From"), Markup.escape(start)
    if value:
        yield (
            say("At the end") if _closed(desk, objective) else say("Now"),
            Markup("<strong>%s</strong>") % value,
        )
    if target:
        yield say("To"), Markup.escape(target)
    if result.kind is Kind.KEEP and measure:
        yield say("Stay"), Markup.escape(measure)
    elif measure:
        yield say("Measure"), Markup.escape(measure)
    raw = figures.evaluation.raw
    if raw is not None and raw > 1 and not result.masked:
        yield say("Reached"), Markup.escape(words.percent(raw))
    if result.measured_by:
        yield say("Measured by"), inline(result.measured_by)
    if result.kpi is not None and result.kpi in desk.site.project.kpis:
        yield say("KPI"), anchor_of(desk.kpi(result.kpi))
    if result.aggregate != "last":
        yield say("Readings"), Markup.escape(say(f"{result.aggregate} of the cycle"))
    yield say("Owner"), Markup(", ").join(anchor_of(link) for link in desk.owners(result.owners))
    if result.due is not None:
        yield say("Due"), Markup.escape(words.short_day(result.due))
    if result.weight.value != 1:
        yield say("Weight"), Markup.escape(words.exact(result.weight.value))
    if figures.confidence is not None:
        yield say("Confidence"), Markup.escape(words.confidence(figures.confidence.value))


def anchor_of(link: Link) -> Markup:
    """Write a link as HTML, for a value that is one."""
    return Markup('<a href="%s">%s</a>') % (link.href, link.text) if link.href else link.text


def _milestone(desk: Desk, milestone: Milestone, day: date) -> MilestoneRow:
    words = desk.words
    due = desk.say("due %(day)s", day=words.short_day(milestone.due)) if milestone.due else None
    weight = None
    if milestone.weight != 1:
        weight = desk.say("weight %(weight)s", weight=words.exact(milestone.weight))
    if milestone.done_by(day):
        word = desk.say("Done")
        if isinstance(milestone.done, date):
            word = desk.say("Done on %(day)s", day=words.short_day(milestone.done))
        return MilestoneRow(inline(milestone.title), "done", word, None, weight)
    if milestone.progress:
        word = words.percent(milestone.progress)
        return MilestoneRow(inline(milestone.title), "doing", word, due, weight)
    late = milestone.due is not None and milestone.due < day
    state, word = ("late", desk.say("Overdue")) if late else ("todo", desk.say("To do"))
    return MilestoneRow(inline(milestone.title), state, word, due, weight)


_INITIATIVE_WORDS = {"todo": "To do", "doing": "Doing", "done": "Done", "dropped": "Dropped"}


def _initiative(desk: Desk, objective: Objective, initiative: Initiative) -> InitiativeRow:
    key_result = None
    if initiative.key_result is not None:
        key_result = desk.objective(objective.id, initiative.key_result)
    return InitiativeRow(
        title=(inline_without_links if initiative.url else inline)(initiative.title),
        href=initiative.url,
        owners=desk.owners(initiative.owners),
        state=str(initiative.status),
        word=desk.say(_INITIATIVE_WORDS[initiative.status]),
        key_result=key_result,
    )


def _check_in(desk: Desk, objective: Objective, check_in: CheckIn) -> CheckInRow:
    site, words = desk.site, desk.words
    document = site.project.check_in_documents.get(check_in.uri)
    linked = None
    if document is not None and document.page.uri != objective.page.uri:
        linked = Link(
            inline(document.page.title), desk.href(site.addresses.page(document.page.uri))
        )
    confidence = None
    if check_in.confidence is not None:
        value = words.confidence(check_in.confidence)
        confidence = desk.say("confidence %(value)s", value=value)
    return CheckInRow(
        day=words.day(check_in.date),
        iso=check_in.date.isoformat(),
        confidence=confidence,
        author=desk.owner(check_in.author) if check_in.author else None,
        document=linked,
        values=tuple(_stated(desk, objective, check_in)),
        note=inline(check_in.note) if check_in.note else None,
        blockers=tuple(inline(text) for text in check_in.blockers),
        next=tuple(inline(text) for text in check_in.next),
        source=desk.source(check_in.place.path, check_in.place.line),
    )


def _stated(desk: Desk, objective: Objective, check_in: CheckIn) -> Iterable[StatedRow]:
    """Show the values of a check-in that count, in the unit of their key result."""
    words = desk.words
    results = {result.id: result for result in objective.key_results}
    for stated in check_in.values:
        result = results.get(stated.key_result)
        if result is None:
            continue
        reading = next(
            (r for r in result.readings if r.uri == check_in.uri and r.date == check_in.date), None
        )
        value = ""
        if reading is not None and not result.masked:
            value = words.quantity(reading.value, result.unit)
        confidence = None
        if stated.confidence is not None:
            shown = words.confidence(stated.confidence)
            confidence = desk.say("confidence %(value)s", value=shown)
        note = inline(stated.note) if stated.note else None
        if value or confidence or note:
            link = desk.objective(objective.id, result.id)
            yield StatedRow(link, value, confidence, note)
