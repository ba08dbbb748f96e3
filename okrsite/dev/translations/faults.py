"""What is wrong in a catalogue: texts that are missing, and those that cannot be put in place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

from okrsite.dev.translations.texts import Text

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_MARKS = re.compile(r"`[^`]*`|</?\w+>|\*\*")


def faults_of(catalogue: Catalog, texts: Iterable[Text]) -> list[str]:
    """Say in a line each what is wrong in a catalogue of these texts."""
    wanted = {text.one: text.many for text in texts}
    wanted.update({text.one: text.many for text in texts if text.many is not None})
    faults = [
        f"nobody says it: {message.id!r}" for message in catalogue if _unsaid(message, wanted)
    ]
    for one, many in wanted.items():
        message = catalogue.get(one)
        if message is None:
            faults.append(f"missing: {one!r}")
        else:
            faults += [f"{fault}: {one!r}" for fault in _faults(message, one, many)]
    return faults


def _unsaid(message: Message, wanted: dict[str, str | None]) -> bool:
    one = message.id if isinstance(message.id, str) else message.id[0]
    return bool(one) and one not in wanted


def _faults(message: Message, one: str, many: str | None) -> Iterator[str]:
    if message.fuzzy:
        yield "marked as uncertain (fuzzy)"
    if message.pluralizable != (many is not None):
        yield "another number of forms"
        return
    forms = forms_of(message)
    if not all(forms):
        yield "not translated"
        return
    originals = [text for text in (one, many) if text is not None]
    for form in forms:
        if set(_PLACEHOLDER.findall(form)) not in [set(_PLACEHOLDER.findall(o)) for o in originals]:
            yield "other placeholders"
        if "%" in _PLACEHOLDER.sub("", form):
            yield "a percent sign outside of a placeholder"
        if Counter(_MARKS.findall(form)) not in [Counter(_MARKS.findall(o)) for o in originals]:
            yield "other marks or code"
        if '"' in form and '"' not in one:
            yield "a straight quote, which would end an attribute"
        if _spaces(form) != _spaces(one):
            yield "other spaces at its ends"


def forms_of(message: Message) -> tuple[str, ...]:
    """Return what a text is translated to: one form, or as many as the language counts with."""
    said = message.string
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def _spaces(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
