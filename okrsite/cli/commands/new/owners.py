"""`okrsite new team` and `okrsite new person`."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from okrsite.cli.asking import ask_if_wanted, given_or_asked, words
from okrsite.cli.commands.new.options import document_options, private_option, visibility
from okrsite.cli.completion import Existing
from okrsite.cli.project_folder import ProjectFolder, open_project_folder
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
@document_options
@click.option("--parent", type=Existing("teams"), help="The team above; default: the company.")
@_DESCRIPTION
@private_option
def team(
    config_file: Path, as_of: date | None, title: str | None, text: str | None, anyway: bool,
    parent: str | None, description: str | None, private: bool,
) -> None:  # fmt: skip
    """Write a team."""
    folder = open_project_folder(config_file, as_of)
    named = given_or_asked(title, "What is the team called", "--title", _name)
    folder.refuse_twin(Type.TEAM, named, anyway)
    if title is None and parent is None:
        parent = ask_if_wanted(
            "Which team is above it (Enter: the company)", partial(find_team, folder.names)
        )
    fields = {
        "description": description,
        "parent": _team(folder, parent, "--parent"),
        **visibility(private),
    }
    folder.add(folder.draft(Type.TEAM, named, fields, body=text or ""), anyway=anyway)


_PERSON_EXAMPLE = """\
\b
Example:
  okrsite new person --title "Amara Okafor" --team marketing"""


@click.command(epilog=_PERSON_EXAMPLE)
@document_options
@click.option("--team", type=Existing("teams"), help="The team they work in.")
@_DESCRIPTION
@private_option
def person(
    config_file: Path, as_of: date | None, title: str | None, text: str | None, anyway: bool,
    team: str | None, description: str | None, private: bool,
) -> None:  # fmt: skip
    """Write a person."""
    folder = open_project_folder(config_file, as_of)
    named = given_or_asked(title, "What is the person's name", "--title", _name)
    folder.refuse_twin(Type.PERSON, named, anyway)
    if title is None and team is None:
        team = ask_if_wanted(
            "Which team do they work in (Enter: none)", partial(find_team, folder.names)
        )
    fields = {
        "description": description,
        "team": _team(folder, team, "--team"),
        **visibility(private),
    }
    folder.add(folder.draft(Type.PERSON, named, fields, body=text or ""), anyway=anyway)


def _name(text: str) -> str:
    """Read a name; one that a period of the calendar has would make its folder a cycle's."""
    name = words(text)
    if calendar_cycle(slug(name, "owner")) is not None:
        raise ValueError(f"{name} is a period of the calendar: call them something else")
    return name


def _team(folder: ProjectFolder, typed: str | None, option: str) -> str | None:
    """Return what is written for a team; nothing for the company, which is the default."""
    if typed is None:
        return None
    found = given_or_asked(typed, "", option, partial(find_team, folder.names))
    is_company = found == folder.names.company
    return None if is_company else folder.names.reference(NameKind.OWNER, found)
