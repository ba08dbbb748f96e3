"""Of which cycle an imported objective is: as its row, its sheet or the user says."""

from collections.abc import Iterable
from datetime import date

from okrsite.documents.validate import in_words
from okrsite.importing.cells import Cell, Spot, clip, found
from okrsite.importing.days import AmbiguousDayError, period, period_in, period_of_days
from okrsite.importing.entries import Entry, key
from okrsite.importing.numbers import is_unknown
from okrsite.importing.owners import without_addresses
from okrsite.importing.reading import Reading
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Found, NameKind
from okrsite.settings import FiscalYear


def cycle_of(reading: Reading, entry: Entry) -> Cycle | None:
    """Return the cycle of an objective; None, remembered or with a finding, where it has none."""
    cells, defaults = entry.cells, reading.defaults
    start, end = (
        day_of(reading, cells.get(f"cycle_{name}", cells.get(other)))
        for name, other in (("start", "start_date"), ("end", "due"))
    )
    cell = cells.get("cycle")
    if cell is not None and not is_unknown(cell):
        cycle = named_cycle(reading, cell.text)
        if cycle is not None:
            return cycle
        own = {"cycle_start", "cycle_end"} <= set(cells)
        try:
            cycle = period(cell.text, defaults.fiscal_year)
        except ValueError as error:
            if not own:
                hint = "set `fiscal_year` in mkdocs.yml, such as `{starts: 2}`"
                reading.findings.append(found("OKR606", cell.spot, str(error), hint))
                return None
        if cycle is not None and own and (cycle.start, cycle.end) != (start, end):
            cycle = None
        if cycle is not None:
            return cycle
        if start is not None and end is not None and start < end:
            if "document" in cells:
                reading.cycle_ids.add(cell.text)
                title = in_words(cell.text.rpartition("/")[2])
                made = Cycle(cell.text, title, start, end)
            else:
                id = key(cell.text).replace(" ", "-")
                made = Cycle(id, without_addresses(cell.text), start, end)
            reading.sessions[key(cell.text)] = made
            return made
        message = f"“{clip(cell.text)}” is not a period"
        hint = "write one like Q4 2026, or give its start and end dates"
        reading.findings.append(found("OKR606", cell.spot, message, hint))
        return None
    if start is not None and end is not None:
        if cycle := period_of_days(start, end, defaults.fiscal_year):
            return cycle
        if cycle := next(
            (c for c in reading.names.cycles.values() if (c.start, c.end) == (start, end)), None
        ):
            return cycle
    place = (entry.spot.file, entry.spot.sheet)
    cycle = reading.sheet_cycles.get(place) or defaults.cycle
    if cycle is None and (above := reading.cycles_above.get(place)) is not None:
        cycle, text = above
        spot = Spot(*place)
        message = f"“{clip(text)}” above the header says which cycle it is: {cycle.title}"
        reading.findings.append(found("OKR613", spot, message, "--cycle CYCLE says another one"))
    if cycle is None:
        reading.timeless.append(entry)
    return cycle


def named_cycle(reading: Reading, text: str) -> Cycle | None:
    """Return the cycle of the site, or of a sheet of sessions, that an id or a title names."""
    if cycle := reading.sessions.get(key(text)):
        return cycle
    titled = [c for c in reading.names.cycles.values() if key(c.title) == key(text)]
    if len(titled) == 1:
        return titled[0]
    found_ = reading.names.find(NameKind.CYCLE, text.strip())
    return reading.names.cycle(found_.id) if isinstance(found_, Found) else None


def day_of(reading: Reading, cell: Cell | None) -> date | None:
    """Return the day of a cell; what cannot be read is a finding."""
    if cell is None or is_unknown(cell):
        return None
    try:
        return reading.context.days[cell.spot.file].read(cell)
    except AmbiguousDayError:
        column = (cell.spot.file, cell.spot.sheet, cell.spot.column)
        if column not in reading.context.ambiguous:
            reading.context.ambiguous.add(column)
            message = f"“{clip(cell.text)}” can be read in two ways"
            hint = "say which with --dates dmy or --dates mdy"
            reading.findings.append(found("OKR607", cell.spot, message, hint))
    except ValueError as error:
        finding = found("OKR606", cell.spot, str(error), "write a date like 2026-11-30")
        if finding not in reading.findings:
            reading.findings.append(finding)
    return None


def headings_with_cycles(
    headings: Iterable[tuple[str, str | None, str]], fiscal_year: FiscalYear | None
) -> dict[tuple[str, str | None], Cycle | None]:
    """Return the cycle that the name of each sheet, or the first heading of a file, mentions."""
    return {(file, sheet): period_in(text, fiscal_year) for file, sheet, text in headings}
