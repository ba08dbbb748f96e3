"""Why a score is what it is: of an objective, of an owner, of a key result of each kind."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from okrsite.documents.values import Aggregate
from okrsite.i18n import message
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import Band, KeyResult, Kind, Milestone, Objective, Project, Reading
from okrsite.project.model.cycles import Cycle
from okrsite.scores import KeyResultFigures, ObjectiveFigures, Scorecard
from okrsite.scores.explanation.parts import (
    Explanation,
    Term,
    band_in_words,
    given_by_hand,
    mean,
    weight,
)
from okrsite.scores.key_results import milestone_progress


def explain_objective(
    words: Words, objective: Objective, figures: ObjectiveFigures
) -> Explanation | None:
    """Explain an objective's score; None where it has no key results that count."""
    results = objective.counting
    if not results:
        return None
    terms = [
        Term(
            plain(result.title),
            f"{weight(words, result.weight.value)} × "
            f"{words.score(figures.key_results[result.id].score or 0.0)}",
            result.line("weight"),
        )
        for result in results
    ]
    missing = any(figures.key_results[result.id].score is None for result in results)
    return Explanation(
        formula=words.say("Σ weight × score / Σ weight, over the key results"),
        numbers=mean(
            words,
            [(r.weight.value, figures.key_results[r.id].score or 0.0) for r in results],
        ),
        result=words.score(figures.computed),
        terms=tuple(terms),
        given=given_by_hand(words, objective.grade),
        given_reason=objective.grade.reason if objective.grade else None,
        note=words.say("A key result without a score counts 0.") if missing else None,
    )


def explain_owner(
    words: Words, project: Project, scorecard: Scorecard, owner: str, cycle: Cycle
) -> Explanation | None:
    """Explain an owner's score in a cycle; None where there is none."""
    figures = scorecard.owners.get(owner, {}).get(cycle.id)
    if figures is None:
        return None
    pairs = [
        (project.objectives[id], scorecard.objectives[id].score or 0.0) for id in figures.objectives
    ]
    return Explanation(
        formula=words.say("Σ weight × score / Σ weight, over the active objectives with a score"),
        numbers=mean(words, [(o.weight.value, score) for o, score in pairs]),
        result=words.score(figures.score),
        terms=tuple(
            Term(
                plain(o.page.title),
                f"{weight(words, o.weight.value)} × {words.score(score)}",
                o.page.line("weight"),
            )
            for o, score in pairs
        ),
    )


def explain_key_result(
    words: Words, project: Project, scorecard: Scorecard, result: KeyResult
) -> Explanation:
    """Explain a key result's score; of one on a private KPI nothing but that it is one."""
    figures = scorecard.objectives[result.objective].key_results[result.id]
    cycle = project.cycles[project.objectives[result.objective].cycle]
    given = given_by_hand(words, result.grade)
    reason = result.grade.reason if result.grade else None
    if result.masked:
        formula = words.say("It is measured by a private KPI: its values are not published.")
        return Explanation(formula, "", words.score(figures.computed), (), given, reason)
    formula, numbers, terms, note = _by_kind(words, project, scorecard, result, figures, cycle)
    return Explanation(
        formula, numbers, words.score(figures.computed), tuple(terms), given, reason, note
    )


_MOST_READINGS = 12
"""Of more readings in a band than this, those outside of it are named."""

_Parts = tuple[str, str, list[Term], str | None]


def _by_kind(
    words: Words, project: Project, scorecard: Scorecard, result: KeyResult,
    figures: KeyResultFigures, cycle: Cycle,
) -> _Parts:  # fmt: skip
    if result.kind is Kind.ROLL_UP:
        return _roll_up(words, project, scorecard, result, cycle)
    if result.kind is Kind.MILESTONE and not result.single:
        return _milestones(words, result, min(scorecard.as_of, cycle.closing_day))
    if result.kind is Kind.METRIC and figures.evaluation.value is not None:
        return _metric(words, result, figures)
    if result.kind is Kind.KEEP and figures.evaluation.value is not None:
        return _band(words, result, figures)
    return _stated(words, result, figures, min(scorecard.as_of, cycle.closing_day))


_AGGREGATES = {
    Aggregate.SUM: message("Now, the sum of the readings"),
    Aggregate.MEAN: message("Now, the mean of the readings"),
    Aggregate.MAX: message("Now, the largest of the readings"),
    Aggregate.MIN: message("Now, the smallest of the readings"),
}


def _metric(words: Words, result: KeyResult, figures: KeyResultFigures) -> _Parts:
    evaluation, unit = figures.evaluation, result.unit
    value = evaluation.value or 0.0
    terms = _value_terms(words, result, evaluation.readings)
    if result.aggregate != "last" and evaluation.readings:
        name = words.say(_AGGREGATES[result.aggregate])
        terms.append(Term(name, words.exact(value, unit), result.line("aggregate")))
    if evaluation.start is not None and not result.scale:
        terms.append(_start_term(words, result, evaluation.start))
    if result.target is not None:
        target = words.exact(result.target.value, unit)
        terms.append(Term(words.say("To"), target, result.target.place))
    if result.scale:
        points = ", ".join(f"{words.exact(at, unit)} → {words.score(s)}" for at, s in result.scale)
        terms.append(Term(words.say("Scale"), points, result.line("scale")))
        numbers = f"{words.exact(value, unit)} → {words.score(figures.computed)}"
        return words.say("Linear between the points of the scale"), numbers, terms, None
    if result.target is None or evaluation.start is None:
        formula = words.say("The KPI gives no start to measure from.")
        return formula, "", terms, None
    now, start = words.exact(value, unit), words.exact(evaluation.start, unit)
    target = words.exact(result.target.value, unit)
    numbers = f"({now} − {start}) / ({target} − {start}) = {words.score(evaluation.raw)}"
    note = None
    if evaluation.raw is not None and not 0 <= evaluation.raw <= 1:
        note = words.say("A score is held between 0 and 1.")
    return words.say("(now − from) / (to − from)"), numbers, terms, note


def _start_term(words: Words, result: KeyResult, start: float) -> Term:
    place = result.start.place if result.start else None
    name = words.say("From")
    if result.start is None and result.kpi is not None:
        before = [reading for reading in result.readings if reading.value == start]
        place = before[-1].place if before else None
        name = words.say("From, by the KPI")
    return Term(name, words.exact(start, result.unit), place)


def _band(words: Words, result: KeyResult, figures: KeyResultFigures) -> _Parts:
    band, readings = result.band, figures.evaluation.readings
    if band is None:
        return "", "", [], None
    inside = sum(band.holds(reading.value) for reading in readings)
    terms = [Term(words.say("Band"), band_in_words(words, result), band.place)]
    terms += _kept_terms(words, result, band, readings)
    if not readings:
        return words.say("1 inside the band, 0 outside"), "", terms, None
    numbers = f"{inside} / {len(readings)}"
    return words.say("Readings inside the band / readings"), numbers, terms, None


def _kept_terms(
    words: Words, result: KeyResult, band: Band, readings: Sequence[Reading]
) -> list[Term]:
    """List the readings, those outside of the band where there are many, and the last."""
    last = _value_terms(words, result, readings)
    earlier = readings[:-1]
    if len(earlier) >= _MOST_READINGS:
        earlier = [reading for reading in earlier if not band.holds(reading.value)]
    return [
        Term(words.short_day(r.date), _kept(words, result, band, r.value), r.place)
        for r in earlier[-_MOST_READINGS:]
    ] + [
        replace(term, value=_kept(words, result, band, readings[-1].value)) if readings else term
        for term in last
    ]


def _kept(words: Words, result: KeyResult, band: Band, value: float) -> str:
    said = words.exact(value, result.unit)
    return said if band.holds(value) else words.say("%(value)s, outside", value=said)


def _milestones(words: Words, result: KeyResult, day: date) -> _Parts:
    def progress(milestone: Milestone) -> float:
        return milestone_progress(milestone, day)

    terms = [
        Term(
            plain(m.title),
            f"{weight(words, m.weight)} × {words.score(progress(m))}",
            m.place,
        )
        for m in result.milestones
    ]
    numbers = mean(words, [(m.weight, progress(m)) for m in result.milestones])
    formula = words.say("Σ weight × done / Σ weight, over the milestones")
    return formula, numbers, terms, None


def _roll_up(
    words: Words, project: Project, scorecard: Scorecard, result: KeyResult, cycle: Cycle
) -> _Parts:
    children = dict.fromkeys(
        link.objective
        for link in project.objectives[result.objective].supported_by
        if link.key_result == result.id
        and project.objectives[link.objective].active
        and (link.objective, result.objective) not in project.circles
    )
    pairs = []
    terms = []
    for id in children:
        child = project.objectives[id]
        score = scorecard.score_on(id, min(scorecard.as_of, cycle.closing_day))
        if score is not None:
            pairs.append((child.weight.value, score))
            value = f"{weight(words, child.weight.value)} × {words.score(score)}"
            terms.append(Term(plain(child.page.title), value, child.page.line("weight")))
    formula = words.say("Σ weight × score / Σ weight, over the objectives that align to it")
    if not pairs:
        return words.say("No objective with a score aligns to it yet."), "", terms, None
    return formula, mean(words, pairs), terms, None


def _stated(words: Words, result: KeyResult, figures: KeyResultFigures, day: date) -> _Parts:
    """Explain what is taken as it was stated: a single milestone, a share, or nothing yet."""
    if result.kind is Kind.MILESTONE:
        milestone = result.milestones[0]
        if milestone.done_by(day):
            term = Term(words.say("Done"), words.say("yes"), milestone.place)
            return words.say("1 once it is done"), "", [term], None
    if figures.evaluation.value is not None:
        terms = _value_terms(words, result, figures.evaluation.readings)
        return words.say("The share that was stated last"), "", terms, None
    if figures.computed is not None:
        return words.say("0 until it is done"), "", [], None
    return words.say("There is no reading yet."), "", [], None


def _value_terms(words: Words, result: KeyResult, readings: Sequence[Reading]) -> list[Term]:
    if not readings:
        if result.current is None:
            return []
        value = words.exact(result.current.value, result.unit)
        return [Term(words.say("Now"), value, result.current.place)]
    last = readings[-1]
    if result.kind is Kind.METRIC and result.aggregate != "last":
        return [
            Term(words.short_day(r.date), words.exact(r.value, result.unit), r.place)
            for r in readings
        ]
    name = words.say("Now, on %(day)s", day=words.short_day(last.date))
    return [Term(name, words.exact(last.value, result.unit), last.place)]
