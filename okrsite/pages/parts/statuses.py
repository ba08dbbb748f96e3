"""What statuses and healths are called on the site."""

from okrsite.documents.values import InitiativeStatus
from okrsite.i18n import message
from okrsite.scores.status import Health, Status

_STATUSES = {
    Status.DRAFT: (message("Draft"), message("draft")),
    Status.CANCELLED: (message("Cancelled"), message("cancelled")),
    Status.NOT_STARTED: (message("Not started"), message("not started")),
    Status.ON_TRACK: (message("On track"), message("on track")),
    Status.AT_RISK: (message("At risk"), message("at risk")),
    Status.OFF_TRACK: (message("Off track"), message("off track")),
    Status.ACHIEVED: (message("Achieved"), message("achieved")),
    Status.PROGRESSED: (message("Progressed"), message("progressed")),
    Status.MISSED: (message("Missed"), message("missed")),
}
_HEALTHS = {
    Health.HEALTHY: (message("Healthy"), message("healthy")),
    Health.WARNING: (message("Warning"), message("warning")),
    Health.CRITICAL: (message("Critical"), message("critical")),
    Health.UNKNOWN: (message("Unknown"), message("unknown")),
}

_INITIATIVES = {
    InitiativeStatus.TODO: (message("To do"), message("to do")),
    InitiativeStatus.DOING: (message("Doing"), message("doing")),
    InitiativeStatus.DONE: (message("Done"), message("done")),
    InitiativeStatus.DROPPED: (message("Dropped"), message("dropped")),
}

STATUS_WORDS = {status: alone for status, (alone, _) in _STATUSES.items()}
"""What each status is called on the site."""

HEALTH_WORDS = {health: alone for health, (alone, _) in _HEALTHS.items()}
"""What each health of a KPI is called on the site."""

STATUSES_IN_SENTENCES = {status: inside for status, (_, inside) in _STATUSES.items()}
"""What each status is called in the middle of a sentence, as in `9 at risk`."""

HEALTHS_IN_SENTENCES = {health: inside for health, (_, inside) in _HEALTHS.items()}
"""What each health of a KPI is called in the middle of a sentence."""

INITIATIVE_WORDS = {status: alone for status, (alone, _) in _INITIATIVES.items()}
"""What each status of an initiative is called on the site."""

INITIATIVES_IN_SENTENCES = {status: inside for status, (_, inside) in _INITIATIVES.items()}
"""What each status of an initiative is called in the middle of a sentence."""
