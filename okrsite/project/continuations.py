"""Objectives that continue others: chains from cycle to cycle."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from okrsite.findings.finding import Finding
from okrsite.i18n import phrase
from okrsite.project.circles import Links, find_circles
from okrsite.project.model import Objective


def connect_continuations(
    objectives: Mapping[str, Objective],
    left_out: Mapping[str, Objective],
    findings: list[Finding],
) -> dict[str, Objective]:
    """Return the objectives with links in both directions, without those to documents that have no
    figures and those in circles."""
    everything = {**left_out, **objectives}
    links: Links = {
        id: [other for other in (one.continues,) if other and other in everything]
        for id, one in everything.items()
    }
    circular = find_circles(
        links,
        {id: one.page for id, one in everything.items()},
        lambda one, _: everything[one].page.line("continues"),
        phrase("what this objective continues is circular: %(circle)s"),
        findings,
    )
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for id in objectives:
        links[id] = [t for t in links[id] if t in objectives and (id, t) not in circular]
        for target in links[id]:
            followers[target].append(id)
    return {
        id: replace(
            objective,
            continues=next(iter(links[id]), None),
            continued_by=tuple(followers[id]),
        )
        if links[id] or id in followers or objective.continues
        else objective
        for id, objective in objectives.items()
    }


def chain(objectives: Mapping[str, Objective], id: str) -> tuple[str, ...]:
    """List the objectives that one continues, the oldest first, itself, and those continuing it.

    Where several continue the same one all of them are listed, the nearest first.
    """
    before: list[str] = []
    earlier = objectives[id].continues
    while earlier is not None and earlier in objectives:
        before.insert(0, earlier)
        earlier = objectives[earlier].continues
    after: list[str] = []
    waiting = [id]
    while waiting:
        following = objectives[waiting.pop(0)].continued_by
        after += following
        waiting += following
    return (*before, id, *after)
