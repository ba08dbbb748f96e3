"""`okrsite build` and `okrsite serve`: MkDocs' own, with our defaults and exit statuses."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.samples import document, objective
from tests.sites import PATIENCE, free_port

Write = Callable[..., Path]
FILES = {
    "company.md": document("company", "title: Acme"),
    "okrs/2026-q4/company/grow.md": objective("id: a, title: A, to: 10, current: 4"),
}
THEME = {"name": "material", "font": False}
OKRSITE = Path(sys.executable).parent / "okrsite"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "NO_MKDOCS_2_WARNING"}
    return subprocess.run(
        [OKRSITE, *words], cwd=folder, capture_output=True, text=True, check=False, env=environment,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def folder(write_site: Write) -> Path:
    """Return the folder of a site that says its own day."""
    return write_site(FILES, {"as_of": "2026-11-15"}, theme=THEME).parent


def day_of(site: Path) -> str:
    day: str = json.loads((site / "data/okrs.json").read_text("utf-8"))["as_of"]
    return day


def test_a_site_is_built_without_a_banner(folder: Path) -> None:
    result = run(folder, "build", "--strict")
    assert (result.returncode, result.stdout) == (0, "")
    assert "MkDocs 2" not in result.stderr
    assert "Material for MkDocs" not in result.stderr
    assert day_of(folder / "site") == "2026-11-15"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "-a", "localhost:99999"), "there is no port 99999"),
        (("build", "--at", "31.10.2026"), "git"),
    ],
)
def test_what_cannot_be_is_one_sentence(folder: Path, words: tuple[str, ...], said: str) -> None:
    result = run(folder, *words)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_quiet_strict_build_fails_on_warnings_and_says_them(folder: Path) -> None:
    result = run(folder, "build", "--strict", "--quiet")
    assert (result.returncode, result.stderr) == (0, "")
    file = folder / "content/okrs/2026-q4/company/grow.md"
    file.write_text(file.read_text("utf-8").replace("title: Grow", "title: Grow\naligns_to: no"))
    result = run(folder, "build", "--strict", "-q")
    assert result.returncode == 1
    assert "OKR201" in result.stderr


def test_the_command_line_says_the_day_and_the_folder(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    result = run(
        elsewhere, "build", "-f", "../mkdocs.yml", "--as-of", "2026-10-31", "-d", "out", "--quiet"
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert day_of(elsewhere / "out") == "2026-10-31"


def test_a_warning_fails_a_strict_build_alone(folder: Path) -> None:
    (folder / "content/sales.md").write_text(document("team", "blue: 1"), "utf-8")
    assert run(folder, "build").returncode == 0
    result = run(folder, "build", "--strict")
    assert result.returncode == 1
    assert "content/sales.md:3: OKR106" in result.stderr
    assert "strict mode" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "config", "said"),
    [
        (["-f", "nowhere.yml"], {}, "there is no nowhere.yml"),
        (["--nonsense"], {}, "No such option"),
        (["--as-of", "soon"], {}, "soon is not a date"),
        ([], {"theme": {"name": "nonsense"}}, "nonsense"),
        ([], {"plugins": ["nonsense"]}, "nonsense"),
        ([], {"plugins": [{"okrsite": {"comitment": "x"}}]}, "did you mean `commitment`?"),
        ([], {"plugins": [{"okrsite": {"cycle": "2031-q1"}}]}, "2031-q1"),
        (["-d", "mkdocs.yml"], {}, "mkdocs.yml"),
    ],
)
def test_what_is_wrong_with_the_command_or_the_configuration_ends_with_2(
    write_site: Write, words: list[str], config: dict[str, object], said: str
) -> None:
    folder = write_site(FILES, **{"theme": THEME, **config}).parent
    result = run(folder, "build", *words)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_cannot_be_written_to_is_one_sentence(folder: Path) -> None:
    (folder / "site").write_text("in the way", "utf-8")
    result = run(folder, "build", "-q")
    assert result.returncode == 2
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert (folder / "site").read_text("utf-8") == "in the way"


def wait_for(found: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.2)
    return False


def test_a_site_is_served_built_again_and_ended_with_ctrl_c(folder: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/okrs/2026-q4/company/grow/"
    server = subprocess.Popen(
        [OKRSITE, "serve", "-a", f"127.0.0.1:{port}", "--as-of", "2026-10-31"], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip

    def page_has(words: str) -> bool:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return words in answer.read().decode()
        except OSError:
            return False

    try:
        assert wait_for(lambda: page_has("31 Oct 2026"))
        file = folder / "content/okrs/2026-q4/company/grow.md"
        file.write_text(file.read_text("utf-8").replace("title: Grow", "title: Blossom"), "utf-8")
        assert wait_for(lambda: page_has("Blossom"))
        assert page_has("31 Oct 2026")
        busy = run(folder, "serve", "-q", "-a", f"127.0.0.1:{port}")
        assert busy.returncode == 2
        assert "--dev-addr" in busy.stderr
        assert "Traceback" not in busy.stderr
    finally:
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert "Traceback" not in said
