"""What a KPI's source says, wherever it is."""

import os
from collections.abc import Callable
from datetime import date

from okrsite.project.model import KpiSource
from okrsite.pulling.answers import values_in
from okrsite.pulling.database import query
from okrsite.pulling.pulled import Pulled, PullError
from okrsite.pulling.web import fetch
from okrsite.settings import Pull

ReadFile = Callable[[str], bytes]
"""Reads a file of the project by its path; raises OSError where it can't."""


def values_of(source: KpiSource, day: date, allowed: Pull, read: ReadFile) -> tuple[Pulled, ...]:
    """Return what a source says, asked for a day: values in the order of their days.

    Raises PullError with a sentence where it says nothing, or may not be asked.
    """
    if source.sql is not None:
        return query(secret(source.connection or "", allowed), source.sql, day)
    if source.url is not None:
        token = secret(source.token, allowed) if source.token else None
        content = fetch(source.url.replace("{date}", day.isoformat()), allowed.hosts, token)
    else:
        try:
            content = read(source.file or "")
        except FileNotFoundError:
            raise PullError(f"there is no file {source.file}") from None
        except OSError as error:
            raise PullError(f"{source.file} can't be read: {error.strerror or error}") from None
    return values_in(content, source, day)


def secret(name: str, allowed: Pull) -> str:
    """Return the value of an environment variable that the settings allow; raise PullError."""
    if name not in (*allowed.connections, *allowed.tokens.values()):
        hint = f"add it to `connections` below `pull` in the settings: connections: [{name}]"
        raise PullError(f"`{name}` isn't allowed: {hint}")
    value = os.environ.get(name, "").strip()
    if not value:
        raise PullError(f"the environment variable `{name}` is not set")
    return value
