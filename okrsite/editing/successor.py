"""Carry an objective over to another cycle: its fields and its body."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.documents.links import local_links
from okrsite.documents.quantity import Quantity, write_quantity
from okrsite.documents.sections import without_retrospective
from okrsite.documents.values import Aggregate, read_date
from okrsite.project.model import KeyResult, LinkTo, Objective, Project
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Metric, Milestones, RollUp
from okrsite.scores import KeyResultFigures, ObjectiveFigures
from okrsite.scores.left_over import why_over

# Said of the old cycle, or said by the new file's place.
_LEFT = frozenset({"type", "id", "cycle", "owner", "owners", "status", "check_ins", "grade"})
_LEFT_OF_RESULTS = frozenset({"grade", "plan", "status"})
_OVER = frozenset({"done", "dropped"})

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Successor:
    """The key results and initiatives to carry over, as fields, and what is left out and why."""

    fields: dict[str, Any]
    notes: tuple[str, ...]


def carried_fields(
    written: Fields, objective: Objective, figures: ObjectiveFigures, cycle: Cycle, day: date
) -> Successor:
    """Return the fields that go on into a cycle, alignments and owners left to the caller.

    `written` are the objective's fields as texts, `figures` those it is closed with, and `day` is
    the one on which is asked what is done.
    """
    results, notes = _key_results(written, objective, figures, cycle, day)
    fields = {name: value for name, value in written.items() if name not in _LEFT}
    fields["key_results"] = results
    if "initiatives" in written:
        kept = {item["id"] if "id" in item else f"kr{n + 1}" for n, item in enumerate(results)}
        fields["initiatives"] = _initiatives(written["initiatives"], {id.lower() for id in kept})
    return Successor({name: value for name, value in fields.items() if value}, tuple(notes))


def _key_results(
    written: Fields, objective: Objective, figures: ObjectiveFigures, cycle: Cycle, day: date
) -> tuple[list[dict[str, Any]], list[str]]:
    made: list[tuple[str, dict[str, Any]]] = []
    notes: list[str] = []
    for fields, result in zip(written.get("key_results", ()), objective.key_results, strict=True):
        known = figures.key_results[result.id]
        over = why_over(result, known, day)
        if over is None:
            carried = _key_result(fields, result, cycle, day)
            made.append((result.id, _with_start(carried, result, objective, known)))
        else:
            notes.append(f"`{result.id}` is left out: {over}")
    if notes:
        # Without those before them the others would be counted differently.
        return [{"id": id, **fields} for id, fields in made], notes
    return [fields for _, fields in made], notes


def _key_result(written: Fields, result: KeyResult, cycle: Cycle, day: date) -> dict[str, Any]:
    fields = {
        name: value
        for name, value in written.items()
        if name not in _LEFT_OF_RESULTS and value is not None
    }
    _drop_outside(fields, cycle)
    if "done" in fields:
        fields["done"] = False
    if "roll_up" in fields:
        fields["roll_up"] = isinstance(result.measure, RollUp)
    if isinstance(result.measure, Milestones) and "milestones" in fields:
        pairs = zip(written["milestones"], result.measure.milestones, strict=True)
        fields["milestones"] = [_milestone(m, cycle) for m, at in pairs if not at.done_by(day)]
    return fields


def _with_start(
    fields: dict[str, Any], result: KeyResult, objective: Objective, known: KeyResultFigures
) -> dict[str, Any]:
    """Return the fields with `from` before `to`, where people look for it."""
    measure, current = result.measure, fields.pop("current", None)
    if not isinstance(measure, Metric) or measure.scale:
        return fields
    start = fields.pop("from", None)
    if result.kpi is not None or result.masked:
        return fields
    if measure.aggregate is Aggregate.LAST and known.evaluation.value != measure.goal:
        start = _last_value(current, result, objective, known) or start
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "to" and start is not None:
            made["from"] = start
        made[name] = value
    return made


def _last_value(
    current: object, result: KeyResult, objective: Objective, known: KeyResultFigures
) -> str | None:
    """Return the last value as somebody wrote it."""
    value, readings = known.evaluation.value, known.evaluation.readings
    if value is None:
        return None
    if not readings:
        return None if current is None else str(current)
    for check_in in objective.check_ins:
        if (check_in.date, check_in.uri) == (readings[-1].date, readings[-1].uri):
            for stated in check_in.values:
                if stated.key_result == result.id and stated.text is not None:
                    return stated.text
    return write_quantity(Quantity(value, result.unit))


def _milestone(written: Fields, cycle: Cycle) -> dict[str, Any]:
    fields = dict(written)
    if "done" in fields:
        fields["done"] = False
    _drop_outside(fields, cycle)
    return fields


def _drop_outside(fields: dict[str, Any], cycle: Cycle) -> None:
    """Remove a due date outside the new cycle."""
    if "due" in fields and not cycle.holds(read_date(str(fields["due"]))):
        del fields["due"]


def _initiatives(written: Any, kept: set[str]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for initiative in written:
        fields = dict(initiative)
        if str(fields.get("status", "")).lower() in _OVER:
            continue
        named = str(fields.get("key_result", "")).lower().lstrip("#")
        if named and named not in kept:
            del fields["key_result"]
        made.append(fields)
    return made


def carried_link(project: Project, link: LinkTo, cycle: Cycle) -> tuple[str, str | None] | None:
    """Return the objective, and the key result of it, that a link means in another cycle.

    It stays as it is if the cycles overlap. Otherwise it is what continues it there, else
    what is called the same and has the same owner, in the cycle itself or in one around it.
    """
    target = project.objectives[link.objective]
    if project.cycles[target.cycle].overlaps(cycle):
        return link.objective, link.key_result
    found = _following(project, target, cycle) or _namesake(project, target, cycle)
    if found is None:
        return None
    known = {result.id for result in found.key_results}
    return found.id, link.key_result if link.key_result in known else None


def _following(project: Project, target: Objective, cycle: Cycle) -> Objective | None:
    waiting = list(target.continued_by)
    while waiting:
        found = project.objectives[waiting.pop(0)]
        if project.cycles[found.cycle].overlaps(cycle):
            return found
        waiting += found.continued_by
    return None


def _namesake(project: Project, target: Objective, cycle: Cycle) -> Objective | None:
    name = target.id.rsplit("/", 1)[-1]
    found = [
        objective
        for objective in project.objectives.values()
        if objective.id.rsplit("/", 1)[-1] == name
        and objective.owners[0] == target.owners[0]
        and (objective.cycle == cycle.id or project.cycles[objective.cycle].contains(cycle))
    ]
    return min(found, key=lambda o: project.cycles[o.cycle].days, default=None)


def carried_body(body: str, old: str, new: str, exists: Callable[[str], bool]) -> str:
    """Return a body without its retrospective, with links that lead where they led.

    `old` and `new` are the addresses of the two files, relative to docs_dir.
    """
    body = without_retrospective(body).strip("\n")
    for link in local_links(body):
        here = posixpath.normpath(posixpath.join(posixpath.dirname(new), link))
        there = posixpath.normpath(posixpath.join(posixpath.dirname(old), link))
        if link.startswith("/") or exists(here) or not exists(there):
            continue
        moved = posixpath.relpath(there, posixpath.dirname(new) or ".")
        pattern = rf"(\]\(\s*<?|^\[[^\]]+\]:\s*<?){re.escape(link)}(?=[)#?\s>]|$)"
        literal = moved.replace("\\", "\\\\")
        body = re.sub(pattern, rf"\g<1>{literal}", body, flags=re.MULTILINE)
    return body
