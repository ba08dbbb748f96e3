"""What every view is made from: the published project, its figures, and where things are."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from okrsite.documents.code_owners import NOBODY, CodeOwners
from okrsite.documents.types import Type
from okrsite.editing.new.folder_layout import Layout
from okrsite.editing.new.naming import PublicNames
from okrsite.editing.web_editor import WebEditor, web_editor
from okrsite.findings.finding import Finding
from okrsite.history.log.model import History
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses, anchor
from okrsite.pages.past import Past
from okrsite.project.model import (
    CheckIn,
    CheckInDocument,
    KeyResult,
    Kpi,
    Objective,
    Owner,
    Project,
)
from okrsite.project.model.cycles import (
    Cycle,
    State,
    containing,
    current_cycle,
    each_before,
    newest_first,
)
from okrsite.project.references import owner_keys
from okrsite.scores import OwnerFigures, Scorecard
from okrsite.scores.shown import as_shown
from okrsite.scores.status import Status
from okrsite.settings import Settings

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Dated = TypeVar("Dated", CheckIn, CheckInDocument)


@dataclass(frozen=True)
class Site:
    """The published project at a date.

    `computed` are all figures, of which people see the `scorecard`. `advice` are the findings of
    the checks, `findings` all findings by the path of their document, `history` who changed what,
    `code_owners` who reviews which file.
    """

    project: Project
    settings: Settings
    words: Words
    addresses: Addresses
    computed: Scorecard
    advice: tuple[Finding, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    history: History = field(default_factory=History)
    code_owners: CodeOwners = NOBODY

    @property
    def as_of(self) -> date:
        """The day the site is built for."""
        return self.computed.as_of

    @cached_property
    def scorecard(self) -> Scorecard:
        """The figures as people see them: no score for what doesn't count (yet)."""
        return as_shown(self.project, self.computed)

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
    def past(self) -> Past:
        """How things were: the courses of cycles, and what changed in each week."""
        owners = tuple(owner for owner, _ in self.organisation)
        return Past(self.project, self.settings, self.scorecard, owners)

    @cached_property
    def home_cycle(self) -> Cycle | None:
        """The home page's cycle."""
        return current_cycle(self.project.cycles.values(), self.settings.cycle, self.as_of)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """All cycles, the newest first."""
        return newest_first(self.project.cycles.values())

    def around(self, cycle: Cycle) -> list[Cycle]:
        """Return the cycles that contain one, the shortest first."""
        return containing(cycle, self.project.cycles.values())

    def before(self, cycle: Cycle) -> Cycle | None:
        """Return the last cycle of about the same length that ended before one began."""
        return self._before.get(cycle.id)

    def after(self, cycle: Cycle) -> Cycle | None:
        """Return the first cycle that another one is the last before."""
        return self._after.get(cycle.id)

    @cached_property
    def _before(self) -> dict[str, Cycle | None]:
        return each_before(self.project.cycles.values())

    @cached_property
    def _after(self) -> dict[str, Cycle]:
        found: dict[str, Cycle] = {}
        for cycle in sorted(self.project.cycles.values(), key=lambda one: one.start):
            if before := self.before(cycle):
                found.setdefault(before.id, cycle)
        return found

    @cached_property
    def _newest_first(self) -> list[Objective]:
        """Every objective, by cycle, the newest first, then as they are listed."""
        return [o for cycle in self.cycles for o in self.by_cycle.get(cycle.id, ())]

    @cached_property
    def by_cycle(self) -> dict[str, list[Objective]]:
        """The objectives of each cycle, as they are listed."""
        return _grouped(self.project.objectives.values(), lambda o: (o.cycle,))

    @cached_property
    def by_owner(self) -> dict[str, list[Objective]]:
        """The objectives of each owner, as they are listed."""
        return _grouped(self.project.objectives.values(), lambda o: o.owners)

    @cached_property
    def by_contributor(self) -> dict[str, list[Objective]]:
        """The objectives of others that each owner contributes to, the newest first."""
        return _grouped(self._newest_first, lambda o: _without(o.contributors, o.owners))

    @cached_property
    def results_by_owner(self) -> dict[str, list[tuple[Objective, KeyResult]]]:
        """The key results that each owner has in the objectives of others, the newest first."""
        pairs = ((o, result) for o in self._newest_first for result in o.counting)
        return _grouped(pairs, lambda pair: _without(pair[1].owners, pair[0].owners))

    def worked_on_by(self, owner: str) -> list[Objective]:
        """Return the objectives of an owner, and those of others with a key result of theirs."""
        others = (objective for objective, _ in self.results_by_owner.get(owner, ()))
        return list({o.id: o for o in (*self.by_owner.get(owner, ()), *others)}.values())

    def cycles_in_focus(self, kpi: Kpi) -> set[str]:
        """Return the ids of the cycles in which a key result that counts works on a KPI."""
        pairs = (reference.partition("#") for reference in kpi.key_results)
        found = ((self.project.objectives[id], result) for id, _, result in pairs)
        return {o.cycle for o, id in found if o.active and any(r.id == id for r in o.counting)}

    @cached_property
    def initiatives_by_owner(self) -> dict[str, list[Objective]]:
        """The objectives in which each owner has an initiative, the newest first."""

        def owners(objective: Objective) -> Iterable[str]:
            return dict.fromkeys(
                owner for one in objective.initiatives for owner in one.owners or objective.owners
            )

        return _grouped(self._newest_first, owners)

    @cached_property
    def kpis_by_owner(self) -> dict[str | None, list[Kpi]]:
        """The KPIs of each owner, as they are listed."""
        return _grouped(self.project.kpis.values(), lambda kpi: (kpi.owner,))

    def figures_of(self, owner: str, cycle: Cycle | None) -> OwnerFigures | None:
        """Return the figures of an owner in a cycle, where there are any."""
        return self.scorecard.owners.get(owner, {}).get(cycle.id) if cycle else None

    def figures_and_status(
        self, owner: str, cycle: Cycle
    ) -> tuple[OwnerFigures | None, Status | None]:
        """Return the figures and status of an owner in a cycle; no figures before it begins."""
        figures = self.figures_of(owner, cycle)
        if figures and cycle.state(self.as_of) is State.UPCOMING:
            return None, Status.NOT_STARTED
        return figures, figures.status if figures else None

    @cached_property
    def check_ins_by_month(self) -> dict[date, list[CheckIn]]:
        """The check-ins up to the day of the site, by the first day of their month."""
        check_ins = (c for o in self.project.objectives.values() for c in o.check_ins)
        return _by_month(check_ins, self.as_of)

    @cached_property
    def check_in_documents_by_month(self) -> dict[date, list[CheckInDocument]]:
        """The check-in documents up to the day of the site, by the first day of their month."""
        return _by_month(self.project.check_in_documents.values(), self.as_of)

    @cached_property
    def check_in_documents_by_owner(self) -> dict[str | None, list[CheckInDocument]]:
        """The check-in documents of each owner."""
        return _grouped(self.project.check_in_documents.values(), lambda d: (d.owner,))

    @cached_property
    def below(self) -> dict[str | None, list[Owner]]:
        """The owners directly below each one: teams first, then people, former ones last."""
        owners = sorted(
            self.project.owners.values(),
            key=lambda o: (o.type is Type.PERSON, o.former(self.as_of)),
        )
        return _grouped(owners, lambda owner: (owner.parent,))

    def people_of(self, owner: Owner) -> list[Owner]:
        """Return the people directly in a team, by name; in the company, those in no team too."""
        above = (owner.id, None) if owner.type is Type.COMPANY else (owner.id,)
        return [o for id in above for o in self.below.get(id, ()) if o.type is Type.PERSON]

    @cached_property
    def organisation(self) -> list[tuple[Owner, int]]:
        """Every owner in the order of the organisation, with the number of owners above."""
        ordered: dict[str, tuple[Owner, int]] = {}
        waiting = [(root, 0) for root in reversed(self.below.get(None, []))]
        while waiting:
            owner, depth = waiting.pop()
            if owner.id not in ordered:
                ordered[owner.id] = owner, depth
                waiting += [(o, depth + 1) for o in reversed(self.below.get(owner.id, []))]
        return list(ordered.values())

    @cached_property
    def owner_keys(self) -> dict[str, str]:
        """The key of each owner in an address: the shortest tail of their id."""
        return owner_keys(self.project.owners)

    @cached_property
    def pillar_keys(self) -> dict[str, str]:
        """The key of each pillar in an address; `none` is that of what serves none."""
        return owner_keys([*self.project.pillars, "none"])

    @cached_property
    def owners_by_name(self) -> dict[str, list[str]]:
        """The ids of owners by their last part."""
        return _grouped(self.project.owners, lambda id: (id.rpartition("/")[2],))

    @property
    def company(self) -> Owner:
        """The organisation."""
        return self.project.owners[self.project.company]

    def title_of(self, document: CheckInDocument) -> str:
        """Return the title of a check-in document, inline Markdown; one that is a day in words."""
        if document.page.title != document.date.isoformat():
            return document.page.title
        day = self.words.day(document.date)
        owner = self.project.owners.get(document.owner or "")
        if owner is None:
            return self.words.say("Check-in on %(day)s", day=day)
        return self.words.say("Check-in by %(owner)s on %(day)s", owner=owner.title, day=day)

    def owners_of(self, *types: Type) -> Iterator[Owner]:
        """Return the owners of some types, in the order of the organisation."""
        return (owner for owner, _ in self.organisation if owner.type in types)

    def owner_names(self, *owners: str | None) -> tuple[str, ...]:
        """Return the names of owners as plain text, leaving out those who are not published."""
        known = self.project.owners
        return tuple(plain(known[id].title) for id in owners if id is not None and id in known)

    def address_of_objective(self, id: str, key_result: str | None = None) -> str:
        """Return the address of an objective's page, or of one key result on it."""
        address = self.addresses.page(self.project.objectives[id].page.uri)
        return f"{address}#{quote(anchor(key_result))}" if key_result else address

    def address_of_owner(self, id: str) -> str:
        """Return the address of an owner's page; a company without a document has the home page."""
        page = self.project.owners[id].page
        return self.addresses.page(page.uri if page else "index.md")

    def address_of_kpi(self, id: str) -> str:
        """Return the address of a KPI's page."""
        return self.addresses.page(self.project.kpis[id].page.uri)

    def address_of_cycle(self, id: str) -> str:
        """Return the address of a cycle's page: its document's, else a generated one."""
        return self.addresses.page(self.uri_of_cycle(id))

    def uri_of_cycle(self, id: str) -> str:
        """Return the file that a cycle's page is made of, or would be."""
        page = self.project.cycle_pages.get(id)
        return page.uri if page else f"cycles/{id}.md"


def _without(owners: Iterable[str], others: Collection[str]) -> Iterator[str]:
    return (owner for owner in owners if owner not in others)


def _by_month(values: Iterable[Dated], last: date) -> dict[date, list[Dated]]:
    known = (value for value in values if value.date <= last)
    return _grouped(known, lambda value: (value.date.replace(day=1),))


def _grouped(
    values: Iterable[Value], keys: Callable[[Value], Iterable[Key]]
) -> dict[Key, list[Value]]:
    """Group values by each of their keys, keeping their order."""
    found: dict[Key, list[Value]] = {}
    for value in values:
        for key in keys(value):
            found.setdefault(key, []).append(value)
    return found
