"""Find out which owner of the site somebody is: the one they name, else the person git knows."""

import re

import click

from okrsite.cli.common import LoadedSite
from okrsite.cli.typed_names import TypedNames
from okrsite.editing.new.naming import slug
from okrsite.findings.report import visible
from okrsite.history.git.git import RepositoryError, run, text_of
from okrsite.language.inline import plain
from okrsite.project.model import Owner, Project


def owner_or_me(site: LoadedSite, typed: str | None, how: str) -> Owner:
    """Return the owner that was typed, else the person that git's user.name or user.email means.

    Ends the command with status 2 where that is nobody; `how` is the command that names somebody.
    """
    if typed is not None:
        return TypedNames(site.project, site.current_cycle).owner(typed)
    name, address = (_configured(site, key) for key in ("user.name", "user.email"))
    found = person_called(site.project, name, address)
    if found is not None:
        return found
    known = f"{name} <{address}>".replace(" <>", "").strip()
    message = "git doesn't know who you are"
    if known:
        message = f"git knows you as {visible(known)}, but no person here has that name"
    raise click.UsageError(f"{message}: name yourself, like `{how}`")


def person_called(project: Project, name: str, address: str) -> Owner | None:
    """Return the one person that has a name, or the beginning of an address; None for several.

    A title is compared first, then the last part of an id: `ada-lovelace` is Ada Lovelace, and
    `ada.lovelace@example.com` too.
    """
    people = [owner for owner in project.owners.values() if owner.type == "person"]
    wanted = plain(name.strip()).casefold()
    titled = [person for person in people if wanted and plain(person.title).casefold() == wanted]
    if len(titled) == 1:
        return titled[0]
    local = re.split(r"[@+]", address.strip())[0]
    for written in (name, re.sub(r"[._]+", " ", local)):
        id = slug(written, "")
        named = [person for person in people if id and person.id.rpartition("/")[2] == id]
        if len(named) == 1:
            return named[0]
    return None


def _configured(site: LoadedSite, key: str) -> str:
    """Return a setting of git; an empty text where there is none, or no git."""
    try:
        return text_of(run(site.configuration.folder.project, "config", "--get", key)).strip()
    except (RepositoryError, OSError):
        return ""
