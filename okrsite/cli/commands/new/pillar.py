"""`okrsite new pillar`."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from okrsite.cli import asking
from okrsite.cli.asking import ask_if_wanted, given_or_asked, words
from okrsite.cli.commands.new.options import document_options, private_option, visibility
from okrsite.cli.completion import Existing
from okrsite.cli.project_folder import open_project_folder
from okrsite.documents.types import Type
from okrsite.editing.new.naming import find_kpi, find_owner
from okrsite.editing.yaml_text import Flow
from okrsite.project.names import NameKind

_EXAMPLE = """\
\b
Example:
  okrsite new pillar --title "Guests for life" --kpi retention"""


@click.command(epilog=_EXAMPLE)
@document_options
@click.option("--owner", type=Existing("owners"), help="Whose it is; default: nobody's.")
@click.option("--description", metavar="TEXT", help="One sentence.")
@click.option(
    "--kpi", "kpis", type=Existing("kpis"), multiple=True,
    help="A KPI by which one sees how it is doing; repeatable.",
)  # fmt: skip
@private_option
def pillar(
    config_file: Path, as_of: date | None, title: str | None, text: str | None, anyway: bool,
    owner: str | None, description: str | None, kpis: tuple[str, ...], private: bool,
) -> None:  # fmt: skip
    """Write a pillar: a theme that objectives serve for years."""
    folder = open_project_folder(config_file, as_of)
    names, interactive = folder.names, title is None and asking.on_terminal()
    named = given_or_asked(title, "What is the pillar called", "--title", words)
    folder.refuse_twin(Type.PILLAR, named, anyway)
    if interactive and description is None:
        description = ask_if_wanted(
            "What is it about, in one sentence (Enter: say it later)", words
        )
    find = partial(find_kpi, names)
    found = [given_or_asked(one, "", "--kpi", find) for one in kpis]
    if interactive and not kpis and names.of(Type.KPI):
        question = "By which KPI does one see how it is doing (Enter: no more)"
        while more := ask_if_wanted(question, find):
            found.append(more)
    whose = given_or_asked(owner, "", "--owner", partial(find_owner, names)) if owner else None
    fields = {
        "description": description,
        "kpis": Flow([names.reference(NameKind.KPI, one) for one in dict.fromkeys(found)])
        if found
        else None,
        **visibility(private),
    }
    folder.add(folder.draft(Type.PILLAR, named, fields, whose, body=text or ""), anyway)
