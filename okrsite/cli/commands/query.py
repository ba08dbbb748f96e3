"""`okrsite query`: SQL over the published figures."""

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from time import monotonic

import click
from rich import box
from rich.console import Console
from rich.table import Table

from okrsite.cli.common import SiteOptions, format_option, open_site, site_options
from okrsite.cli.tables import tables_of
from okrsite.cli.terminal import print_rich
from okrsite.exports.model import as_cell
from okrsite.exports.tables import TABLES, database
from okrsite.findings.report import visible

_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_STEPS = 100_000
"""After how many steps of SQLite an interruption and the time are looked at."""
_LONGEST = 60
"""The most seconds that a query may take."""
_MOST_ROWS = 1_000_000
_MOST_DRAWN = 1_000
"""The most rows of a table in a terminal."""
_LONGEST_VALUE = 10_000_000
"""The most bytes of a value that a query makes."""

_EXAMPLE = """\b
Examples:
  okrsite query "select title, score from objectives where status = 'off_track'"
  okrsite query --format csv "select * from readings" > readings.csv
  okrsite query
"""


@click.command(epilog=_EXAMPLE)
@click.argument("sql", required=False)
@site_options
@format_option(["text", "csv", "json"], "text", "How the rows are printed.")
def query(given: SiteOptions, sql: str | None, format_: str) -> None:
    """Run a SELECT on the tables of `okrsite export --format sqlite`, and print the rows.

    Without SQL, the tables and their columns are listed. No table contains private documents. A
    query ends after 60 seconds or a million rows; a table in the terminal shows the first 1,000.

    Exit status: 0 success, 2 usage error.
    """
    if not sql:
        for table in TABLES:
            click.echo(f"{table.name}: {', '.join(table.columns)}")
        return
    with closing(database(tables_of(open_site(given)))) as connection:
        names, rows = _answer(connection, sql)
    if format_ == "json":
        click.echo(_as_json(names, rows))
    elif format_ == "csv":
        click.echo(_as_csv(names, rows), nl=False)
    else:
        print_rich(lambda console: _draw(console, names, rows[:_MOST_DRAWN]))
        if len(rows) > _MOST_DRAWN:
            shown = f"{_MOST_DRAWN:,} of {len(rows):,} rows are shown"
            click.echo(f"{shown}; --format csv prints all of them", err=True)


def _answer(connection: sqlite3.Connection, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return the names of the columns and the rows; end the command where there are none."""
    end = monotonic() + _LONGEST
    connection.set_authorizer(_only_reads)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
    try:
        cursor = connection.execute(sql)
        rows = cursor.fetchmany(_MOST_ROWS + 1)
    except (sqlite3.Error, sqlite3.Warning) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            if monotonic() > end:
                reason = f"the query took more than {_LONGEST} seconds and was ended"
                raise click.UsageError(f"{reason}: does a recursion in it end?") from None
            raise KeyboardInterrupt from None
        raise click.UsageError(_why(error)) from None
    if len(rows) > _MOST_ROWS:
        raise click.UsageError(f"the query finds more than {_MOST_ROWS:,} rows: add a LIMIT")
    return [column[0] for column in cursor.description or ()], rows


def _only_reads(action: int, *details: object) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


def _why(error: Exception) -> str:
    text = str(error)
    if text == "not authorized":
        return "only SELECT is allowed: a query changes nothing and reads no other file"
    if text.startswith("no such"):
        return f"{text}: `okrsite query` lists the tables and their columns"
    return text


def _as_json(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> str:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise click.UsageError(f"two columns are called {twice}: rename one with AS")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps(found, indent=1, ensure_ascii=False)


def _as_csv(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([as_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _draw(console: Console, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    numbers = [
        all(isinstance(row[place], float | int | None) for row in rows)
        for place in range(len(names))
    ]
    for name, right in zip(names, numbers, strict=True):
        table.add_column(visible(name), justify="right" if right and rows else "left")
    for row in rows:
        table.add_row(*("" if value is None else visible(str(value)) for value in row))
    console.print(table)
