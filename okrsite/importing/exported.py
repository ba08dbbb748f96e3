"""Key results of `okrsite export`, whose columns say how they are measured."""

import re
from typing import Any

from okrsite.documents.quantity import Quantity
from okrsite.documents.values import Aggregate
from okrsite.editing.yaml_text import Flow
from okrsite.importing.cells import clip
from okrsite.importing.entries import Entry
from okrsite.importing.measures import (
    Context,
    Measured,
    compare_or_value,
    measure,
    number_text,
    quantities_of,
    share_of,
    unit_of,
)
from okrsite.importing.numbers import written

_PAIR = re.compile(
    r"(?P<key>[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9.]+(?:e[+-]?[0-9]+)?)"
    r"=(?P<value>-?[0-9.]+(?:e[+-]?[0-9]+)?)"
)


def measure_exported(entry: Entry, context: Context) -> Measured:
    """Return how a key result of an export is measured."""
    made = Measured(entry.title.text)
    if not _as_named(made, entry, context, entry.cells["measured_as"].text):
        made = measure(entry, context)
        if "to" in made.fields:
            made.fields |= _way(entry, context)
    else:
        made.confidence = context.share(entry.cells.get("confidence"), confidence=True)
    return made


def _as_named(made: Measured, entry: Entry, context: Context, kind: str) -> bool:
    """Measure a key result by the name of its kind; return whether that tells how."""
    cells = entry.cells
    if kind == "roll-up":
        made.fields["roll_up"] = True
        compare_or_value(made, entry, context, measured=True)
    elif kind == "milestone":
        _milestone(made, entry, context)
    elif kind == "keep" and not {"keep_min", "keep_max"}.isdisjoint(cells):
        bounds = [cells.get("keep_min"), cells.get("keep_max"), cells.get("value")]
        low, high, now = quantities_of(made, entry, context, bounds, unit_of(entry, context))
        limits = {"min": low and written(low), "max": high and written(high)}
        made.fields["keep"] = Flow({name: limit for name, limit in limits.items() if limit})
        _stated(made, entry, now)
        compare_or_value(made, entry, context, measured=True)
    elif kind == "metric" and "scale" in cells and "to" not in cells:
        made.fields |= _way(entry, context)
        sides = [cells.get("from"), cells.get("value")]
        start, now = quantities_of(made, entry, context, sides, unit_of(entry, context))
        if start is not None:
            made.fields["from"] = written(start)
        _stated(made, entry, now)
        compare_or_value(made, entry, context, measured=True)
    else:
        return False
    return True


def _stated(made: Measured, entry: Entry, value: Quantity | None) -> None:
    if value is not None:
        made.value, made.value_cell = written(value), entry.cells["value"]


def _milestone(made: Measured, entry: Entry, context: Context) -> None:
    """Measure a milestone, whose list the export does not have, by how far it is."""
    cell = entry.cells.get("value")
    told = share_of(entry, context)
    share, stated = told[1] if told else None, context.share(cell)
    if stated is not None:
        made.fields["done"] = share == 1 and stated < 1
        made.value, made.value_cell = number_text(stated), cell
    elif share is not None and 0 < share < 1:
        part = {"title": made.title, "progress": number_text(share)}
        made.fields["milestones"] = [Flow(part)]
    else:
        made.fields["done"] = share == 1


def _way(entry: Entry, context: Context) -> dict[str, Any]:
    """Return the scale, the plan and the aggregate of a metric."""
    fields: dict[str, Any] = {}
    unit = unit_of(entry, context)
    if scale := _pairs(entry, context, "scale"):
        fields["scale"] = Flow(
            [[written(Quantity(float(value), unit)), score] for value, score in scale]
        )
    if plan := _pairs(entry, context, "plan"):
        fields["plan"] = Flow([[day, written(Quantity(float(value), unit))] for day, value in plan])
    if (cell := entry.cells.get("aggregate")) is not None and cell.text != Aggregate.LAST:
        fields["aggregate"] = cell.text
    return fields


def _pairs(entry: Entry, context: Context, name: str) -> list[tuple[str, str]]:
    """Return the pairs of a cell such as `60=0 30=0.7`; none, with a finding, for another text."""
    cell = entry.cells.get(name)
    matches = [_PAIR.fullmatch(part) for part in cell.text.split()] if cell is not None else []
    pairs = [(match["key"], match["value"]) for match in matches if match is not None]
    if cell is not None and len(pairs) < len(matches):
        context.skip(cell, f"the {name} “{clip(cell.text)}” isn't imported", "write it by hand")
        return []
    return pairs
