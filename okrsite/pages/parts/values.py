"""What the parts that recur are made of: values, which the templates put into words."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.project.model import KeyResult, Kpi, Objective
from okrsite.scores.figures import KeyResultFigures, KpiFigures, ObjectiveFigures, OwnerFigures
from okrsite.scores.status import Status

NO_FACTS = Markup()
"""The attributes of a row in a list without filters."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `href` is relative to the page, None where there is no page.

    A template that shows a link writes it as HTML.
    """

    text: Markup
    href: str | None

    def __html__(self) -> str:
        """Return the link as HTML; there are so many that what is escaped is left as it is."""
        text = self.text if type(self.text) is Markup else escape(self.text)
        return f'<a href="{escape(self.href)}">{text}</a>' if self.href else text


@dataclass(frozen=True, slots=True)
class Mark:
    """A status or health: `key` gives shape and colour, `word` says it."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A key result with its figures; `expected` and `status` are those that its objective allows.

    A draft, what was cancelled and what has not begun has no score, and nothing is expected.
    """

    objective: Objective
    result: KeyResult
    figures: KeyResultFigures
    expected: float | None
    status: Status

    @property
    def score(self) -> float | None:
        """The score, with which a row is compared with what is expected."""
        return self.figures.score


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective with its figures; `facts` are attributes that the filters read."""

    objective: Objective
    figures: ObjectiveFigures
    facts: Markup = NO_FACTS


Counts = dict[Status | None, int]
"""How many objectives have which status; None is that of those without a score."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Objectives by status, and those that don't count; `list` is the address of the list of them.

    A status is added to the address as in `…?status=at_risk`; `anchor` is the place of the list.
    """

    counts: Counts
    uncounted: Counts
    list: str
    anchor: str = "okr-objectives"

    @property
    def number(self) -> int:
        """The number of objectives that count."""
        return sum(self.counts.values())

    @property
    def active(self) -> int:
        """The number of objectives that are neither drafts nor cancelled."""
        return self.number + self.uncounted.get(None, 0)

    @property
    def bad(self) -> int:
        """How many are at risk or off track."""
        return sum(self.counts.get(status, 0) for status in (Status.AT_RISK, Status.OFF_TRACK))

    @property
    def whole(self) -> str:
        """Return the address of the list, with those of every status."""
        return f"{self.list.rstrip('?&')}#{self.anchor}"

    def href(self, status: Status | None) -> str:
        """Return the address of the list of those with a status."""
        return f"{self.list}status={status or 'none'}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner with the figures of one cycle, and their objectives in it by status."""

    owner: str
    depth: int
    figures: OwnerFigures | None
    shares: Shares | None
    facts: Markup = NO_FACTS

    @property
    def objectives(self) -> int:
        """The number of objectives that are neither drafts nor cancelled."""
        return self.shares.active if self.shares else 0


@dataclass(frozen=True, slots=True)
class KpiCard:
    """A KPI with its figures; `facts` are attributes that the filters read."""

    kpi: Kpi
    figures: KpiFigures
    facts: Markup = NO_FACTS


@dataclass(frozen=True, slots=True)
class CycleProgress:
    """How far a cycle is: in words, and in percent for a bar."""

    cycle: Link
    text: str
    percent: float
    state: str
