"""The translations of the interface that the package contains."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

FOLDER = Path(__file__).parent / "locale"
"""The folder of the catalogues, one a language: `de.po`."""

NO_VALUES: Mapping[str, object] = MappingProxyType({})
"""The values of a text that has none."""


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


class Phrase(str):
    """A text in English that knows how to be said in another language.

    It is the English sentence, and remembers the text that is translated (`template`, or `many` if
    it is of more than one thing) and the values that are inserted. Values may be phrases
    themselves. `Words.say` says it.
    """

    __slots__ = ("many", "template", "values")
    template: str
    many: str | None
    values: Mapping[str, object]

    def __new__(
        cls, template: str, values: Mapping[str, object] = NO_VALUES, many: str | None = None
    ) -> "Phrase":
        """Return the phrase of a text with its values; its number is the value `number`."""
        english = template if many is None or values["number"] == 1 else many
        made = super().__new__(cls, english % values if values else english)
        made.template, made.many, made.values = template, many, values
        return made

    def having(self, **values: object) -> "Phrase":
        """Return the phrase with other values."""
        return Phrase(self.template, {**self.values, **values}, self.many)

    def __getnewargs__(self) -> tuple[str, dict[str, object], str | None]:  # type: ignore[override]
        """Return what makes this phrase again, for a copy or a pickle."""
        return self.template, dict(self.values), self.many

    def __getstate__(self) -> None:
        """Return nothing more to restore than what makes the phrase."""


def message(text: str) -> str:
    """Return a text unchanged, and mark it for translation.

    The extraction of texts does not see what a call of `Words.say` gets from a table or a register.
    """
    return text


def phrase(text: str, /, **values: object) -> Phrase:
    """Return a text with its values inserted, and mark it for translation."""
    return Phrase(text, values)


def counted(one: str, many: str, number: int, /, **values: object) -> Phrase:
    """Return the form of a text for a number, `%(number)s`, and mark both for translation."""
    return Phrase(one, {"number": number, **values}, many)


def alternatives(names: Iterable[str]) -> str:
    """Return names of which one is meant: “a or b”."""
    first, *others = names
    for other in others:
        first = phrase("%(one)s or %(other)s", one=first, other=other)
    return first


def one_line(text: str) -> str:
    """Return a text without line ends and other controls; a phrase stays one."""
    return _one_line(text) if isinstance(text, Phrase) else _one_line(text).strip()


def _one_line(text: str) -> str:
    clean = _SPACES.sub(" ", text)
    if not isinstance(text, Phrase):
        return clean
    if clean == text:
        return text
    values = {n: _one_line(v) if isinstance(v, str) else v for n, v in text.values.items()}
    return Phrase(text.template, values, text.many)


_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def messages(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a text with a number unchanged, and mark them; for `Words.count`."""
    return one, many
