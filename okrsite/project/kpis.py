"""KPIs: their ranges and units, and their readings from the front matter and from CSV."""

import csv
import errno
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from okrsite.documents.conflicts import CONFLICT, CONFLICT_HINT, conflict_line
from okrsite.documents.lines import Location
from okrsite.documents.models import KpiFields, TargetFields
from okrsite.documents.quantity import InvalidValueError, Quantity, parse_quantity, same_unit
from okrsite.documents.source import Source, normal_newlines
from okrsite.documents.trees import LARGEST_DATA, Tree, read_named
from okrsite.documents.validate import Document
from okrsite.documents.values import parse_day
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.i18n import Phrase, phrase
from okrsite.project.kpi_sources import check_kpi_source, kpi_source
from okrsite.project.model import Confidence, Figure, Kpi, Page, Place, Reading, Target
from okrsite.project.plausible import Measured, Number, misread
from okrsite.project.read_measures import check_range, numbers_at, one_unit, range_of, written_unit
from okrsite.project.registry import Registry

MOST_ROWS = 200_000
"""The most rows that a CSV file may have."""

_NEEDED = frozenset({"date", "value"})
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"\"?sep=[,;\t]\"?[ \t,;]*\n", re.IGNORECASE)
_GROUPS = re.compile(r"[^0-9]{0,4}[0-9]{1,3},[0-9]{3}")


def build_kpi(
    registry: Registry, tree: Tree, document: Document, page: Page
) -> tuple[Kpi | None, list[Finding]]:
    """Return the KPI of a document; None where an error leaves it without figures."""
    source = document.source
    fields = cast(KpiFields, document.fields)
    findings: list[Finding] = []
    references: list[Finding] = []
    owner = registry.folder_owner(document.uri)
    if fields.owner is not None:
        owner = registry.owner(document, ("owner",), fields.owner, references)
    elif not (owner or document.damages("owner") or registry.in_private_folder(document.uri)):
        findings.append(registry.missing_owner(document, phrase("`owner` is missing in a KPI")))
    drives = kpis_driven(registry, document, references)
    contributors = registry.owners(document, ("contributors",), fields.contributors, references)
    findings += _check_targets(document, fields)
    findings += check_kpi_source(document, fields.source)
    keep = range_of(source, ("keep",), fields.keep) if fields.keep else None
    alert = range_of(source, ("alert",), fields.alert) if fields.alert else None
    findings += check_range(source, ("keep",), fields.keep)
    findings += check_range(source, ("alert",), fields.alert)
    if alert is not None and keep is not None and not alert.contains(keep):
        hint = phrase("use a wider range: critical is outside it, healthy is inside `keep`")
        findings.append(
            source.finding("OKR104", ("alert",), phrase("`alert` does not contain `keep`"), hint)
        )
    quantities = _quantities(fields)
    written: list[tuple[Location, str | None]] = [(("unit",), written_unit(fields.unit))]
    written += ((at, quantity.unit) for at, quantity in quantities)
    unit, problems = one_unit(source, written, phrase("the KPI"))
    findings += problems
    rows: list[Reading] = []
    numbers: list[Number] = []
    if source.data is not None:
        rows, unit, problems = _rows(tree, source, source.data, unit, numbers)
        findings += problems
    broken = document.broken or any(_leaves_out(found, source) for found in findings)
    inline, unit, problems = _readings(source, fields, unit, numbers)
    findings += problems
    target = next((t.value for t in (*reversed(fields.targets), fields.target) if t), None)
    measured = numbers_at(source, quantities)
    findings += misread(Measured(measured, written_unit(fields.unit), target=target), numbers)
    readings = [*rows, *inline]
    findings += two_values(readings, of_kpi=True)
    if broken:
        return None, [*references, *findings]
    kpi = Kpi(
        page=page,
        owner=owner,
        indicator=fields.indicator,
        drives=tuple(drives),
        driven_by=(),
        unit=unit,
        keep=keep,
        alert=alert,
        targets=_targets(source, fields),
        every=fields.every,
        readings=tuple(readings),
        key_results=(),
        status=fields.status,
        contributors=contributors,
        lags={id: lag for id, lag in drives.items() if lag is not None},
        source=kpi_source(source, fields.source),
    )
    return kpi, [*references, *findings]


def kpis_driven(
    registry: Registry, document: Document, findings: list[Finding]
) -> dict[str, str | None]:
    """Return the KPIs that one drives, with how long each takes to move, where it is written.

    What is wrong is added to `findings`.
    """
    drives: dict[str, str | None] = {}
    for position, written in enumerate(cast(KpiFields, document.fields).drives):
        driven = registry.kpi(document, ("drives", position), written.kpi, findings)
        if driven is not None:
            drives.setdefault(driven, written.lag)
    return drives


def two_values(readings: Iterable[Reading], of_kpi: bool = False) -> Iterator[Finding]:
    """Yield a finding for each second value of a date: the later one, which counts."""
    seen: dict[object, Reading] = {}
    for reading in readings:
        earlier = seen.get(reading.date)
        if earlier is not None and earlier.value != reading.value:
            message = phrase(
                "the key result has another value for %(day)s, in %(place)s; this one counts"
            )
            if of_kpi:
                message = phrase(
                    "the KPI has another value for %(day)s, in %(place)s; this one counts"
                )
            yield second_of_day(message, reading, earlier)
        seen[reading.date] = reading


def second_of_day(
    message: Phrase, one: Reading | Confidence, other: Reading | Confidence
) -> Finding:
    """Return that something has two values of one `day`, the other one in a `place`."""
    here, there = one.place, other.place
    message = message.having(day=one.date, place=f"{there.path}:{there.line}")
    hint = phrase("remove one of the two")
    return finding("OKR303", here.path, here.line, message, hint, (there.path,))


def _leaves_out(found: Finding, source: Source) -> bool:
    own = found.path == source.path and found.severity is Severity.ERROR
    return found.code == "OKR112" or (own and found.code.startswith("OKR1"))


def _written_targets(fields: KpiFields) -> Iterator[tuple[Location, TargetFields]]:
    """Yield the targets, written as one or as a list, with where they are written."""
    if fields.target is not None:
        yield ("target",), fields.target
    for position, target in enumerate(fields.targets):
        yield ("targets", position), target


def _targets(source: Source, fields: KpiFields) -> tuple[Target, ...]:
    """Return the targets in the order of their days."""
    made = (
        Target(
            Figure(written.value.value, Place(source.path, source.line(*at, "value"))), written.by
        )
        for at, written in _written_targets(fields)
    )
    return tuple(sorted(made, key=lambda target: target.by or date.max))


_LEAVE_ONE_OUT = phrase("remove one")


def _check_targets(document: Document, fields: KpiFields) -> Iterator[Finding]:
    source = document.source
    if fields.target is not None and fields.targets:
        message = phrase("there are both `target` and `targets`")
        yield source.finding("OKR104", ("targets",), message, phrase("use one of the two"))
    days: set[date] = set()
    for position, target in enumerate(fields.targets):
        if document.damages("targets", position):
            continue
        if target.by is None and position < len(fields.targets) - 1:
            hint = phrase("add `by:` with the date; only the last target may go without one")
            message = phrase("`by` is missing in a target")
            yield source.finding("OKR103", ("targets", position), message, hint)
        elif target.by in days:
            message, hint = (
                phrase("two targets have the date %(day)s", day=target.by),
                _LEAVE_ONE_OUT,
            )
            yield source.finding("OKR104", ("targets", position, "by"), message, hint)
        days |= {target.by} if target.by else set()


def _quantities(fields: KpiFields) -> list[tuple[Location, Quantity]]:
    """Return the quantities of a KPI apart from its readings, with their places."""
    written: list[tuple[Location, Quantity | None]] = []
    for name, bounds in (("keep", fields.keep), ("alert", fields.alert)):
        if bounds is not None:
            written += [((name, "min"), bounds.min), ((name, "max"), bounds.max)]
    written += (((*at, "value"), target.value) for at, target in _written_targets(fields))
    return [(at, quantity) for at, quantity in written if quantity is not None]


def _readings(
    source: Source, fields: KpiFields, unit: str | None, numbers: list[Number]
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the readings of the front matter; one in another unit is left out and reported."""
    readings: list[Reading] = []
    findings: list[Finding] = []
    for position, reading in enumerate(fields.readings):
        location: Location = ("readings", position, "value")
        other = reading.value.unit
        if other is not None and unit is not None and not same_unit(other, unit):
            message = phrase(
                "the reading has the unit `%(unit)s`, the KPI `%(other)s`",
                unit=other[:40],
                other=unit[:40],
            )
            hint = phrase("use one unit throughout")
            findings.append(source.finding("OKR107", location, message, hint))
            continue
        unit = unit or other
        place = Place(source.path, source.line("readings", position))
        numbers.append(Number(reading.value, place, reading.date))
        readings.append(Reading(reading.date, reading.value.value, place, source.uri, reading.note))
    return readings, unit, findings


def _rows(
    tree: Tree, source: Source, data: str, unit: str | None, numbers: list[Number]
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the readings in the CSV file of a KPI; a bad row is left out and reported."""
    code, hint = "OKR104", phrase("put the file next to this one")
    if data.startswith(("../", "/")) or data == "..":
        path = source.fields["data"][:80]
        message = phrase("`data` leads out of the site's folder: %(path)s", path=path)
    else:
        try:
            content = read_named(tree, data, source.uri)
        except PermissionError:
            message = phrase(
                "`%(data)s` is a link that leaves the project, so it isn't read", data=data
            )
            hint = phrase("put the file itself there")
        except (OSError, ValueError) as error:
            if getattr(error, "errno", None) == errno.EFBIG:
                return [], unit, [_too_large(tree.path(data))]
            code, hint = "OKR201", phrase("write its path relative to this file")
            message = phrase("there is no file `%(data)s`", data=data)
        else:
            return read_rows(tree.path(data), source.uri, content, unit, numbers)
    return [], unit, [source.finding(code, ("data",), message, hint)]


def read_rows(
    path: str,
    uri: str,
    content: bytes,
    unit: str | None,
    numbers: list[Number] | None = None,
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the rows of a CSV file for the KPI of the document `uri`; a bad one is left out.

    The unit of the rows is returned too, for a KPI that states none. The values as written are
    added to `numbers`.
    """
    if len(content) > LARGEST_DATA:
        return [], unit, [_too_large(path)]
    if content.startswith(_SPREADSHEETS):
        message = phrase("this is a spreadsheet, not a CSV file")
        return [], unit, [finding("OKR104", path, 1, message, phrase("export it as CSV (UTF-8)"))]
    try:
        text = normal_newlines(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = phrase("the CSV file is not UTF-8")
        return [], unit, [finding("OKR104", path, line, message, phrase("save it as UTF-8"))]
    if (conflict := conflict_line(text)) is not None:
        return [], unit, [finding("OKR112", path, conflict, CONFLICT, CONFLICT_HINT)]
    readings: list[Reading] = []
    findings: list[Finding] = []
    above = 1 if _SEPARATOR_LINE.match(text) else 0
    text = text.partition("\n")[2] if above else text
    head = text.partition("\n")[0]
    separator = next((s for s in _SEPARATORS if set(_names(head.split(s))) >= _NEEDED), ",")
    # A quote that is never closed would take all that follows into one cell.
    unclosed = text.count('"') % 2 == 1
    lines = io.StringIO(text.replace("\0", "\ufffd"))
    rows = csv.reader(lines, delimiter=separator, strict=unclosed)
    try:
        header = _names(next(rows, []))
        if any(header.count(name) != 1 for name in _NEEDED):
            hint = phrase("make `date,value,note` its first line")
            message = phrase(
                "the first line of the CSV file must name `date` and `value` once each"
            )
            return [], unit, [finding("OKR104", path, 1 + above, message, hint)]
        findings += _unread_note(path, 1 + above, header)
        for number, row in enumerate(rows):
            line = rows.line_num + above
            if number >= MOST_ROWS:
                message = phrase(
                    "the CSV file has more than %(most)s rows, so it isn't read",
                    most=f"{MOST_ROWS:,}",
                )
                return [], unit, [finding("OKR104", path, line, message, _SMALLER)]
            if not any(cell.strip() for cell in row):
                continue
            cells = dict(zip(header, row, strict=False))
            try:
                _check_width(header, row, separator)
                day, quantity = _cells(cells, unit)
            except InvalidValueError as error:
                findings.append(finding("OKR104", path, line, error.message, error.hint))
                continue
            unit = unit or quantity.unit
            note = cells.get("note", "").strip() or None
            readings.append(Reading(day, quantity.value, Place(path, line), uri, note))
            if numbers is not None:
                numbers.append(Number(quantity, Place(path, line), day))
    except csv.Error as error:
        message = phrase("the row can't be read: %(error)s", error=error)
        hint = phrase("look for an unclosed quote; the rows from here on aren't read")
        findings.append(finding("OKR104", path, rows.line_num + above, message, hint))
    return readings, unit, findings


_SMALLER = phrase("remove old rows, or keep one row a day: only the last one of a day counts")


def _too_large(path: str) -> Finding:
    message = phrase(
        "the CSV file is larger than %(most)s MB, so it isn't read", most=f"{LARGEST_DATA / 1e6:g}"
    )
    return finding("OKR104", path, 1, message, _SMALLER)


def _unread_note(path: str, line: int, header: list[str]) -> Iterator[Finding]:
    """Yield the finding that a column is not read whose name means `note`."""
    for name in header:
        if name in _NOTES and "note" not in header:
            message = phrase("the column `%(name)s` is not read", name=name)
            yield finding(
                "OKR106", path, line, message, phrase("did you mean `%(name)s`?", name="note")
            )


_NOTES = {"notes", "comment", "comments", "remark", "remarks", "reason", "text"}
_NOTES |= {"notiz", "kommentar", "anmerkung", "bemerkung", "commentaire", "remarque", "comentario"}
_SPREADSHEETS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def _names(cells: Iterable[str]) -> list[str]:
    return [name.strip().strip('"').strip().lower() for name in cells]


def _check_width(header: list[str], row: list[str], separator: str) -> None:
    """Raise InvalidValueError where a row has cells that its header does not name."""
    more = row[len(header) :]
    if not any(cell.strip() for cell in more):
        return
    at = header.index("value")
    number = ",".join(cell.strip() for cell in row[at : at + 2])
    sign = separator.strip() or "tab"
    hint = phrase("remove it, or put text with a `%(sign)s` in quotes", sign=sign)
    if separator == "," and _GROUPS.fullmatch(number):
        hint = phrase('put a number with a comma in quotes: "%(number)s"', number=number)
    message = phrase(
        "the row has %(number)s cells, but the first line has %(first)s",
        number=len(row),
        first=len(header),
    )
    raise InvalidValueError(message, hint)


def _cells(cells: dict[str, str], unit: str | None) -> tuple[date, Quantity]:
    written = cells.get("date", "").strip()
    if not written:
        raise InvalidValueError(
            phrase("the date is empty"), phrase("write year-month-day, or remove the row")
        )
    if not cells.get("value", "").strip():
        message = phrase("the value of %(written)s is empty", written=written[:40])
        raise InvalidValueError(message, phrase("write a number, or remove the row"))
    day, quantity = parse_day(written), parse_quantity(cells["value"])
    if quantity.unit is not None and unit is not None and not same_unit(quantity.unit, unit):
        message = phrase(
            "the row has the unit `%(unit)s`, the KPI `%(other)s`",
            unit=quantity.unit[:40],
            other=unit[:40],
        )
        raise InvalidValueError(message, phrase("use one unit throughout"))
    return day, quantity
