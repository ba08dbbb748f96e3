"""Objectives that the site has already: what differs, and what `--update` adds to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from okrsite.documents.quantity import InvalidValueError, Quantity, parse_quantity, same_unit
from okrsite.editing.check_in import add_check_in
from okrsite.editing.insertion_points import append_in_brackets, append_lines
from okrsite.editing.new_check_in import Statement
from okrsite.editing.source_file import EditError, source_file_of
from okrsite.editing.yaml_positions import MAPPING, SEQUENCE
from okrsite.editing.yaml_text import Flow, block_lines, flow_text, item_lines
from okrsite.importing.cells import Cell, Findings, clip, found
from okrsite.importing.documents import (
    Foundation,
    OwnerReference,
    aligned,
    owner_id,
    result_fields,
)
from okrsite.importing.entries import key
from okrsite.importing.goals import Goal, Result
from okrsite.importing.numbers import written
from okrsite.language.inline import plain
from okrsite.project.model import KeyResult, Objective, Project
from okrsite.project.model.cycles import State
from okrsite.project.model.measures import Keep, Metric
from okrsite.project.names import Names
from okrsite.scores import Scorecard


@dataclass(frozen=True, slots=True)
class Known:
    """The objectives of the site, found by title, owner and cycle, or by the id of another tool."""

    by_title: Mapping[tuple[str, str], tuple[Objective, ...]]
    by_import_id: Mapping[tuple[str, str], Objective]

    def twin(self, goal: Goal, ground: Foundation) -> Objective | None:
        """Return the objective of the site that an imported one is."""
        lasting = goal.fields.get("x-import-id")
        if lasting and (known := self.by_import_id.get((goal.cycle.id, str(lasting)))):
            return known
        owners = {owner_id(ground, owner) for owner in goal.owners}
        same = self.by_title.get((goal.cycle.id, key(plain(goal.title))), ())
        return next((one for one in same if owners & set(one.owners)), None)


_IMPORT_ID = re.compile(rb"^x-import-id:[ \t]*[\"']?([^\"'\r\n#]+)", re.MULTILINE)


def import_id(content: bytes) -> str | None:
    """Return the id that another tool gave an objective, as its file keeps it.

    Keys that begin with `x-` mean nothing to documents, so they are not read with the others.
    """
    match = _IMPORT_ID.search(content)
    return match[1].decode("utf-8", "replace").strip() if match else None


def known_objectives(project: Project, import_ids: Mapping[str, str]) -> Known:
    """Return the objectives of a project as imports find them; `import_ids` are by objective."""
    by_title: dict[tuple[str, str], tuple[Objective, ...]] = {}
    by_id: dict[tuple[str, str], Objective] = {}
    for objective in project.objectives.values():
        title = (objective.cycle, key(plain(objective.page.title)))
        by_title[title] = (*by_title.get(title, ()), objective)
        if lasting := import_ids.get(objective.id):
            by_id[objective.cycle, lasting] = objective
    return Known(by_title, by_id)


Twins = Mapping[int, KeyResult]
"""The key results of the site that imported ones are, by the identity of each imported one."""


def twin_results(goal: Goal, objective: Objective, content: bytes) -> Twins:
    """Return those of an objective in the file `content`, by lasting id or else by title."""
    at = {one.position: one for one in objective.key_results}
    places = _import_ids_of_results(content)
    twins: dict[int, KeyResult] = {}
    for result in goal.results:
        place = places.get(str(result.fields.get("x-import-id")), 0)
        same = (one for one in objective.key_results if _has_title(one, result))
        known = at.get(place) or next(same, None)
        if known is not None:
            twins[id(result)] = known
    return twins


def _has_title(known: KeyResult, result: Result) -> bool:
    titles = result.measured.title, result.entry.title.text
    return key(plain(known.title)) in {key(plain(title)) for title in titles}


def _import_ids_of_results(content: bytes) -> dict[str, int]:
    """Return the places, from 1, of a file's key results by the ids that another tool gave them."""
    if b"x-import-id" not in content:
        return {}
    try:
        file = source_file_of(content)
    except EditError:  # lint has its error
        return {}
    listed = file.fields.value("key_results")
    ids: dict[str, int] = {}
    for place, item in enumerate(listed.items if listed is not None else (), start=1):
        if item.kind == MAPPING and (node := item.value("x-import-id")) is not None:
            ids[file.text[node.start : node.end].strip("\"' ")] = place
    return ids


def update(
    goal: Goal,
    objective: Objective,
    scorecard: Scorecard,
    content: bytes | None,
    ground: Foundation,
    names: Names,
    parents: Mapping[int, str],
    twins: Twins,
    day: date,
    findings: Findings,
) -> bytes | None:
    """Report what differs from an objective of the site; return its file with what is new.

    Without `content` nothing is added. None where nothing changes. What cannot be added without
    changing something else is reported.
    """
    reference = OwnerReference(ground, names)
    after = content
    title = goal.entry.title
    if key(plain(objective.page.title)) != key(plain(goal.title)):
        _differs(findings, title, "title", plain(goal.title), plain(objective.page.title))
    _compare_objective(goal, objective, findings)
    new: list[Result] = []
    values: dict[str, str] = {}
    for result in goal.results:
        known = twins.get(id(result))
        if known is None:
            new.append(result)
            continue
        if not _has_title(known, result):
            ours, theirs = plain(known.title), plain(result.measured.title)
            _differs(findings, result.entry.title, "title", theirs, ours)
        _compare_result(result, known, ground, content is not None, findings)
        if (stated := _newer(result, known, objective, scorecard)) is not None:
            if content is None or goal.cycle.state(day) is State.UPCOMING:
                cell = result.measured.value_cell or result.entry.title
                _differs(findings, cell, "value", cell.text, stated or "none")
            else:
                assert result.measured.value is not None
                values[known.id] = result.measured.value
    for result in new:
        if content is None:
            title_ = clip(result.entry.title.text)
            message = f"{objective.page.path} has no key result “{title_}”"
            findings.append(found("OKR608", result.entry.spot, message, "--update adds it"))
    if after is None:
        return None
    after = _with_results(
        after, [result_fields(one, goal, reference, day) for one in new], objective, findings, title
    )
    for result in new:
        if result.measured.value is not None and goal.cycle.state(day) is not State.UPCOMING:
            values[result.id] = result.measured.value
    stated_day = min(max(day, goal.cycle.start), goal.cycle.closing_day)
    if values:
        after = _with_check_in(after, stated_day, values, objective, findings, title)
    after = _with_dated(after, goal, objective, twins, findings)
    after = _with_empty_fields(after, goal, objective, reference, parents, twins, findings)
    return after if after != content else None


def _with_check_in(
    content: bytes,
    day: date,
    values: Mapping[str, str],
    objective: Objective,
    findings: Findings,
    cell: Cell,
) -> bytes:
    try:
        return add_check_in(content, Statement(day, values=values)).content
    except EditError as error:
        message = f"{objective.page.path}:{error.line}: no check-in was added: {error.message}"
        findings.append(found("OKR608", cell.spot, message, error.hint))
        return content


def _with_dated(
    content: bytes, goal: Goal, objective: Objective, twins: Twins, findings: Findings
) -> bytes:
    """Add the dated values that are newer than all that the site knows of their key result."""
    by_day: dict[date, dict[str, str]] = {}
    for stated in goal.stated:
        known = twins.get(id(stated.result))
        if known is None or stated.value is None:
            continue
        if all(reading.date < stated.day for reading in known.readings):
            by_day.setdefault(stated.day, {})[known.id] = stated.value
    for day in sorted(by_day):
        content = _with_check_in(content, day, by_day[day], objective, findings, goal.entry.title)
    return content


def _with_empty_fields(
    content: bytes,
    goal: Goal,
    objective: Objective,
    reference: OwnerReference,
    parents: Mapping[int, str],
    twins: Twins,
    findings: Findings,
) -> bytes:
    """Add the fields that a document lacks, to the objective and to its key results."""
    contributors = [reference(owner) for owner in goal.contributors]
    lacking: dict[str, Any] = {
        "contributors": Flow(contributors) if contributors and not objective.contributors else None,
        "tags": Flow(goal.fields["tags"]) if goal.fields.get("tags") else None,
        "aligns_to": None
        if objective.aligned_in_writing
        else aligned(goal, reference.names, parents),
    }
    places: list[tuple[int | None, dict[str, Any]]] = [(None, lacking)]
    for result in goal.results:
        known = twins.get(id(result))
        if known is not None:
            ids = [owner_id(reference.ground, owner) for owner in result.owners]
            other = set(ids) != set(known.owners)
            owners = [reference(owner) for owner in result.owners] if other else []
            fields = {
                "description": result.fields.get("description"),
                "owner": owners[0] if len(owners) == 1 else Flow(owners) if owners else None,
                "due": result.fields.get("due"),
            }
            places.append((known.position - 1, fields))
    try:
        for position, fields in places:
            content = _with_fields(content, position, fields)
        if goal.body and not objective.page.body.strip():
            content = content.rstrip(b"\r\n") + b"\n" + goal.body.encode() + b"\n"
    except EditError as error:
        message = f"{objective.page.path}:{error.line}: nothing was added: {error.message}"
        findings.append(found("OKR608", goal.entry.spot, message, error.hint))
    return content


def _with_fields(content: bytes, position: int | None, fields: Mapping[str, Any]) -> bytes:
    """Add the fields that an objective, or one of its key results, does not have."""
    file = source_file_of(content)
    node = file.fields
    if position is not None:
        listed = file.fields.value("key_results")
        if listed is None or position >= len(listed.items):
            return content
        node = listed.items[position]
    new = {n: v for n, v in fields.items() if v is not None and node.value(n) is None}
    if not new or node.kind != MAPPING:
        return content
    if node.flow:
        return file.with_insertions(append_in_brackets(file, node, flow_text(new)[1:-1]))
    column = node.pairs[0][0].column
    lines = block_lines(new, " " * column)
    return file.with_insertions(append_lines(file, node, lines, column + (position is None)))


def _with_results(
    content: bytes,
    new: Sequence[Mapping[str, Any]],
    objective: Objective,
    findings: Findings,
    cell: Cell,
) -> bytes:
    """Add key results at the end of those of a document."""
    taken = {result.id for result in objective.key_results}
    for fields in new:
        try:
            file = source_file_of(content)
            listed = file.fields.value("key_results")
            id = str(fields["id"])
            while id in taken:
                id = f"{id}-2"
            taken.add(id)
            item = {**fields, "id": id}
            if listed is None:
                indent = " " * file.fields.pairs[0][0].column
                lines = [f"{indent}key_results:", *item_lines(item, f"{indent}  ")]
                insertions = append_lines(file, file.fields, lines, len(indent) + 1)
            elif listed.kind != SEQUENCE or listed.alias:
                raise EditError(
                    "`key_results` is not a list", file.line_of(listed.start), "write one"
                )
            elif listed.flow:
                insertions = append_in_brackets(file, listed, flow_text(item))
            else:
                lines = item_lines(item, " " * listed.column)
                insertions = append_lines(file, listed, lines, listed.column + 1)
            content = file.with_insertions(insertions)
        except EditError as error:
            where = f"{objective.page.path}:{error.line}"
            message = f"{where}: “{fields['title']}” was not added: {error.message}"
            findings.append(found("OKR608", cell.spot, message, error.hint))
    return content


def _differs(findings: Findings, cell: Cell, what: str, theirs: str, ours: str) -> None:
    message = f"the {what} is {clip(theirs)} here and {clip(ours)} on the site"
    findings.append(
        found("OKR608", cell.spot, message, "the site's stays; change it there if it is wrong")
    )


def _compare_objective(goal: Goal, objective: Objective, findings: Findings) -> None:
    cells = goal.entry.cells
    status = goal.fields.get("status")
    if status is not None and status != str(objective.status):
        cell = cells.get("status", goal.entry.title)
        _differs(findings, cell, "status", status, str(objective.status))
    _compare_weight(goal.fields.get("weight"), cells, objective.weight.value, findings)
    commitment = goal.fields.get("commitment")
    if commitment is not None and commitment != str(objective.commitment):
        _differs(findings, cells["commitment"], "commitment", commitment, str(objective.commitment))


def _compare_result(
    result: Result, known: KeyResult, ground: Foundation, adding: bool, findings: Findings
) -> None:
    """Report the fields of a key result that the site has otherwise."""
    cells, fields, measure = result.entry.cells, result.measured.fields, known.measure
    title = result.entry.title
    metric = measure if isinstance(measure, Metric) else None
    if "to" in fields:
        target = metric.target if metric else None
        if target is None or not _same(fields["to"], target.value, known.unit):
            cell = cells.get("to", title)
            _differs(
                findings,
                cell,
                "target",
                cell.text,
                _shown(target.value if target else None, known.unit),
            )
        elif result.measured.start_told and metric and metric.start is not None:
            if not _same(fields["from"], metric.start.value, known.unit):
                cell = cells.get("from", title)
                _differs(findings, cell, "start", cell.text, _shown(metric.start.value, known.unit))
    if "keep" in fields:
        range_ = measure.range if isinstance(measure, Keep) else None
        given = fields["keep"].value
        for bound, limit in given.items():
            value = {"min": range_.minimum, "max": range_.maximum}[bound] if range_ else None
            if value is None or not _same(limit, value, known.unit):
                _differs(
                    findings,
                    cells.get("to", title),
                    "range",
                    f"{bound} {limit}",
                    _shown(value, known.unit),
                )
    if result.owners and "owner" in cells:
        owners = [owner_id(ground, owner) for owner in result.owners]
        unwritten = adding and "owner" not in known.lines
        if set(owners) != set(known.owners) and not unwritten:
            _differs(
                findings, cells["owner"], "owner", cells["owner"].text, ", ".join(known.owners)
            )
    due = result.fields.get("due")
    if due is not None and due != known.due and not (adding and known.due is None):
        _differs(findings, cells["due"], "due date", str(due), str(known.due or "none"))
    _compare_weight(result.fields.get("weight"), cells, known.weight.value, findings)


def _compare_weight(
    weight: str | None, cells: Mapping[str, Cell], ours: float, findings: Findings
) -> None:
    cell = cells.get("weight")
    if cell is not None and float(weight or 1) != ours:
        _differs(findings, cell, "weight", cell.text, f"{ours:g}")


def _same(text: str, value: float, unit: str | None) -> bool:
    """Whether a quantity as written is a value with a unit; a plain number has any unit."""
    try:
        quantity = parse_quantity(text)
    except InvalidValueError:
        return False
    alike = quantity.unit is None or unit is None or same_unit(quantity.unit, unit)
    return alike and abs(quantity.value - value) <= 1e-9 * max(1.0, abs(value))


def _shown(value: float | None, unit: str | None) -> str:
    return "none" if value is None else written(Quantity(value, unit))


def _newer(
    result: Result, known: KeyResult, objective: Objective, scorecard: Scorecard
) -> str | None:
    """Return the site's value, shown, where a file has another; None where they are the same."""
    value = result.measured.value
    if value is None or known.kpi is not None:
        return None
    figures = scorecard.objectives[objective.id].key_results[known.id]
    latest = figures.evaluation.value
    if latest is None and value == result.measured.start and not known.readings:
        return None
    if latest is not None and _same(value, latest, known.unit):
        return None
    return _shown(latest, known.unit) if latest is not None else ""
