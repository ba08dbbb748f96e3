"""How an imported key result is measured: its kind, start, target and value, as written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from okrsite.documents.quantity import InvalidValueError, Quantity, same_unit
from okrsite.editing.yaml_text import Flow
from okrsite.importing.cells import Cell, Findings, clip, found
from okrsite.importing.days import Days
from okrsite.importing.entries import Entry
from okrsite.importing.numbers import AmbiguousNumberError, Numbers, is_unknown, written
from okrsite.importing.sentences import Sentence, bound_of, sentence
from okrsite.importing.shares import Shares
from okrsite.importing.words import meaning

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "%": "%"}


@dataclass(frozen=True, slots=True)
class Context:
    """How the values of files are read, and where findings go."""

    numbers: Mapping[str, Numbers]
    days: Mapping[str, Days]
    shares: Shares
    findings: Findings
    ambiguous: set[tuple[str, str | None, str | None]] = field(default_factory=set)

    def quantity(self, cell: Cell) -> Quantity | None:
        """Return the quantity of a cell; None, with a finding, where there is none."""
        try:
            return self.numbers[cell.spot.file].read(cell)
        except AmbiguousNumberError:
            column = (cell.spot.file, cell.spot.sheet, cell.spot.column)
            if column not in self.ambiguous:
                self.ambiguous.add(column)
                message = f"“{clip(cell.text)}” can be read in two ways"
                hint = "say which with --decimal point or --decimal comma"
                self.findings.append(found("OKR607", cell.spot, message, hint))
        except InvalidValueError as error:
            self.findings.append(found("OKR606", cell.spot, error.message, error.hint))
        return None

    def share(self, cell: Cell | None, confidence: bool = False) -> float | None:
        """Return the share of a cell, if it has one; what is wrong with it is a finding."""
        try:
            return self.shares.read(cell, confidence)
        except ValueError as error:
            assert cell is not None
            hint = "write a share like 0.6, 60% or 6/10"
            self.findings.append(found("OKR606", cell.spot, str(error), hint))
        return None

    def skip(self, cell: Cell, reason: str, hint: str | None = None) -> None:
        """Add the finding that a cell isn't imported."""
        self.findings.append(found("OKR611", cell.spot, reason, hint))


@dataclass(slots=True)
class Measured:
    """A key result as it will be written.

    `fields` are its measure, `value` what a check-in states, `start` what it starts at, both as
    written. `claims` are cells with a score that is to be compared with the computed one.
    """

    title: str
    fields: dict[str, Any] = field(default_factory=dict)
    value: str | None = None
    start: str | None = None
    confidence: float | None = None
    claims: list[tuple[Cell, float]] = field(default_factory=list)
    value_cell: Cell | None = None
    start_told: bool = False


def number_text(value: float) -> str:
    """Return a share as it is written into a document."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def measure(entry: Entry, context: Context) -> Measured:
    """Return how a key result is measured; what cannot be read is added to the findings."""
    cells = entry.cells
    line = (
        sentence(entry.title.text)
        if not any(n in cells for n in ("to", "from"))
        else Sentence(entry.title.text)
    )
    made = Measured(entry.title.text)
    if entry.checked:
        made.fields["milestones"] = [
            Flow({"title": cell.text, "done": done}) for cell, done in entry.checked
        ]
        compare_or_value(made, entry, context, measured=True)
        return made
    target = cells.get("to")
    if target is not None and is_unknown(target):
        if target.text.strip():
            context.skip(
                target, f"the target “{clip(target.text)}” isn't known", "add `to:` once it is"
            )
        target = None
    unit = unit_of(entry, context)
    if target is not None and target.number is None and (bound := bound_of(target.text)):
        _keep(made, entry, context, bound[0], replace(target, text=bound[1]), unit)
    elif target is not None and _yes(target) is None:
        _metric(made, entry, context, target, cells.get("from"), unit)
    elif target is None and _has_box(entry):
        _milestone(made, entry, context)
    elif line.to is not None and _no_number(cells):
        _from_sentence(made, entry, context, line)
    elif line.bound is not None:
        _keep(
            made,
            entry,
            context,
            line.bound[0],
            replace(entry.title, text=line.bound[1]),
            unit,
            cells.get("value"),
        )
    else:
        _unmeasured(made, entry, context, line)
    confidence = context.share(cells.get("confidence"), confidence=True)
    made.confidence = min(confidence, 1.0) if confidence is not None else None
    return made


def _no_number(cells: Mapping[str, Cell]) -> bool:
    return "to" not in cells or is_unknown(cells["to"])


def unit_of(entry: Entry, context: Context) -> str | None:
    """Return the unit that the column of units gives."""
    cell = entry.cells.get("unit")
    if cell is None or is_unknown(cell):
        return None
    text = cell.text.strip()
    named = _SIGNS.get(text) or meaning("unit", text)
    return None if named in ("none", "binary") else named or text


def _is_binary(entry: Entry) -> bool:
    unit = entry.cells.get("unit")
    return unit is not None and meaning("unit", unit.text) == "binary"


def _yes(cell: Cell) -> bool | None:
    """Whether a cell says yes; None where it says neither."""
    if cell.number is not None or cell.text.strip() in ("0", "1"):
        return None
    return _box(cell)


def _box(cell: Cell | None) -> bool | None:
    """Return what a column of boxes says, where 1 and 0 are boxes too."""
    if cell is None:
        return None
    return {"yes": True, "no": False}.get(meaning("box", cell.text) or "")


def _has_box(entry: Entry) -> bool:
    cells = entry.cells
    if _is_binary(entry):
        return True
    value = cells.get("value")
    if _box(cells.get("done")) is not None or (value is not None and _yes(value) is not None):
        return not any(
            name in cells and not is_unknown(cells[name]) and _yes(cells[name]) is None
            for name in ("from", "value")
        )
    status = cells.get("status")
    numbers = any(
        name in cells and not is_unknown(cells[name])
        for name in ("from", "value", "progress", "score")
    )
    return status is not None and meaning("done", status.text) is not None and not numbers


def _milestone(made: Measured, entry: Entry, context: Context) -> None:
    cells = entry.cells
    told = [_box(cells.get(name)) for name in ("done", "value")]
    done = next((box for box in told if box is not None), None)
    if done is None:
        status = cells.get("status")
        done = status is not None and meaning("done", status.text) is not None
    made.fields["done"] = done
    compare_or_value(made, entry, context, measured=True)


def quantities_of(
    made: Measured, entry: Entry, context: Context, cells: list[Cell | None], unit: str | None
) -> list[Quantity | None]:
    """Return the quantities of cells in one unit: that of the first that has one, else `unit`."""
    found_: list[Quantity | None] = []
    for cell in cells:
        if cell is None or is_unknown(cell):
            found_.append(None)
        else:
            found_.append(context.quantity(cell))
    units = [q.unit for q in found_ if q is not None and q.unit]
    shown = units[0] if units else unit
    for quantity, cell in zip(found_, cells, strict=True):
        if quantity is not None and quantity.unit and shown and not _alike(quantity.unit, shown):
            assert cell is not None
            title = clip(entry.title.text)
            message = f"“{clip(cell.text)}” isn't in {shown}, as the others of “{title}” are"
            context.findings.append(found("OKR606", cell.spot, message, "write them in one unit"))
            found_[found_.index(quantity)] = None
    return [q and Quantity(q.value, shown) for q in found_]


def _alike(one: str, other: str) -> bool:
    """Whether two units are the same, also in other forms of one word, as Tag and Tagen are."""
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    return same_unit(one, other) or (
        len(shorter) >= 3 and longer.startswith(shorter) and len(longer) - len(shorter) <= 2
    )


def _metric(
    made: Measured,
    entry: Entry,
    context: Context,
    target: Cell,
    start: Cell | None,
    unit: str | None,
    value: Cell | None = None,
) -> None:
    value = value or entry.cells.get("value")
    to, begun, now = quantities_of(made, entry, context, [target, start, value], unit)
    if to is None:
        return
    first = begun or Quantity(0.0, to.unit)
    if first.value == to.value:
        message = f"“{clip(entry.title.text)}” starts at its target {written(to)}"
        context.findings.append(
            found("OKR606", target.spot, message, "correct the start or the target")
        )
        return
    if begun is None and start is not None and not is_unknown(start):
        return  # the start cannot be read, which was said
    made.fields["from"] = written(first)
    made.fields["to"] = written(to)
    made.start, made.start_told = written(first), begun is not None
    share = share_of(entry, context)
    if now is not None:
        made.value, made.value_cell = written(now), value
    elif share is not None:
        cell, part = share
        reached = Quantity(round(first.value + part * (to.value - first.value), 6), to.unit)
        made.value, made.value_cell = written(reached), cell
        message = f"“{clip(cell.text)}” of the way is taken as the value {made.value}"
        context.findings.append(
            found("OKR613", cell.spot, message, "write the value itself if it is different")
        )
        share = None
    if share is not None:
        made.claims.append(share)
    for other in _shares_left(entry, context, share):
        made.claims.append(other)
    _box_beside_numbers(entry, context)


def share_of(entry: Entry, context: Context) -> tuple[Cell, float] | None:
    """Return the first share that the row gives of the key result: its score, else progress."""
    for name in ("score", "progress"):
        cell = entry.cells.get(name)
        share = context.share(cell)
        if cell is not None and share is not None:
            return cell, share
    return None


def _shares_left(
    entry: Entry, context: Context, first: tuple[Cell, float] | None
) -> list[tuple[Cell, float]]:
    if first is None or first[0] is not entry.cells.get("score"):
        return []
    cell = entry.cells.get("progress")
    share = context.share(cell)
    return [(cell, share)] if cell is not None and share is not None else []


def compare_or_value(made: Measured, entry: Entry, context: Context, measured: bool) -> None:
    """Keep the share of a row to be compared; it is the value of what is not measured."""
    share = share_of(entry, context)
    if share is None:
        return
    if measured:
        made.claims.append(share)
    else:
        made.value, made.value_cell = number_text(min(max(share[1], 0.0), 1.0)), share[0]
        if share[1] > 1:
            message = f"“{clip(share[0].text)}” is more than all, and is taken as 1"
            context.findings.append(found("OKR613", share[0].spot, message))


def _keep(
    made: Measured,
    entry: Entry,
    context: Context,
    bound: str,
    limit: Cell,
    unit: str | None,
    value: Cell | None = None,
) -> None:
    value = value or entry.cells.get("value")
    edge, now = quantities_of(made, entry, context, [limit, value], unit)
    if edge is None:
        return
    made.fields["keep"] = Flow({bound: written(edge)})
    if now is not None:
        made.value, made.value_cell = written(now), value
    start = entry.cells.get("from")
    if start is not None and not is_unknown(start):
        context.skip(start, "a range to keep has no start")
    compare_or_value(made, entry, context, measured=True)
    _box_beside_numbers(entry, context)


def _from_sentence(made: Measured, entry: Entry, context: Context, line: Sentence) -> None:
    made.title = line.title
    assert line.to is not None
    title, cells = entry.title, entry.cells
    start = replace(title, text=line.start) if line.start else cells.get("from")
    now = cells.get("value") or (replace(title, text=line.now) if line.now else None)
    _metric(made, entry, context, replace(title, text=line.to), start, unit_of(entry, context), now)
    if line.start is None and "to" in made.fields and not made.start_told:
        message = f"“{clip(title.text)}” starts at 0, because it doesn't say where it starts"
        context.findings.append(
            found("OKR613", title.spot, message, "write `from:` where it starts")
        )
    if line.grade is not None:
        made.claims.append((title, _grade(line.grade)))


def _grade(text: str) -> float:
    part, _, whole = text.partition("/")
    if whole:
        return float(part.replace(",", ".")) / float(whole)
    number = float(re.sub(r"[%\s]", "", text).replace(",", "."))
    return number / 100 if "%" in text or number > 1 else number


def _unmeasured(made: Measured, entry: Entry, context: Context, line: Sentence) -> None:
    cells, title = entry.cells, entry.title
    made.title = line.title if line.grade or line.now else title.text
    for name in ("value", "from"):
        cell = cells.get(name)
        if cell is not None and not is_unknown(cell):
            if cell.problem is not None or context.quantity(cell) is not None:
                message = f"“{clip(cell.text)}” isn't imported: “{clip(title.text)}” has no target"
                context.skip(cell, message, "give it a target")
    if line.grade is not None:
        made.value, made.value_cell = number_text(min(_grade(line.grade), 1.0)), title
    else:
        compare_or_value(made, entry, context, measured=False)
    if line.unmarked is not None and "to" not in cells and made.value is None:
        message = (
            f"“{line.unmarked}” isn't marked as a target, so “{clip(title.text)}” has no measure"
        )
        hint = "write `from A to B`, or a target of its own"
        context.skip(title, message, hint)


def _box_beside_numbers(entry: Entry, context: Context) -> None:
    cell = entry.cells.get("done")
    if cell is not None and not is_unknown(cell):
        name = clip(cell.spot.column or "done")
        context.skip(cell, f"{name} “{clip(cell.text)}” isn't imported next to numbers")
