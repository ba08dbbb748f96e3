"""`okrsite initiative`: a piece of work that should move a key result, added or updated."""

from collections.abc import Mapping
from datetime import date

import click

from okrsite.cli.common import Day, SiteOptions, Texts, open_site, site_options
from okrsite.cli.completion import OBJECTIVES, OWNERS, Existing
from okrsite.cli.editing import Refused, one_writer
from okrsite.cli.objective_edits import write_objective
from okrsite.cli.typed_names import TypedNames, find_key_result
from okrsite.documents.values import InitiativeStatus
from okrsite.editing.fields import Written, with_field, with_item
from okrsite.editing.key_result_values import wrong_share
from okrsite.editing.new_check_in import has_unseen
from okrsite.language.inline import plain
from okrsite.project.model import Objective
from okrsite.project.names import NameKind

_EXAMPLE = """\b
Examples:
  okrsite initiative financial-targets "New pricing page" --owner marketing --due 2026-11-20
  okrsite initiative financial-targets "New pricing page" --status doing --progress 60%
"""
_OWNER = "Who does it; repeatable."
_STATUS = "Its status; `todo` if it is new."
_KEY_RESULT = "The key result it should move."
_PROGRESS = "How much of it is done, like 60%."
_HINT = "begin each initiative with a dash: `- {title: New pricing page}`"
FIELD = "initiatives"


@click.command(epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES))
@click.argument("title")
@click.option("--owner", "owners", type=Existing(OWNERS), multiple=True, help=_OWNER)
@click.option("--status", type=click.Choice([str(s) for s in InitiativeStatus]), help=_STATUS)
@click.option("--key-result", metavar="KEY_RESULT", help=_KEY_RESULT)
@click.option("--due", type=Day(), help="When it should be done.")
@click.option("--progress", metavar="SHARE", help=_PROGRESS)
@click.option("--url", metavar="URL", help="A page with more about it.")
@site_options
def initiative(
    given: SiteOptions,
    objective: str,
    title: str,
    owners: Texts,
    status: str | None,
    key_result: str | None,
    due: date | None,
    progress: str | None,
    url: str | None,
) -> None:
    """Add an initiative with this TITLE to OBJECTIVE, or update the one that has it.

    If it already exists, only what you give is changed. Nothing else in the file changes.

    Exit status: 0 success, 1 the document would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    one_writer(given.config_file.parent)
    site = open_site(given)
    names = TypedNames(site.project, site.current_cycle)
    found = names.objective(objective)
    if progress is not None and (wrong := wrong_share(progress)):
        raise Refused(f"--progress: {wrong}")
    whose = [names.reference(NameKind.OWNER, names.owner(owner).id) for owner in owners]
    given_fields: dict[str, Written | None] = {
        "owner": whose if len(whose) > 1 else next(iter(whose), None),
        "status": status,
        "key_result": find_key_result(found, key_result).id if key_result is not None else None,
        "due": due.isoformat() if due else None,
        "progress": progress,
        "url": url,
    }
    fields = {name: value for name, value in given_fields.items() if value is not None}
    position = _position(found, title)
    if position is None:
        entry = {"title": _title(title), **fields}
        write_objective(site, found, lambda content: with_item(content, FIELD, entry, _HINT))
        return
    if not fields:
        place = found.initiatives[position].place
        hint = "say what changes, like --status doing"
        raise Refused(f"{place.path}:{place.line}: this initiative already exists: {hint}")
    write_objective(site, found, lambda content: _updated(content, position, fields))


def _title(typed: str) -> str:
    title = typed.strip()
    if not title:
        raise Refused("the title is empty: write what is to be done")
    if has_unseen(title):
        raise Refused("the title contains an invisible character")
    return title


def _position(objective: Objective, typed: str) -> int | None:
    """Return which initiative of an objective has a title; None where none has."""
    wanted = plain(typed.strip()).casefold()
    titles = [plain(one.title).casefold() for one in objective.initiatives]
    found = [position for position, title in enumerate(titles) if title == wanted]
    if len(found) > 1:
        lines = " and ".join(str(objective.initiatives[position].place.line) for position in found)
        hint = "change it in the file"
        raise Refused(f"{objective.page.path} has this initiative in lines {lines}: {hint}")
    return found[0] if found else None


def _updated(content: bytes, position: int, fields: Mapping[str, Written]) -> bytes:
    for name, value in fields.items():
        content = with_field(content, (FIELD, position, name), value)
    return content
