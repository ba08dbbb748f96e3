"""Put a reading where a KPI keeps them: into its data file, or into its front matter."""

from okrsite.documents.source import read_source
from okrsite.documents.trees import Tree, spellings_of
from okrsite.editing.csv_rows import NewReading
from okrsite.editing.fields import with_field, with_item
from okrsite.editing.list_items import date_of, list_of, position_of
from okrsite.editing.source_file import source_file_of
from okrsite.project.model import Kpi

FIELD = "readings"
_HINT = "begin each reading with a dash: `- {date: 2026-11-16, value: 82}`"


def data_file(kpi: Kpi, tree: Tree) -> str | None:
    """Return the data file of a KPI, relative to docs_dir; None where it has none."""
    source, _ = read_source(kpi.page.uri, kpi.page.path, tree.read(kpi.page.uri))
    if source is None or not source.data:
        return None
    for uri in spellings_of(source.data, kpi.page.uri):
        try:
            tree.read(uri)
        except FileNotFoundError:
            continue
        return uri
    return source.data


def with_reading(content: bytes, reading: NewReading, replace: bool = False) -> bytes:
    """Return a KPI's document with a reading in its list, in the order of the others.

    With `replace` it takes the place of the last one of its day.
    """
    file = source_file_of(content)
    listed = list_of(file, FIELD, _HINT)
    items = listed.items if listed is not None else []
    same = [n for n, item in enumerate(items) if date_of(item) == reading.day]
    others = [item for n, item in enumerate(items) if not (replace and n in same[-1:])]
    values = (node.text for item in others if (node := item.value("value")) is not None)
    value = reading.value_among(values)
    if replace and same:
        made = with_field(content, (FIELD, same[-1], "value"), value)
        if reading.note is None:
            return made
        return with_field(made, (FIELD, same[-1], "note"), reading.note)
    entry = {"date": reading.day.isoformat(), "value": value}
    if reading.note:
        entry["note"] = reading.note
    at = position_of(listed, reading.day) if listed is not None else 0
    return with_item(content, FIELD, entry, _HINT, at)
