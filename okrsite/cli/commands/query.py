"""`okrsite query`: SQL over the published figures."""

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

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
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_STEPS = 100_000
"""After how many steps of SQLite an interruption is looked for."""

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
    """Print what a SELECT finds in the tables of `okrsite export --format sqlite`.

    Without SQL the tables and their columns are listed. Private documents are in no table.

    Exit status: 0 success, 2 usage error.
    """
    if not sql:
        for table in TABLES:
            click.echo(f"{table.name}: {', '.join(table.columns)}")
        return
    with closing(database(tables_of(open_site(given)))) as connection:
        connection.set_authorizer(_only_reads)
        connection.set_progress_handler(lambda: None, _STEPS)
        try:
            cursor = connection.execute(sql)
            rows = cursor.fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise KeyboardInterrupt from None
            raise click.UsageError(_why(error)) from None
        names = [column[0] for column in cursor.description or ()]
    if format_ == "json":
        click.echo(_as_json(names, rows))
    elif format_ == "csv":
        click.echo(_as_csv(names, rows), nl=False)
    else:
        print_rich(lambda console: _draw(console, names, rows))


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
