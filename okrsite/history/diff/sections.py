"""Changes in the order and under the headings in which every way of writing says them."""

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.history.diff.model import Change, ChangeKind, Changes, Group, Topic
from okrsite.i18n import messages
from okrsite.language.wording import Words


@dataclass(frozen=True, slots=True)
class Sides:
    """What was compared: the two revisions as a reader knows them; `after` may be the work tree."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with groups below it; goalposts are said before and left out here."""

    heading: str
    groups: tuple[tuple[Group, tuple[Change, ...]], ...]


def goalposts(changes: Changes) -> list[tuple[Group, Change]]:
    """Return the goalposts that moved, which come first."""
    return list(changes.goalposts())


def sections(words: Words, changes: Changes) -> Iterator[Section]:
    """Return the sections that have something to say."""
    for heading, topics in (
        (words.say("Cycles"), (Topic.CYCLE,)),
        (words.say("Objectives"), (Topic.OBJECTIVE,)),
        (words.say("KPIs"), (Topic.KPI,)),
        (words.say("Teams and people"), (Topic.OWNER,)),
    ):
        found = []
        for group in changes.of(*topics):
            rest = tuple(change for change in group.changes if not change.goalpost)
            if rest or _scored_differently(words, group):
                found.append((group, rest))
        if found:
            yield Section(heading, tuple(found))


def group_score(words: Words, group: Group) -> str:
    """Say an objective's score before and after: `score 0.44 → 0.73`, or nothing."""
    if group.topic is not Topic.OBJECTIVE:
        return ""
    if group.before is None and group.after is None:
        return ""
    kinds = {change.kind for change in group.changes}
    if words.score(group.before) == words.score(group.after) or ChangeKind.ADDED in kinds:
        return words.say("score %(score)s", score=words.score(group.after))
    if ChangeKind.DROPPED in kinds:
        return words.say("score %(score)s", score=words.score(group.before))
    return words.say(
        "score %(before)s → %(after)s",
        before=words.score(group.before), after=words.score(group.after),
    )  # fmt: skip


def summary(words: Words, changes: Changes) -> str:
    """Count what changes, in one sentence."""
    counted = []
    for topic, (one, many) in (
        (Topic.OBJECTIVE, messages("%(number)s objective", "%(number)s objectives")),
        (Topic.KPI, messages("%(number)s KPI", "%(number)s KPIs")),
        (Topic.CYCLE, messages("%(number)s cycle", "%(number)s cycles")),
        (Topic.OWNER, messages("%(number)s team or person", "%(number)s teams and people")),
    ):
        number = len(changes.of(topic))
        if number:
            counted.append(words.count(one, many, number))
    if changes.scores and not counted:
        number = len(changes.scores)
        counted.append(words.count("%(number)s score", "%(number)s scores", number))
    said = []
    if counted:
        said.append(words.say("Changed: %(what)s.", what=words.listing(counted)))
    moved = len(goalposts(changes))
    if moved:
        said.append(
            words.count(
                "%(number)s goalpost moves after its cycle opened.",
                "%(number)s goalposts move after their cycle opened.",
                moved,
            )
        )
    if changes.new_findings:
        said.append(
            words.count(
                "%(number)s new finding.", "%(number)s new findings.", len(changes.new_findings)
            )
        )
    if changes.solved_findings:
        said.append(
            words.count(
                "%(number)s finding is solved.",
                "%(number)s findings are solved.",
                len(changes.solved_findings),
            )
        )
    return " ".join(said)


def _scored_differently(words: Words, group: Group) -> bool:
    if any(change.kind is ChangeKind.DROPPED for change in group.changes):
        return False
    return words.score(group.before) != words.score(group.after)
