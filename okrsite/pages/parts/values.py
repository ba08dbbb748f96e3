"""What the parts that recur are made of: each a value that a template shows as it is."""

from dataclasses import dataclass

from markupsafe import Markup

NO_FACTS = Markup()
"""What a row says to the filters where its list has none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `href` is relative to the page it stands on."""

    text: Markup
    href: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A status or health: `key` gives shape and colour, `word` says it."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A score drawn: filled to `filled`, a tick at `expected`, both in percent of the width."""

    filled: float
    expected: float | None
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A small drawing of a series in a box of 100 by 24: the line, its last point, a band.

    `band` is (top, height); `label` says the same in words.
    """

    path: str
    last: tuple[float, float]
    tone: str
    label: str
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A key result in one line."""

    link: Link
    start: str | None
    value: str
    target: str | None
    measure: str | None
    spark: Spark | None
    bar: Bar
    score: str
    status: Mark


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective in one line, and its key results for where there is room.

    `facts` are attributes that the filters read.
    """

    link: Link
    owners: tuple[Link, ...]
    cycle: Link
    status: Mark | None
    stale: str | None
    score: str
    expected: str | None
    bar: Bar
    confidence: str | None
    support: str | None
    commitment: str | None
    results: tuple[ResultRow, ...] = ()
    facts: Markup = NO_FACTS


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner in one line, with the figures of one cycle."""

    link: Link
    depth: int
    status: Mark | None
    score: str
    expected: str | None
    bar: Bar | None
    objectives: int
    facts: Markup = NO_FACTS


@dataclass(frozen=True, slots=True)
class KpiCard:
    """A KPI at a glance."""

    link: Link
    owner: Link | None
    value: str
    day: str | None
    short_day: str | None
    change: str | None
    band: str | None
    health: Mark
    role: str
    overdue: str | None
    spark: Spark | None
    facts: Markup = NO_FACTS


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number stands in git: `content/x.md:12`, with a link where the web shows it."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """One number of an explanation, ready to be shown."""

    name: str
    value: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation, ready to be shown; `reason` is that of a grade."""

    question: str
    formula: str
    numbers: str
    result: str
    terms: tuple[ExplainedTerm, ...]
    given: ExplainedTerm | None
    reason: Markup | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """Which day a page speaks of: every view says it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cycle is: in words, and in percent for a bar."""

    cycle: Link
    text: str
    percent: float
    state: str
