"""Brings every catalogue up to date, and lists what in it wants a translation."""

import inspect
import sys
from pathlib import Path

import okrsite.theme
from okrsite.dev.translations import faults_of, read_catalogue, text_of, texts_of, updated
from okrsite.i18n import FOLDER, languages
from okrsite.util.writing import write_whole


def main() -> None:
    """Update the catalogues; exit with 1 where a text is missing in one of them."""
    texts = texts_of(FOLDER.parent, Path(inspect.getfile(okrsite.theme)).parent)
    faults = []
    for language in languages():
        file = FOLDER / f"{language}.po"
        catalogue = updated(read_catalogue(file), texts)
        write_whole(file, text_of(catalogue))
        faults += [f"{file.name}: {fault}" for fault in faults_of(catalogue, texts)]
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main()
