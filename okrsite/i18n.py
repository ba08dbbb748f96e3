"""The texts of the interface in other languages than English, as the package brings them."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

FOLDER = Path(__file__).parent / "locale"
"""One catalogue a language, called like it: `de.po`."""


def languages() -> list[str]:
    """Return the languages that there is a catalogue of; English needs none."""
    return sorted(file.stem for file in FOLDER.glob("*.po"))


@lru_cache(8)
def translations_of(locale: "Locale") -> NullTranslations:
    """Return the texts of a locale, by its language and territory or by its language alone.

    Without a catalogue they are English. The catalogues are read as people write them: what is
    compiled beside them would have to be made again after every change, and would save some
    hundredths of a second of a build.
    """
    # Marking texts must stay cheap: Babel is imported only once a catalogue is read.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for name in (str(locale), locale.language):
        file = FOLDER / f"{name}.po"
        if file.is_file():
            with file.open("rb") as catalogue, BytesIO() as compiled:
                write_mo(compiled, read_po(catalogue, locale=locale.language))
                compiled.seek(0)
                return GNUTranslations(compiled)
    return NullTranslations()


def message(text: str) -> str:
    """Return a text back as it is.

    A text that is handed to `Words.say` as a value, from a register or a table, is out of sight
    for what collects texts to translate; where it is written, this marks it.
    """
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a text with a number back as they are; for `Words.count`."""
    return one, many
