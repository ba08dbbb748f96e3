"""What a name means: the one answer for documents, blocks in pages, folders and the command line.

It needs no more of a document than its id, type, cycle, file and title, so that it can be given for
documents that are not resolved yet, for a resolved project, and for the beginnings of files.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.findings.finding import shorten
from okrsite.i18n import phrase
from okrsite.language.inline import plain
from okrsite.project.meanings import (
    KINDS,
    TYPES_OF,
    Ambiguous,
    Found,
    Meaning,
    NameKind,
    NotFound,
    Unknown,
    Unseen,
    its_id,
    shown,
    unknown,
    unknown_key_result,
)
from okrsite.project.model import Project
from okrsite.project.model.cycles import (
    Cycle,
    calendar_cycle,
    calendar_name,
    containing,
    meant_calendar_name,
    newest_first,
    spellings,
)
from okrsite.project.named_documents import NamedDocument, documents_of, errors_in
from okrsite.project.references import MOST_CANDIDATES, References, cycle_names, normal, tails
from okrsite.settings import FiscalYear
from okrsite.util.markdown_files import MARKDOWN
from okrsite.util.spelling import invisible_character, nearest, normal_form

__all__ = ["COMPANY", "KINDS", "Ambiguous", "Found", "Meaning", "NameKind", "NamedDocument"]
__all__ += ["Names", "NotFound", "Unknown", "errors_in", "unknown", "unknown_key_result"]

COMPANY = "company"
"""What always means the company, whatever the id of its document."""

CALENDAR_HINT = phrase("write a period like 2026, 2026-h2, 2026-q4 or 2026-10")

_SEVERAL_END_IN_IT = {
    NameKind.OBJECTIVE: phrase("several objectives end in this name"),
    NameKind.KPI: phrase("several KPIs end in this name"),
    NameKind.OWNER: phrase("several owners end in this name"),
    NameKind.CYCLE: phrase("several cycles end in this name"),
    NameKind.PILLAR: phrase("several pillars end in this name"),
}

_SEVERAL_HAVE_THIS_TITLE = {
    NameKind.OBJECTIVE: phrase("several objectives have this title"),
    NameKind.KPI: phrase("several KPIs have this title"),
    NameKind.OWNER: phrase("several owners have this title"),
    NameKind.CYCLE: phrase("several cycles have this title"),
    NameKind.PILLAR: phrase("several pillars have this title"),
}

_ROW = re.compile(r"\s*[,;&]\s*|\s+(?:and|und|et|y)\s+")
"""What people write between several names."""
_LONGEST_ROW = 300

FOLDER_OWNERS = OWNER_TYPES - {Type.COMPANY}
_TEAMS = OWNER_TYPES - {Type.PERSON}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A reference to one of some types, with the document and the cycle that it is written in."""

    kind: NameKind
    types: frozenset[Type]
    written: str
    itself: str | None = None
    cycle: Cycle | None = None


class Names:
    """The documents of a site, found by what people write for them.

    `cycles` are the cycles there are, by id; those of the calendar are known without, and with a
    `fiscal_year` its periods. It may grow until the first objective is looked up.
    """

    def __init__(
        self,
        documents: Iterable[NamedDocument],
        cycles: Mapping[str, Cycle],
        fiscal_year: FiscalYear | None = None,
    ) -> None:
        self.cycles = cycles
        self.fiscal_year = fiscal_year
        self._documents = {(KINDS.get(d.type), d.id): d for d in documents}
        self._by_type: defaultdict[Type, list[NamedDocument]] = defaultdict(list)
        for document in self._documents.values():
            self._by_type[document.type].append(document)
        self.company = next((d.id for d in self.of(Type.COMPANY)), COMPANY)
        self._references: dict[frozenset[Type], References] = {}
        self._titles: dict[frozenset[Type], Mapping[str, list[NamedDocument]]] = {}
        self._containing: dict[Cycle, list[Cycle]] = {}
        self._ranks: dict[Cycle | None, Mapping[str, int]] = {}
        self._folder_owners: dict[str, str | None] = {}
        self._folder_cycles: dict[str, Cycle | None] = {}

    @classmethod
    def of_project(cls, project: Project) -> Self:
        """Return the names of a project, with the documents that were left out for errors."""
        documents = sorted(documents_of(project), key=lambda d: d.uri)
        return cls(documents, project.cycles, project.fiscal_year)

    def of(self, *types: Type) -> list[NamedDocument]:
        """List the documents of some types, those of one type in the order of their files."""
        return [document for type in types for document in self._by_type[type]]

    def document(self, kind: NameKind, id: str) -> NamedDocument | None:
        """Return the document with an id."""
        return self._documents.get((kind, id))

    def paths(self, kind: NameKind, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of the files of documents."""
        found = (self.document(kind, id) for id in ids)
        return tuple(document.path for document in found if document is not None)

    def shortest(self, kind: NameKind, id: str) -> str:
        """Return the shortest reference that means a document wherever it is written."""
        return self.among(TYPES_OF[kind]).shortest(id)

    def reference(self, kind: NameKind, reference: str) -> str:
        """Return what is written for a document or key result: a reference, as short as it can be.

        `reference` is the one in full.
        """
        if kind is NameKind.OWNER and reference == self.company:
            return COMPANY
        id, mark, key_result = reference.partition("#")
        return f"{self.shortest(kind, id)}{mark}{key_result}"

    def find(
        self, kind: NameKind, written: str, itself: str | None = None, cycle: Cycle | None = None
    ) -> Meaning:
        """Find what a reference means.

        `itself` is the id of the document that it is written in, `cycle` the cycle that it is
        written in. Whether an objective has the key result behind a `#` is not checked.
        """
        return self._find(_Wanted(kind, TYPES_OF[kind], written, itself, cycle))

    def find_team(self, written: str, itself: str | None = None) -> Meaning:
        """Find the team, or the company, that a reference in an owner's document means."""
        found = self._find(_Wanted(NameKind.OWNER, _TEAMS, written, itself))
        if isinstance(found, Unknown) and isinstance(self.find(NameKind.OWNER, written), Found):
            if not found.itself:
                message = phrase("%(written)s is a person, not a team", written=shown(written))
                return replace(found, message=message, hint=found.hint or phrase("name a team"))
        return found

    def find_typed_team(self, typed: str) -> Meaning:
        """Find the team, or the company, that was typed on the command line."""
        found = self.find_team(self._in_file(NameKind.OWNER, typed.strip()) or typed)
        return self._by_title(NameKind.OWNER, _TEAMS, typed, None, found)

    def _find(self, wanted: _Wanted) -> Meaning:
        kind, written, cycle = wanted.kind, wanted.written, wanted.cycle
        if unseen := invisible_character(written):
            message = phrase(
                "%(written)s contains the invisible character %(unseen)s",
                written=shown(written[:60]),
                unseen=unseen,
            )
            return Unseen(message, phrase("retype it"))
        name, key_result = written, ""
        if kind is NameKind.OBJECTIVE:
            name, _, key_result = written.partition("#")
        if kind is NameKind.OWNER and normal(name) == COMPANY:
            return Found(kind, self.company)
        references = self.among(wanted.types)
        within, around = (cycle.id, self._around(cycle)) if cycle else (None, ())
        candidates: Sequence[str] = ()
        for spelling in spellings(normal(name)) if kind is NameKind.CYCLE else (name,):
            candidates = candidates or references.candidates(
                spelling, wanted.itself, within, around
            )
        if len(candidates) == 1:
            return Found(kind, candidates[0], normal_form(key_result.strip()) or None)
        if candidates:
            return self._ambiguous(kind, written, _SEVERAL_END_IN_IT[kind], candidates)
        if kind is NameKind.CYCLE and (period := self._period(name)) is not None:
            return Found(kind, period.id)
        return self._unknown(wanted, name)

    def find_typed(self, kind: NameKind, typed: str, cycle: Cycle | None = None) -> Meaning:
        """Find what was typed on the command line.

        In addition to a reference, this may be the path of a file, because shells complete it, or
        a title, because that is what the site shows; objectives of `cycle`, and of cycles that
        contain it, come first. `Q4 2026` is a cycle as well.
        """
        name, mark, key_result = typed, "", ""
        if kind is NameKind.OBJECTIVE:
            name, mark, key_result = typed.partition("#")
        in_file = self._in_file(kind, name.strip())
        written = typed if in_file is None else f"{in_file}{mark}{key_result}"
        found = self.find(kind, written, cycle=cycle)
        return self._by_title(kind, TYPES_OF[kind], typed, cycle, found)

    def _by_title(
        self,
        kind: NameKind,
        types: frozenset[Type],
        typed: str,
        cycle: Cycle | None,
        found: Meaning,
    ) -> Meaning:
        """Return what was found, unless that is nothing and what was typed is a title."""
        if not isinstance(found, Unknown):
            return found
        name, key_result = typed, ""
        if kind is NameKind.OBJECTIVE:
            name, _, key_result = typed.partition("#")
        titled = self._titled(types, name, cycle)
        if len(titled) > 1:
            return self._ambiguous(kind, typed, _SEVERAL_HAVE_THIS_TITLE[kind], titled)
        if titled:
            return Found(kind, titled[0], normal_form(key_result.strip()) or None)
        period = None
        if kind is NameKind.CYCLE:
            period = meant_calendar_name(name.strip(), self.fiscal_year, exactly=True)
        return self.find(kind, period, cycle=cycle) if period else found

    def check_key_result(self, found: Meaning, written: str) -> Meaning:
        """Return the objective that was found, unless it lacks the key result behind the `#`.

        Of an objective that cannot be read it is not known which it has.
        """
        if not isinstance(found, Found) or found.key_result is None:
            return found
        document = self.document(found.kind, found.id)
        known = document.key_results if document is not None else None
        if known is None or found.key_result in known:
            return found
        message = phrase(
            "there is no key result %(written)s: `%(found)s` has no `%(key_result)s`",
            written=shown(written),
            found=found.id,
            key_result=found.key_result,
        )
        near = nearest(found.key_result, known)
        files = self.paths(found.kind, (found.id,))
        if near is None:
            hint = phrase("it has %(names)s", names=shorten(known) or phrase("none"))
            return Unknown(message, hint, (), files)
        objective = "" if written.strip().startswith("#") else self.shortest(found.kind, found.id)
        suggestion = f"{objective}#{near}"
        hint = phrase("did you mean `%(name)s`?", name=suggestion)
        return Unknown(message, hint, (suggestion,), files)

    def cycle(self, id: str) -> Cycle | None:
        """Return the cycle of a document, or a period of the calendar.

        A calendar period whose document has an error falls back to the calendar: one typing error
        must not take a whole quarter out of the site.
        """
        return self.cycles.get(id) or calendar_cycle(calendar_name(id) or "", self.fiscal_year)

    def folder_owner(self, uri: str) -> str | None:
        """Return the owner that the nearest folder above a file is called after."""
        folder = uri.rpartition("/")[0]
        if not folder:
            return None
        if folder not in self._folder_owners:
            name = folder.rpartition("/")[2]
            is_company = normal_form(name) == COMPANY
            owner = self.company if is_company else self.among(FOLDER_OWNERS).only(name)
            self._folder_owners[folder] = owner or self.folder_owner(folder)
        return self._folder_owners[folder]

    def folder_cycle(self, uri: str) -> Cycle | None:
        """Return the cycle that the nearest folder above a file is called after."""
        folder = uri.rpartition("/")[0]
        if not folder:
            return None
        if folder not in self._folder_cycles:
            cycle = self._cycle_called_like(folder) or self.folder_cycle(folder)
            self._folder_cycles[folder] = cycle
        return self._folder_cycles[folder]

    def among(self, types: frozenset[Type]) -> References:
        """Return the ids of the documents of some types, by what people may write for them."""
        if types not in self._references:
            self._references[types] = References((d.id, d.cycle) for d in self.of(*types))
        return self._references[types]

    def _around(self, cycle: Cycle) -> Sequence[Cycle]:
        """Return the cycles that contain one, the shortest first."""
        if cycle not in self._containing:
            self._containing[cycle] = containing(cycle, self.cycles.values())
        return self._containing[cycle]

    def _period(self, name: str) -> Cycle | None:
        name = normal(name)
        return self.cycles.get(name) or calendar_cycle(name, self.fiscal_year)

    def _cycle_called_like(self, folder: str) -> Cycle | None:
        """Find the cycle of `2026-q4`, `2026/q4` or `spring-season`."""
        for name in cycle_names(folder):
            only = self.only_cycle(name)
            found = self.cycle(only) if only else self._period(name)
            if found is not None:
                return found
        return None

    def only_cycle(self, name: str) -> str | None:
        """Return the id of the one document of a cycle that a name means, in either spelling."""
        cycles = self.among(TYPES_OF[NameKind.CYCLE])
        found = (cycles.only(spelling) for spelling in spellings(name))
        return next(filter(None, found), None)

    def _in_file(self, kind: NameKind, typed: str) -> str | None:
        """Return the id of the document whose file was typed."""
        if not typed.lower().endswith(MARKDOWN):
            return None
        file = posixpath.normpath(typed.replace("\\", "/"))
        among = self.of(*TYPES_OF[kind])
        return next((d.id for d in among if file in (d.path, d.uri)), None)

    def _titled(self, types: frozenset[Type], title: str, cycle: Cycle | None) -> list[str]:
        """Return the ids of the documents of a title, in any case and with or without marks."""
        wanted = plain(title.strip()).casefold()
        found = [
            document
            for document in self.of(*sorted(types))
            if not document.broken and plain(document.title).casefold() == wanted
        ]
        for near in [cycle, *self._around(cycle)] if cycle else ():
            here = [document for document in found if document.cycle == near.id]
            if here:
                found = here
                break
        return sorted(document.id for document in found)

    def _ambiguous(
        self, kind: NameKind, written: str, why: str, candidates: Sequence[str]
    ) -> Ambiguous:
        # How many more there are is not said: some of them may be private.
        named = tuple(candidates[: MOST_CANDIDATES - 1])
        names = ", ".join(f"`{id}`" for id in named)
        hint = phrase("write one of %(names)s", names=names)
        if len(candidates) > len(named):
            hint = phrase("write one of %(names)s and others", names=names)
        message = phrase("%(written)s is ambiguous: %(why)s", written=shown(written), why=why)
        return Ambiguous(message, hint, named, self.paths(kind, candidates[:MOST_CANDIDATES]))

    def _unknown(self, wanted: _Wanted, name: str) -> Unknown:
        """Return that a name means nothing; for a title, the hint gives the id."""
        kind, itself, cycle = wanted.kind, wanted.itself, wanted.cycle
        references = self.among(wanted.types)
        ids = [id for id in self._of_title(wanted.types, name, cycle) if id != itself]
        titled = bool(ids)
        of_path = references.of_path(name, itself) if not ids else None
        if of_path is not None:
            ids = [of_path]
        elif not ids and (near := references.nearest(name, itself, self._preferred(cycle))):
            ids = [near]
        meant = (
            meant_calendar_name(name, self.fiscal_year)
            if kind is NameKind.CYCLE and not ids
            else None
        )
        suggestions = (meant,) if meant else tuple(references.shortest(id) for id in ids)
        found = unknown(wanted.written, (kind,), suggestions)
        several = {} if titled else self._several(wanted)
        if several:
            ids = [id for id in several.values() if id]
            suggestions = tuple(
                references.shortest(id) if id else name for name, id in several.items()
            )
            names = ", ".join(suggestions)
            hint = phrase("write several as a list: [%(several)s]", several=names)
            found = replace(found, hint=hint)
        elif titled or of_path is not None:
            found = replace(found, hint=its_id(suggestions, titled))
        elif not suggestions and kind is NameKind.CYCLE:
            found = replace(found, hint=CALENDAR_HINT)
        elif not suggestions and kind is NameKind.OBJECTIVE and self._is_owner(name):
            hint = phrase("that is an owner: write the id of one of their objectives")
            found = replace(found, hint=hint)
        return replace(
            found,
            files=self.paths(kind, ids),
            itself=itself is not None and normal(name) in tails(itself),
        )

    def _is_owner(self, name: str) -> bool:
        return isinstance(self.find(NameKind.OWNER, name), Found)

    def _several(self, wanted: _Wanted) -> dict[str, str | None]:
        """Return names in a row without brackets, with the ids of those that are known.

        There are none where none of them is known.
        """
        names = [name for name in _ROW.split(wanted.written[:_LONGEST_ROW].strip()) if name]
        if len(names) < 2 or wanted.kind is NameKind.CYCLE:
            return {}
        ids: dict[str, str | None] = {}
        for name in names:
            found = self._find(replace(wanted, written=name))
            titled = self._of_title(wanted.types, name, wanted.cycle)
            ids[name] = found.id if isinstance(found, Found) else next(iter(titled), None)
        return ids if any(ids.values()) else {}

    def _of_title(self, types: frozenset[Type], title: str, cycle: Cycle | None) -> list[str]:
        """Return the ids of the documents of a title: those of one cycle, the nearest first."""
        if types not in self._titles:
            titles: defaultdict[str, list[NamedDocument]] = defaultdict(list)
            for document in self.of(*sorted(types)):
                titles[plain(document.title).casefold()].append(document)
            self._titles[types] = titles
        found = self._titles[types].get(plain(title.strip()).casefold(), ())
        preferred = self._preferred(cycle)
        last = len(preferred)
        rank = {d.id: preferred.get(d.cycle or "", last) for d in found}
        best = min(rank.values(), default=last)
        return sorted(id for id in rank if rank[id] == best)[:MOST_CANDIDATES]

    def _preferred(self, cycle: Cycle | None) -> Mapping[str, int]:
        """Return the ranks of the cycles that a reference probably means.

        Those are the cycle that it is written in, those that contain it, and then the newest.
        """
        if cycle not in self._ranks:
            near = [cycle, *self._around(cycle)] if cycle else []
            ordered = dict.fromkeys(c.id for c in (*near, *newest_first(self.cycles.values())))
            self._ranks[cycle] = {id: rank for rank, id in enumerate(ordered)}
        return self._ranks[cycle]
