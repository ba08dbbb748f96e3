"""What statuses and healths are called on the site."""

from okrsite.messages import message
from okrsite.status import Health, Status

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
