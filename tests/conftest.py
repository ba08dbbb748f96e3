"""What every test starts from."""

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import sites
from tests.compiled import compile_once

# The same examples on every run: what fails once fails for everybody, and never by the clock.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# A shell ignores interrupts in what it starts in the background, and so would our servers there.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Name the folder of what is made once for all workers: it lies above their own."""
    own = tmp_path_factory.getbasetemp()
    above = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(sites.SHARED, str(above / "shared"))
        compile_once(above / "shared" / "templates", patch)
        yield


@pytest.fixture(autouse=True)
def _no_date_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out the variable that would give every site another date."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take out the variables by which commands would say findings in another language."""
    for variable in ("OKRSITE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(autouse=True)
def _no_progress(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the progress that a busy machine shows out of what commands say; it has its tests."""
    if request.module.__name__ != "tests.util.test_progress":
        monkeypatch.setattr("okrsite.util.progress.PATIENCE", 1e9)


@pytest.fixture
def write_site(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a site into a folder of its own and gives its mkdocs.yml."""
    return partial(sites.write_site, tmp_path)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Return a function after which nobody may write a file, not even root."""
    access = os.access

    def keep(kept: Path) -> None:
        kept.chmod(0o444)

        def answer(file: str | Path, mode: int, **options: bool) -> bool:
            writes = bool(mode & os.W_OK)
            return not (writes and Path(file) == kept) and access(file, mode, **options)

        monkeypatch.setattr("os.access", answer)

    return keep
