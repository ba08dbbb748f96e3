"""The sections that every format of the changes has, and their summary."""

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.findings.finding import Finding
from okrsite.history.diff.model import (
    Change,
    ChangeGroup,
    ChangeKind,
    Changes,
    ClosedObjective,
    Topic,
)
from okrsite.i18n import message, messages
from okrsite.language.wording import Words
from okrsite.scores.status import Status


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of the two revisions that were compared; `after` may be the work tree."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with groups below it, without goalposts: these come first, in their own section."""

    heading: str
    groups: tuple[tuple[ChangeGroup, tuple[Change, ...]], ...]


def sections(words: Words, changes: Changes) -> Iterator[Section]:
    """Return the sections that are not empty."""
    for heading, topic in (
        (words.say("Cycles"), Topic.CYCLE),
        (words.say("Objectives"), Topic.OBJECTIVE),
        (words.say("KPIs"), Topic.KPI),
        (words.say("Strategy"), Topic.PILLAR),
        (words.say("Teams and people"), Topic.OWNER),
    ):
        found = []
        for group in changes.of(topic):
            rest = tuple(change for change in group.changes if not change.goalpost)
            if rest or _scored_differently(words, group):
                found.append((group, rest))
        if found:
            yield Section(heading, tuple(found))


def group_score(words: Words, group: ChangeGroup) -> str:
    """Return the score of an objective before and after: `score 0.44 → 0.73`, or nothing."""
    if group.topic is not Topic.OBJECTIVE:
        return ""
    if group.before is None and group.after is None:
        return ""
    kinds = {change.kind for change in group.changes}
    if words.score(group.before) == words.score(group.after) or ChangeKind.ADDED in kinds:
        return words.say("score %(score)s", score=words.score(group.after))
    if ChangeKind.DROPPED in kinds:
        return words.say("score %(score)s", score=words.score(group.before))
    before, after = words.score(group.before), words.score(group.after)
    return words.say("score %(before)s → %(after)s", before=before, after=after)


def finding_lists(words: Words, changes: Changes) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Return the new and the solved findings with their headings, if there are any."""
    if changes.new_findings:
        yield words.say("New findings"), changes.new_findings
    if changes.solved_findings:
        yield words.say("Fixed findings"), changes.solved_findings


_VERDICTS = {
    Status.ACHIEVED: message("Achieved"),
    Status.PROGRESSED: message("Progressed"),
    Status.MISSED: message("Missed"),
    Status.CANCELLED: message("Cancelled"),
    Status.DRAFT: message("Draft"),
}


def new_verdict(words: Words, closed: ClosedObjective) -> str:
    """Return how a closed objective is scored: `0.50 → 0.70, Progressed → Achieved`."""
    scores = f"{words.score(closed.before)} → {words.score(closed.after)}"
    verdicts = closed.verdict_before, closed.verdict_after
    shown = [words.say(_VERDICTS[verdict]) for verdict in verdicts if verdict in _VERDICTS]
    changed = verdicts[0] != verdicts[1] and len(shown) == len(verdicts)
    return f"{scores}, {shown[0]} → {shown[1]}" if changed else scores


_COUNTED = (
    messages(
        "%(number)s goalpost moves mid-cycle.",
        "%(number)s goalposts move mid-cycle.",
    ),
    messages(
        "%(number)s score of a closed cycle changes.", "%(number)s scores of closed cycles change."
    ),
    messages("%(number)s new finding.", "%(number)s new findings."),
    messages("%(number)s finding is fixed.", "%(number)s findings are fixed."),
)


def summary(words: Words, changes: Changes) -> str:
    """Return how much changes, in a sentence or more."""
    counted = [
        words.count(*texts, len(groups))
        for topic, texts in (
            (Topic.OBJECTIVE, messages("%(number)s objective", "%(number)s objectives")),
            (Topic.KPI, messages("%(number)s KPI", "%(number)s KPIs")),
            (Topic.PILLAR, messages("%(number)s pillar", "%(number)s pillars")),
            (Topic.CYCLE, messages("%(number)s cycle", "%(number)s cycles")),
            (Topic.OWNER, messages("%(number)s team or person", "%(number)s teams and people")),
        )
        if (groups := changes.of(topic))
    ]
    if changes.scores and not counted:
        counted.append(words.count("%(number)s score", "%(number)s scores", len(changes.scores)))
    sentences = [words.say("Changed: %(what)s.", what=words.listing(counted))] if counted else []
    counts = (
        len(changes.goalposts()),
        len(changes.closed) + len(changes.scores_of(closed=True)),
        len(changes.new_findings),
        len(changes.solved_findings),
    )
    sentences += [words.count(*texts, n) for texts, n in zip(_COUNTED, counts, strict=True) if n]
    return " ".join(sentences)


def _scored_differently(words: Words, group: ChangeGroup) -> bool:
    dropped = any(change.kind is ChangeKind.DROPPED for change in group.changes)
    return not dropped and words.score(group.before) != words.score(group.after)
