"""The project as a whole, with its KPIs, owners and check-in documents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from okrsite.documents.types import Type
from okrsite.documents.values import Indicator, KpiStatus, ReadingEvery
from okrsite.findings.finding import Finding
from okrsite.project.model.cycles import Cycle
from okrsite.project.model.measures import Range
from okrsite.project.model.objectives import Objective
from okrsite.project.model.values import Figure, Page, Place, Reading
from okrsite.settings import FiscalYear


@dataclass(frozen=True, slots=True)
class Target:
    """Where a KPI should be on a day; only the last of a KPI's targets may have no day."""

    value: Figure
    by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSource:
    """Where a KPI's values are pulled from: one of `sql`, `url` and `file` is written.

    `connection` and `token` are names of environment variables, `column` and `date` of columns.
    """

    place: Place
    sql: str | None = None
    connection: str | None = None
    url: str | None = None
    select: str | None = None
    token: str | None = None
    file: str | None = None
    sheet: str | None = None
    column: str | None = None
    date: str | None = None

    @property
    def name(self) -> str:
        """What it is called: the connection, the host or the file."""
        if self.url is not None:
            return urlsplit(self.url).netloc.rpartition("@")[2]
        return self.connection or self.file or ""

    @property
    def takes_day(self) -> bool:
        """Whether it can be asked for the value of a day in the past."""
        return bool(re.search(r":date\b", self.sql or "")) or "{date}" in (self.url or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One key performance indicator; `readings` are all of them, in the order they count in.

    `driven_by` are the KPIs that drive it; `lags` say in words how long those that it drives take
    to move. `targets` are in the order of their days. `key_results` are the references of all that
    are on it, `moved_by` of those that are meant to move it. `pillars` are those that are seen by
    it, `guards` the objectives that it is a guardrail of.
    """

    page: Page
    owner: str | None
    indicator: Indicator | None
    drives: tuple[str, ...]
    driven_by: tuple[str, ...]
    unit: str | None
    keep: Range | None
    alert: Range | None
    targets: tuple[Target, ...]
    every: ReadingEvery
    readings: tuple[Reading, ...]
    key_results: tuple[str, ...]
    status: KpiStatus = KpiStatus.ACTIVE
    contributors: tuple[str, ...] = ()
    lags: Mapping[str, str] = field(default_factory=dict)
    moved_by: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    source: KpiSource | None = None

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id

    @property
    def active(self) -> bool:
        """Whether it is in use: neither planned nor retired."""
        return self.status is KpiStatus.ACTIVE

    def target(self, day: date) -> Target | None:
        """Return the target that is next on a day, or the last one where all days are over."""
        coming = (t for t in self.targets if t.by is None or day <= t.by)
        return next(coming, self.targets[-1] if self.targets else None)

    @property
    def limits(self) -> tuple[float | None, ...]:
        """The values that its readings are compared with."""
        bounds = [b for range_ in (self.keep, self.alert) if range_ for b in range_.bounds]
        return (*bounds, *(target.value.value for target in self.targets))


@dataclass(frozen=True, slots=True)
class Owner:
    """The company, a team or a person; `parent` is the one above, None for the company and for a
    person without a team. The company may have no document; then its page is None. `until` is the
    last day of a team or person that is gone, `links` are titles and addresses. Only the company
    has a `mission` and a `vision`. `notify` is the environment variable with the address that a
    team's reminders go to."""

    id: str
    type: Type
    title: str
    parent: str | None
    page: Page | None
    until: date | None = None
    links: tuple[tuple[str, str], ...] = ()
    mission: str | None = None
    vision: str | None = None
    notify: str | None = None

    def former(self, day: date) -> bool:
        """Whether a team or person is gone on a day; nothing is due, and what they did stays."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar:
    """A strategic theme that objectives serve for years.

    `kpis` are those by which one sees how it is doing, `objectives` the active ones of every cycle
    that serve it, in the order in which they are listed.
    """

    page: Page
    owner: str | None
    kpis: tuple[str, ...]
    objectives: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id, lower case."""
        return self.page.id


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

    `objective` is what can be read of one, and its `cycle` where it is known, for the checks on
    what is written; it is `complete` where all of its key results can be read, and `whole` where
    its owners and its alignment can be too.
    """

    page: Page
    type: Type | None
    objective: Objective | None = None
    cycle: Cycle | None = None
    complete: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that is in git, resolved. Mappings are by id; owners, objectives, KPIs and
    pillars are in the order in which they are listed, the others in that of their paths.

    `circles` holds the pairs (from, to) of objectives whose alignment runs in a circle.
    `findings` are those of reading and resolving; the checks add theirs later. `public` is what is
    published of it, None where that is all of it.
    """

    company: str
    owners: Mapping[str, Owner]
    cycles: Mapping[str, Cycle]
    objectives: Mapping[str, Objective]
    kpis: Mapping[str, Kpi]
    pillars: Mapping[str, Pillar]
    check_in_documents: Mapping[str, CheckInDocument]
    cycle_pages: Mapping[str, Page]
    broken: tuple[BrokenDocument, ...]
    circles: frozenset[tuple[str, str]]
    findings: tuple[Finding, ...]
    public: "Project | None" = None
    fiscal_year: FiscalYear | None = None

    def all_former(self, owners: Iterable[str], day: date) -> bool:
        """Whether all of some owners are gone on a day: then nothing of theirs is due."""
        known = [self.owners[id] for id in owners if id in self.owners]
        return bool(known) and all(owner.former(day) for owner in known)
