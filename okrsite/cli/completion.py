"""What the shell offers behind the Tab key: the names of a site's documents.

Whoever presses it waits, so only the beginnings of files are looked at, and nothing is resolved.
Where the site cannot be read nothing is offered: a shell shows no errors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from okrsite.cli.configuration import ConfigurationError, read_configuration
from okrsite.documents.folder import Folder
from okrsite.documents.sections import first_title
from okrsite.documents.source import id_of_uri, read_text
from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.project.model.cycles import calendar_cycle
from okrsite.project.references import References

OWNERS, TEAMS, CYCLES, OBJECTIVES, KPIS = "owners", "teams", "cycles", "objectives", "kpis"

_COMPANY = "company"
_TYPES = {
    OWNERS: OWNER_TYPES,
    TEAMS: frozenset({Type.COMPANY, Type.TEAM}),
    CYCLES: frozenset({Type.CYCLE}),
    OBJECTIVES: frozenset({Type.OBJECTIVE}),
    KPIS: frozenset({Type.KPI}),
}
_FIELD = re.compile(r"^(type|id|title|cycle)[ \t]*:[ \t]*(.*?)[ \t]*(?:[ \t]#.*)?$", re.MULTILINE)


class Existing(click.ParamType[str]):
    """The name of something that exists; shells complete it, and people see its title beside it.

    `kinds` are what may be named: OWNERS, TEAMS, CYCLES, OBJECTIVES or KPIS.
    """

    def __init__(self, *kinds: str) -> None:
        self.name = kinds[0].removesuffix("s")
        self._kinds = kinds

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Take it as it is typed; whether it exists is seen when the site has been read."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """List what begins with what has been typed, or nothing where the site cannot be read."""
        config_file = ctx.params.get("config_file") or Path("mkdocs.yml")
        typed = incomplete.lower()
        return [
            CompletionItem(name, help=" ".join(title.split()))
            for name, title in names_of(Path(config_file), self._kinds)
            if name.startswith(typed) or f"/{typed}" in name
        ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document as the beginning of its file tells of it."""

    type: Type
    id: str
    title: str
    cycle: str | None


def names_of(config_file: Path, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what may be typed for the documents of some kinds, each with its title."""
    try:
        configuration = read_configuration(config_file)
        seen = list(_seen(configuration.folder))
    except (ConfigurationError, OSError):
        return []
    found: dict[str, str] = {}
    for kind in kinds:
        of_kind = [document for document in seen if document.type in _TYPES[kind]]
        if kind in (OWNERS, TEAMS):
            company = (d.title for d in of_kind if d.type is Type.COMPANY)
            found.setdefault(_COMPANY, next(company, configuration.site_name))
            of_kind = [document for document in of_kind if document.type is not Type.COMPANY]
            of_kind.sort(key=lambda document: document.type is Type.PERSON)
        if kind == CYCLES:
            found |= _calendar(seen)
        among = _TYPES[OWNERS if kind == TEAMS else kind]
        references = References((d.id, None) for d in seen if d.type in among)
        for document in of_kind:
            found.setdefault(references.shortest(document.id), document.title)
    return list(found.items())


def _calendar(seen: list[_Seen]) -> dict[str, str]:
    """Name the periods of the calendar that objectives are in, the last first."""
    written = {d.cycle.lower() for d in seen if d.type is Type.OBJECTIVE and d.cycle}
    cycles = [cycle for name in written if (cycle := calendar_cycle(name)) is not None]
    cycles.sort(key=lambda cycle: (cycle.end, cycle.id), reverse=True)
    return {cycle.id: cycle.title for cycle in cycles}


def _seen(folder: Folder) -> Iterator[_Seen]:
    for uri in sorted(folder.documents()):
        try:
            text, _ = read_text(folder.read(uri))
        except (OSError, UnicodeError):
            continue
        if text.startswith("---") and (found := _document(uri, text)) is not None:
            yield found


def _document(uri: str, text: str) -> _Seen | None:
    front, _, body = text[3:].partition("\n---")
    fields = {match[1]: match[2].strip("\"'") for match in _FIELD.finditer(front)}
    written = fields.get("type", "")
    if written not in list(Type):
        return None
    id = (fields.get("id") or id_of_uri(uri)).lower()
    words = id.rsplit("/", 1)[-1].replace("-", " ").capitalize()
    title = fields.get("title") or first_title(body) or words
    return _Seen(Type(written), id, title, fields.get("cycle") or _cycle_of_folder(uri))


def _cycle_of_folder(uri: str) -> str | None:
    """Return the period that a folder above a file is called after: `2026-q4` or `2026/q4`."""
    segments = uri.lower().split("/")[:-1]
    for end in range(len(segments), 0, -1):
        for name in (segments[end - 1], "-".join(segments[max(0, end - 2) : end])):
            if calendar_cycle(name) is not None:
                return name
    return None
