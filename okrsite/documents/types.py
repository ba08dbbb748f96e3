"""The types of documents: the values of `type`."""

from enum import StrEnum


class Type(StrEnum):
    """The type of a document."""

    COMPANY = "company"
    TEAM = "team"
    PERSON = "person"
    CYCLE = "cycle"
    OBJECTIVE = "objective"
    KPI = "kpi"
    CHECK_IN = "check-in"
    PILLAR = "pillar"


OWNER_TYPES = frozenset({Type.COMPANY, Type.TEAM, Type.PERSON})
