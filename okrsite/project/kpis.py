"""KPIs: their bands and units, and their readings from the front matter and from CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from okrsite.documents.lines import Location
from okrsite.documents.models import KpiFields
from okrsite.documents.quantity import InvalidValueError, Quantity, parse_quantity, same_unit
from okrsite.documents.source import Source, normal_newlines
from okrsite.documents.trees import Tree
from okrsite.documents.validate import Document
from okrsite.documents.values import read_date
from okrsite.findings.finding import Finding, Severity, finding
from okrsite.project.model import Kpi, Page, Place, Reading
from okrsite.project.read_measures import band, check_band, figure, one_unit, written_unit
from okrsite.project.registry import Registry


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
        owner, references = registry.owner(document, ("owner",), fields.owner)
    elif (
        owner is None
        and not document.damages("owner")
        and not registry.in_private_folder(document.uri)
    ):
        findings.append(registry.missing_owner(document, "a KPI"))
    drives, problems = kpis_driven(registry, document)
    references += problems
    keep = band(source, ("keep",), fields.keep) if fields.keep else None
    alert = band(source, ("alert",), fields.alert) if fields.alert else None
    findings += check_band(source, ("keep",), fields.keep)
    findings += check_band(source, ("alert",), fields.alert)
    if alert is not None and keep is not None and not alert.contains(keep):
        hint = "write a wider band: critical lies outside it, healthy inside `keep`"
        findings.append(
            source.finding("OKR104", ("alert",), "`alert` does not contain `keep`", hint)
        )
    unit, problems = _unit(source, fields)
    findings += problems
    data = source.data
    rows: list[Reading] = []
    if data is not None:
        rows, unit, problems = _rows(tree, source, data, unit)
        findings += problems
    broken = document.broken or any(_leaves_out(found, source) for found in findings)
    inline, unit, problems = _readings(source, fields, unit)
    findings += problems
    readings = [*rows, *inline]
    findings += two_values(readings, "KPI")
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
        target=figure(source, ("target",), fields.target.value if fields.target else None),
        target_by=fields.target.by if fields.target else None,
        every=fields.every,
        readings=tuple(readings),
        key_results=(),
    )
    return kpi, [*references, *findings]


def kpis_driven(registry: Registry, document: Document) -> tuple[list[str], list[Finding]]:
    """Return the KPIs that one drives, each once."""
    drives: dict[str, None] = {}
    findings: list[Finding] = []
    for position, written in enumerate(cast(KpiFields, document.fields).drives):
        driven, problems = registry.kpi(document, ("drives", position), written.kpi, document.id)
        findings += problems
        if driven is not None:
            drives[driven] = None
    return list(drives), findings


def two_values(readings: Iterable[Reading], what: str) -> Iterator[Finding]:
    """Yield a finding for each second value of a date: the later one, which counts."""
    seen: dict[object, Reading] = {}
    for reading in readings:
        earlier = seen.get(reading.date)
        if earlier is not None and earlier.value != reading.value:
            place = earlier.place
            yield finding(
                "OKR303", reading.place.path, reading.place.line,
                f"the {what} has another value for {reading.date}, "
                f"in {place.path}:{place.line}; this one counts",
                "leave one of the two out", (place.path,),
            )  # fmt: skip
        seen[reading.date] = reading


def _leaves_out(found: Finding, source: Source) -> bool:
    return (
        found.severity is Severity.ERROR
        and found.code.startswith("OKR1")
        and found.path == source.path
    )


def _unit(source: Source, fields: KpiFields) -> tuple[str | None, list[Finding]]:
    written: list[tuple[Location, str | None]] = [(("unit",), written_unit(fields.unit))]
    for name in ("keep", "alert"):
        bounds = getattr(fields, name)
        for bound in ("min", "max"):
            quantity = getattr(bounds, bound) if bounds else None
            written.append(((name, bound), quantity.unit if quantity else None))
    if fields.target:
        written.append((("target", "value"), fields.target.value.unit))
    for position, target in enumerate(fields.targets):
        written.append((("targets", position, "value"), target.value.unit))
    return one_unit(source, written, "the KPI")


def _readings(
    source: Source, fields: KpiFields, unit: str | None
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the readings of the front matter; one in another unit is left out and reported."""
    readings: list[Reading] = []
    findings: list[Finding] = []
    for position, reading in enumerate(fields.readings):
        location: Location = ("readings", position, "value")
        other = reading.value.unit
        if other is not None and unit is not None and not same_unit(other, unit):
            message = f"the reading has the unit `{other[:40]}`, the KPI `{unit[:40]}`"
            hint = "write all in one unit"
            findings.append(source.finding("OKR107", location, message, hint))
            continue
        unit = unit or other
        place = Place(source.path, source.line("readings", position))
        readings.append(Reading(reading.date, reading.value.value, place, source.uri, reading.note))
    return readings, unit, findings


def _rows(
    tree: Tree, source: Source, data: str, unit: str | None
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the readings in the CSV file of a KPI; a bad row is left out and reported."""
    if data.startswith(("../", "/")) or data == "..":
        message = f"`data` leaves the site's folder: {source.fields['data'][:80]}"
        return (
            [],
            unit,
            [source.finding("OKR104", ("data",), message, "put the file beside this one")],
        )
    try:
        content = tree.read(data)
    except PermissionError:
        message = f"`{data}` is a link that leaves the project, and is not read"
        return [], unit, [source.finding("OKR104", ("data",), message, "put the file itself there")]
    except (OSError, ValueError):
        message = f"there is no file `{data}`"
        return (
            [],
            unit,
            [source.finding("OKR201", ("data",), message, "write its path from this file")],
        )
    return read_rows(tree.path(data), source.uri, content, unit)


def read_rows(
    path: str, uri: str, content: bytes, unit: str | None
) -> tuple[list[Reading], str | None, list[Finding]]:
    """Return the rows of a CSV file for the KPI of the document `uri`; a bad one is left out.

    The unit of the rows is returned too, for a KPI that states none.
    """
    try:
        text = normal_newlines(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "the CSV file is not UTF-8"
        return [], unit, [finding("OKR104", path, line, message, "save it as UTF-8")]
    readings: list[Reading] = []
    findings: list[Finding] = []
    rows = csv.reader(io.StringIO(text.replace("\0", "\ufffd")))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if "date" not in header or "value" not in header:
            hint = "write `date,value,note` into its first line"
            message = "the first line of the CSV file does not name `date` and `value`"
            return [], unit, [finding("OKR104", path, 1, message, hint)]
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            cells = dict(zip(header, row, strict=False))
            line = rows.line_num
            try:
                day, quantity = _cells(cells, unit)
            except InvalidValueError as error:
                findings.append(finding("OKR104", path, line, error.message, error.hint))
                continue
            unit = unit or quantity.unit
            note = cells.get("note", "").strip() or None
            readings.append(Reading(day, quantity.value, Place(path, line), uri, note))
    except csv.Error as error:
        findings.append(finding("OKR104", path, rows.line_num, f"the row cannot be read: {error}"))
    return readings, unit, findings


def _cells(cells: dict[str, str], unit: str | None) -> tuple[date, Quantity]:
    written = cells.get("date", "").strip()
    if not written:
        raise InvalidValueError("the date is empty", "write year-month-day, or take the row out")
    if not cells.get("value", "").strip():
        raise InvalidValueError(
            f"the value of {written[:40]} is empty", "write a number, or take the row out"
        )
    try:
        day = read_date(written)
    except ValueError:
        raise InvalidValueError(
            f"`{written[:40]}` is not a date", "write year-month-day, like 2026-11-09"
        ) from None
    quantity = parse_quantity(cells["value"])
    if quantity.unit is not None and unit is not None and not same_unit(quantity.unit, unit):
        raise InvalidValueError(
            f"the row has the unit `{quantity.unit[:40]}`, the KPI `{unit[:40]}`",
            "write all in one unit",
        )
    return day, quantity
