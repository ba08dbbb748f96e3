"""`okrsite new team` and `okrsite new person`."""

from functools import partial

import click

from okrsite.cli.asking import given_or_asked, optional_answer, words
from okrsite.cli.commands.new.options import NewDocument, document_options, private_option
from okrsite.cli.completion import Existing
from okrsite.documents.types import Type
from okrsite.editing.new.naming import find_team, slug
from okrsite.project.model.cycles import calendar_cycle
from okrsite.project.names import NameKind

_DESCRIPTION = click.option("--description", metavar="TEXT", help="One sentence.")

_TEAM_EXAMPLE = """\
\b
Example:
  okrsite new team --title "Field sales" --parent sales"""


@click.command(epilog=_TEAM_EXAMPLE)
@document_options(Type.TEAM)
@click.option("--parent", type=Existing("teams"), help="The team above; default: the company.")
@_DESCRIPTION
@private_option
def team(new: NewDocument, parent: str | None, description: str | None) -> None:
    """Write a team."""
    subject = new.subject("What is the team called", _name)
    above = _team(new, parent, "--parent", "Which team is above it (Enter: the company)")
    new.add(subject, {"description": description, "parent": above, **new.visibility})


_PERSON_EXAMPLE = """\
\b
Example:
  okrsite new person --title "Amara Okafor" --team marketing"""


@click.command(epilog=_PERSON_EXAMPLE)
@document_options(Type.PERSON)
@click.option("--team", type=Existing("teams"), help="The team they work in.")
@_DESCRIPTION
@private_option
def person(new: NewDocument, team: str | None, description: str | None) -> None:
    """Write a person."""
    subject = new.subject("What is the person's name", _name)
    whose = _team(new, team, "--team", "Which team do they work in (Enter: none)")
    new.add(subject, {"description": description, "team": whose, **new.visibility})


def _name(text: str) -> str:
    """Read a name; one that a period of the calendar has would make its folder a cycle's."""
    name = words(text)
    if calendar_cycle(slug(name, "owner")) is not None:
        raise ValueError(f"{name} is a calendar period: choose another name")
    return name


def _team(new: NewDocument, typed: str | None, option: str, question: str) -> str | None:
    """Return what is written for a team; nothing for the company, which is the default."""
    names = new.folder.names
    find = partial(find_team, names)
    if typed is not None:
        found: str | None = given_or_asked(typed, question, option, find)
    else:
        found = optional_answer(question, find) if new.title is None else None
    if found is None or found == names.company:
        return None
    return names.reference(NameKind.OWNER, found)
