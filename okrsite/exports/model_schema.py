"""The shape of the exported model; its JSON Schema is published next to the data.

Scores, shares and paces are 0 to 1, dates ISO 8601, what is missing is null. The docstrings of the
classes are published too, as descriptions in the schema.
"""

from typing import Literal

from typing_extensions import TypedDict

Number = float | int


class ExportedCycle(TypedDict):
    """A cycle; `elapsed` is the share of it that is over."""

    title: str
    start: str
    end: str
    state: Literal["upcoming", "open", "closed"]
    elapsed: Number


ExportedKeyResult = TypedDict(
    "ExportedKeyResult",
    {
        "position": int,
        "title": str,
        "kind": Literal["metric", "keep", "milestone", "roll-up", "unmeasured"],
        "from": Number | None,
        "to": Number | None,
        "value": Number | None,
        "unit": str | None,
        "raw": Number | None,
        "score": Number | None,
        "computed_score": Number | None,
        "graded": bool,
        "expected": Number,
        "status": str,
        "confidence": Number | None,
        "weight": Number,
        "kpi": str | None,
        "owners": list[str],
        "due": str | None,
        "moves": list[str],
        "keep_min": Number | None,
        "keep_max": Number | None,
        "scale": list[tuple[Number, Number]],
        "plan": list[tuple[str, Number]],
        "aggregate": Literal["last", "sum", "mean", "max", "min"] | None,
    },
)
"""A key result; `raw` is its score before it is limited to 0 to 1, `moves` what it should move.

`keep_min` and `keep_max` are the bounds of the range to keep, `scale` pairs of value and score,
`plan` pairs of date and value, and `aggregate` is what the readings of a metric make together.
"""


class ExportedInitiative(TypedDict):
    """A piece of work; without owners it is the objective's owners' work."""

    title: str
    owners: list[str]
    status: Literal["todo", "doing", "done", "dropped"]
    key_result: str | None
    due: str | None
    progress: Number | None
    url: str | None


class ExportedCheckIn(TypedDict):
    """The last check-in of an objective; several next steps are lines of one text."""

    date: str
    confidence: Number | None
    note: str | None
    wins: list[str]
    blockers: list[str]
    next: str | None


class ExportedObjective(TypedDict):
    """An objective with its key results by id."""

    title: str
    url: str
    path: str
    cycle: str
    owners: list[str]
    level: Literal["company", "team", "individual"]
    commitment: Literal["aspirational", "committed"]
    status: str | None
    stale: bool
    confidence: Number | None
    score: Number | None
    computed_score: Number | None
    graded: bool
    expected: Number | None
    pace: Number | None
    support: Number | None
    weight: Number
    description: str | None
    pillars: list[str]
    guardrails: list[str]
    origin: Literal["bottom-up", "top-down"] | None
    contributors: list[str]
    last_check_in: ExportedCheckIn | None
    aligns_to: list[str]
    supported_by: list[str]
    depends_on: list[str]
    continues: str | None
    initiatives: list[ExportedInitiative]
    key_results: dict[str, ExportedKeyResult]


class ExportedTarget(TypedDict):
    """Where a KPI should be, and by when."""

    value: Number
    by: str | None


class ExportedKpi(TypedDict):
    """A KPI with its last reading; `lags` say how long those that it drives take to follow."""

    title: str
    url: str
    owner: str | None
    unit: str | None
    value: Number | None
    date: str | None
    health: Literal["healthy", "warning", "critical", "unknown"]
    role: Literal["focus", "health"]
    overdue: bool
    indicator: Literal["leading", "lagging"] | None
    drives: list[str]
    lags: dict[str, str]
    status: Literal["planned", "active", "retired"]
    contributors: list[str]
    targets: list[ExportedTarget]
    key_results: list[str]


class ExportedOwner(TypedDict):
    """The company, a team or a person, with the figures of each cycle; a status in open ones.

    Only the company has a mission and a vision.
    """

    type: Literal["company", "team", "person"]
    title: str
    parent: str | None
    until: str | None
    mission: str | None
    vision: str | None
    scores: dict[str, Number]
    expected: dict[str, Number]
    statuses: dict[str, str]


class ExportedPillar(TypedDict):
    """A strategic theme, and the active objectives of every cycle that serve it."""

    title: str
    kpis: list[str]
    objectives: list[str]


class ExportedModel(TypedDict):
    """Everything that is published, by id."""

    format: Literal["okrsite/1"]
    as_of: str
    cycles: dict[str, ExportedCycle]
    objectives: dict[str, ExportedObjective]
    kpis: dict[str, ExportedKpi]
    owners: dict[str, ExportedOwner]
    pillars: dict[str, ExportedPillar]
