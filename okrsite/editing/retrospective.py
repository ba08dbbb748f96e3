"""Write the section in which people sum up a closed objective."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from okrsite.editing.source_file import newline_before
from okrsite.i18n import message
from okrsite.language.wording import NO_BREAK, NONE, Words
from okrsite.project.model import CheckIn, Figure, KeyResult, Objective
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Keep, Metric, Milestones, RollUp
from okrsite.scores import KeyResultFigures, ObjectiveFigures
from okrsite.scores.explanation import range_in_words

_MOST_VALUES = 13


def retrospective(
    words: Words,
    objective: Objective,
    figures: ObjectiveFigures,
    cycle: Cycle,
    as_of: date,
    opening: Objective | None = None,
) -> str:
    """Write the section `## Retrospective`: the facts, and three questions.

    The figures are those of `as_of`. `opening` is the objective as it was when its cycle opened;
    what was written otherwise then is said.
    """
    paragraphs = [
        "## Retrospective",
        _summary(words, figures, cycle, as_of),
        _table(words, objective, figures, opening),
        *_changes(words, objective, opening),
        *_confidence(words, objective.check_ins, cycle),
        "**" + words.say("What did we reach, and what made the difference?") + "**",
        "**" + words.say("What got in the way, and when did we know?") + "**",
        "**" + words.say("What will we do differently?") + "**",
    ]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return text.replace(NO_BREAK, " ") + "\n"


def with_section(content: bytes, section: str) -> bytes:
    """Return a document with a section added at its end."""
    raw = content.decode()
    newline = newline_before(raw, len(raw))
    ends = len(raw) - len(raw.rstrip("\r\n"))
    feeds = raw[len(raw) - ends :].replace("\r\n", "\n").count("\n") if ends else 0
    gap = newline * max(0, 2 - feeds)
    return (raw + gap + section.replace("\n", newline)).encode()


def _summary(words: Words, figures: ObjectiveFigures, cycle: Cycle, as_of: date) -> str:
    status = words.say(STATUS_WORDS[str(figures.status)]) if figures.status else NONE
    sentence = message("Closed on %(day)s with a score of %(score)s: **%(status)s**.")
    if cycle.state(as_of) is not State.CLOSED:
        sentence = message("As of %(day)s the score is %(score)s: **%(status)s**.")
    day, score = words.day(min(as_of, cycle.closing_day)), words.score(figures.score)
    sentences = [words.say(sentence, day=day, score=score, status=status)]
    if figures.graded:
        computed = words.score(figures.computed)
        sentences.append(
            words.say("This is a manual grade; the computed score is %(score)s.", score=computed)
        )
    if figures.expected is not None:
        expected = words.score(figures.expected)
        sentences.append(words.say("The expected score was %(score)s.", score=expected))
    if figures.support is not None:
        support = words.score(figures.support)
        count = words.count(
            "%(number)s objective that aligns to it",
            "%(number)s objectives that align to it",
            len(figures.supporters),
        )
        mean = words.say("Support: %(score)s, the mean of %(who)s.", score=support, who=count)
        sentences.append(mean)
    return " ".join(sentences)


STATUS_WORDS = {
    "achieved": message("achieved"),
    "progressed": message("progressed"),
    "missed": message("missed"),
    "on_track": message("on track"),
    "at_risk": message("at risk"),
    "off_track": message("off track"),
    "not_started": message("not started"),
    "draft": message("draft"),
    "cancelled": message("cancelled"),
}
"""Statuses as parts of a sentence."""

_HEADS = [message("Key result"), message("Target"), message("Value")]
_HEADS += [message("Score"), message("Values")]


def _table(
    words: Words, objective: Objective, figures: ObjectiveFigures, opening: Objective | None
) -> str:
    if not objective.key_results:
        return ""
    before = {result.id: result for result in opening.key_results} if opening else {}
    lines = [_row(map(words.say, _HEADS)), "| --- | --- | ---: | ---: | --- |"]
    for result in objective.key_results:
        known = figures.key_results[result.id]
        score = words.score(known.score)
        if result.cancelled:
            score = words.say("cancelled")
        target = _target(words, result)
        was = before.get(result.id)
        # Of one that was on another KPI nothing is quoted: that KPI may be private.
        then = _target(words, was) if was is not None and was.kpi == result.kpi else target
        if then != target and then:
            target = words.say("%(now)s (originally %(then)s)", now=target or NONE, then=then)
        value = _value(words, result, known.evaluation.value)
        if result.masked:
            target, value = "", NONE
        lines.append(_row([result.title, target, value, score, _values(words, result, known)]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    clean = (re.sub(r"\s+", " ", cell).replace("|", "\\|").strip() for cell in cells)
    return "| " + " | ".join(clean) + " |"


def _target(words: Words, result: KeyResult) -> str:
    """Return the goal in words: `$5M → $10M`, `≥ 99.9%`, `3 milestones`."""
    match result.measure:
        case Keep(range=range_):
            return range_in_words(words, range_, result.unit)
        case Metric(start=Figure(value=start), target=Figure(value=target)):
            return f"{words.limit_of(start, result.unit)} → {words.limit_of(target, result.unit)}"
        case Metric(goal=goal):
            return words.limit_of(goal, result.unit)
        case Milestones(milestones=milestones, single=False):
            return words.count("%(number)s milestone", "%(number)s milestones", len(milestones))
        case RollUp():
            return words.say("supporting objectives")
    return result.measured_by or ""


def _value(words: Words, result: KeyResult, value: float | None) -> str:
    if value is None:
        return NONE
    if result.measure.in_units:
        return words.quantity(value, result.unit, result.measure.goals)
    return words.score(value)


def _values(words: Words, result: KeyResult, figures: KeyResultFigures) -> str:
    match result.measure:
        case Milestones(milestones=milestones, single=False):
            done = [m.title for m in milestones if m.done]
            return words.say("done: %(names)s", names=", ".join(done)) if done else NONE
    if result.masked:
        return ""
    readings = figures.evaluation.readings
    shown = [
        f"{words.short_day(reading.date)}: {_value(words, result, reading.value)}"
        for reading in readings[-_MOST_VALUES:]
    ]
    return ", ".join([*["…"] * (len(readings) > _MOST_VALUES), *shown]) or NONE


def _changes(words: Words, objective: Objective, opening: Objective | None) -> list[str]:
    """Return which key results were added and dropped after the cycle had opened."""
    if opening is None:
        return []
    before = {result.id for result in opening.key_results}
    now = {result.id for result in objective.key_results}
    dropped = [r.title for r in opening.key_results if r.id not in now and not r.cancelled]
    added = [r.title for r in objective.key_results if r.id not in before]
    return [
        words.say(sentence, names=", ".join(names))
        for sentence, names in (
            (message("Dropped mid-cycle: %(names)s."), dropped),
            (message("Added mid-cycle: %(names)s."), added),
        )
        if names
    ]


def _confidence(words: Words, check_ins: Iterable[CheckIn], cycle: Cycle) -> list[str]:
    stated: Mapping[object, str] = {
        check_in.date: f"{words.short_day(check_in.date)}: {words.confidence(check_in.confidence)}"
        for check_in in sorted(check_ins, key=lambda c: c.date)
        if check_in.confidence is not None and cycle.start <= check_in.date <= cycle.closing_day
    }
    if not stated:
        return []
    return [words.say("Confidence along the way: %(values)s.", values=", ".join(stated.values()))]
