"""The types of documents: what stands in `type`."""

from enum import StrEnum


class Type(StrEnum):
    """What a document is."""

    COMPANY = "company"
    TEAM = "team"
    PERSON = "person"
    CYCLE = "cycle"
    OBJECTIVE = "objective"
    KPI = "kpi"
    CHECK_IN = "check-in"


OWNER_TYPES = frozenset({Type.COMPANY, Type.TEAM, Type.PERSON})
