"""Changes as a comment on a pull request: Markdown in which no text of a document sets marks.

A title may be anything. It must not make a link, a picture, a heading or a table, call somebody
(`@name`), point to another issue (`#12`), or end a comment that is hidden.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okrsite.findings.finding import Finding
from okrsite.history.diff.model import Change, ChangeGroup, Changes, OwnerScore, Sentence, Topic
from okrsite.history.diff.sections import (
    Sides,
    finding_lists,
    group_score,
    new_verdict,
    sections,
    summary,
)
from okrsite.history.diff.text import clean
from okrsite.language.wording import Words
from okrsite.project.model import Place

MARKER = "<!-- okrsite:diff -->"
"""The first line, invisible: by it a pipeline finds the comment that it updates."""

LONGEST = 60_000
"""The most characters that are written; GitHub takes 65,536 in a comment."""

_HEAD, _MORE, _LONGEST_SIDE = 1_500, 60, 100
# How the sections share the rest; what one leaves, those after it have.
_SHARES = {Topic.CYCLE: 1, Topic.OBJECTIVE: 4, Topic.KPI: 2, Topic.PILLAR: 1, Topic.OWNER: 1}
_GOALPOSTS, _CLOSED, _SCORES, _FINDINGS = 4, 2, 2, 2

_JOINER = "\u2060"
"""An invisible character without width: after an `@` it keeps the name from being a mention."""

_GAPS = re.compile(r"\n{3,}")
_MARKS = re.compile(r"([\\`*_\[\]~|])")
_REFERENCES = re.compile(r"[@#!~](?=\w)|&(?=\d)|:(?=//)|\b(?:GH(?=-\d)|www(?=\.))", re.IGNORECASE)
# A dollar before a number is money; any other could begin a formula.
_FORMULA = re.compile(r"(?<=[^\s−-])\$|\$(?!\d)")


def to_markdown(words: Words, changes: Changes, sides: Sides) -> str:
    """Render changes for a pull request, within what fits into a comment."""
    lines = [MARKER, f"## {words.say('Changes to the OKRs')}", ""]
    if not changes:
        return "\n".join([*lines, words.say("No changes to the OKRs."), ""])
    before, after = (code(side[:_LONGEST_SIDE]) for side in (sides.before, sides.after))
    between = {"before": before, "after": after, "day": escape(words.day(changes.as_of))}
    compared = words.say("%(before)s → %(after)s, as of %(day)s.", **between)
    lines += [escape(summary(words, changes)), "", compared]
    left = LONGEST - _HEAD
    parts = list(_parts(words, changes))
    shares = sum(part.share for part in parts)
    for part in parts:
        room = left * part.share // shares
        written = part.within(words, room)
        lines += written
        left -= sum(len(line) + 1 for line in written)
        shares -= part.share
    return _GAPS.sub("\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """Return a text so that Markdown shows it as it is."""
    text = _REFERENCES.sub(lambda found: found[0] + _JOINER, clean(text))
    text = _MARKS.sub(r"\\\1", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMULA.sub("<span>$</span>", text)


def code(text: str) -> str:
    """Return a text in code marks, whatever marks it has itself."""
    text = clean(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def _sentence(sentence: Sentence) -> str:
    """Render a sentence, with names set off."""
    return "".join(
        f"*{escape(part.text.strip())}*" if part.name and part.text.strip() else escape(part.text)
        for part in sentence
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together, and the number of changes in them."""

    text: str
    changes: int = 1


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with its blocks, and its share of the room."""

    heading: str
    share: int
    blocks: tuple[_Block, ...]

    def within(self, words: Words, room: int) -> list[str]:
        """Return the lines that fit into `room` characters, and how many changes do not."""
        lines = ["", f"### {self.heading}", ""]
        left = room - sum(len(line) + 1 for line in lines) - _MORE
        for index, block in enumerate(self.blocks):
            left -= len(block.text) + 1
            if left < 0:
                more = sum(block.changes for block in self.blocks[index:])
                rest = words.count(
                    "… and %(number)s more change", "… and %(number)s more changes", more
                )
                return [*lines, "", rest]
            lines.append(block.text)
        return lines


def _parts(words: Words, changes: Changes) -> Iterator[_Section]:
    moved = tuple(_goalpost(group, change) for group, change in changes.goalposts())
    if moved:
        yield _Section(words.say("⚠ Goalposts moved mid-cycle"), _GOALPOSTS, moved)
    closed = tuple(_closed(words, changes))
    if closed:
        yield _Section(words.say("⚠ Scores of closed cycles change"), _CLOSED, closed)
    for section in sections(words, changes):
        blocks = (block for group, rest in section.groups for block in _group(words, group, rest))
        share = _SHARES[section.groups[0][0].topic]
        yield _Section(section.heading, share, tuple(blocks))
    if scores := changes.scores_of(closed=False):
        yield _Section(words.say("Scores"), _SCORES, tuple(_scores(words, scores)))
    for heading, findings in finding_lists(words, changes):
        yield _Section(heading, _FINDINGS, tuple(map(_finding, findings)))


def _goalpost(group: ChangeGroup, change: Change) -> _Block:
    about = f" ({escape(group.about)})" if group.about else ""
    place = f" · {_place(change.place)}" if change.place.path else ""
    return _Block(f"- {_sentence(change.sentence)}\\\n  *{escape(group.title)}*{about}{place}")


def _closed(words: Words, changes: Changes) -> Iterator[_Block]:
    for objective in changes.closed:
        verdict = escape(new_verdict(words, objective))
        about, place = escape(objective.about), code(objective.place.path)
        yield _Block(f"- *{escape(objective.title)}* ({about}): {verdict} · {place}")
    for score in changes.scores_of(closed=True):
        before, after = escape(words.score(score.before)), escape(words.score(score.after))
        owner, cycle = escape(score.title), escape(score.cycle_title)
        yield _Block(f"- *{owner}*, {cycle}: {before} → {after}")


def _group(words: Words, group: ChangeGroup, changes: tuple[Change, ...]) -> Iterator[_Block]:
    """Return a group as blocks: its head stays with its first change."""
    details = [escape(group.about), escape(group_score(words, group))]
    if group.place.path:
        details.append(code(group.place.path))
    head = " · ".join([f"**{escape(group.title)}**", *(part for part in details if part)])
    if not changes:
        yield _Block(f"{head}\n", 0)
    for index, change in enumerate(changes):
        text = f"- {_sentence(change.sentence)}"
        if change.place.path and change.place.path != group.place.path:
            text += f" · {_place(change.place)}"
        if index == 0:
            text = f"{head}\n\n{text}"
        if index == len(changes) - 1:
            text += "\n"
        yield _Block(text)


def _scores(words: Words, scores: Iterable[OwnerScore]) -> Iterator[_Block]:
    names = (words.say("Owner"), words.say("Cycle"), words.say("Before"), words.say("After"))
    rows = f"| {' | '.join(names)} |\n| --- | --- | ---: | ---: |"
    for score in scores:
        cells = [escape(score.title), escape(score.cycle_title)]
        cells += [escape(words.score(score.before)), escape(words.score(score.after))]
        row = f"| {' | '.join(cells)} |"
        yield _Block(f"{rows}\n{row}" if rows else row)
        rows = ""


def _finding(finding: Finding) -> _Block:
    place = _place(Place(finding.path, finding.line))
    # A sentence about a document quotes it in code marks.
    pieces = clean(f"{finding.code} {finding.severity}: {finding.message}").split("`")
    quoted = (code(p) if i % 2 and p else escape(p) for i, p in enumerate(pieces))
    return _Block(f"- {''.join(quoted)} · {place}")


def _place(place: Place) -> str:
    return code(f"{place.path}:{place.line}") if place.path else ""
