"""The reference pages of the guide, made from the code, so that they cannot be wrong.

`python -m okrsite.reference FOLDER` writes them. Each function here gives one page as Markdown:
the fields from the models of the front matter, the settings from theirs, the checks from the
register, the commands from what the command line offers.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import click
import yaml
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from okrsite.cli import main as command_line
from okrsite.documents import MODELS, DocumentFields
from okrsite.findings import CHECKS, Check, Finding
from okrsite.judgement import all_findings
from okrsite.project import load
from okrsite.scorecard import score_project
from okrsite.settings import Settings
from okrsite.writing import write_whole

MADE = (
    "<!-- Made from the code by `python -m okrsite.reference content/guide`; change the code. -->"
)
"""The first line of every page that is made here."""

AS_OF = date(2026, 11, 15)
"""The day that the examples are looked at: the middle of the fourth quarter of 2026."""

EXAMPLE = "okrs/2026-q4/sales/example.md"
"""The document that an example is a piece of, where it names no other."""

_OBJECTIVE = {
    "type": "type: objective",
    "title": "title: Win back past guests",
    "aligns_to": "aligns_to: company/growth",
    "every": "every: quarter",
    "key_results": (
        "key_results:\n"
        "  - {id: guests, title: Welcome past guests again, from: 0, to: 200}\n"
        "  - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}"
    ),
}

_FILE = re.compile(r"^# (\S+\.md)\n", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(\w+):", re.MULTILINE)
_DEFAULT = re.compile(r"(?:^|; )default: ")


def pages() -> dict[str, str]:
    """Give the text of every generated page by its file name."""
    made = {
        "checks.md": checks_page(),
        "commands.md": commands_page(),
        "fields.md": fields_page(),
        "settings.md": settings_page(),
    }
    return {name: f"{MADE}\n\n{text.rstrip()}\n" for name, text in made.items()}


# Checks


def checks_page() -> str:
    """Describe every check: what it finds, why that matters, an example and what to write."""
    surroundings = "\n".join(sorted(_surroundings()))
    rows = [
        [f"[{check.code}](#{check.code.lower()})", str(check.severity), check.summary]
        for check in CHECKS.values()
    ]
    parts = [
        "# Checks",
        _CHECKS_INTRODUCTION,
        _table(["Code", "Severity", "What it finds"], rows),
        "## How to read the examples",
        _EXAMPLES_INTRODUCTION,
        _fence("yaml", f"---\n{_joined(_OBJECTIVE.values())}\n---"),
        "Around it stand these files; each example says what matters about them:",
        _fence("text", surroundings),
    ]
    for beginning, title, introduction in _GROUPS:
        group = [check for check in CHECKS.values() if check.code.startswith(beginning)]
        parts += [f"## {title}", introduction, *(_check(check) for check in group)]
    return _paragraphs(parts)


def _check(check: Check) -> str:
    parts = [
        f"### {_anchor(check.code)}{check.code}: {check.summary}",
        f"**{str(check.severity).capitalize()}.** {check.why}",
        _fence("yaml", check.example),
        "`okrsite lint` says:",
        "\n".join(_said(example_findings(check.example))),
        "Write instead:",
        _fence("yaml", check.instead),
    ]
    return _paragraphs(parts)


def _said(findings: Iterable[Finding]) -> Iterator[str]:
    """Quote findings, so that they wrap on a small screen; each hint stands below."""
    for finding in findings:
        yield f"> {finding.code} {finding.severity}: {finding.message}"
        if finding.hint:
            yield f">\n> {finding.hint}"


class _Files:
    """A few documents in memory, as a tree below the folder `content`."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def documents(self) -> Iterator[str]:
        return iter(self._files)

    def path(self, uri: str) -> str:
        return f"content/{uri}"

    def read(self, uri: str) -> bytes:
        if uri not in self._files:
            raise FileNotFoundError(uri)
        return self._files[uri].encode()


def example_findings(text: str) -> list[Finding]:
    """Say what the checks find in an example, among the documents around it."""
    files = {**_surroundings(), **example_files(text)}
    settings = Settings()
    project = load(_Files(files), settings, "Acme")
    return all_findings(project, settings, score_project(project, settings, AS_OF))


def example_files(text: str) -> dict[str, str]:
    """Make whole documents of an example: the file of each and its text."""
    first, *others = _FILE.split(text)
    pieces = dict(zip(others[::2], others[1::2], strict=True))
    if first.strip():
        pieces = {EXAMPLE: first, **pieces}
    return {uri: whole_document(piece) for uri, piece in pieces.items()}


def whole_document(piece: str) -> str:
    """Make a document of a piece of front matter; an objective gets what the piece leaves out."""
    front, _, body = f"{piece.strip()}\n".partition("\n---\n")
    written = set(_TOP_LEVEL.findall(front))
    if "type" not in written or re.search(r"^type: objective$", front, re.MULTILINE):
        front = _joined([*(t for n, t in _OBJECTIVE.items() if n not in written), front])
    return f"---\n{front.strip()}\n---\n{body}"


def _surroundings() -> dict[str, str]:
    team = "type: team"
    kpi = "type: kpi\nowner: support\nreadings: [{{date: 2026-10-31, value: {}}}]\nindicator: {}"
    texts = {
        "teams/marketing.md": team,
        "teams/sales.md": team,
        "teams/support.md": team,
        "okrs/2026-q2/company/open-the-season.md": "title: Open the season\naligns_to: []",
        "okrs/2026-q4/company/growth.md": "title: Grow with our guests\naligns_to: []",
        "okrs/2026-q4/sales/renewals.md": "title: Renew the contracts of hotels",
        "okrs/2026-q4/support/renewals.md": "title: Make renewing easy",
        "kpis/bookings.md": kpi.format("400", "leading"),
        "kpis/retention.md": kpi.format("62%", "lagging"),
        "kpis/revenue.md": kpi.format("$4M", "lagging"),
        "kpis/satisfaction.md": kpi.format("88%", "lagging") + "\nkeep: {min: 85%}",
    }
    for name in ("blog", "fairs", "film", "letters", "photos"):
        texts[f"okrs/2026-q4/marketing/{name}.md"] = f"title: Make better {name}"
    return {uri: whole_document(text) for uri, text in texts.items()}


# Fields


def fields_page() -> str:
    """Describe every field of every type of document."""
    parts = [
        "# Fields",
        _FIELDS_INTRODUCTION,
        "## Every document",
        _fields_table(DocumentFields.model_fields),
    ]
    for type_, model in MODELS.items():
        own = _own_first(model)
        parts.append(f"## {_anchor(f'type-{type_}')}{_name(type_)}")
        parts.append(f"`type: {type_}`: {_lower(_first_line(model))}")
        parts.append(_fields_table(own) if own else "It has the fields of every document.")
    parts += ["## What stands inside a field", _PARTS_INTRODUCTION]
    for part, places in _parts_of_documents().items():
        names = list(dict.fromkeys(name for name, _ in places))
        stands = _listed([f"`{name}` of {of}" for name, of in places])
        # A heading of one name has that name for its address already.
        anchor = _anchor(names[0]) if len(names) > 1 else ""
        parts.append(f"### {anchor}{_listed([f'`{name}`' for name in names])}")
        parts.append(f"{_first_line(part)} It stands in {stands}.")
        parts.append(_fields_table(_own_first(part)))
    return _paragraphs(parts)


def _own_first(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """List a model's fields, those that it has in common with others last.

    The fields of every document are left out.
    """
    above = {
        name
        for base in model.__mro__[1:]
        if issubclass(base, BaseModel)
        for name in base.model_fields
    }
    common = DocumentFields.model_fields if issubclass(model, DocumentFields) else {}
    names = [name for name in model.model_fields if name not in common]
    return {name: model.model_fields[name] for name in sorted(names, key=lambda n: n in above)}


def _parts_of_documents() -> dict[type[BaseModel], list[tuple[str, str]]]:
    """List the models that stand inside others: each with its fields, and what these are of."""
    found: dict[type[BaseModel], list[tuple[str, str]]] = {}
    waiting: list[tuple[str, type[BaseModel]]] = [
        (_article(_name(type_)), model) for type_, model in MODELS.items()
    ]
    while waiting:
        place, model = waiting.pop(0)
        for name, inner in _inside(model):
            if inner not in found:
                waiting.append((f"`{name}`", inner))
            found.setdefault(inner, []).append((name, place))
    return found


def _inside(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            yield field.alias or name, inner


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _fields_table(fields: Mapping[str, FieldInfo], header: str = "Field") -> str:
    rows = [
        [
            f"`{field.alias or name}`",
            _meaning(name, field),
            _takes(field.annotation, field.metadata, field.alias or name),
            _default(field),
        ]
        for name, field in fields.items()
    ]
    return _table([header, "Meaning", "Takes", "Default"], rows)


def _meaning(name: str, field: FieldInfo) -> str:
    """Give what a description says before its default; a field may speak for itself."""
    said = _DEFAULT.split(field.description or "")[0]
    return said or f"the {name.replace('_', ' ')}"


def _default(field: FieldInfo) -> str:
    """Give the default: as the description tells it, else as the model has it."""
    _, *told = _DEFAULT.split(field.description or "")
    if told:
        return told[0]
    if field.is_required():
        return "**required**"
    value = field.default
    if isinstance(value, BaseModel):
        return "see below"
    if value is None or value in ([], (), {}):
        return "–"
    return f"`{_as_written(value)}`"


def _as_written(value: object) -> str:
    """Write a value as YAML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(_as_written(part) for part in value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _takes(annotation: Any, metadata: Sequence[object], name: str) -> str:
    """Say which values the field of a name takes."""
    for told in metadata:
        if isinstance(told, WithJsonSchema) and told.json_schema:
            described = re.split(" like |: ", str(told.json_schema.get("description")))[0]
            return f"a number {described}" if described.startswith("above") else described
        alternatives = get_args(getattr(told, "json_schema_input_type", None))
        if alternatives:
            return _listed([_takes(part, (), name) for part in alternatives], "or")
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _takes(arguments[0], arguments[1:], name)
    if origin in (Union, UnionType):
        return _takes(next(part for part in arguments if part is not type(None)), (), name)
    if origin is list or (origin is tuple and arguments[-1] is Ellipsis):
        each = _takes(arguments[0], (), name)
        return "one text, or a list" if each == "text" else f"a list of {each}"
    if origin is tuple:
        return f"[{', '.join(_takes(part, (), name) for part in arguments)}]"
    if origin is dict:
        return f"names, each with {_takes(arguments[1], (), name)}"
    return _takes_class(annotation, name)


def _takes_class(class_: type, name: str) -> str:
    if issubclass(class_, BaseModel):
        first = next((n for n, _ in _parts_of_documents().get(class_, [])), name)
        return f"[fields](#{first})"
    if issubclass(class_, Enum):
        return _listed([f"`{choice.value}`" for choice in class_], "or")
    words = {bool: "true or false", float: "a number", date: "a date"}
    return words.get(class_, "text")


def _first_line(thing: object) -> str:
    return cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _name(type_: str) -> str:
    return "KPI" if type_ == "kpi" else type_.capitalize()


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name if name.isupper() else name.lower()}"


# Settings


def settings_page() -> str:
    """Describe every option of the plugin."""
    parts = [
        "# Settings",
        _SETTINGS_INTRODUCTION,
        _fence("yaml", _settings_example()),
        _fields_table(Settings.model_fields, "Setting"),
    ]
    for name, model in _inside(Settings):
        parts.append(f"## `{name}`")
        parts.append(_first_line(model))
        parts.append(_fields_table(model.model_fields, "Setting"))
    parts.append(_LINT_EXAMPLE)
    return _paragraphs(parts)


_SAMPLES = {"as_of": AS_OF, "cycle": "2026-q4", "every": "week"}


def _settings_example() -> str:
    """Write mkdocs.yml with every option; those that have no default get a sample value."""
    defaults = Settings().model_dump(mode="json")
    options = {**defaults, **_SAMPLES}
    lines = yaml.safe_dump(options, sort_keys=False, default_flow_style=False).splitlines()
    return "\n".join(["plugins:", "  - search", "  - okrsite:", *(f"      {x}" for x in lines)])


# Commands


def commands_page() -> str:
    """Describe every command with its options and its exit status."""
    parts = ["# Commands", _COMMANDS_INTRODUCTION]
    for context in _contexts(command_line, "okrsite"):
        command, path = context.command, context.command_path
        usage = " ".join([path, *command.collect_usage_pieces(context)])
        parts += [f"## {path}", _help(command), _fence("text", usage)]
        options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
        rows = [[_names(option), _told(option), _option_default(option)] for option in options]
        parts.append(_table(["Option", "Meaning", "Default"], rows))
    return _paragraphs(parts)


def _contexts(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Give a command and all below it, each in the context that it is called in."""
    context = click.Context(command, parent, name, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for inner_name, inner in command.commands.items():
            yield from _contexts(inner, inner_name, context)


def _help(command: click.Command) -> str:
    paragraphs = cleandoc(command.help or "").split("\n\n")
    return _paragraphs(" ".join(paragraph.split()) for paragraph in paragraphs)


def _names(option: click.Option) -> str:
    value = "" if option.is_flag or option.count else f" {option.metavar or _value_name(option)}"
    return ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts))


def _value_name(option: click.Option) -> str:
    return "FORMAT" if isinstance(option.type, click.Choice) else option.type.name.upper()


def _told(option: click.Option) -> str:
    choices = ""
    if isinstance(option.type, click.Choice):
        choices = _listed([f"`{choice}`" for choice in option.type.choices], "or")
    return ": ".join(part for part in (option.help, choices) if part)


def _option_default(option: click.Option) -> str:
    shown = isinstance(option.default, (str, Path)) and not option.is_flag
    return f"`{option.default}`" if shown else "–"


# Markdown


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _fence(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def _anchor(id: str) -> str:
    """Give a short address to the heading that it stands in."""
    return f'<a id="{id.lower()}"></a>'


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _listed(parts: Sequence[str], word: str = "and") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


_CHECKS_INTRODUCTION = """\
`okrsite lint` reads every document and says what it finds: the file, the line, a code, one
sentence, and what to write. A build of the site says the same. Find your code in the table; its
section says what is wrong, why that matters, and what to write instead.

- An **error** must be mended: something is left out of the figures until it is.
- A **warning** should be mended: something is not what it looks like. It fails a `--strict`
  build.
- **Advice** coaches. It never fails anything, and you may disagree with it.

You do not want to hear one of them? Write `ignore: [OKR401]` into the document that it is
about, or `lint: {ignore: [OKR401]}` into the [settings](settings.md#lint) for all of them.
Errors always speak."""

_EXAMPLES_INTRODUCTION = f"""\
An example shows only what matters. It is a piece of this objective, `content/{EXAMPLE}`, and
what it writes replaces what stands here. A line like `# kpis/no-shows.md` says that what
follows stands in that file. It is {AS_OF.day} November {AS_OF.year}."""

_GROUPS = (
    (
        "OKR1",
        "What is written: OKR1xx",
        "These codes are about one document by itself: can it be read, and is every field what it\n"
        "should be?",
    ),
    (
        "OKR2",
        "What is linked: OKR2xx",
        "A document names others: an owner, a cycle, a KPI, what it aligns to.\n"
        "[Names of documents](format.md#names-of-documents) says how names are looked up.",
    ),
    (
        "OKR3",
        "What is checked in: OKR3xx",
        "These codes are about values and dates in check-ins and readings.",
    ),
    (
        "OKR4",
        "What makes good OKRs: OKR4xx",
        "This is the coach. [Good OKRs](good-okrs.md) says more. It says nothing about what is\n"
        "cancelled, and nothing about drafting once a cycle is closed.",
    ),
)

_FIELDS_INTRODUCTION = """\
Every field that a document may have. [The format](format.md) explains them with examples; this
page is for looking one up. A quantity is a number as people write it, like `$5M`, `25%` or `4
days`; a share is `0.6`, `60%` or `6/10`; a date is written `2026-11-09`. Three things hold
everywhere:

- A field that you leave empty counts as not written.
- Where a list may stand, one value may stand without a list.
- Keys that begin with `x-` are yours: nothing reads them. So are the keys that MkDocs and
  Material for MkDocs read."""

_PARTS_INTRODUCTION = """\
These fields hold fields of their own."""

_SETTINGS_INTRODUCTION = """\
All settings stand below the plugin in `mkdocs.yml`. Each has a default that most would choose,
so `plugins: [search, okrsite]` is a complete configuration. This one writes every setting out:"""

_LINT_EXAMPLE = """\
A code may be cut short: `OKR4` means all codes that begin so. This hears everything but one
piece of advice, and makes a warning of another:

```yaml
plugins:
  - search
  - okrsite:
      lint:
        ignore: [OKR405]
        severity: {OKR401: warning}
```"""

_COMMANDS_INTRODUCTION = """\
The commands read `mkdocs.yml` and the documents below its `docs_dir`. They need no web browser,
and no other plugin of MkDocs has to be installed. Results go to standard output, everything
else to standard error, so that `okrsite export > okrs.json` holds the data alone.

The exit status is for scripts: `0` is fine, `1` means findings that fail, `2` means that the
command or the configuration is wrong."""


def main(arguments: Sequence[str]) -> None:
    """Write the generated pages into a folder."""
    if len(arguments) != 1:
        sys.exit("usage: python -m okrsite.reference FOLDER")
    for name, text in pages().items():
        write_whole(Path(arguments[0]) / name, text)


if __name__ == "__main__":
    main(sys.argv[1:])
