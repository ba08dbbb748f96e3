"""Complete the names of a site's documents in a shell.

The Tab key has to answer at once, so only the beginnings of files are looked at, and nothing is
resolved. Where the site cannot be read nothing is offered: a shell shows no errors.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from okrsite.cli.configuration import ConfigurationError, read_configuration, usual_configuration
from okrsite.documents.folder import Folder
from okrsite.documents.sections import first_title
from okrsite.documents.source import id_of_uri, read_text
from okrsite.documents.types import Type
from okrsite.project.names import COMPANY, KINDS, NamedDocument, Names
from okrsite.util.spelling import normal_form

OWNERS, TEAMS, CYCLES, OBJECTIVES, KPIS = "owners", "teams", "cycles", "objectives", "kpis"

_TYPES = {
    OWNERS: (Type.TEAM, Type.PERSON),
    TEAMS: (Type.TEAM,),
    CYCLES: (Type.CYCLE,),
    OBJECTIVES: (Type.OBJECTIVE,),
    KPIS: (Type.KPI,),
}
_FIELD = re.compile(r"^(type|id|title|cycle)[ \t]*:[ \t]*(.*?)[ \t]*(?:[ \t]#.*)?$", re.MULTILINE)


class Existing(click.ParamType[str]):
    """The name of something that exists; shells complete it and show its title next to it.

    `kinds` are what may be named: OWNERS, TEAMS, CYCLES, OBJECTIVES or KPIS.
    """

    def __init__(self, *kinds: str) -> None:
        self.name = kinds[0].removesuffix("s")
        self._kinds = kinds

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return what is typed; whether it exists is checked once the site has been read."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin with what is typed; none where the site cannot be read."""
        config_file = ctx.params.get("config_file") or usual_configuration()
        typed = incomplete.lower()
        return [
            CompletionItem(name, help=" ".join(title.split()))
            for name, title in names_of(Path(config_file), self._kinds)
            if name.startswith(typed) or f"/{typed}" in name
        ]


def names_of(config_file: Path, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what may be typed for the documents of some kinds, each with its title."""
    try:
        configuration = read_configuration(config_file)
        names = Names(_documents(configuration.folder), {}, configuration.settings.fiscal_year)
    except (ConfigurationError, OSError):
        return []
    found: dict[str, str] = {}
    for kind in kinds:
        if kind in (OWNERS, TEAMS):
            company = (document.title for document in names.of(Type.COMPANY))
            found.setdefault(COMPANY, next(company, configuration.site_name))
        if kind == CYCLES:
            found |= _calendar_periods(names)
        for document in (document for type in _TYPES[kind] for document in names.of(type)):
            found.setdefault(names.shortest(KINDS[document.type], document.id), document.title)
    return list(found.items())


def _calendar_periods(names: Names) -> dict[str, str]:
    """Return the periods of the calendar that objectives are in, the last first."""
    cycles = [
        names.cycle(normal_form(objective.cycle))
        if objective.cycle
        else names.folder_cycle(objective.uri)
        for objective in names.of(Type.OBJECTIVE)
    ]
    found = {cycle for cycle in cycles if cycle is not None}
    latest_first = sorted(found, key=lambda cycle: (cycle.end, cycle.id), reverse=True)
    return {cycle.id: cycle.title for cycle in latest_first}


def _documents(folder: Folder) -> Iterator[NamedDocument]:
    for uri in sorted(folder.documents()):
        try:
            text, _ = read_text(folder.read(uri))
        except (OSError, UnicodeError):
            continue
        if text.startswith("---") and (found := _document(uri, text)) is not None:
            yield found


def _document(uri: str, text: str) -> NamedDocument | None:
    """Return the document that the beginning of a file describes."""
    front, _, body = text[3:].partition("\n---")
    fields = {match[1]: match[2].strip("\"'") for match in _FIELD.finditer(front)}
    written = fields.get("type", "")
    if written not in list(Type):
        return None
    id = normal_form(fields.get("id") or id_of_uri(uri))
    words = id.rsplit("/", 1)[-1].replace("-", " ").capitalize()
    title = fields.get("title") or first_title(body) or words
    return NamedDocument(id, Type(written), title, uri, cycle=fields.get("cycle"))
