"""`okrsite new kpi`."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from okrsite.cli import asking
from okrsite.cli.asking import ask_if_wanted, given_or_asked, words
from okrsite.cli.commands.new.options import document_options, private_option, visibility
from okrsite.cli.common import Day
from okrsite.cli.completion import Existing
from okrsite.cli.project_folder import open_project_folder
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


@click.command(epilog=_EXAMPLE)
@document_options
@click.option("--owner", type=Existing("owners"), help="Whose it is.")
@click.option("--value", metavar="NUMBER", help="The first reading, like 82%.")
@click.option("--date", "day", type=Day(), metavar="DATE", help="The day of it; default: --as-of.")
@click.option("--unit", metavar="TEXT", help="The unit of plain numbers.")
@click.option("--at-least", metavar="NUMBER", help="Healthy from here on.")
@click.option("--at-most", metavar="NUMBER", help="Healthy up to here.")
@click.option("--critical-below", metavar="NUMBER", help="Critical below.")
@click.option("--critical-above", metavar="NUMBER", help="Critical above.")
@click.option("--every", type=click.Choice([str(e) for e in ReadingEvery]), help="When it is due.")
@click.option("--indicator", type=click.Choice([str(i) for i in Indicator]), help="Early or late.")
@click.option("--drives", type=Existing("kpis"), multiple=True, help="A KPI that it moves.")
@private_option
def kpi(
    config_file: Path, as_of: date | None, title: str | None, text: str | None, anyway: bool,
    owner: str | None, value: str | None, day: date | None, unit: str | None,
    at_least: str | None, at_most: str | None, critical_below: str | None,
    critical_above: str | None, every: str | None, indicator: str | None,
    drives: tuple[str, ...], private: bool,
) -> None:  # fmt: skip
    """Write a KPI with its first reading."""
    folder = open_project_folder(config_file, as_of)
    names = folder.names
    interactive = title is None and asking.on_terminal()
    named = given_or_asked(title, "What is the KPI called", "--title", words)
    folder.refuse_twin(Type.KPI, named, anyway)
    whose = given_or_asked(owner, "Who owns it", "--owner", partial(find_owner, names))
    reading = given_or_asked(value, "What is its value today, like 82%", "--value", quantity)
    if interactive and at_least is None and at_most is None:
        at_least = ask_if_wanted("Healthy from which value on (Enter: no limit)", quantity)
        at_most = ask_if_wanted("Healthy up to which value (Enter: no limit)", quantity)
    fields = {
        "unit": unit,
        "indicator": indicator,
        "drives": [
            names.reference(
                NameKind.KPI, given_or_asked(name, "", "--drives", partial(find_kpi, names))
            )
            for name in drives
        ],
        "keep": _band(at_least, at_most),
        "alert": _band(critical_below, critical_above),
        "every": every,
        **visibility(private),
        "readings": [Flow({"date": day or folder.as_of, "value": reading})],
    }
    made = folder.draft(Type.KPI, named, fields, whose, body=text or "")
    folder.add(made, anyway=anyway)


def quantity(text: str) -> str:
    """Read a quantity, and give it as it is written; raise ValueError where it is none."""
    try:
        parse_quantity(text)
    except InvalidValueError as error:
        raise ValueError(f"{error.message}: {error.hint}") from None
    return text.strip()


def _band(low: str | None, high: str | None) -> Flow | None:
    bounds = {"min": low, "max": high}
    written = {name: bound for name, bound in bounds.items() if bound is not None}
    return Flow(written) if written else None
