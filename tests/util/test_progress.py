"""Long work says how far it is, and short work says nothing."""

import io

from okrsite.documents.trees import ObservedTree
from okrsite.project import load
from okrsite.settings import Settings
from okrsite.util.progress import Progress
from tests.samples import Shelf, document


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def count(stream: io.StringIO, step: float, total: int) -> str:
    progress = Progress("Pages rendered", stream, Clock(step))
    for done in range(1, total + 1):
        progress.at(done, total)
    progress.end()
    return stream.getvalue()


def test_short_work_says_nothing() -> None:
    assert count(io.StringIO(), 0.01, 100) == ""
    assert count(Terminal(), 0.01, 100) == ""


def test_on_a_terminal_one_line_counts_and_goes() -> None:
    said = count(Terminal(), 0.5, 1200)
    assert "\n" not in said
    assert "Pages rendered: 1,200 of 1,200" in said
    assert said.endswith("\r\x1b[K")


def test_elsewhere_a_line_is_added_now_and_then() -> None:
    lines = count(io.StringIO(), 0.5, 100).splitlines()
    assert lines[0] == "Pages rendered: 4 of 100"
    assert 2 < len(lines) < 8


def test_reading_documents_is_counted() -> None:
    files = {f"teams/{number}.md": document("team") for number in range(30)}
    stream = io.StringIO()
    tree = ObservedTree(Shelf(files), progress=Progress("Documents read", stream, Clock(0.2)))
    project = load(tree, Settings(), "Acme")
    assert len(project.owners) == 31
    assert "of 30" in stream.getvalue()
