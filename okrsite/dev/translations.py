"""The catalogues of the interface, kept in step with the code and the templates by Babel.

`python -m okrsite.dev.translations` adds new texts to every catalogue, drops unused ones, and lists
what is not translated or cannot be put in place.
"""

import ast
import inspect
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import okrsite.theme
from okrsite.i18n import FOLDER, languages
from okrsite.util.writing import write_whole

# Which calls have a text of the interface as their first argument, and which have two forms of one.
_CODE_CALLS = {"say": None, "message": None, "phrase": None, "count": (1, 2), "counted": (1, 2)}
_CODE_CALLS["messages"] = (1, 2)
_THEME_CALLS = {"_": None, "gettext": None, "ngettext": (1, 2), "count": (1, 2)}
_EXTRACTOR = "okrsite.dev.translations:extract_python"
_REGISTER = "okrsite.dev.translations:extract_register"
_IN_CODE = [("cli/**", "ignore"), ("dev/**", "ignore"), ("**.py", _EXTRACTOR)]
_IN_CODE.append(("findings/register/**.toml", _REGISTER))
_IN_THEME = [("**.html", "jinja2")]
_OPTIONS = {"**.html": {"silent": "false"}}
_BARE: dict[str, Any] = {"no_location": True, "omit_header": True, "ignore_obsolete": True}
_WRITTEN = {**_BARE, "width": 100, "sort_output": True}

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_MARKUP = re.compile(r"`[^`]*`|</?\w+>|\*\*")


def extract_python(
    file: IO[bytes], keywords: Collection[str], comment_tags: object, options: object
) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """Extract the arguments of calls as Babel's method does, which misses those in f-strings."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in keywords:
                texts = [getattr(argument, "value", None) for argument in node.args]
                yield node.lineno, name, [t if isinstance(t, str) else None for t in texts], []


def extract_register(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, list[str], list[str]]]:
    """Extract the summary of each check in the register, and why it matters."""
    for check in tomllib.load(file).values():
        yield from ((1, "message", [check[name]], []) for name in ("summary", "why"))


def texts_of(package: Path, theme: Path) -> Catalog:
    """Return every text of the code in `package` and the templates in `theme`, untranslated.

    The messages to the authors of documents (`cli`), and the generators of the English guide
    (`dev`), are English only.
    """
    texts = Catalog()
    for folder, methods, calls in (
        (package, _IN_CODE, _CODE_CALLS),
        (theme, _IN_THEME, _THEME_CALLS),
    ):
        for file, line, text, _, _ in extract_from_dir(folder, methods, _OPTIONS, calls):
            texts.add(text, locations=[(f"{folder.name}/{file}", line)])
    return texts


def read_catalogue(file: Path) -> Catalog:
    """Read the catalogue of a language, which its name gives."""
    with file.open("rb") as content:
        return read_po(content, locale=file.stem, ignore_obsolete=True)


def update_catalogue(file: Path, texts: Catalog) -> Catalog:
    """Rewrite a catalogue with exactly these texts, and return it.

    New texts have no translation yet: one that is guessed from a similar text is worse. The header
    stays as it is. Texts are sorted and without their places in the code, so that code that moves
    changes no catalogue.
    """
    catalogue = read_catalogue(file)
    catalogue.update(texts, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalogue, **_WRITTEN)
    header = file.read_text("utf-8").partition("\n\n")[0]
    write_whole(file, f"{header}\n\n{written.getvalue().decode().strip()}\n")
    return catalogue


def faults_of(catalogue: Catalog, texts: Catalog) -> list[str]:
    """Return a line for each fault of a catalogue of these texts."""
    known, wanted = ([m.id for m in messages if m.id] for messages in (catalogue, texts))
    return [
        *(f"nobody says it: {id!r}" for id in known if id not in wanted),
        *(f"missing: {id!r}" for id in wanted if id not in known),
        *(f"{fault}: {m.id!r}" for m in catalogue if m.id for fault in _faults(m, catalogue)),
    ]


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    originals, forms = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield "marked as uncertain (fuzzy)"
    if not all(forms):
        yield "not translated"
        return
    yield from map(str, message.check(catalogue))
    for form in forms:
        if set(_PLACEHOLDER.findall(form)) not in [set(_PLACEHOLDER.findall(o)) for o in originals]:
            yield "other placeholders"
        if "%" in _PLACEHOLDER.sub("", form):
            yield "a percent sign outside of a placeholder"
        if Counter(_MARKUP.findall(form)) not in [Counter(_MARKUP.findall(o)) for o in originals]:
            yield "other marks or code"
        if '"' in form and '"' not in originals[0]:
            yield "a straight quote, which would end an attribute"
        if _ends_in_spaces(form) != _ends_in_spaces(originals[0]):
            yield "other spaces at its ends"


def _ends_in_spaces(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def main() -> None:
    """Update the catalogues; exit with 1 where a text is missing in one of them."""
    texts = texts_of(FOLDER.parent, Path(inspect.getfile(okrsite.theme)).parent)
    faults = []
    for language in languages():
        file = FOLDER / f"{language}.po"
        catalogue = update_catalogue(file, texts)
        faults += [f"{file.name}: {fault}" for fault in faults_of(catalogue, texts)]
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main()
