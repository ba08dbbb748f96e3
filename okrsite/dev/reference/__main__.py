"""Writes the reference pages of the guide into a folder."""

import sys
from collections.abc import Sequence
from pathlib import Path

from okrsite.dev.reference import pages
from okrsite.util.writing import write_whole


def main(arguments: Sequence[str]) -> None:
    """Write the generated pages into a folder."""
    if len(arguments) != 1:
        sys.exit("usage: python -m okrsite.dev.reference FOLDER")
    for name, text in pages().items():
        write_whole(Path(arguments[0]) / name, text)


if __name__ == "__main__":
    main(sys.argv[1:])
