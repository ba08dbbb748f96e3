"""Draw a cycle in the terminal: owners, objectives with key results, and overdue updates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from okrsite.cli.common import on_site
from okrsite.cli.terminal import joined, plain_only, print_wrapped, shown, title
from okrsite.cli.terminal_rows import TerminalRows
from okrsite.cli.typed_names import TypedNames
from okrsite.pages.overdue import overdue_readings
from okrsite.pages.parts import STATUS_WORDS, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Unmeasured
from okrsite.project.names import NameKind
from okrsite.scores import Scorecard
from okrsite.scores.status import Status

_MOST_OVERDUE = 40


@dataclass(frozen=True, slots=True)
class OwnerGroup:
    """An owner, with their objectives of the cycle and key results in the objectives of others."""

    owner: Owner
    objectives: tuple[Objective, ...]
    elsewhere: tuple[tuple[Objective, KeyResult], ...]


def groups_of(site: Site, cycle: Cycle, owner: Owner | None) -> list[OwnerGroup]:
    """Group a cycle by owner, in the order of the organisation; without those who have nothing."""
    found = []
    for one in [owner] if owner else [one for one, _ in site.organisation]:
        own = [o for o in site.by_owner.get(one.id, ()) if o.cycle == cycle.id]
        own.sort(key=lambda objective: not objective.active)
        elsewhere = site.results_by_owner.get(one.id, ())
        others = [(o, r) for o, r in elsewhere if o.cycle == cycle.id and o.active]
        if own or others:
            found.append(OwnerGroup(one, tuple(own), tuple(others)))
    return found


class Overview:
    """Draws a cycle on a console."""

    def __init__(
        self, console: Console, site: Site, names: TypedNames, cycle: Cycle,
        published: Scorecard,
    ) -> None:  # fmt: skip
        self._console = console
        self._published = published
        self._site = site
        self._names = names
        self._cycle = cycle
        self._context = PageContext(site, "")

    def draw(self, groups: Sequence[OwnerGroup]) -> None:
        """Draw the cycle's head, every group, and overdue updates."""
        words, mark = self._site.words, "|" if plain_only(self._console) else "│"
        state = self._context.progress(self._cycle).text
        head = joined([title(self._cycle.title), state, f"as of {words.day(self._site.as_of)}"])
        print_wrapped(self._console, Text(shown(head), "bold"))
        print_wrapped(self._console, Text(f"{mark} marks the score that is expected", "dim"))
        for group in groups:
            rows = TerminalRows(self._console)
            self._group(rows, group)
            self._console.print()
            self._console.print(rows.text, soft_wrap=True, end="")
        self._overdue(groups)

    def _group(self, rows: TerminalRows, group: OwnerGroup) -> None:
        words = self._site.words
        figures = self._site.scorecard.owners.get(group.owner.id, {}).get(self._cycle.id)
        id, cycle = group.owner.id, self._cycle.id
        name = self._names.shortest(NameKind.OWNER, id)
        other = on_site(words, figures, self._published.owners.get(id, {}).get(cycle))
        rows.add(
            0, title(group.owner.title), shown(joined([name, other])),
            shown(words.score(figures.score if figures else None)),
            figures.score if figures else None, figures.expected if figures else None,
            figures.status if figures else None, self._word(figures.status if figures else None),
            "bold",
        )  # fmt: skip
        for objective in group.objectives:
            self._objective(rows, objective)
        for objective, result in group.elsewhere:
            self._key_result(rows, objective, result, 2, f"in {title(objective.page.title)}")

    def _objective(self, rows: TerminalRows, objective: Objective) -> None:
        figures, words = self._site.scorecard.objectives[objective.id], self._site.words
        confidence = figures.confidence
        parts = [
            self._names.shortest(NameKind.OBJECTIVE, objective.id),
            "committed" if objective.commitment == "committed" else None,
            f"confidence {words.confidence(confidence.value)}" if confidence else None,
            "grade given" if figures.graded else None,
            self._context.stale(figures),
            "private" if objective.page.private else None,
            on_site(words, figures, self._published.objectives.get(objective.id, figures)),
        ]
        expected = figures.expected if objective.active else None
        rows.add(
            2, title(objective.page.title), shown(joined(parts)), words.score(figures.score),
            figures.score, expected, figures.status, self._word(figures.status),
        )  # fmt: skip
        for result in objective.key_results:
            self._key_result(rows, objective, result, 4)

    def _key_result(
        self, rows: TerminalRows, objective: Objective, result: KeyResult, indent: int,
        where: str | None = None,
    ) -> None:  # fmt: skip
        figures = self._site.scorecard.objectives[objective.id].key_results[result.id]
        status = figures.status if objective.active else Status(objective.status)
        counts = objective.active and not result.cancelled
        start, value, target, measure = self._context.way(objective, result)
        if isinstance(result.measure, Unmeasured):
            measure = "no measure"
        given = "grade given" if figures.graded else None
        published = self._published.objectives.get(objective.id)
        other = on_site(
            self._site.words, figures, published.key_results[result.id] if published else figures
        )
        arrow = " -> " if plain_only(self._console) else " → "
        way = arrow.join(part for part in (start, value, target) if part)
        rows.add(
            indent, title(result.title),
            shown(joined([f"#{result.id}", way, measure, given, where, other])),
            self._site.words.score(figures.score), figures.score,
            figures.expected if counts else None, status, self._word(status),
        )  # fmt: skip

    def _word(self, status: Status | None) -> str:
        return self._site.words.say(STATUS_WORDS[status]) if status else ""

    def _overdue(self, groups: Iterable[OwnerGroup]) -> None:
        if self._cycle.state(self._site.as_of) is not State.OPEN:
            return
        overdue = list(self._overdue_rows(list(groups)))
        if not overdue:
            return
        self._console.print()
        self._console.print(Text("Owed", "bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(3):
            table.add_column(overflow="fold")
        for row in overdue[:_MOST_OVERDUE]:
            table.add_row(*(Text(shown(cell)) for cell in row))
        self._console.print(table)
        more = len(overdue) - _MOST_OVERDUE
        if more > 0:
            print_wrapped(self._console, f"and {more} more: name an owner to see all of theirs")

    def _overdue_rows(self, groups: list[OwnerGroup]) -> Iterable[tuple[str, str, str]]:
        owners = {group.owner.id for group in groups}
        figures = self._site.scorecard
        silent = {
            objective.id: objective
            for group in groups
            for objective in group.objectives
            if figures.objectives[objective.id].stale
        }
        for objective in sorted(silent.values(), key=lambda o: figures.objectives[o.id].last_sign):
            names = ", ".join(self._owner(id) for id in objective.owners)
            last_update = self._context.stale(figures.objectives[objective.id]) or ""
            yield title(objective.page.title), names, last_update
        kpis = [kpi for kpi in self._site.project.kpis.values() if kpi.owner in owners]
        for overdue in overdue_readings(self._context, kpis):
            if overdue.kpi:
                names = ", ".join(map(self._owner, overdue.owners))
                yield title(overdue.kpi.page.title), names, overdue.text(self._site.words)

    def _owner(self, id: str) -> str:
        return title(self._site.project.owners[id].title)
