"""What every view is made from: the published project, its figures, and where things are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import quote

from okrsite.documents.types import Type
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.public_names import PublicNames
from okrsite.editing.web_editor import WebEditor, web_editor
from okrsite.findings.finding import Finding
from okrsite.history.log.model import History
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses, anchor
from okrsite.project.model import (
    CheckIn,
    CheckInDocument,
    KeyResult,
    Kpi,
    Objective,
    Owner,
    Project,
)
from okrsite.project.model.cycles import Cycle, comparable, containing, current_cycle, newest_first
from okrsite.project.references import owner_keys
from okrsite.scores import Scorecard
from okrsite.settings import Settings


@dataclass(frozen=True)
class Site:
    """The published project at a date.

    `advice` is what the checks say about it, `said` every finding by the path of its document,
    `history` who changed what.
    """

    project: Project
    settings: Settings
    words: Words
    addresses: Addresses
    scorecard: Scorecard
    advice: tuple[Finding, ...] = ()
    said: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    history: History = field(default_factory=History)

    @property
    def as_of(self) -> date:
        """The day the site is built for."""
        return self.scorecard.as_of

    @cached_property
    def editor(self) -> WebEditor | None:
        """The web editor of the repository's host, where one is known."""
        return web_editor(self.addresses.editing, self.addresses.docs)

    @cached_property
    def names(self) -> PublicNames:
        """What a document that is prepared on a page may name."""
        return PublicNames.of_project(self.project)

    @cached_property
    def layout(self) -> Layout:
        """Where a document that is prepared on a page goes."""
        return Layout(self.names, (document.uri for document in self.names.of(*Type)))

    @cached_property
    def home_cycle(self) -> Cycle | None:
        """The home page's cycle."""
        return current_cycle(self.project.cycles.values(), self.settings.cycle, self.as_of)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """All cycles, the newest first."""
        return newest_first(self.project.cycles.values())

    def around(self, cycle: Cycle) -> list[Cycle]:
        """The cycles that contain one, the shortest first."""
        return containing(cycle, self.project.cycles.values())

    def before(self, cycle: Cycle) -> Cycle | None:
        """The cycle before one: the last of about the same length that ended before it began."""
        earlier = [other for other in self.project.cycles.values() if comparable(other, cycle)]
        return max(earlier, key=lambda c: (c.end, c.days, c.id), default=None)

    @cached_property
    def by_cycle(self) -> dict[str, list[Objective]]:
        """The objectives of each cycle, as they are listed."""
        return _grouped(self.project.objectives.values(), lambda o: (o.cycle,))

    @cached_property
    def by_owner(self) -> dict[str, list[Objective]]:
        """The objectives of each owner, as they are listed."""
        return _grouped(self.project.objectives.values(), lambda o: o.owners)

    @cached_property
    def kpis_by_owner(self) -> dict[str | None, list[Kpi]]:
        """The KPIs of each owner, as they are listed."""
        found: dict[str | None, list[Kpi]] = {}
        for kpi in self.project.kpis.values():
            found.setdefault(kpi.owner, []).append(kpi)
        return found

    @cached_property
    def check_ins_by_month(self) -> dict[date, list[CheckIn]]:
        """The check-ins up to the day of the site, by the first day of their month."""
        found: dict[date, list[CheckIn]] = {}
        for objective in self.project.objectives.values():
            for check_in in objective.check_ins:
                if check_in.date <= self.as_of:
                    found.setdefault(check_in.date.replace(day=1), []).append(check_in)
        return found

    @cached_property
    def check_in_documents_by_month(self) -> dict[date, list[CheckInDocument]]:
        """The check-in documents up to the day of the site, by the first day of their month."""
        found: dict[date, list[CheckInDocument]] = {}
        for document in self.project.check_in_documents.values():
            if document.date <= self.as_of:
                found.setdefault(document.date.replace(day=1), []).append(document)
        return found

    @cached_property
    def by_contributor(self) -> dict[str, list[Objective]]:
        """The objectives of others that each owner helps with, the newest first."""
        found: dict[str, list[Objective]] = {}
        for objective in self._newest_first:
            for contributor in objective.contributors:
                if contributor not in objective.owners:
                    found.setdefault(contributor, []).append(objective)
        return found

    @cached_property
    def results_by_owner(self) -> dict[str, list[tuple[Objective, KeyResult]]]:
        """The key results that each owner has in the objectives of others, the newest first."""
        found: dict[str, list[tuple[Objective, KeyResult]]] = {}
        for objective in self._newest_first:
            for result in objective.counting:
                for owner in result.owners:
                    if owner not in objective.owners:
                        found.setdefault(owner, []).append((objective, result))
        return found

    @cached_property
    def check_in_documents_by_owner(self) -> dict[str, list[CheckInDocument]]:
        """The check-in documents of each owner."""
        found: dict[str, list[CheckInDocument]] = {}
        for document in self.project.check_in_documents.values():
            if document.owner is not None:
                found.setdefault(document.owner, []).append(document)
        return found

    @cached_property
    def _newest_first(self) -> list[Objective]:
        """Every objective, by cycle, the newest first, then as they are listed."""
        return [o for cycle in self.cycles for o in self.by_cycle.get(cycle.id, ())]

    @cached_property
    def below(self) -> dict[str | None, list[Owner]]:
        """Who is directly below each owner: teams first, then people, those that are gone last."""
        found: dict[str | None, list[Owner]] = {}
        for owner in sorted(
            self.project.owners.values(),
            key=lambda o: (o.type is Type.PERSON, o.former(self.as_of)),
        ):
            found.setdefault(owner.parent, []).append(owner)
        return found

    @cached_property
    def organisation(self) -> list[tuple[Owner, int]]:
        """Every owner in the order of the organisation, with how deep they stand in it."""
        ordered: list[tuple[Owner, int]] = []
        seen: set[str] = set()
        for root in self.below.get(None, []):
            waiting = [(root, 0)]
            while waiting:
                owner, depth = waiting.pop()
                if owner.id in seen:
                    continue
                seen.add(owner.id)
                ordered.append((owner, depth))
                waiting += [(o, depth + 1) for o in reversed(self.below.get(owner.id, []))]
        return ordered

    @cached_property
    def owner_keys(self) -> dict[str, str]:
        """What stands for each owner in an address: the shortest tail of their id."""
        return owner_keys(self.project.owners)

    @property
    def company(self) -> Owner:
        """The organisation."""
        return self.project.owners[self.project.company]

    def title_of(self, document: CheckInDocument) -> str:
        """The title of a check-in document, inline Markdown; in words where it is a day alone."""
        if document.page.title != document.date.isoformat():
            return document.page.title
        day = self.words.day(document.date)
        owner = self.project.owners.get(document.owner or "")
        if owner is None:
            return self.words.say("Check-in on %(day)s", day=day)
        return self.words.say("Check-in of %(owner)s on %(day)s", owner=owner.title, day=day)

    def owners_of(self, *types: Type) -> Iterator[Owner]:
        """The owners of some types, in the order of the organisation."""
        return (owner for owner, _ in self.organisation if owner.type in types)

    def address_of_objective(self, id: str, key_result: str | None = None) -> str:
        """The address of an objective's page, or of one key result on it."""
        address = self.addresses.page(self.project.objectives[id].page.uri)
        return f"{address}#{quote_anchor(key_result)}" if key_result else address

    def address_of_owner(self, id: str) -> str:
        """The address of an owner's page; the company without a document is the home page."""
        page = self.project.owners[id].page
        return self.addresses.page(page.uri if page else "index.md")

    def address_of_kpi(self, id: str) -> str:
        """The address of a KPI's page."""
        return self.addresses.page(self.project.kpis[id].page.uri)

    def address_of_cycle(self, id: str) -> str:
        """The address of a cycle's page: its document's, else a generated one."""
        return self.addresses.page(self.uri_of_cycle(id))

    def uri_of_cycle(self, id: str) -> str:
        """The file that a cycle's page is made of, or would be."""
        page = self.project.cycle_pages.get(id)
        return page.uri if page else f"cycles/{id}.md"


def quote_anchor(key_result: str) -> str:
    """Return the part of an address behind `#` that leads to a key result."""
    return quote(anchor(key_result))


def _grouped(
    objectives: Iterable[Objective], keys: Callable[[Objective], Iterable[str]]
) -> dict[str, list[Objective]]:
    found: dict[str, list[Objective]] = {}
    for objective in objectives:
        for key in keys(objective):
            found.setdefault(key, []).append(objective)
    return found
