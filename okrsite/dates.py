"""Which day the site is built for."""

import os
from datetime import UTC, date, datetime

from okrsite.fields import read_date
from okrsite.settings import Settings, SettingsError

ASKED_DAY = "OKRSITE_AS_OF"
"""The variable by which a command tells the plugin which day it was asked for."""


def asked_day() -> date | None:
    """Give the day that a command asks the plugin for; SettingsError where it is none."""
    written = os.environ.get(ASKED_DAY, "").strip()
    try:
        return read_date(written) if written else None
    except ValueError:
        raise SettingsError(
            f"{ASKED_DAY} is not a date: write it like 2026-11-15, not {written[:40]}"
        ) from None


def as_of_day(settings: Settings, asked: date | None = None) -> date:
    """Give the day asked for, else the settings', else SOURCE_DATE_EPOCH's, else today.

    SOURCE_DATE_EPOCH counts seconds since 1970 in UTC, as reproducible-builds.org defines it;
    anything else in it raises SettingsError.
    """
    if asked is not None:
        return asked
    if settings.as_of is not None:
        return settings.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return date.today()
    try:
        return read_date(datetime.fromtimestamp(int(epoch), UTC).date().isoformat())
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: {epoch[:40]}"
        raise SettingsError(message) from None
