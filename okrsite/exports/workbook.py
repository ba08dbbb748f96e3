"""The model as a workbook for people: titles instead of ids, a filter above each column.

What writes workbooks comes with the extra `okrsite[import]`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from okrsite.exports.model import plain_text, rounded_share
from okrsite.exports.tables import Source, readings
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.parts import HEALTH_WORDS, STATUS_WORDS

Cell = str | float | date | None

_MOST_CHARACTERS = 32_767
"""The most that a cell of a workbook holds."""

_TITLE, _NAME, _TEXT, _WORD, _FIGURE, _DAY = 46, 22, 60, 12, 11, 12
_TWO_DECIMALS = "0.00"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, its width in characters, the format of its numbers."""

    heading: str
    width: int
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns, and its rows with a cell for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]


def _score(heading: str) -> Column:
    return Column(heading, _FIGURE, _TWO_DECIMALS)


_OBJECTIVE, _CYCLE, _OWNERS = Column("Objective", _TITLE), Column("Cycle", _WORD), "Owner"
_STATUS, _UNIT, _DATE = Column("Status", 13), Column("Unit", 8), Column("Date", _DAY, "yyyy-mm-dd")
_FIGURES = (_STATUS, _score("Score"), _score("Expected"))


class Workbook:
    """The sheets of a workbook, made from what the tables are made of."""

    def __init__(self, source: Source, words: Words) -> None:
        self._source, self._words = source, words
        self._objectives: Mapping[str, Any] = source.data["objectives"]

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the objectives, key results, KPIs, readings and check-ins."""
        owner = Column(_OWNERS, _NAME)
        return (
            Sheet(
                "Objectives",
                (
                    _OBJECTIVE,
                    _CYCLE,
                    owner,
                    Column("Level", _WORD),
                    *_FIGURES,
                    _score("Pace"),
                    _score("Confidence"),
                    Column("Last check-in", _DAY, "yyyy-mm-dd"),
                    Column("Aligns to", _TITLE),
                    Column("Pillar", _NAME),
                    Column("File", _TITLE),
                ),
                self._of_objectives(),
            ),
            Sheet(
                "Key results",
                (
                    _OBJECTIVE,
                    _CYCLE,
                    Column("Key result", _TITLE),
                    owner,
                    Column("Kind", _WORD),
                    Column("Start", _FIGURE),
                    Column("Target", _FIGURE),
                    Column("Value", _FIGURE),
                    _UNIT,
                    *_FIGURES,
                    _score("Confidence"),
                    Column("Weight", _FIGURE),
                    Column("Due", _DAY, "yyyy-mm-dd"),
                    Column("KPI", _NAME),
                ),
                self._of_key_results(),
            ),
            Sheet(
                "KPIs",
                (
                    Column("KPI", _TITLE),
                    owner,
                    Column("Health", _WORD),
                    Column("Value", _FIGURE),
                    _UNIT,
                    _DATE,
                    Column("Target", _FIGURE),
                    Column("Indicator", _WORD),
                    Column("In use", _WORD),
                ),
                self._of_kpis(),
            ),
            Sheet(
                "Readings",
                (
                    Column("KPI", _TITLE),
                    Column("Key result", _TITLE),
                    _OBJECTIVE,
                    _DATE,
                    Column("Value", _FIGURE),
                    _UNIT,
                    Column("Note", _TEXT),
                ),
                self._of_readings(),
            ),
            Sheet(
                "Check-ins",
                (
                    _OBJECTIVE,
                    _CYCLE,
                    _DATE,
                    Column("By", _NAME),
                    _score("Confidence"),
                    *(Column(name, _TEXT) for name in ("Note", "Wins", "Blockers", "Next")),
                ),
                self._of_check_ins(),
            ),
        )

    def _of_objectives(self) -> Iterator[tuple[Cell, ...]]:
        for objective in self._objectives.values():
            last = objective["last_check_in"]
            parents = dict.fromkeys(id.partition("#")[0] for id in objective["aligns_to"])
            pillars = self._source.data["pillars"]
            yield (
                objective["title"],
                self._cycle(objective),
                self._owners(objective["owners"]),
                objective["level"].capitalize(),
                *self._figures(objective),
                objective["pace"],
                objective["confidence"],
                _day(last and last["date"]),
                _lines(self._objectives[id]["title"] for id in parents),
                _lines(pillars[id]["title"] for id in objective["pillars"]),
                objective["path"],
            )

    def _of_key_results(self) -> Iterator[tuple[Cell, ...]]:
        for objective in self._objectives.values():
            for result in objective["key_results"].values():
                kpi = self._source.data["kpis"].get(result["kpi"])
                yield (
                    objective["title"],
                    self._cycle(objective),
                    result["title"],
                    self._owners(result["owners"]),
                    result["kind"].capitalize(),
                    result["from"],
                    result["to"],
                    result["value"],
                    result["unit"],
                    *self._figures(result),
                    result["confidence"],
                    result["weight"],
                    _day(result["due"]),
                    kpi and kpi["title"],
                )

    def _of_kpis(self) -> Iterator[tuple[Cell, ...]]:
        as_of = self._source.scorecard.as_of
        for id, kpi in self._source.data["kpis"].items():
            target = self._source.project.kpis[id].target(as_of)
            health = HEALTH_WORDS[self._source.scorecard.kpis[id].health]
            yield (
                kpi["title"],
                kpi["owner"] and self._owners([kpi["owner"]]),
                self._words.say(health),
                kpi["value"],
                kpi["unit"],
                _day(kpi["date"]),
                target.value.value if target else None,
                (kpi["indicator"] or "").capitalize(),
                kpi["status"].capitalize(),
            )

    def _of_readings(self) -> Iterator[tuple[Cell, ...]]:
        for kpi, reference, day, value, note in readings(self._source):
            objective, _, key = (reference or "").partition("#")
            above = self._objectives[objective] if objective else None
            result = above and above["key_results"][key]
            entry = result or self._source.data["kpis"][kpi]
            yield (
                entry["title"] if kpi else None,
                entry["title"] if result else None,
                above and above["title"],
                _day(day),
                value,
                entry["unit"],
                note,
            )

    def _of_check_ins(self) -> Iterator[tuple[Cell, ...]]:
        for id, objective in self._source.project.objectives.items():
            for check_in in objective.check_ins:
                if check_in.date <= self._source.scorecard.as_of:
                    lists = (check_in.wins, check_in.blockers, check_in.next)
                    yield (
                        self._objectives[id]["title"],
                        self._cycle(self._objectives[id]),
                        check_in.date,
                        check_in.author and self._owners([check_in.author]),
                        rounded_share(check_in.confidence),
                        plain_text(check_in.note),
                        *(_lines(map(plain, texts)) for texts in lists),
                    )

    def _figures(self, entry: Mapping[str, Any]) -> tuple[Cell, ...]:
        status = next((s for s in STATUS_WORDS if s == entry["status"]), None)
        word = self._words.say(STATUS_WORDS[status]) if status else None
        return word, entry["score"], entry["expected"]

    def _cycle(self, objective: Mapping[str, Any]) -> str:
        title: str = self._source.data["cycles"][objective["cycle"]]["title"]
        return title

    def _owners(self, ids: Iterable[str]) -> str | None:
        owners = self._source.data["owners"]
        return _lines(owners[id]["title"] if id in owners else id for id in ids)


def write_workbook(sheets: Iterable[Sheet], file: Path) -> None:
    """Write sheets to a file. Raises ImportError where the extra is not installed."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    bold, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "B2"
        for place, column in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(place)].width = column.width
        heads = [_cell(page, column.heading) for column in sheet.columns]
        for head in heads:
            head.font, head.alignment = bold, top
        page.append(heads)
        rows = 1
        for row in sheet.rows:
            cells = [_cell(page, value) for value in row]
            for cell, column in zip(cells, sheet.columns, strict=True):
                cell.number_format, cell.alignment = column.format, top
            page.append(cells)
            rows += 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{rows}"
    book.save(file)


def _cell(page: Any, value: Cell) -> Any:
    """Return a cell; a text is never a formula, and holds no character that XML forbids."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

    if not isinstance(value, str):
        return WriteOnlyCell(page, value=value)  # type: ignore[arg-type]
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(texts: Iterable[str]) -> str | None:
    return "\n".join(texts) or None
