"""`okrsite new kpi`."""

from dataclasses import replace
from datetime import date
from functools import partial

import click

from okrsite.cli.asking import given_or_asked, optional_answer
from okrsite.cli.commands.new.options import NewDocument, document_options, private_option
from okrsite.cli.common import Day, Texts
from okrsite.cli.completion import Existing
from okrsite.documents.quantity import InvalidValueError, parse_quantity
from okrsite.documents.types import Type
from okrsite.documents.values import Indicator, ReadingEvery
from okrsite.editing.new.naming import find_kpi, find_owner
from okrsite.editing.yaml_text import Flow
from okrsite.project.names import NameKind

_EXAMPLE = """\
\b
Example:
  okrsite new kpi --title "Customer satisfaction" --owner support \\
      --value 82% --at-least 80%"""
_VALUE = "What is its value today, like 82%"


@click.command(epilog=_EXAMPLE)
@document_options(Type.KPI)
@click.option("--owner", type=Existing("owners"), help="Its owner.")
@click.option("--value", metavar="NUMBER", help="The first reading, like 82%.")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Its date; default: --as-of.")
@click.option("--unit", metavar="TEXT", help="The unit of plain numbers.")
@click.option("--at-least", metavar="NUMBER", help="Healthy at or above this value.")
@click.option("--at-most", metavar="NUMBER", help="Healthy at or below this value.")
@click.option("--critical-below", metavar="NUMBER", help="Critical below this value.")
@click.option("--critical-above", metavar="NUMBER", help="Critical above this value.")
@click.option(
    "--every", type=click.Choice([str(e) for e in ReadingEvery]), help="How often a reading is due."
)
@click.option(
    "--indicator", type=click.Choice([str(i) for i in Indicator]), help="Leading or lagging."
)
@click.option("--drives", type=Existing("kpis"), multiple=True, help="A KPI that it moves.")
@private_option
def kpi(
    new: NewDocument, owner: str | None, day: date | None, drives: Texts, **written: str | None
) -> None:
    """Write a KPI with its first reading."""
    names = new.folder.names
    subject = new.subject("What is the KPI called")
    whose = given_or_asked(owner, "Who owns it", "--owner", partial(find_owner, names))
    reading = given_or_asked(written["value"], _VALUE, "--value", quantity)
    low, high = written["at_least"], written["at_most"]
    if new.interactive and low is None and high is None:
        low = optional_answer("What is the lowest healthy value (Enter: no limit)", quantity)
        high = optional_answer("What is the highest healthy value (Enter: no limit)", quantity)
    find = partial(find_kpi, names)
    moved = [given_or_asked(name, "", "--drives", find) for name in drives]
    fields = {
        "unit": written["unit"],
        "indicator": written["indicator"],
        "drives": [names.reference(NameKind.KPI, id) for id in moved],
        "keep": _range(low, high),
        "alert": _range(written["critical_below"], written["critical_above"]),
        "every": written["every"],
        **new.visibility,
        "readings": [Flow({"date": day or new.folder.as_of, "value": reading})],
    }
    new.add(replace(subject, owner=whose), fields)


def quantity(text: str) -> str:
    """Read a quantity, and give it as it is written; raise ValueError where it is none."""
    try:
        parse_quantity(text)
    except InvalidValueError as error:
        raise ValueError(f"{error.message}: {error.hint}") from None
    return text.strip()


def _range(low: str | None, high: str | None) -> Flow | None:
    bounds = {"min": low, "max": high}
    written = {name: bound for name, bound in bounds.items() if bound is not None}
    return Flow(written) if written else None
