"""Which day the site is built for."""

import os
from datetime import UTC, date, datetime

from okrsite.settings import Settings


def as_of_day(settings: Settings, asked: date | None = None) -> date:
    """Give the day asked for, else the settings', else SOURCE_DATE_EPOCH's, else today.

    SOURCE_DATE_EPOCH counts seconds since 1970 in UTC, as reproducible-builds.org defines it.
    """
    if asked is not None:
        return asked
    if settings.as_of is not None:
        return settings.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()
