"""Objectives that continue others: chains from cycle to cycle."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from okrsite.findings.finding import Finding
from okrsite.project.circles import Links, find_circles
from okrsite.project.model import Objective


def connect_continuations(
    objectives: Mapping[str, Objective],
) -> tuple[dict[str, Objective], list[Finding]]:
    """Return the objectives with links in both directions, without those to documents that have no
    figures and those in circles."""
    links: Links = {
        objective.id: [other for other in (objective.continues,) if other and other in objectives]
        for objective in objectives.values()
    }
    circular, findings = find_circles(
        links,
        {id: objective.page for id, objective in objectives.items()},
        lambda one, _: objectives[one].page.line("continues"),
        "what this objective continues",
    )
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for id, targets in links.items():
        links[id] = [target for target in targets if (id, target) not in circular]
        for target in links[id]:
            followers[target].append(id)
    connected = {
        id: replace(
            objective,
            continues=next(iter(links[id]), None),
            continued_by=tuple(followers[id]),
        )
        if links[id] or id in followers or objective.continues
        else objective
        for id, objective in objectives.items()
    }
    return connected, findings


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
