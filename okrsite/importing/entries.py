"""Objectives, key results and initiatives as a file gives them, and which belongs to which."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from okrsite.importing.cells import Cell, Findings, Spot, clip, found
from okrsite.importing.words import words_of


class EntryKind(StrEnum):
    """What an entry becomes."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key result"
    INITIATIVE = "initiative"


@dataclass(slots=True, eq=False)
class Entry:
    """A row, line or node: what it becomes, what it says, and what it belongs to.

    The importer builds a tree of them, one file after the other, before it reads any value; after
    that they are only looked at. `above` are the cells that objectives share, a cycle say.
    `checked` are the boxes below a key result: its milestones.
    """

    kind: EntryKind
    title: Cell
    cells: dict[str, Cell]
    spot: Spot
    id: str | None = None
    parent_names: tuple[str, ...] = ()
    parents: "list[Entry]" = field(default_factory=list)
    children: "list[Entry]" = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    checked: list[tuple[Cell, bool]] = field(default_factory=list)
    struck: bool = False
    site_parents: tuple[str, ...] = ()
    heading: str = ""
    owners: tuple[str, ...] = ()
    person_is_result_owner: bool = False
    lasting_id: bool = False

    def of(self, kind: EntryKind) -> "list[Entry]":
        """List the children of a kind."""
        return [child for child in self.children if child.kind is kind]

    @property
    def objective(self) -> "Entry | None":
        """The objective that it is or belongs to."""
        entry: Entry | None = self
        seen = 0
        while entry is not None and entry.kind is not EntryKind.OBJECTIVE and seen < 100:
            entry, seen = next(iter(entry.parents), None), seen + 1
        return entry


def attach(child: Entry, parent: Entry) -> None:
    """Put an entry below another."""
    child.parents.append(parent)
    parent.children.append(child)


def key(text: str) -> str:
    """Return a title or id as it is compared, without case, accents and punctuation."""
    return words_of(text) or text.strip().casefold()


OnSite = Callable[[str], str | None]
"""Returns the reference of an objective of the site by its id or title."""


def connect(entries: Sequence[Entry], on_site: OnSite, findings: Findings) -> list[Entry]:
    """Follow the names of parents; return the entries that have a place.

    Objectives may align to those of the site too. What has no place, an id that is used twice, and
    circles are added to `findings`.
    """
    by_id: dict[str, Entry] = {}
    for entry in entries:
        if entry.id is None:
            continue
        name = entry.id.strip().casefold()
        if name in by_id:
            message = (
                f"the ID {clip(entry.id)} is used twice: by “{clip(entry.title.text)}” and in "
                f"row {by_id[name].spot.row}, by “{clip(by_id[name].title.text)}”"
            )
            findings.append(found("OKR604", entry.spot, message, "give each row an ID of its own"))
        else:
            by_id[name] = entry
    by_title: dict[str, list[Entry]] = {}
    for entry in entries:
        by_title.setdefault(key(entry.title.text), []).append(entry)
    exported = _exported(entries)
    lost = {
        id(entry)
        for entry in entries
        if not _aligned_as_exported(entry, exported, on_site, findings)
        and not _follow(entry, by_id, by_title, on_site, findings)
    }
    _cut_circles(entries, findings)
    return [entry for entry in entries if id(entry) not in lost and _placed(entry, findings)]


def _exported(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Return the objectives and key results of `okrsite export` by their references."""
    found_: dict[str, Entry] = {}
    for entry in entries:
        if (document := entry.cells.get("document")) is not None:
            found_[document.text] = entry
            for child in entry.of(EntryKind.KEY_RESULT):
                if (own := child.cells.get("result_id")) is not None:
                    found_[f"{document.text}#{own.text}"] = child
    return found_


def _aligned_as_exported(
    entry: Entry, exported: dict[str, Entry], on_site: OnSite, findings: Findings
) -> bool:
    """Align an objective of `okrsite export`; return whether it is one.

    An export lacks what has no key result, so a reference may lead nowhere.
    """
    if "document" not in entry.cells:
        return False
    for name in entry.parent_names:
        if (parent := exported.get(name)) is not None:
            attach(entry, parent)
        elif known := on_site(name):
            entry.site_parents += (known,)
        else:
            spot = entry.cells["parent"].spot if "parent" in entry.cells else entry.spot
            title = clip(entry.title.text)
            message = f"“{title}” isn't aligned to `{clip(name)}`, which isn't there"
            findings.append(found("OKR611", spot, message, "add it, then set `aligns_to`"))
    return True


def _follow(
    entry: Entry,
    by_id: dict[str, Entry],
    by_title: dict[str, list[Entry]],
    on_site: OnSite,
    findings: Findings,
) -> bool:
    names = entry.parent_names
    if entry.kind is not EntryKind.OBJECTIVE:
        names = names[:1]
    for name in names:
        parent = by_id.get(name.strip().casefold())
        titled = [other for other in by_title.get(key(name), []) if other is not entry]
        if parent is None and len(titled) > 1:
            rows = " and ".join(str(other.spot.row) for other in titled[:3])
            message = f"“{clip(name)}” is the title of rows {rows}"
            findings.append(found("OKR607", entry.spot, message, "name the parent by its ID"))
            return False
        parent = parent or next(iter(titled), None)
        if parent is None and entry.kind is EntryKind.OBJECTIVE and (known := on_site(name)):
            entry.site_parents += (known,)
            continue
        if parent is None:
            message = f"there is no row {clip(name)} for “{clip(entry.title.text)}” to belong to"
            hint = "add the row, or correct the parent"
            findings.append(found("OKR603", entry.spot, message, hint))
            return False
        if parent is entry:
            message = f"“{clip(entry.title.text)}” is its own parent"
            findings.append(found("OKR605", entry.spot, message, "name another parent"))
            return False
        attach(entry, parent)
    return True


def _cut_circles(entries: Sequence[Entry], findings: Findings) -> None:
    """Take apart the entries that are above themselves, and say so once for each circle."""
    done: set[int] = set()
    for entry in entries:
        path: list[Entry] = []
        walk: Entry | None = entry
        while walk is not None and id(walk) not in done:
            if walk in path:
                circle = path[path.index(walk) :]
                first = min(circle, key=lambda e: (e.spot.file, e.spot.row or 0))
                names = ", ".join(other.id or clip(other.title.text) for other in circle)
                hint = "leave out the parent of one of them"
                message = f"circular parents: {names}"
                findings.append(found("OKR605", first.spot, message, hint))
                for other in circle:
                    for parent in [p for p in other.parents if p in circle]:
                        other.parents.remove(parent)
                        parent.children.remove(other)
                break
            path.append(walk)
            walk = next(iter(walk.parents), None)
        done |= {id(other) for other in path}


def _placed(entry: Entry, findings: Findings) -> bool:
    """Whether an entry is below what it can belong to."""
    parent = next(iter(entry.parents), None)
    title = clip(entry.title.text)
    if entry.kind is EntryKind.OBJECTIVE:
        if parent is not None and parent.kind is EntryKind.INITIATIVE:
            message = f"the objective “{title}” is below the initiative “{clip(parent.title.text)}”"
            hint = "name an objective or a key result as its parent"
            findings.append(found("OKR603", entry.spot, message, hint))
            entry.parents.clear()
        return True
    if parent is None:
        message = f"the {entry.kind} “{title}” belongs to no objective"
        hint = "name its objective in a column Parent, or put it below one"
        findings.append(found("OKR603", entry.spot, message, hint))
        return False
    if entry.kind is EntryKind.KEY_RESULT and parent.kind is not EntryKind.OBJECTIVE:
        message = f"the key result “{title}” is below the {parent.kind} “{clip(parent.title.text)}”"
        hint = "name its objective as its parent"
        findings.append(found("OKR603", entry.spot, message, hint))
        return False
    return entry.objective is not None


def objectives(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Return the objectives among some entries."""
    return (entry for entry in entries if entry.kind is EntryKind.OBJECTIVE)
