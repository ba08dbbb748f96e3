"""Changes for the terminal."""

import re

from okrsite.findings.finding import Finding
from okrsite.history.diff.model import Change, ChangeGroup, Changes, OwnerScore, Sentence
from okrsite.history.diff.sections import (
    Sides,
    finding_lists,
    group_score,
    new_verdict,
    sections,
    summary,
)
from okrsite.language.wording import Words
from okrsite.project.model import Place


def to_text(words: Words, changes: Changes, sides: Sides) -> str:
    """Render changes as lines: first goalposts and closed cycles, marked by exclamation marks."""
    if not changes:
        return words.say("No changes to the OKRs.") + "\n"
    between = {"before": sides.before, "after": sides.after, "day": words.day(changes.as_of)}
    head = words.say("%(before)s → %(after)s, as of %(day)s", **between)
    lines = [clean(head), summary(words, changes)]
    moved = changes.goalposts()
    if moved:
        lines += ["", words.say("Goalposts moved mid-cycle")]
    for group, change in moved:
        lines.append(f"  ! {as_text(change.sentence)}")
        about = f" ({group.about})" if group.about else ""
        lines.append(f"    {clean(group.title + about)}  {_place(change.place)}".rstrip())
    closed = changes.scores_of(closed=True)
    if changes.closed or closed:
        lines += ["", words.say("Scores of closed cycles change")]
    for objective in changes.closed:
        head = f"{objective.title} ({objective.about}): {new_verdict(words, objective)}"
        lines.append(f"  ! {clean(head)}  {clean(objective.place.path)}".rstrip())
    lines += [f"  ! {_score(words, score)}" for score in closed]
    for section in sections(words, changes):
        lines += ["", section.heading]
        for group, rest in section.groups:
            details = ", ".join(part for part in (group.about, group_score(words, group)) if part)
            head = f"{group.title} ({details})" if details else group.title
            lines.append(f"  {clean(head)}  {clean(group.place.path)}".rstrip())
            lines += [f"    - {_line(words, group, change)}" for change in rest]
    if scores := changes.scores_of(closed=False):
        lines += ["", words.say("Scores"), *(f"  {_score(words, score)}" for score in scores)]
    for heading, findings in finding_lists(words, changes):
        lines += ["", heading, *(f"  {_finding(finding)}" for finding in findings)]
    return "".join(f"{line}\n" for line in lines)


def as_text(sentence: Sentence) -> str:
    """Render a sentence as text, with names in quotation marks."""
    return clean("".join(f"“{part.text}”" if part.name else part.text for part in sentence))


def _score(words: Words, score: OwnerScore) -> str:
    before, after = words.score(score.before), words.score(score.after)
    return f"{clean(score.title)}, {clean(score.cycle_title)}: {before} → {after}"


def _line(words: Words, group: ChangeGroup, change: Change) -> str:
    """Render a change with its place, as far as the line of its group lacks it."""
    if change.place.path and change.place.path == group.place.path:
        return f"{as_text(change.sentence)}  {words.say('(line %(line)s)', line=change.place.line)}"
    return f"{as_text(change.sentence)}  {_place(change.place)}".rstrip()


def _place(place: Place) -> str:
    return clean(f"{place.path}:{place.line}") if place.path else ""


def _finding(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}"
    return clean(f"{place}: {finding.code} {finding.severity}: {finding.message}")


# Control characters steer a terminal; marks of direction make a line read as another one.
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\r\n\u00a0\u202f]+")


def clean(text: str) -> str:
    """Return a text on one line, without characters that act but are not seen."""
    return _STEERING.sub("\ufffd", _SPACES.sub(" ", text))
