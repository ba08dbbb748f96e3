"""The objectives of a cycle by the pillars that they serve: how many, and where they are listed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from okrsite.pages.parts import Link, PageContext
from okrsite.pages.strategy import cycle_anchor
from okrsite.project.model import Objective
from okrsite.project.model.cycles import Cycle

_LOOKS = 6
"""So many pillars look different where they have a colour and a pattern; names tell them all."""


@dataclass(frozen=True, slots=True)
class ServedPillar:
    """A pillar with the number of active objectives and their list; or all that serve none.

    `look` is the number of its colour and pattern, from 1; what serves none has 0.
    """

    key: str
    list: Link
    number: int
    look: int


def by_pillar(
    context: PageContext, cycle: Cycle, objectives: Iterable[Objective]
) -> tuple[ServedPillar, ...]:
    """Return the pillars that objectives of a cycle serve; nothing where none serves one."""
    site = context.site
    every = list(objectives)
    counts = Counter(pillar for o in every if o.active for pillar in o.pillars)
    if not counts:
        return ()
    found = []
    for position, id in enumerate(site.project.pillars):
        if counts[id]:
            page = context.pillar(id)
            link = Link(page.text, f"{page.href}#{cycle_anchor(cycle)}")
            look = position % _LOOKS + 1
            found.append(ServedPillar(site.pillar_keys[id], link, counts[id], look))
    if alone := sum(not objective.pillars for objective in every):
        href = f"{context.cycle(cycle).href}?pillar=none#okr-objectives"
        link = Link(escape(context.say("Without a pillar")), href)
        found.append(ServedPillar("none", link, alone, 0))
    return tuple(found)
