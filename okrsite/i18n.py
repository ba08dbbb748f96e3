"""The translations of the interface that the package contains."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

FOLDER = Path(__file__).parent / "locale"
"""The folder of the catalogues, one a language: `de.po`."""


def languages() -> list[str]:
    """Return the languages that have a catalogue; English needs none."""
    return sorted(file.stem for file in FOLDER.glob("*.po"))


@lru_cache(8)
def translations_of(locale: "Locale") -> NullTranslations:
    """Return the translations of a locale, or of its language alone.

    Without a catalogue the texts are English. Catalogues are not compiled in advance: that would
    have to be repeated after every change, and would save some hundredths of a second of a build.
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
    """Return a text unchanged, and mark it for translation.

    The extraction of texts does not see what a call of `Words.say` gets from a table or a register.
    """
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a text with a number unchanged, and mark them; for `Words.count`."""
    return one, many
