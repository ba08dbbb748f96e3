"""`okrsite pull`: new readings of KPIs, from where their values are."""

import csv
import errno
import io
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

import click

from okrsite.cli.command_line import Refused
from okrsite.cli.commands.reading import PlannedReading, new_reading, planned_reading
from okrsite.cli.common import Day, LoadedSite, SiteOptions, Texts, open_site, site_options
from okrsite.cli.completion import KPIS, Existing
from okrsite.cli.editing import create_file, new_file, one_writer, read_file, replace_file
from okrsite.cli.issues import pull_issues
from okrsite.cli.typed_names import TypedNames
from okrsite.documents.folder import Folder
from okrsite.documents.quantity import parse_quantity
from okrsite.documents.values import ReadingEvery
from okrsite.editing.fields import with_field
from okrsite.editing.overlay import Overlay
from okrsite.editing.readings import data_file
from okrsite.editing.source_file import EditError
from okrsite.language.wording import NO_BREAK
from okrsite.project.model import Kpi, Reading
from okrsite.project.reload import revise_kpi
from okrsite.pulling.pulled import MOST_BYTES, Pulled, PullError, by_day
from okrsite.pulling.sources import values_of
from okrsite.util.progress import Progress

_EXAMPLE = """\b
Examples:
  okrsite pull --dry-run
  okrsite pull csat --since 2026-07-01
  okrsite pull --initiatives
"""
_SINCE = "Also fetch the values of past periods from this date on."
_REPLACE = "Replace readings that differ from the source's value for their date."
_ANYWAY = "Write values that are probably in another unit."
_INITIATIVES = "Read the issues that initiatives link to instead: their states and due dates."
_DRY = "Show old and new values, and write nothing."
_AT_ONCE = 8
"""How many sources are asked at the same time."""

_MOST_PERIODS = 600

Answer = tuple[Pulled, ...] | PullError


@click.command(epilog=_EXAMPLE)
@click.argument("kpis", nargs=-1, type=Existing(KPIS))
@click.option("--since", type=Day(), metavar="DATE", help=_SINCE)
@click.option("--replace", "again", is_flag=True, help=_REPLACE)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@click.option("--initiatives", is_flag=True, help=_INITIATIVES)
@click.option("--dry-run", is_flag=True, help=_DRY)
@site_options
def pull(
    given: SiteOptions,
    kpis: Texts,
    since: date | None,
    again: bool,
    anyway: bool,
    initiatives: bool,
    dry_run: bool,
) -> None:
    """Add readings to KPIs that name a `source`: all of them, or the KPIS given.

    If a source fails, the others are still read. Only hosts and connections that the settings allow
    are contacted.

    Exit status: 0 success, 1 a source failed or a value was not written, 2 usage error.
    """
    site = open_site(given)
    if initiatives:
        if kpis or since or again:
            raise click.UsageError("--initiatives reads issues, so it takes no KPI or date")
        pull_issues(site, given, dry_run)
        return
    wanted = _wanted(site, kpis)
    if not wanted:
        click.echo("No active KPI names a `source`.", err=True)
        return
    answers = _answers(site, wanted, since)
    if not dry_run:
        one_writer(given.config_file.parent)
        site = open_site(given)
    writing = _Writing(site, since, again, anyway, dry_run)
    failed = 0
    for kpi, answer in answers.items():
        failed += not writing.write(kpi, answer)
    if failed:
        click.echo(f"{failed} of {len(answers)} KPIs were left unchanged.", err=True)
        raise click.exceptions.Exit(1)


def _wanted(site: LoadedSite, names: Texts) -> list[Kpi]:
    """Return the KPIs to ask for; end the command where one of them names no source."""
    if not names:
        return [kpi for kpi in site.project.kpis.values() if kpi.source and kpi.active]
    typed = TypedNames(site.project, site.current_cycle)
    found = list(dict.fromkeys(typed.kpi(name).id for name in names))
    for id in found:
        if site.project.kpis[id].source is None:
            raise click.UsageError(f"`{id}` names no `source`: add one to its document")
    return [site.project.kpis[id] for id in found]


def _answers(site: LoadedSite, kpis: Sequence[Kpi], since: date | None) -> dict[str, Answer]:
    """Return what the source of each KPI says, or why it says nothing."""
    allowed, read = site.configuration.settings.pull, _ProjectFiles(site.configuration.folder)

    def ask(kpi: Kpi) -> Answer:
        found: list[Pulled] = []
        try:
            for day in _days(kpi, since, site.as_of):
                if kpi.source is not None:
                    found += values_of(kpi.source, day, allowed, read)
            return by_day(found)
        except PullError as error:
            return error

    progress, answers = Progress("Sources read"), {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, (kpi, answer) in enumerate(zip(kpis, pool.map(ask, kpis), strict=True), 1):
            answers[kpi.id] = answer
            progress.at(number, len(kpis))
    progress.end()
    return answers


def _days(kpi: Kpi, since: date | None, as_of: date) -> list[date]:
    """Return the days to ask a source for: the report date, and the ends of periods before it."""
    if since is None or kpi.source is None or not kpi.source.takes_day:
        return [as_of]
    days = [as_of]
    day = _period_start(as_of, kpi.every) - timedelta(1)
    while day >= since and len(days) <= _MOST_PERIODS:
        days.append(day)
        day = _period_start(day, kpi.every) - timedelta(1)
    return days[::-1]


def _period_start(day: date, every: ReadingEvery) -> date:
    """Return the first day of the week, month, quarter or year of a day."""
    match every:
        case ReadingEvery.WEEK:
            return day - timedelta(day.weekday())
        case ReadingEvery.MONTH:
            return day.replace(day=1)
        case ReadingEvery.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case ReadingEvery.YEAR:
            return day.replace(month=1, day=1)


class _ProjectFiles:
    """Reads files of the project, also outside docs_dir."""

    def __init__(self, folder: Folder) -> None:
        self._root = folder.project

    def __call__(self, path: str) -> bytes:
        """Read a file by its path below the folder of mkdocs.yml; raise OSError."""
        file = (self._root / path).resolve()
        if not file.is_relative_to(self._root):
            raise PermissionError(errno.EACCES, "it is a link that leaves the project")
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it isn't a file")
        if found.st_size > MOST_BYTES:
            raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB")
        return file.read_bytes()


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes the new values of KPIs, or shows them."""

    site: LoadedSite
    since: date | None
    again: bool
    anyway: bool
    dry_run: bool

    def write(self, id: str, answer: Answer) -> bool:
        """Write what is new about a KPI, and say so; return whether nothing stood in the way."""
        kpi = self.site.project.kpis.get(id)
        if kpi is None or kpi.source is None:
            return self._fail(f"{id} has changed in the meantime; run the command again")
        place = f"{kpi.source.place.path}:{kpi.source.place.line}"
        if isinstance(answer, PullError):
            return self._fail(f"{place}: {answer}")
        try:
            new = list(self._new(kpi, answer))
            if not new:
                click.echo(f"{id}: nothing new from {kpi.source.name}")
            elif kpi.readings or data_file(kpi, self.site.configuration.folder):
                self._add(kpi, new)
            else:
                self._begin(kpi, new)
        except Refused as error:
            return self._fail(f"{place}: {error.format_message()}")
        return True

    @staticmethod
    def _fail(message: str) -> bool:
        click.echo(message, err=True)
        return False

    def _new(self, kpi: Kpi, values: Sequence[Pulled]) -> Iterator[Pulled]:
        """Yield the values that the KPI does not have yet, in the order of their days."""
        known = {reading.date: reading for reading in kpi.readings}
        last = max(known, default=None)
        values = [one for one in values if one.day <= self.site.as_of]
        if self.since is not None:
            values = [one for one in values if one.day >= self.since]
        elif last is not None:
            ours = known[last].note == _origin(kpi)
            values = [one for one in values if one.day > last or (ours and one.day == last)]
        else:
            values = values[-1:]
        for one in values:
            value, there = parse_quantity(one.value).value, known.get(one.day)
            if there is None and last is not None and self._said_already(kpi, known[last], one):
                continue
            if there is not None and there.value == value:
                continue
            if there is not None and not self.again and there.note != _origin(kpi):
                before = self.site.words.exact(there.value, kpi.unit).replace(NO_BREAK, " ")
                raise Refused(
                    f"the KPI has {before} for {one.day}, the source says {one.value}: "
                    "add --replace to use that value"
                )
            yield one

    def _said_already(self, kpi: Kpi, last: Reading, one: Pulled) -> bool:
        """Whether a value without a date of its own only repeats the last one of its period."""
        same = _period_start(last.date, kpi.every) == _period_start(one.day, kpi.every)
        undated = kpi.source is not None and kpi.source.date is None
        return same and undated and last.value == parse_quantity(one.value).value

    def _add(self, kpi: Kpi, values: Sequence[Pulled]) -> None:
        """Write values where the KPI keeps its readings."""
        for one in values:
            edit = self._planned(kpi, one)
            self._check(edit, one)
            if not self.dry_run:
                replace_file(self.site, edit.uri, edit.before, edit.after)
            click.echo(self._line(kpi, one))
            kpi = edit.kpi or kpi

    def _planned(self, kpi: Kpi, one: Pulled) -> PlannedReading:
        """Return the edit; a CSV file without a column for notes is left without the origin."""
        try:
            stated = new_reading(kpi, one.day, one.value, _origin(kpi))
            return planned_reading(self.site, kpi, stated, again=True)
        except Refused as error:
            if "`note`" not in error.format_message():
                raise
            return planned_reading(self.site, kpi, new_reading(kpi, one.day, one.value), again=True)

    def _begin(self, kpi: Kpi, values: Sequence[Pulled]) -> None:
        """Write the first values into a new CSV file, which the KPI's document then names."""
        folder, uri = self.site.configuration.folder, kpi.page.uri
        name = f"{PurePosixPath(uri).stem}.csv"
        data = str(PurePosixPath(uri).with_name(name))
        new_file(self.site, data)
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(("date", "value", "note"))
        for one in values:
            new_reading(kpi, one.day, one.value)
            rows.writerow((one.day.isoformat(), one.value, _origin(kpi)))
        before = read_file(self.site, uri)
        try:
            after = with_field(before, ("data",), name)
        except EditError as error:
            raise Refused(f"{error.message}: {error.hint}") from None
        content = text.getvalue()
        overlay = Overlay(folder, {uri: after, data: content.encode()})
        made, findings = revise_kpi(self.site.project, self.site.around, kpi, overlay)
        self._check(PlannedReading(uri, before, after, made, tuple(findings)), values[-1])
        if not self.dry_run:
            create_file(self.site, data, content)
            replace_file(self.site, uri, before, after)
        for one in values:
            click.echo(self._line(kpi, one))

    def _check(self, edit: PlannedReading, one: Pulled) -> None:
        if not self.anyway and (doubt := edit.doubt(self.site)) is not None:
            raise Refused(f"{one.value} of {one.day}: {doubt}, or add --anyway")
        for finding in edit.serious(self.site):
            raise Refused(f"{one.value} of {one.day}: {finding.message}: {finding.hint}")

    def _line(self, kpi: Kpi, one: Pulled) -> str:
        """Return the value of a day with the one before it, and where it comes from."""
        words, value = self.site.words, parse_quantity(one.value)
        days = [reading for reading in kpi.readings if reading.date <= one.day]
        before = max(days, key=lambda reading: reading.date, default=None)
        unit = kpi.unit or value.unit
        now = words.quantity(value.value, unit)
        if before is not None:
            now = " → ".join(words.both(before.value, value.value, unit))
        source = kpi.source.name if kpi.source else ""
        return f"{kpi.id}: {now} ({one.day}, {source})".replace(NO_BREAK, " ")


def _origin(kpi: Kpi) -> str:
    """Return the note that says where a reading comes from."""
    return f"from {kpi.source.name}" if kpi.source else ""
