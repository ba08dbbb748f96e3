"""What is saved below some folders, as the operating system tells it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_QUIET = 0.15
"""Seconds without another event after which a save is complete."""


class _Saved(FileSystemEventHandler):
    def __init__(self, saved: Callable[[], object]) -> None:
        self._saved = saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of what changes a file; reading one is no change."""
        written = event.event_type not in ("opened", "closed_no_write")
        hidden = Path(str(event.src_path)).name.startswith(".")
        if written and not event.is_directory and not hidden:
            self._saved()


@contextmanager
def watched(
    saved: Callable[[], object], folders: Iterable[Path], flat_folders: Iterable[Path] = ()
) -> Iterator[None]:
    """Call `saved` for every file that changes in folders, meanwhile.

    Of `flat_folders` only their own files count, not those in folders below them.
    """
    observer, handler = Observer(), _Saved(saved)
    for folder in folders:
        observer.schedule(handler, str(folder), recursive=True)
    for folder in flat_folders:
        observer.schedule(handler, str(folder), recursive=False)
    observer.start()
    try:
        yield
    finally:
        observer.stop()


def settled(changed: Event) -> None:
    """Wait until something was saved, and nothing more for a moment: several files are one save."""
    changed.wait()
    while changed.is_set():
        changed.clear()
        changed.wait(_QUIET)
