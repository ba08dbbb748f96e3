"""The project as a whole, with its KPIs, owners and check-in documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from okrsite.documents.types import Type
from okrsite.documents.values import Indicator, KpiStatus, ReadingEvery
from okrsite.findings.finding import Finding
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Band
from okrsite.project.model.objectives import Objective
from okrsite.project.model.values import Figure, Page, Reading
from okrsite.settings import FiscalYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One key performance indicator; `readings` are all of them, in the order they count in.

    `driven_by` are the KPIs that drive it, `key_results` the references of all that are on it.
    `targets` are where it should be one day, the last of them perhaps without a day; `target` and
    `target_by` are the one written alone.
    """

    page: Page
    owner: str | None
    indicator: Indicator | None
    drives: tuple[str, ...]
    driven_by: tuple[str, ...]
    unit: str | None
    keep: Band | None
    alert: Band | None
    target: Figure | None
    target_by: date | None
    every: ReadingEvery
    readings: tuple[Reading, ...]
    key_results: tuple[str, ...]
    status: KpiStatus = KpiStatus.ACTIVE
    contributors: tuple[str, ...] = ()
    targets: tuple[tuple[float, date | None], ...] = ()

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id

    @property
    def active(self) -> bool:
        """Whether readings are due: it's neither being set up nor retired."""
        return self.status is KpiStatus.ACTIVE

    @property
    def limits(self) -> tuple[float | None, ...]:
        """The values that its readings are compared with."""
        bounds = [b for band in (self.keep, self.alert) if band for b in band.bounds]
        return (*bounds, self.target.value if self.target else None)


@dataclass(frozen=True, slots=True)
class Owner:
    """The company, a team or a person; `parent` is the one above, None for the company and for a
    person without a team. The company may have no document; then its page is None. `until` is the
    last day of a team or person that is gone."""

    id: str
    type: Type
    title: str
    parent: str | None
    page: Page | None
    until: date | None = None

    def former(self, day: date) -> bool:
        """Whether a team or person is gone on a day; they owe nothing, and keep what they did."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class CheckInDocument:
    """One owner's update at one date; its check-ins are those of the objectives."""

    page: Page
    date: date
    owner: str | None
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenDocument:
    """A document that has a page, with its findings, and counts in no figure.

    `objective` is what can be read of one, in its cycle, for the checks on what is written; it is
    `whole` where its owners, its alignment and all of its key results can be.
    """

    page: Page
    type: Type | None
    objective: Objective | None = None
    cycle: Cycle | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that is in git, resolved. Mappings are by id; owners, objectives and KPIs are in
    the order in which they are listed, the others in that of their paths.

    `circles` holds the pairs (from, to) of objectives whose alignment runs in a circle.
    `findings` are those of reading and resolving; the checks add theirs later. `public` is what is
    published of it, None where that is all of it.
    """

    company: str
    owners: Mapping[str, Owner]
    cycles: Mapping[str, Cycle]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    check_in_documents: Mapping[str, CheckInDocument]
    cycle_pages: Mapping[str, Page]
    broken: tuple[BrokenDocument, ...]
    circles: frozenset[tuple[str, str]]
    findings: tuple[Finding, ...]
    public: "Project | None" = None
    fiscal_year: FiscalYear | None = None

    def all_former(self, owners: Iterable[str], day: date) -> bool:
        """Whether all of some owners are gone on a day: then nobody owes what was theirs."""
        known = [self.owners[id] for id in owners if id in self.owners]
        return bool(known) and all(owner.former(day) for owner in known)
