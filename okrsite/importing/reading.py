"""What objectives are read with: the conventions of their files, and what the user gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okrsite.importing.cells import Findings, Spot, clip, found
from okrsite.importing.entries import Entry
from okrsite.importing.measures import Context
from okrsite.importing.owners import Owners
from okrsite.project.model.cycles import Cycle
from okrsite.project.names import Names
from okrsite.settings import FiscalYear


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the user gives for rows that do not say it, and how the site counts its years."""

    owner: str | None
    cycle: Cycle | None
    day: date
    fiscal_year: FiscalYear | None


@dataclass(slots=True)
class Reading:
    """What objectives are read with.

    `ownerless` and `timeless` are the entries without an owner or a cycle, `cycle_ids` the cycles
    whose ids the file gives, `cycles_above` those that a line above the header of a sheet names.
    """

    context: Context
    owners: Owners
    names: Names
    defaults: Defaults
    findings: Findings
    sessions: dict[str, Cycle] = field(default_factory=dict)
    sheet_cycles: dict[tuple[str, str | None], Cycle | None] = field(default_factory=dict)
    cycle_ids: set[str] = field(default_factory=set)
    cycles_above: Mapping[tuple[str, str | None], tuple[Cycle, str]] = field(default_factory=dict)
    ownerless: list[Entry] = field(default_factory=list)
    timeless: list[Entry] = field(default_factory=list)
    told_columns: set[tuple[str, str | None, str | None]] = field(default_factory=set)


def missing(reading: Reading, columns: Sequence[str]) -> None:
    """Add one finding on objectives without an owner, and one on those without a cycle."""
    listed = ", ".join(f"“{clip(column)}”" for column in columns[:12]) or "none"
    for entries, option in (
        (reading.ownerless, "owner"),
        (reading.timeless, "cycle"),
    ):
        if not entries:
            continue
        first = entries[0]
        others = f" (and {len(entries) - 1} more)" if len(entries) > 1 else ""
        message = f"“{clip(first.title.text)}”{others} has no {option}; columns: {listed}"
        hint = f'add --{option} {option.upper()}, or --map "COLUMN={option}"'
        if option == "owner" and any("owner" in child.cells for child in first.children):
            message = (
                f"the rows of “{clip(first.title.text)}”{others} don't all name the same owner, "
                "so nothing says whose it is"
            )
            hint = "add --owner OWNER, or a column Team that says whose each objective is"
        spot = Spot(first.spot.file, first.spot.sheet, first.spot.row)
        reading.findings.append(found("OKR602", spot, message, hint))
