"""The front matter of every type of document, typed.

These models are the reference of the format: their fields, descriptions and JSON Schema. What the
fields mean together (kinds, units, links, figures) is found out later, from the typed values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WrapValidator

from okrsite.documents.types import Type
from okrsite.documents.values import (
    Aggregate,
    Amount,
    Codes,
    Commitment,
    Day,
    Done,
    Duration,
    Every,
    Indicator,
    InitiativeStatus,
    KeyResultStatus,
    KpiStatus,
    Number,
    Origin,
    ReadingEvery,
    Reference,
    References,
    Share,
    Switch,
    Text,
    Texts,
    Unit,
    Url,
    VariableName,
    Visibility,
    Weight,
    WrittenStatus,
    listed,
    one_of,
    wrong,
)
from okrsite.documents.yaml_nodes import NumberKey, split_number
from okrsite.i18n import phrase


@lru_cache(1024)
def _shared(names: frozenset[str]) -> set[str]:
    return set(names)  # pydantic copies it before it changes it


def optional(description: str, default: object = None) -> Any:
    """Return a field that need not be written."""
    return Field(default, description=description)


def several(description: str) -> Any:
    """Return a field of a list that need not be written."""
    return Field((), description=description)


class Fields(BaseModel):
    """A mapping in front matter: it is never changed, and knows every field that it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_post_init(self, context: object, /) -> None:
        """Share the set of the written names: thousands of fields have few different sets.

        Each would be larger than the values that it names.
        """
        written = _shared(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", written)


class DocumentFields(Fields):
    """The fields of every document."""

    id: Text | None = optional("the document's id; default: its path below docs_dir")
    title: Text | None = optional(
        "what it is called; default: the first level-1 heading, else the file's name in words"
    )
    description: Text | None = optional("one sentence, as inline Markdown")
    tags: Texts = several("words to find it by")
    order: Number | None = optional("its position in lists; otherwise titles decide")
    ignore: Codes = several("codes of warnings and advice not to report here")


class PublishedFields(DocumentFields):
    """The fields of every document that may be private."""

    visibility: Annotated[Visibility, one_of(Visibility)] = optional(
        "private keeps it out of everything that is published", Visibility.PUBLIC
    )


class LinkFields(Fields):
    """A page elsewhere: a channel, a board."""

    title: Text = Field(description="what it is called")
    url: Url = Field(description="its address")


class CompanyFields(DocumentFields):
    """The organisation."""

    mission: Text | None = optional("why it exists, as inline Markdown")
    vision: Text | None = optional("what it wants to achieve, as inline Markdown")
    links: tuple[LinkFields, ...] = several("pages elsewhere, such as a channel or a board")


class TeamFields(PublishedFields):
    """A team or department."""

    parent: Reference | None = optional("the team above; default: the company")
    until: Day | None = optional("its last day")
    links: tuple[LinkFields, ...] = several("pages elsewhere, such as a channel or a board")
    notify: VariableName | None = optional(
        "the environment variable with the address that `okrsite notify` writes to"
    )


class PersonFields(PublishedFields):
    """An individual."""

    team: Reference | None = optional("the team they work in")
    until: Day | None = optional("their last day")
    links: tuple[LinkFields, ...] = several("pages elsewhere, such as a profile or a board")


class CycleFields(DocumentFields):
    """A period that objectives run in."""

    start: Day = Field(description="its first day")
    end: Day = Field(description="its last day")
    closed: Day | None = optional("the day it was closed on; default: its end")


class GradeFields(Fields):
    """A manual grade."""

    score: Share = Field(description="the score, 0 to 1")
    reason: Text | None = optional("why, in words")


class MilestoneFields(Fields):
    """One of the milestones of a key result."""

    title: Text = Field(description="what will be done")
    weight: Weight = optional("its weight among the milestones", 1.0)
    due: Day | None = optional("when it is due; default: with the key result")
    done: Done | None = optional("true, false or the date it was done on")
    progress: Share | None = optional("how much of it is done, 0 to 1")


class RangeFields(Fields):
    """A range to stay in, bounds included; one bound or both."""

    min: Amount | None = optional("the lowest value inside")
    max: Amount | None = optional("the highest value inside")


def _pair(kind: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, list) or len(value) != 2:
            raise wrong(phrase("a point is a list of two"), phrase("write [%(kind)s]", kind=kind))
        return value

    return check


ScalePoint = Annotated[tuple[Amount, Share], BeforeValidator(_pair("value, score"))]
PlanPoint = Annotated[tuple[Day, Amount], BeforeValidator(_pair("date, value"))]


class KeyResultFields(Fields):
    """One key result of an objective."""

    id: Text | None = optional("its id in the objective; default: kr1, kr2, …")
    title: Text = Field(description="what will be achieved, as inline Markdown")
    description: Text | None = optional("more detail")
    from_: Amount | None = Field(None, alias="from", description="metric: the start; default: 0")
    to: Amount | None = optional("metric: the target")
    scale: tuple[ScalePoint, ...] | None = optional(
        "metric: points [value, score] instead of a straight line"
    )
    plan: tuple[PlanPoint, ...] | None = optional(
        "metric: the values planned along the way, as points [date, value]"
    )
    aggregate: Annotated[Aggregate, one_of(Aggregate)] | None = optional(
        "metric: how its readings in the cycle are aggregated; default: last"
    )
    current: Text | None = optional("a reading without a date")
    keep: RangeFields | None = optional("keep: the range to stay in")
    milestones: tuple[MilestoneFields, ...] | None = optional("milestone: the list of milestones")
    done: Done | None = optional("milestone: true, false or the date")
    measured_by: Text | None = optional("how you will know, in words")
    roll_up: Switch | None = optional(
        "the score comes from the objectives that align to this key result"
    )
    kpi: Reference | None = optional("the KPI whose readings are the values")
    moves: References = several("KPIs it should move, now or later")
    unit: Unit | None = optional("the unit of plain numbers")
    owner: References = several("who is responsible; default: the objective's")
    weight: Weight = optional("its weight in the objective's score", 1.0)
    due: Day | None = optional("when it is due, inside the cycle; default: its end")
    status: Annotated[KeyResultStatus, one_of(KeyResultStatus)] | None = optional(
        "cancelled excludes it from the score"
    )
    grade: GradeFields | None = optional("a manual grade")


class InitiativeFields(Fields):
    """A piece of work that should move a key result."""

    title: Text = Field(description="what is done")
    owner: References = several("who does it")
    status: Annotated[InitiativeStatus, one_of(InitiativeStatus)] = optional(
        "its state", InitiativeStatus.TODO
    )
    key_result: Text | None = optional("the key result it should move")
    due: Day | None = optional("when it should be done")
    progress: Share | None = optional("how much of it is done, 0 to 1")
    url: Url | None = optional("a page with more about it")


class ValueFields(Fields):
    """A value of one key result, with its own confidence and note."""

    value: Text | None = optional("the quantity or share")
    confidence: Share | None = optional("how confident you are of reaching it, 0 to 1")
    note: Text | None = optional("one sentence")


@dataclass(frozen=True, slots=True)
class Stated:
    """What is typed of one value: there are so many that a model each takes too much memory."""

    value: str | None
    confidence: float | None = None
    note: str | None = None


def _stated(value: object, read: Callable[[object], ValueFields]) -> Stated:
    """Take a value as a mapping of fields, or as most write it: the quantity alone."""
    if value is None:  # in braces, `{kr1: }` or what a comma has cut off
        return Stated(None)
    if isinstance(value, str):
        return Stated(value.strip())
    fields = read(value)
    return Stated(fields.value, fields.confidence, fields.note)


def _named(values: object) -> object:
    """Refuse a key that was torn off a number with a comma."""
    if isinstance(values, dict) and any(isinstance(key, NumberKey) for key in values):
        number = next(key for key in values if isinstance(key, NumberKey))
        raise wrong(*split_number(number, phrase("a key result's id")))
    return values


Value = Annotated[
    ValueFields, WrapValidator(_stated, json_schema_input_type=float | str | ValueFields)
]


class EntryFields(Fields):
    """What one check-in says about one objective."""

    confidence: Share | None = optional("how confident you are of reaching it, 0 to 1")
    values: Annotated[dict[str, Value], BeforeValidator(_named)] = Field(
        {}, description="key result ids and their values"
    )
    note: Text | None = optional("what happened")
    wins: Texts = several("what went well")
    blockers: Texts = several("what's in the way")
    next: Texts = several("what comes next")

    @property
    def says_something(self) -> bool:
        """Whether anything is said; an update that was only prepared says nothing yet."""
        stated = (self.values, self.note, self.wins, self.blockers, self.next)
        return self.confidence is not None or any(stated)


class CheckInFields(EntryFields):
    """A check-in inside its objective."""

    date: Day = Field(description="the date of the check-in")


class UpdateFields(EntryFields):
    """A check-in on one of several objectives."""

    objective: Reference = Field(description="the objective it is about")


class ObjectiveFields(PublishedFields):
    """One objective with its key results."""

    cycle: Reference | None = optional("the period it is for; default: from the folder")
    owner: Reference | None = optional("who owns it; default: from the folder")
    owners: References = several("the owners of a shared objective")
    contributors: References = several("who helps but doesn't own it")
    commitment: Annotated[Commitment, one_of(Commitment)] | None = optional(
        "whether it must be fully reached; default: the one in the settings, aspirational"
    )
    aligns_to: References = several("objectives or single key results")
    depends_on: References = several("objectives that must come first")
    continues: Reference | None = optional("the objective of an earlier cycle that it continues")
    weight: Weight = optional("its weight in its owner's score", 1.0)
    status: Annotated[WrittenStatus, one_of(WrittenStatus)] = optional(
        "draft and cancelled aren't counted", WrittenStatus.ACTIVE
    )
    every: Annotated[Every, one_of(Every)] | None = optional("how often a check-in is due")
    pillars: References | None = optional("strategic themes; default: those of what it aligns to")
    guardrails: References = several("KPIs that mustn't get worse")
    origin: Annotated[Origin, one_of(Origin)] | None = optional("where it was proposed")
    key_results: tuple[KeyResultFields, ...] = several("how you will know")
    initiatives: tuple[InitiativeFields, ...] = several("the work that should move them")
    check_ins: tuple[CheckInFields, ...] = several("the updates, in any order")
    grade: GradeFields | None = optional("a manual grade")


class ReadingFields(Fields):
    """One reading of a KPI."""

    date: Day = Field(description="the date of the reading")
    value: Amount = Field(description="the quantity")
    note: Text | None = optional("one sentence")


class TargetFields(Fields):
    """Where a KPI should be by a date."""

    value: Amount = Field(description="the quantity")
    by: Day | None = optional("the day")


class DrivenFields(Fields):
    """A KPI further down the hierarchy."""

    kpi: Reference = Field(description="the KPI that is moved")
    lag: Duration | None = optional("how long it takes to move")


def _driven(value: object, read: Callable[[object], DrivenFields]) -> DrivenFields:
    """Take a driven KPI as a mapping of fields, or as most write it: the reference alone."""
    return DrivenFields(kpi=value.strip()) if isinstance(value, str) else read(value)


Driven = Annotated[DrivenFields, WrapValidator(_driven, json_schema_input_type=str | DrivenFields)]
DrivenKpis = Annotated[
    tuple[Driven, ...],
    BeforeValidator(listed, json_schema_input_type=str | DrivenFields | tuple[Driven, ...]),
]


class KpiSourceFields(Fields):
    """Where `okrsite pull` finds a KPI's values: a query, an address or a file."""

    sql: Text | None = optional("a query for one value; `:date` is the day to pull for")
    connection: VariableName | None = optional(
        "the environment variable with the address of the database"
    )
    url: Text | None = optional("an http or https address; `{date}` is the day to pull for")
    select: Text | None = optional("where the value is in JSON, as a JMESPath expression")
    token: VariableName | None = optional(
        "the environment variable with a token, sent as `Authorization: Bearer`"
    )
    file: Text | None = optional("a CSV or XLSX file, relative to the folder of mkdocs.yml")
    sheet: Text | None = optional("the sheet of a workbook; default: the first")
    column: Text | None = optional("the column of the values")
    date: Text | None = optional("the column of the dates; without it, the last row is today's")


class KpiFields(PublishedFields):
    """One key performance indicator."""

    owner: Reference | None = optional("who owns it; default: from the folder")
    indicator: Annotated[Indicator, one_of(Indicator)] | None = optional(
        "leading moves early, lagging confirms afterwards"
    )
    drives: DrivenKpis = several("KPIs further down the hierarchy")
    contributors: References = several("who else works on it")
    status: Annotated[KpiStatus, one_of(KpiStatus)] = optional(
        "planned and retired KPIs have nothing due", KpiStatus.ACTIVE
    )
    unit: Unit | None = optional("the unit of plain numbers")
    keep: RangeFields | None = optional("healthy inside")
    alert: RangeFields | None = optional("critical outside")
    target: TargetFields | None = optional("where it should be in the end")
    targets: tuple[TargetFields, ...] = several("where it should be, one per period")
    every: Annotated[ReadingEvery, one_of(ReadingEvery)] = optional(
        "how often a reading is due", ReadingEvery.MONTH
    )
    readings: tuple[ReadingFields, ...] = several("the readings, in any order")
    data: Text | None = optional("a CSV file next to this one with more readings")
    source: KpiSourceFields | None = optional("where `okrsite pull` finds new readings")


class CheckInDocumentFields(PublishedFields):
    """One owner's update on several objectives at one date."""

    date: Day = Field(
        description="the date of the check-in; default: the one at the start of the file's name"
    )
    owner: Reference | None = optional("who owns it; default: from the folder")
    updates: tuple[UpdateFields, ...] = Field(description="what it says about each objective")


class PillarFields(PublishedFields):
    """A strategic theme that objectives serve for years."""

    owner: Reference | None = Field(None, description="who owns it")
    kpis: References = Field((), description="the KPIs that measure it")


MODELS: dict[Type, type[DocumentFields]] = {
    Type.COMPANY: CompanyFields,
    Type.TEAM: TeamFields,
    Type.PERSON: PersonFields,
    Type.CYCLE: CycleFields,
    Type.OBJECTIVE: ObjectiveFields,
    Type.KPI: KpiFields,
    Type.CHECK_IN: CheckInDocumentFields,
    Type.PILLAR: PillarFields,
}
"""The fields of each type of document."""
