"""Files to tables and entries, whatever their format."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from okrsite.importing.cells import Cell, Findings, Spot, Table, found
from okrsite.importing.delimited import read_delimited
from okrsite.importing.entries import Entry
from okrsite.importing.headers import Headed, headed
from okrsite.importing.markdown import read_markdown
from okrsite.importing.nodes import read_nodes
from okrsite.importing.own_export import as_sheet
from okrsite.importing.rows import Model, entries_of
from okrsite.importing.sentences import Exists
from okrsite.importing.workbook import read_workbook
from okrsite.util.markdown_files import MARKDOWN

LARGEST = 50_000_000
"""The most bytes that a file may have."""

_DATA = (".yaml", ".yml", ".json")
_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(slots=True)
class Contents:
    """What the files of an import hold together.

    `headings` are the names of sheets and first headings, by file and sheet; a cycle may be in one.
    """

    entries: list[Entry] = field(default_factory=list)
    tables: list[Headed] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    headings: list[tuple[str, str | None, str]] = field(default_factory=list)

    def sheets(self, role: str) -> list[Headed]:
        """List the tables of a kind."""
        return [table for table in self.tables if table.role == role]

    @property
    def columns(self) -> list[str]:
        """The headers of all tables."""
        return list(dict.fromkeys(c.header for table in self.tables for c in table.columns))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of the files: the fields of columns, the sheets, the encoding."""

    mapped: Mapping[str, str]
    sheets: Collection[str] = ()
    encoding: str | None = None


def read_file(
    contents: Contents,
    file: str,
    content: bytes,
    wishes: Wishes,
    exists: Exists,
    findings: Findings,
) -> None:
    """Add what a file holds to the contents; what cannot be read is added to the findings."""
    if len(content) > LARGEST:
        findings.append(found("OKR601", Spot(file), "the file has more than 50 MB", "split it"))
        return
    ending = file.lower()
    if ending.endswith(_WORKBOOKS) or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        tables = read_workbook(file, content, wishes.sheets, findings)
        _add_tables(contents, tables, wishes, findings)
        return
    text = _text(file, content, wishes.encoding, findings)
    if text is None:
        return
    if ending.endswith(MARKDOWN):
        made = read_markdown(file, text, exists, wishes.mapped, findings)
        contents.entries += made.entries
        contents.tables += made.tables
        contents.headings.append((file, None, made.heading))
        if not made.entries and not made.tables:
            message = (
                "no objectives were found: no heading, bold line or table with key results below it"
            )
            findings.append(
                found(
                    "OKR601", Spot(file), message, "put key results as a list below their objective"
                )
            )
    elif ending.endswith(_DATA):
        contents.entries += read_nodes(file, text, wishes.mapped, findings)
    else:
        _add_tables(contents, read_delimited(file, text, findings), wishes, findings)


def _text(file: str, content: bytes, encoding: str | None, findings: Findings) -> str | None:
    """Return the text of a file, with line feeds; None, with a finding, where it has none."""
    try:
        text = content.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        name = (encoding or "UTF-8").upper()
        hint = "save it as UTF-8, or name its encoding, such as --encoding cp1252"
        findings.append(
            found(
                "OKR601", Spot(file, None, row), f"the file is not {name} from row {row} on", hint
            )
        )
        return None
    if "\0" in text:
        findings.append(
            found("OKR601", Spot(file), "the file isn't text", "save it as CSV in UTF-8")
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _add_tables(
    contents: Contents, tables: Collection[Table], wishes: Wishes, findings: Findings
) -> None:
    known: list[Headed] = []
    skipped: list[Table] = []
    for table in tables:
        made = headed(as_sheet(table), wishes.mapped, findings)
        if made is not None:
            known.append(made)
        elif any(cell.filled for _, row in table.rows for cell in row):
            skipped.append(table)
    if not known:
        if tables or not findings:
            file = next((table.file for table in tables), None)
            if file is not None:
                message = (
                    "no row with the names of columns, such as Objective and Key result, was found"
                )
                hint = 'name them with --map "COLUMN=FIELD"'
                findings.append(found("OKR601", Spot(file), message, hint))
        return
    for table in skipped:
        message = f"the sheet “{table.sheet}” isn't imported: it isn't a known kind of table"
        findings.append(found("OKR611", Spot(table.file, table.sheet), message))
    for made in known:
        contents.tables.append(made)
        contents.headings.append((made.table.file, made.table.sheet, made.table.heading))
        if made.role in ("okrs", "tasks"):
            entries, model = entries_of(made, findings)
            contents.entries += entries
            contents.models.append(model)


def cells_of(contents: Contents) -> dict[str, list[Cell]]:
    """Return every cell with a value that was read, by its field."""
    found_: dict[str, list[Cell]] = {}
    for entry in contents.entries:
        for name, cell in entry.cells.items():
            found_.setdefault(name, []).append(cell)
    for table in contents.tables:
        if table.role not in ("okrs", "tasks"):
            for _, row in table.rows:
                for name, cell in table.cells(row).items():
                    found_.setdefault(name, []).append(cell)
    return found_
