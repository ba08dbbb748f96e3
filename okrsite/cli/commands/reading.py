"""`okrsite reading`: a new value of a KPI, written where it keeps its readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from okrsite.cli.asking import warn_if_to_come
from okrsite.cli.common import Day, LoadedSite, SiteOptions, configured, open_site, site_options
from okrsite.cli.completion import KPIS, Existing
from okrsite.cli.editing import (
    Refused,
    one_writer,
    read_file,
    refuse_findings,
    replace_file,
    shown_change,
)
from okrsite.cli.objective_edits import UNIT, refused_edit
from okrsite.cli.score_lines import scores_on_kpi
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.quantity import InvalidValueError, parse_quantity, same_unit
from okrsite.editing.csv_rows import NewReading, with_row
from okrsite.editing.new_check_in import has_unseen
from okrsite.editing.overlay import Overlay
from okrsite.editing.readings import data_file, with_reading
from okrsite.editing.source_file import EditError
from okrsite.findings.finding import Finding, Severity
from okrsite.language.wording import NO_BREAK
from okrsite.pages.parts import HEALTH_WORDS
from okrsite.project.model import Kpi, Reading
from okrsite.project.model.cycles import State
from okrsite.project.model.readings import series
from okrsite.project.reload import revise_kpi
from okrsite.scores.status import Health, health

_EXAMPLE = """\b
Examples:
  okrsite reading csat 82%
  okrsite reading csat 82% --date 2026-10-31 --note "Holiday backlog"
"""
_DATE = "Date of the reading; default: --as-of, or today."
_REPLACE = "Replace the KPI's reading for this date."
_ANYWAY = "Write a value that is far from the last one, or one that changes a closed cycle."


@click.command(epilog=_EXAMPLE, context_settings={"ignore_unknown_options": True})
@click.argument("kpi", type=Existing(KPIS))
@click.argument("value")
@click.option("--date", "day", type=Day(), help=_DATE)
@click.option("--note", metavar="TEXT", help="What explains it, in a sentence.")
@click.option("--replace", "again", is_flag=True, help=_REPLACE)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@site_options
def reading(
    given: SiteOptions,
    kpi: str,
    value: str,
    day: date | None,
    note: str | None,
    again: bool,
    anyway: bool,
) -> None:
    """Add a reading, the VALUE of a KPI on a date, where the KPI keeps its readings.

    That is its CSV file if it has one, otherwise its document. Nothing else in the file changes.

    Exit status: 0 success, 1 the reading would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    as_of = configured(given)[1]
    warn_if_to_come(day or as_of, as_of)
    one_writer(given.config_file.parent)
    site = open_site(given)
    found = TypedNames(site.project, site.current_cycle).kpi(kpi)
    stated = new_reading(found, day or site.as_of, value.strip(), note)
    for line in write_reading(site, found, stated, again, anyway):
        click.echo(line)


def write_reading(
    site: LoadedSite, kpi: Kpi, stated: NewReading, again: bool = False, anyway: bool = False
) -> Iterator[str]:
    """Write a reading, and yield what has changed; the caller keeps other writers out.

    A reading that the KPI has for the day is refused unless it is written `again`, and a doubtful
    value, or one in a closed cycle, without `anyway`.
    """
    edit = planned_reading(site, kpi, stated, again)
    if not anyway:
        _refuse_closed(site, kpi, stated.day)
        if (doubt := edit.doubt(site)) is not None:
            raise Refused(f"{stated.value}: {doubt}, or add --anyway")
    refuse_findings(edit.serious(site))
    replace_file(site, edit.uri, edit.before, edit.after)
    yield shown_change(site.configuration.folder.path(edit.uri), edit.before, edit.after)
    if edit.kpi is not None:
        yield _moved(site, kpi, edit.kpi, stated.day).replace(NO_BREAK, " ")
        yield from scores_on_kpi(site, edit.kpi, max(stated.day, site.as_of))


@dataclass(frozen=True, slots=True)
class PlannedReading:
    """The file of a KPI with one more reading, and the KPI as it would be, with its findings."""

    uri: str
    before: bytes
    after: bytes
    kpi: Kpi | None
    findings: tuple[Finding, ...]

    def doubt(self, site: LoadedSite) -> str | None:
        """Return the doubt about a value that is probably in another unit, with the hint."""
        for finding in self._wanted(site):
            if finding.code == UNIT:
                return f"{finding.message}: {finding.hint}"
        return None

    def serious(self, site: LoadedSite) -> list[Finding]:
        """Return the errors and warnings that neither settings nor the document suppress."""
        wanted = self._wanted(site)
        return [f for f in wanted if f.severity is not Severity.ADVICE and f.code != UNIT]

    def _wanted(self, site: LoadedSite) -> list[Finding]:
        page = self.kpi.page if self.kpi else None
        ignored = {page.path: page.ignore} if page else {}
        return site.configuration.settings.wanted(list(self.findings), ignored)


def planned_reading(
    site: LoadedSite, kpi: Kpi, stated: NewReading, again: bool = False
) -> PlannedReading:
    """Return what a reading would change; end the command where it cannot be written."""
    folder = site.configuration.folder
    data = _data_file(site, kpi)
    there = [reading for reading in kpi.readings if reading.date == stated.day]
    if there and not again:
        raise Refused(_exists(site, kpi, there[-1]))
    uri = data or kpi.page.uri
    # A KPI may have readings in both files: one is replaced where it is.
    if there and there[-1].place.path == kpi.page.path:
        uri = kpi.page.uri
    before = read_file(site, uri)
    try:
        if uri == kpi.page.uri:
            after = with_reading(before, stated, replace=bool(there))
        else:
            after = with_row(before, stated, there[-1].place.line if there else None)
    except EditError as error:
        raise refused_edit(folder.path(uri), error) from None
    made, findings = revise_kpi(site.project, site.around, kpi, Overlay(folder, {uri: after}))
    return PlannedReading(uri, before, after, made, tuple(findings))


def _data_file(site: LoadedSite, kpi: Kpi) -> str | None:
    folder = site.configuration.folder
    try:
        data = data_file(kpi, folder)
    except PermissionError:
        raise Refused(f"the data file of `{kpi.id}` is a link that leaves the project") from None
    if data is not None and (data == ".." or data.startswith(("../", "/"))):
        raise Refused(f"the data file of `{kpi.id}` is outside the site's folder")
    return data


def wrong_reading(kpi: Kpi, value: str) -> str | None:
    """Return what is wrong with a value of a KPI, or None."""
    if has_unseen(value):
        return "the value contains an invisible character"
    if value.startswith("."):
        # `"$6.3M"` in double quotes reaches us as `.3M`: the shell knows no variable `6`.
        return "a value that starts with a dot: put '$…' in single quotes, or a 0 before it"
    try:
        unit = parse_quantity(value).unit
    except InvalidValueError as error:
        return f"{error.message}: {error.hint}"
    if unit is not None and kpi.unit is not None and not same_unit(unit, kpi.unit):
        return f"`{value}` has the unit `{unit}`, the KPI `{kpi.unit}`"
    return None


def new_reading(kpi: Kpi, day: date, value: str, note: str | None = None) -> NewReading:
    """Return a reading that can be written; end the command where its value or note can't be."""
    if wrong := wrong_reading(kpi, value):
        raise Refused(wrong)
    if note is not None:
        if not note.strip():
            raise Refused("--note is empty: leave it out, or write something")
        if has_unseen(note):
            raise Refused("--note contains an invisible character")
    quantity = parse_quantity(value)
    plain = f"{quantity.value:.15g}" if quantity.unit is not None and kpi.unit else value
    return NewReading(day, value, note, plain if "e" not in plain else value)


def _exists(site: LoadedSite, kpi: Kpi, there: Reading) -> str:
    value = site.words.exact(there.value, kpi.unit).replace(NO_BREAK, " ")
    place = f"{there.place.path}:{there.place.line}"
    hint = "add --replace to change it, or give another --date"
    return f"{place}: the KPI already has a reading for {there.date}, {value}: {hint}"


def _refuse_closed(site: LoadedSite, kpi: Kpi, day: date) -> None:
    """Refuse a reading that changes the final figures of a closed cycle."""
    project = site.project
    for reference in kpi.key_results:
        cycle = project.cycles[project.objectives[reference.partition("#")[0]].cycle]
        closed = cycle.state(site.as_of) is State.CLOSED
        if closed and cycle.start <= day <= cycle.closing_day:
            message = f"{cycle.title} closed on {cycle.closing_day}, so its figures are final"
            raise Refused(f"{message} and `{reference}` is measured by this KPI: add --anyway")


def _moved(site: LoadedSite, before: Kpi, after: Kpi, day: date) -> str:
    """Return the value of a day with the one before it, and how the KPI's health changes."""
    words = site.words
    series = {
        reading.date: reading.value for reading in sorted(after.readings, key=lambda r: r.date)
    }
    earlier = [value for known, value in series.items() if known < day]
    replaced = [reading.value for reading in before.readings if reading.date == day]
    if replaced:
        line = " → ".join(words.both(replaced[-1], series[day], after.unit))
    elif earlier:
        line = " → ".join(words.both(earlier[-1], series[day], after.unit))
    else:
        line = f"{words.quantity(series[day], after.unit)}, the first reading"
    day = max(day, site.as_of)
    old, new = (_health_on(kpi, day) for kpi in (before, after))
    known = HEALTH_WORDS
    change = known[new] if old == new else f"{known[old]} → {known[new]}"
    return f"{after.id}: {line}; {change}"


def _health_on(kpi: Kpi, day: date) -> Health:
    readings = tuple(series(kpi.readings, last=day))
    return health(readings[-1].value if readings else None, kpi.keep, kpi.alert)
