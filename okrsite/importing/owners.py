"""Who owns what: names, addresses and teams to the owners of the site, or to new ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from okrsite.documents.types import OWNER_TYPES, Type
from okrsite.documents.validate import in_words
from okrsite.importing.cells import Cell, Findings, Spot, clip, found
from okrsite.importing.entries import key
from okrsite.importing.words import meaning
from okrsite.project.names import Found, NameKind, Names

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NAMED_ADDRESS = re.compile(r"(?P<name>.+?)\s*[<(]\s*(?P<address>[^<>()\s]+@[^<>()\s]+)\s*[>)]")


def name_of_address(address: str) -> str:
    """Return the name of an address: `ann.lee@example.com` is Ann Lee."""
    local = address.partition("@")[0].partition("+")[0]
    return " ".join(part[:1].upper() + part[1:] for part in re.split(r"[._-]+", local) if part)


def without_addresses(text: str) -> str:
    """Return a text with the names of people in place of their addresses."""
    return _ADDRESS.sub(lambda match: name_of_address(match[0]), text)


@dataclass(frozen=True, slots=True)
class NewOwner:
    """A person or team that the import adds; `above` is the team that it belongs to, by name."""

    type: Type
    title: str
    spot: Spot
    above: str | None = None


@dataclass(slots=True)
class Owners:
    """The owners of the site, and those that a file adds; a name is looked up once.

    `told` are the owners that the user gives for names, `users` the names of addresses in a sheet
    of users. `new` grows while names are looked up; `addresses` are those of each new person.
    `listed` are new teams that a sheet of teams lists, used or not.
    """

    names: Names
    company_titles: frozenset[str]
    findings: Findings
    told: Mapping[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    new: dict[str, NewOwner] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    _titles: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the owners of the site by their titles."""
        for document in self.names.of(*sorted(OWNER_TYPES)):
            self._titles.setdefault(key(document.title), []).append(document.id)

    def exists(self, name: str) -> bool:
        """Whether a name is that of an owner of the site, or one that the user gave."""
        return self.existing(name) is not None

    def existing(self, name: str) -> str | None:
        """Return the id of the owner that a name means, if the site has one."""
        name = name.strip()
        if (told := self.told.get(key(name))) is not None:
            return told
        titled = self._titles.get(key(name), [])
        if len(titled) == 1:
            return titled[0]
        found_ = self.names.find(NameKind.OWNER, name.removeprefix("@"))
        if isinstance(found_, Found):
            return found_.id
        slugged = self.names.find(NameKind.OWNER, key(name).replace(" ", "-"))
        return slugged.id if isinstance(slugged, Found) and key(name) else None

    def is_company(self, name: str) -> bool:
        """Whether a name is that of the organisation."""
        return key(name) in self.company_titles or meaning("level", name) == "company"

    def look_up(self, cell: Cell, type: Type) -> list[str]:
        """Return the owners that a cell names: ids of the site's, or names of new ones.

        A new one is of the type given. Nobody is an empty list.
        """
        owners: list[str] = []
        for name in self.split(cell.text):
            owner = self.one(name, type, cell.spot)
            if owner is not None and owner not in owners:
                owners.append(owner)
        return owners

    def one(self, name: str, type: Type, spot: Spot) -> str | None:
        """Return the owner that one name means, or None for nobody."""
        if meaning("unknown", name) is not None or not name.strip("-–—? "):
            return None
        if (told := self.told.get(key(name))) is not None:
            return told
        if self.is_company(name):
            return self.names.company
        address = None
        if match := _NAMED_ADDRESS.fullmatch(name):
            name, address = match["name"].strip(" \"'"), match["address"]
        elif _ADDRESS.fullmatch(name):
            address, name = name, self.users.get(name.casefold(), name_of_address(name))
            type = Type.PERSON
            if (told := self.told.get(key(name))) is not None:
                return told
        if len(self._titles.get(key(name), [])) > 1:
            ids = " and ".join(f"`{id}`" for id in self._titles[key(name)])
            hint = f'say which with --who "{name}=OWNER"'
            self.findings.append(
                found("OKR607", spot, f"“{clip(name)}” is the title of {ids}", hint)
            )
            return None
        if (id := self.existing(name)) is not None:
            return id
        return self._add(name, address, type, spot)

    def _add(self, name: str, address: str | None, type: Type, spot: Spot) -> str | None:
        if re.fullmatch(r"(?:teams|people)/\S+", name):  # an id of `okrsite export`
            type = Type.TEAM if name.startswith("teams/") else Type.PERSON
            name = in_words(name.rpartition("/")[2])
        title = name.removeprefix("@").strip()
        title = title if not name.startswith("@") else name_of_address(title)
        same = key(title)
        if address is not None:
            known = self.addresses.setdefault(same, address.casefold())
            if known != address.casefold():
                message = f"two addresses are called {title}"
                hint = 'say who one of them is with --who "ADDRESS=OWNER", or in a sheet of users'
                self.findings.append(found("OKR607", spot, message, hint))
                return None
        if same not in self.new:
            self.new[same] = NewOwner(type, title, spot)
        return same

    def put_below(self, owner: str, above: str) -> None:
        """Put a new owner below a team, unless it has one already."""
        new = self.new.get(owner)
        if new is not None and new.above is None and above != owner:
            self.new[owner] = replace(new, above=above)

    def split(self, text: str) -> list[str]:
        """Return the names in a cell."""
        parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
        names: list[str] = []
        for part in parts:
            commas = [piece.strip() for piece in part.split(",") if piece.strip()]
            names += commas if len(commas) > 1 and self._several(commas) else [part]
        return names

    def _several(self, pieces: Sequence[str]) -> bool:
        """Whether the pieces between commas are names, not a family and a first name."""
        return all(
            _ADDRESS.search(piece)
            or len(piece.split()) > 1
            or piece.startswith("@")
            or self.exists(piece)
            for piece in pieces
        )
