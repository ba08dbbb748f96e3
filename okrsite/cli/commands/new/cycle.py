"""`okrsite new cycle`."""

import re
from datetime import date

import click

from okrsite.cli.asking import given_or_asked, words
from okrsite.cli.commands.new.options import NewDocument, document_options
from okrsite.cli.common import Day
from okrsite.documents.types import Type
from okrsite.documents.values import read_date
from okrsite.editing.new.naming import slug
from okrsite.project.model.cycles import calendar_cycle

_EXAMPLE = """\
\b
Example:
  okrsite new cycle --title "2027 Q1"
"""


@click.command(epilog=_EXAMPLE)
@document_options(Type.CYCLE)
@click.option("--start", type=Day(), metavar="DATE", help="Its first day.")
@click.option("--end", type=Day(), metavar="DATE", help="Its last day.")
def cycle(new: NewDocument, start: date | None, end: date | None) -> None:
    """Write a cycle; a calendar year, half, quarter or month needs no dates."""
    subject = new.subject("What is the cycle called", _named)
    calendar = calendar_cycle(slug(subject.title, "cycle"), new.folder.names.fiscal_year)
    fields = {
        "start": start or (calendar.start if calendar else _day("--start", "first")),
        "end": end or (calendar.end if calendar else _day("--end", "last")),
    }
    new.add(subject, fields)


_PERIOD = re.compile(r"[0-9]{4}[ -]?[qh]?[0-9]*", re.IGNORECASE)


def _named(text: str) -> str:
    """Read a title; one that is nearly a period of the calendar was meant as one."""
    name = words(text)
    if _PERIOD.fullmatch(name) and calendar_cycle(slug(name, "cycle")) is None:
        raise ValueError(
            f"{name} is not a calendar period: write one like 2027, 2027-h1, 2027-q1 or 2027-10"
        )
    return name


def _day(option: str, which: str) -> date:
    def read(text: str) -> date:
        try:
            return read_date(text.strip())
        except ValueError:
            raise ValueError(f"{text} is not a date: write it like 2026-11-15") from None

    return given_or_asked(None, f"What is its {which} day", option, read)
