"""Catalogues as files: read, brought up to date with the texts of the interface, and written."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from okrsite.dev.translations.faults import forms_of
from okrsite.dev.translations.texts import Text

_WIDTH = 100
_HEADERS = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
"""What a catalogue says of itself: nothing that changes by itself, like a day or a version."""
_QUOTED = tuple(f'"{name}:' for name in _HEADERS)


def read_catalogue(file: Path) -> Catalog:
    """Read the catalogue of a language, which its name gives."""
    with file.open("rb") as content:
        return read_po(content, locale=file.stem, ignore_obsolete=True)


def updated(old: Catalog, texts: Iterable[Text]) -> Catalog:
    """Return a catalogue of exactly these texts, with what an earlier one says of them.

    New texts have no translation yet: one that is guessed from a similar text is worse.
    """
    new = Catalog(
        locale=old.locale,
        header_comment=old.header_comment,
        fuzzy=False,
    )
    counted = {text.one: text.many for text in texts if text.many is not None}
    for text in texts:
        many = counted.get(text.one)
        known = old.get(text.one)
        forms = forms_of(known) if known is not None else ("",)
        if many is not None and len(forms) != new.num_plurals:
            forms = forms[:1] * new.num_plurals
        new.add(
            text.one if many is None else (text.one, many),
            forms[0] if many is None else forms,
            locations=[(text.path, 0)],
            flags=known.flags if known is not None else (),
            user_comments=known.user_comments if known is not None else (),
        )
    return new


def text_of(catalogue: Catalog) -> str:
    """Write a catalogue; places are files without lines, so that a text that moves is no change."""
    written = BytesIO()
    write_po(written, catalogue, width=_WIDTH, include_lineno=False)
    head, blank, rest = written.getvalue().decode("utf-8").rstrip().partition("\n\n")
    lines = head.splitlines()
    kept = [line for line in lines if not line.startswith('"') or line.startswith(_QUOTED)]
    return "\n".join(kept) + blank + rest + "\n"
