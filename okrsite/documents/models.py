"""The front matter of every type of document, typed.

These models are the reference of the format: their fields, descriptions and JSON Schema. What the
fields mean together (kinds, units, links, figures) is found out later, from the typed values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

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
    Url,
    Visibility,
    Weight,
    WrittenStatus,
    listed,
    one_of,
    wrong,
)
from okrsite.documents.yaml_nodes import NumberKey, split_number


@lru_cache(1024)
def _shared(names: frozenset[str]) -> set[str]:
    return set(names)  # pydantic copies it before it changes it


class Fields(BaseModel):
    """A mapping in front matter: it is never changed, and knows every field that it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_post_init(self, context: object, /) -> None:
        """Share the set of the names that are written: few such sets stand in thousands of fields.

        Each would be larger than the values that it names.
        """
        written = _shared(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", written)


class DocumentFields(Fields):
    """The fields of every document."""

    id: Text | None = Field(None, description="the document's id; default: its path below docs_dir")
    title: Text | None = Field(
        None,
        description=(
            "what it is called; default: the first level-1 heading, else the file's name in words"
        ),
    )
    description: Text | None = Field(None, description="one sentence, as inline Markdown")
    tags: Texts = Field((), description="words to find it by")
    order: Number | None = Field(None, description="its place in lists, before the titles decide")
    ignore: Codes = Field((), description="codes of warnings and advice not to report here")


class PublishedFields(DocumentFields):
    """The fields of every document that may be private."""

    visibility: Annotated[Visibility, one_of(Visibility)] = Field(
        Visibility.PUBLIC, description="private keeps it out of everything that is published"
    )


class CompanyFields(DocumentFields):
    """The organisation."""

    mission: Text | None = Field(None, description="what it is there for, as inline Markdown")
    vision: Text | None = Field(None, description="what it wants to reach, as inline Markdown")


class LinkFields(Fields):
    """A page elsewhere: a channel, a board."""

    title: Text = Field(description="what it is called")
    url: Url = Field(description="its address")


class TeamFields(PublishedFields):
    """A team or department."""

    parent: Reference | None = Field(None, description="the team above; default: the company")
    until: Day | None = Field(None, description="the last day that it existed")
    links: tuple[LinkFields, ...] = Field(
        (), description="pages elsewhere, as a channel or a board"
    )


class PersonFields(PublishedFields):
    """An individual."""

    team: Reference | None = Field(None, description="the team they work in")
    until: Day | None = Field(None, description="the last day that they were here")
    links: tuple[LinkFields, ...] = Field(
        (), description="pages elsewhere, as a profile or a board"
    )


class CycleFields(DocumentFields):
    """A period that objectives run in."""

    start: Day = Field(description="its first day")
    end: Day = Field(description="its last day")
    closed: Day | None = Field(None, description="the day it was closed on; default: its end")


class Grade(Fields):
    """A score given by hand."""

    score: Share = Field(description="the score, 0 to 1")
    reason: Text | None = Field(None, description="why, in words")


class MilestoneFields(Fields):
    """One of the milestones of a key result."""

    title: Text = Field(description="what will be there")
    weight: Weight = Field(1.0, description="its weight among the milestones")
    due: Day | None = Field(None, description="when it is due; default: with the key result")
    done: Done | None = Field(None, description="true, false or the date it was done on")
    progress: Share | None = Field(None, description="how much of it is done, 0 to 1")


class BandFields(Fields):
    """A band to stay in, bounds included; one bound or both."""

    min: Amount | None = Field(None, description="the lowest value that is inside")
    max: Amount | None = Field(None, description="the highest value that is inside")


def _pair(kind: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, list) or len(value) != 2:
            raise wrong("a point is a list of two", f"write [{kind}]")
        return value

    return check


ScalePoint = Annotated[tuple[Amount, Share], BeforeValidator(_pair("value, score"))]
PlanPoint = Annotated[tuple[Day, Amount], BeforeValidator(_pair("date, value"))]


class KeyResultFields(Fields):
    """One key result of an objective."""

    id: Text | None = Field(None, description="its id in the objective; default: kr1, kr2, …")
    title: Text = Field(description="what will be reached, as inline Markdown")
    description: Text | None = Field(None, description="more words")
    from_: Amount | None = Field(None, alias="from", description="metric: the start; default: 0")
    to: Amount | None = Field(None, description="metric: the target")
    scale: tuple[ScalePoint, ...] | None = Field(
        None, description="metric: points [value, score] instead of a straight line"
    )
    plan: tuple[PlanPoint, ...] | None = Field(
        None, description="metric: the values planned on the way, as points [date, value]"
    )
    aggregate: Annotated[Aggregate, one_of(Aggregate)] | None = Field(
        None, description="metric: what its readings inside the cycle make; default: last"
    )
    current: Text | None = Field(None, description="a reading without a date")
    keep: BandFields | None = Field(None, description="keep: the band to stay in")
    milestones: tuple[MilestoneFields, ...] | None = Field(
        None, description="milestone: the list of them"
    )
    done: Done | None = Field(None, description="milestone: true, false or the date")
    measured_by: Text | None = Field(None, description="how one will know, in words")
    roll_up: Switch | None = Field(
        None, description="the score comes from the objectives that align to this key result"
    )
    kpi: Reference | None = Field(None, description="the KPI whose readings are the values")
    moves: References = Field((), description="KPIs that it should move, now or later")
    unit: Text | None = Field(None, description="the unit of plain numbers")
    owner: References = Field((), description="who is responsible; default: the objective's")
    weight: Weight = Field(1.0, description="its weight in the objective's score")
    due: Day | None = Field(None, description="when it is due, inside the cycle; default: its end")
    status: Annotated[KeyResultStatus, one_of(KeyResultStatus)] | None = Field(
        None, description="cancelled leaves it out of the score"
    )
    grade: Grade | None = Field(None, description="a score given by hand")


class InitiativeFields(Fields):
    """A piece of work that should move a key result."""

    title: Text = Field(description="what is done")
    owner: References = Field((), description="who does it")
    status: Annotated[InitiativeStatus, one_of(InitiativeStatus)] = Field(
        InitiativeStatus.TODO, description="how far it is"
    )
    key_result: Text | None = Field(None, description="the key result that it should move")
    due: Day | None = Field(None, description="when it should be done")
    progress: Share | None = Field(None, description="how much of it is done, 0 to 1")
    url: Url | None = Field(None, description="where more about it stands")


class ValueFields(Fields):
    """A value of one key result, with what is said of it alone."""

    value: Text | None = Field(None, description="the quantity or share")
    confidence: Share | None = Field(None, description="how sure one is to reach it, 0 to 1")
    note: Text | None = Field(None, description="one sentence")


@dataclass(frozen=True, slots=True)
class Stated:
    """What is typed of one value: there are so many that a model each takes too much memory."""

    value: str | None
    confidence: float | None = None
    note: str | None = None


def _stated(value: object, read: Callable[[object], ValueFields]) -> Stated:
    """Take a value as a mapping of fields, or as most write it: the quantity alone."""
    if isinstance(value, str):
        return Stated(value.strip())
    fields = read(value)
    return Stated(fields.value, fields.confidence, fields.note)


def _named(values: object) -> object:
    """Refuse a key that was torn off a number with a comma."""
    if isinstance(values, dict) and any(isinstance(key, NumberKey) for key in values):
        number = next(key for key in values if isinstance(key, NumberKey))
        raise wrong(*split_number(number, "a key result's id"))
    return values


Value = Annotated[
    ValueFields,
    WrapValidator(_stated, json_schema_input_type=float | str | ValueFields),
]


class EntryFields(Fields):
    """What one check-in says about one objective."""

    confidence: Share | None = Field(None, description="how sure one is to reach it, 0 to 1")
    values: Annotated[dict[str, Value], BeforeValidator(_named)] = Field(
        {}, description="key result ids and their values"
    )
    note: Text | None = Field(None, description="what happened")
    wins: Texts = Field((), description="what went well")
    blockers: Texts = Field((), description="what is in the way")
    next: Texts = Field((), description="what comes next")

    @property
    def says_something(self) -> bool:
        """Whether anything is said; an update that was only prepared says nothing yet."""
        said = (self.values, self.note, self.wins, self.blockers, self.next)
        return self.confidence is not None or any(said)


class CheckInFields(EntryFields):
    """A check-in that stands in its objective."""

    date: Day = Field(description="the day it speaks of")


class UpdateFields(EntryFields):
    """A check-in on one of several objectives."""

    objective: Reference = Field(description="the objective it speaks of")


class ObjectiveFields(PublishedFields):
    """One objective with its key results."""

    cycle: Reference | None = Field(
        None, description="the period it is for; default: from the folder"
    )
    owner: Reference | None = Field(None, description="who owns it; default: from the folder")
    owners: References = Field((), description="the owners of a shared objective")
    contributors: References = Field((), description="who helps and owns nothing")
    commitment: Annotated[Commitment, one_of(Commitment)] | None = Field(
        None, description="whether all of it must be reached; default: the settings', aspirational"
    )
    aligns_to: References = Field((), description="objectives or single key results")
    depends_on: References = Field((), description="objectives that must come first")
    continues: Reference | None = Field(
        None, description="the objective of an earlier cycle that it goes on from"
    )
    weight: Weight = Field(1.0, description="its weight in its owner's score")
    status: Annotated[WrittenStatus, one_of(WrittenStatus)] = Field(
        WrittenStatus.ACTIVE, description="draft and cancelled count nowhere"
    )
    every: Annotated[Every, one_of(Every)] | None = Field(
        None, description="how often a check-in is due"
    )
    pillars: References | None = Field(
        None, description="strategic themes; default: those of what it aligns to"
    )
    guardrails: References = Field((), description="KPIs that must not suffer meanwhile")
    origin: Annotated[Origin, one_of(Origin)] | None = Field(
        None, description="where it was proposed"
    )
    key_results: tuple[KeyResultFields, ...] = Field((), description="how one will know")
    initiatives: tuple[InitiativeFields, ...] = Field(
        (), description="the work that should move them"
    )
    check_ins: tuple[CheckInFields, ...] = Field((), description="the updates, in any order")
    grade: Grade | None = Field(None, description="a score given by hand")


class ReadingFields(Fields):
    """One reading of a KPI."""

    date: Day = Field(description="the day of the reading")
    value: Amount = Field(description="the quantity")
    note: Text | None = Field(None, description="one sentence")


class TargetFields(Fields):
    """Where a KPI should be one day."""

    value: Amount = Field(description="the quantity")
    by: Day | None = Field(None, description="the day")


class DrivenFields(Fields):
    """A KPI further down the hierarchy."""

    kpi: Reference = Field(description="the KPI that is moved")
    lag: Duration | None = Field(None, description="how long it takes until it moves")


def _driven(value: object, read: Callable[[object], DrivenFields]) -> DrivenFields:
    """Take a driven KPI as a mapping of fields, or as most write it: the reference alone."""
    return DrivenFields(kpi=value.strip()) if isinstance(value, str) else read(value)


Driven = Annotated[DrivenFields, WrapValidator(_driven, json_schema_input_type=str | DrivenFields)]
DrivenKpis = Annotated[
    tuple[Driven, ...],
    BeforeValidator(listed, json_schema_input_type=str | DrivenFields | tuple[Driven, ...]),
]


class KpiFields(PublishedFields):
    """One key performance indicator."""

    owner: Reference | None = Field(None, description="whose it is; default: from the folder")
    indicator: Annotated[Indicator, one_of(Indicator)] | None = Field(
        None, description="leading tells early, lagging late"
    )
    drives: DrivenKpis = Field((), description="KPIs further down the hierarchy")
    contributors: References = Field((), description="who else works on it")
    status: Annotated[KpiStatus, one_of(KpiStatus)] = Field(
        KpiStatus.ACTIVE, description="of one that is planned or retired nothing is due"
    )
    unit: Text | None = Field(None, description="the unit of plain numbers")
    keep: BandFields | None = Field(None, description="healthy inside")
    alert: BandFields | None = Field(None, description="critical outside")
    target: TargetFields | None = Field(None, description="where it should be one day")
    targets: tuple[TargetFields, ...] = Field((), description="where it should be, one a period")
    every: Annotated[ReadingEvery, one_of(ReadingEvery)] = Field(
        ReadingEvery.MONTH, description="how often a reading is due"
    )
    readings: tuple[ReadingFields, ...] = Field((), description="the readings, in any order")
    data: Text | None = Field(None, description="a CSV file beside this one with more readings")


class CheckInDocumentFields(PublishedFields):
    """One owner's update on several objectives at one date."""

    date: Day = Field(
        description="the day it speaks of; default: the date that the file's name begins with"
    )
    owner: Reference | None = Field(None, description="whose it is; default: from the folder")
    updates: tuple[UpdateFields, ...] = Field(description="what is said of each objective")


class PillarFields(PublishedFields):
    """A strategic theme that objectives serve for years."""

    owner: Reference | None = Field(None, description="whose it is")
    kpis: References = Field((), description="the KPIs by which one sees how it is doing")


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
