"""Badges: a name, a score and a status in a picture for a README or a wiki."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.embed_addresses import badge_file
from okrsite.pages.parts import STATUS_WORDS
from okrsite.pages.site import Site
from okrsite.scores import ObjectiveFigures, OwnerFigures

_LONGEST = 40
_ROOM = 8.0
_SHAPE = 14.0
_CHARACTERS = 4096

# The same five tones as on the pages; white words on each of them have a contrast of 5 and more.
_TONES = {
    "on_track": "#0f6f48",
    "at_risk": "#835500",
    "progressed": "#835500",
    "off_track": "#b3261e",
    "missed": "#b3261e",
    "achieved": "#2150ad",
}
_IDLE = "#5d6877"
_UNFIT = re.compile(r"[\x00-\x1f\ufffe\uffff]")  # what no XML may hold


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A badge: lengths and places are in pixels; `key` is the status that gives the shape, `bend`
    the place where the corners on the right begin."""

    title: str
    label: str
    label_length: float
    label_width: float
    value: str
    value_length: float
    value_at: float
    shape_at: float
    width: float
    bend: float
    fill: str
    key: str


def badges(site: Site) -> Iterator[tuple[str, BadgeView]]:
    """Return the badges of objectives, of owners in the current cycle, and of cycles, each after
    the file it is written to, relative to the site's folder."""
    words = site.words
    for objective in site.project.objectives.values():
        figures = site.scorecard.objectives[objective.id]
        if file := badge_file("objective", objective.id):
            yield file, _badge(words, objective.page.title, figures)
    for owner in site.project.owners.values():
        if file := badge_file("owner", owner.id):
            yield file, _badge(words, owner.title, site.figures_of(owner.id, site.home_cycle))
    for cycle in site.cycles:
        if file := badge_file("cycle", cycle.id):
            yield file, _badge(words, cycle.title, site.figures_of(site.company.id, cycle))


def _badge(words: Words, title: str, figures: ObjectiveFigures | OwnerFigures | None) -> BadgeView:
    name = _UNFIT.sub("\ufffd", plain(title))
    label = _short(name)
    status = figures.status if figures else None
    score = figures.score if figures else None
    parts = [words.score(score)] if score is not None else []
    if status is not None:
        parts.append(words.say(STATUS_WORDS[status]))
    value = " ".join(parts) or words.say("no score yet")
    label_length, value_length = _length(label), _length(value)
    label_width = round(label_length + 2 * _ROOM, 1)
    value_width = round(value_length + 2 * _ROOM + (_SHAPE if status else 0), 1)
    width = round(label_width + value_width, 1)
    return BadgeView(
        title=f"{name}: {value}",
        label=label,
        label_length=label_length,
        label_width=label_width,
        value=value,
        value_length=value_length,
        value_at=round(label_width + _ROOM + (_SHAPE if status else 0), 1),
        shape_at=round(label_width + _ROOM, 1),
        width=width,
        bend=round(width - 4, 1),
        fill=_TONES.get(status, _IDLE) if status else _IDLE,
        key=str(status or ""),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _length(text: str) -> float:
    """Guess how long a text is in a usual font of 11 pixels; the picture holds it to that."""
    return round(sum(map(_width, text)), 1)


@lru_cache(_CHARACTERS)
def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 11.5
    if character in " .,:;'|!iljIftr()[]":
        return 4.2
    if character in "mwMW@%…":
        return 10.0
    return 7.6 if character.isupper() else 6.7
