"""What statuses and healths are called on the site."""

from okrsite.i18n import message
from okrsite.scores.status import Health, Status

STATUS_WORDS = {
    Status.DRAFT: message("Draft"),
    Status.CANCELLED: message("Cancelled"),
    Status.NOT_STARTED: message("Not started"),
    Status.ON_TRACK: message("On track"),
    Status.AT_RISK: message("At risk"),
    Status.OFF_TRACK: message("Off track"),
    Status.ACHIEVED: message("Achieved"),
    Status.PROGRESSED: message("Progressed"),
    Status.MISSED: message("Missed"),
}
"""What each status is called on the site."""

HEALTH_WORDS = {
    Health.HEALTHY: message("Healthy"),
    Health.WARNING: message("Warning"),
    Health.CRITICAL: message("Critical"),
    Health.UNKNOWN: message("Unknown"),
}
"""What each health of a KPI is called on the site."""

STATUSES_IN_SENTENCES = {
    Status.DRAFT: message("draft"),
    Status.CANCELLED: message("cancelled"),
    Status.NOT_STARTED: message("not started"),
    Status.ON_TRACK: message("on track"),
    Status.AT_RISK: message("at risk"),
    Status.OFF_TRACK: message("off track"),
    Status.ACHIEVED: message("achieved"),
    Status.PROGRESSED: message("progressed"),
    Status.MISSED: message("missed"),
}
"""What each status is called in the middle of a sentence, as in `9 at risk`."""

HEALTHS_IN_SENTENCES = {
    Health.HEALTHY: message("healthy"),
    Health.WARNING: message("warning"),
    Health.CRITICAL: message("critical"),
    Health.UNKNOWN: message("unknown"),
}
"""What each health of a KPI is called in the middle of a sentence."""
