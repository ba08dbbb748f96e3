"""Values from databases, with SQLAlchemy: a query that reads, its day bound as a parameter."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okrsite.pulling.pulled import MOST_ROWS, SECONDS, Pulled, PullError, by_day, pulled

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_READ_ONLY = {
    "postgresql": ("SET TRANSACTION READ ONLY", f"SET LOCAL statement_timeout = {SECONDS * 1000}"),
    "mysql": ("SET TRANSACTION READ ONLY",),
    "mariadb": ("SET TRANSACTION READ ONLY",),
    "oracle": ("SET TRANSACTION READ ONLY",),
    "sqlite": ("PRAGMA query_only = ON",),
}
"""What makes a transaction read-only and ends it in time, by the kind of the database."""

_STEPS = 100_000


def query(address: str, sql: str, day: date) -> tuple[Pulled, ...]:
    """Return what a query gives: one value of a day, or rows with a date and a value.

    Raises PullError with a sentence that holds nothing of the address.
    """
    try:
        import sqlalchemy
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    except ImportError:
        hint = "pip install 'okrsite[sql]'"
        raise PullError(f"querying databases needs an extra: {hint}") from None
    try:
        url = sqlalchemy.make_url(address)
        if url.get_backend_name() == "sqlite":
            _check_sqlite(url.database)
        engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    except (NoSuchModuleError, ImportError) as error:
        missing = getattr(error, "name", None) or url.get_backend_name()
        raise PullError(f"the driver {missing} is not installed: pip install {missing}") from None
    except (ArgumentError, ValueError):
        hint = "write one like postgresql+psycopg://user:password@host/name"
        raise PullError(f"the variable isn't the address of a database: {hint}") from None
    statement = sqlalchemy.text(sql)
    if "date" in statement._bindparams:
        statement = statement.bindparams(sqlalchemy.bindparam("date", day, type_=sqlalchemy.Date()))
    try:
        with _reading(engine) as connection:
            result = connection.execute(statement)
            if not result.returns_rows:
                raise PullError("the query gives no rows: write a SELECT")
            names, rows = list(result.keys()), result.fetchmany(MOST_ROWS + 1)
    except SQLAlchemyError as error:
        raise PullError(f"the database says: {_first_line(error, address)}") from None
    return _values(len(names), rows, day)


def _check_sqlite(file: str | None) -> None:
    """Refuse a database that isn't there: SQLite would make an empty one."""
    if file and file != ":memory:" and not file.startswith("file:") and not Path(file).is_file():
        raise PullError("the file of the SQLite database isn't there")


@contextmanager
def _reading(engine: "Engine") -> Iterator["Connection"]:
    """Yield a connection that changes nothing, as far as its database can promise that."""
    import sqlalchemy

    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                _end_in_time(connection.connection.dbapi_connection)
            for statement in _READ_ONLY.get(engine.dialect.name, ()):
                connection.execute(sqlalchemy.text(statement))
            if engine.dialect.name == "sqlite":
                connection.connection.dbapi_connection.set_authorizer(_only_reads)  # type: ignore[union-attr]
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_TRANSACTION,
}


def _only_reads(action: int, *details: object) -> int:
    """Allow SQLite nothing but reading: ATTACH and VACUUM would write files."""
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


def _end_in_time(connection: Any) -> None:
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)


def _values(columns: int, rows: Any, day: date) -> tuple[Pulled, ...]:
    if len(rows) > MOST_ROWS:
        raise PullError(f"the query gives more than {MOST_ROWS:,} rows: select fewer")
    if columns == 1 and len(rows) == 1:
        return (pulled(day, rows[0][0]),)
    if columns == 2:
        return by_day(pulled(*row) for row in rows)
    found = f"{len(rows)} rows of {columns} column{'s' * (columns != 1)}"
    raise PullError(f"the query gives {found}: select one value, or rows of a date and a value")


def _first_line(error: Exception, address: str) -> str:
    """Return what a database says, without the address and its parts that may be secret."""
    import sqlalchemy

    text = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    if text in ("not authorized", "authorization denied"):
        return "a query is read-only"
    url = sqlalchemy.make_url(address)
    for secret in (address, url.password, url.username, url.host):
        if secret:
            text = text.replace(str(secret), "…")
    return text[:200]
