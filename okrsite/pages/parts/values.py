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

    A draft and what was cancelled are expected nothing.
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


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner with the figures of one cycle, and the number of their active objectives in it."""

    owner: str
    depth: int
    figures: OwnerFigures | None
    objectives: int
    facts: Markup = NO_FACTS


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
