"""`okrsite new pillar`."""

from dataclasses import replace
from functools import partial

import click

from okrsite.cli.asking import given_or_asked, optional_answer, words
from okrsite.cli.commands.new.options import NewDocument, document_options, private_option
from okrsite.cli.common import Texts
from okrsite.cli.completion import Existing
from okrsite.documents.types import Type
from okrsite.editing.new.naming import find_kpi, find_owner
from okrsite.editing.yaml_text import Flow
from okrsite.project.meanings import NameKind

_KPI = "A KPI that measures it; repeatable."

_EXAMPLE = """\
\b
Example:
  okrsite new pillar --title "Guests for life" --kpi retention"""


@click.command(epilog=_EXAMPLE)
@document_options(Type.PILLAR)
@click.option("--owner", type=Existing("owners"), help="Its owner; default: none.")
@click.option("--description", metavar="TEXT", help="One sentence.")
@click.option("--kpi", "kpis", type=Existing("kpis"), multiple=True, help=_KPI)
@private_option
def pillar(new: NewDocument, owner: str | None, description: str | None, kpis: Texts) -> None:
    """Write a pillar: a theme that objectives serve for years."""
    names = new.folder.names
    subject = new.subject("What is the pillar called")
    if new.interactive and description is None:
        description = optional_answer("What is it about, in one sentence (Enter: later)", words)
    find = partial(find_kpi, names)
    found = [given_or_asked(one, "", "--kpi", find) for one in kpis]
    if new.interactive and not kpis and names.of(Type.KPI):
        question = "Which KPI measures it (Enter: no more)"
        while more := optional_answer(question, find):
            found.append(more)
    if owner is not None:
        whose = given_or_asked(owner, "", "--owner", partial(find_owner, names))
        subject = replace(subject, owner=whose)
    shown = [names.reference(NameKind.KPI, one) for one in dict.fromkeys(found)]
    fields = {"description": description, "kpis": Flow(shown) if shown else None}
    new.add(subject, {**fields, **new.visibility})
