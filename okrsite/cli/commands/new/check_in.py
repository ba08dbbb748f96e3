"""`okrsite new check-in`."""

from datetime import date
from functools import partial

import click

from okrsite.cli.asking import given_or_asked
from okrsite.cli.commands.new.options import private_option
from okrsite.cli.common import Day, SiteOptions, site_options
from okrsite.cli.completion import Existing
from okrsite.cli.editing import Refused
from okrsite.cli.project_folder import ProjectFolder, open_project_folder
from okrsite.editing.new.check_in_form import Form, open_work, shortest_cycle
from okrsite.editing.new.documents import Draft
from okrsite.editing.new.naming import find_owner
from okrsite.language.wording import Words
from okrsite.project.load import resolve
from okrsite.project.names import NameKind
from okrsite.scores import score_project
from okrsite.util.memory import gc_paused

_EXAMPLE = """\
\b
Example:
  okrsite new check-in --owner sales"""


@click.command("check-in", epilog=_EXAMPLE)
@site_options
@click.option("--owner", type=Existing("owners"), help="The owner of the check-in.")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Its date; default: --as-of.")
@click.option("--title", metavar="TEXT", help="The title; default: its date.")
@private_option
def check_in(
    given: SiteOptions, owner: str | None, day: date | None, title: str | None, private: bool
) -> None:
    """Prepare a check-in document for every open key result of an owner.

    Each is listed with its last and expected values, as comments: fill in what is new,
    remove the `#`, and delete the rest.
    """
    folder = open_project_folder(given)
    find = partial(find_owner, folder.names)
    whose = given_or_asked(owner, "Whose check-in is it", "--owner", find)
    folder.write(_prepared(folder, whose, day or folder.as_of, title, private))


def _prepared(
    folder: ProjectFolder, owner: str, day: date, title: str | None, private: bool
) -> Draft:
    configuration, names, known = folder.configuration, folder.names, folder.known
    settings = configuration.settings
    with gc_paused():
        name = configuration.site_name
        project, _ = resolve(known.tree, known.documents, known.findings, settings, name)
        scorecard = score_project(project, settings, day)
    work = open_work(project, owner, day)
    shown = [piece for piece in work if private or not piece.objective.page.private]
    if len(shown) < len(work):
        hint = "`--private` creates an unpublished document with them"
        click.echo(f"Private objectives are left out; {hint}.", err=True)
    if not shown:
        name = names.reference(NameKind.OWNER, owner)
        raise Refused(f"`{name}` has no active objective in a cycle that is open on {day}")
    words = Words.of("en", settings.thresholds)
    uri = folder.layout.dated(owner, shortest_cycle(shown), day)
    return Form(names, scorecard, words, owner, private, title).draft(shown, uri)
