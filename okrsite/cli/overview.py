"""Draw a cycle in the terminal: owners, objectives with key results, and overdue updates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from okrsite.cli.terminal import joined, on_site, plain_only, print_wrapped, shown, title
from okrsite.cli.terminal_rows import Drawn, TerminalRows
from okrsite.cli.typed_names import TypedNames
from okrsite.pages.overdue import overdue_readings
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import KeyResult, Objective, Owner
from okrsite.project.model.cycles import Cycle, State
from okrsite.project.model.measures import Unmeasured
from okrsite.project.names import NameKind
from okrsite.scores import Scorecard
from okrsite.scores.status import Status

_MOST_OVERDUE = 40


@dataclass(frozen=True, slots=True)
class OwnerSection:
    """An owner, with their objectives of the cycle and key results in the objectives of others."""

    owner: Owner
    objectives: tuple[Objective, ...]
    elsewhere: tuple[tuple[Objective, KeyResult], ...]


def groups_of(site: Site, cycle: Cycle, owner: Owner | None) -> list[OwnerSection]:
    """Group a cycle by owner, in the order of the organisation; without those who have nothing."""
    found = []
    for one in [owner] if owner else [one for one, _ in site.organisation]:
        own = [o for o in site.by_owner.get(one.id, ()) if o.cycle == cycle.id]
        own.sort(key=lambda objective: not objective.active)
        elsewhere = site.results_by_owner.get(one.id, ())
        others = [(o, r) for o, r in elsewhere if o.cycle == cycle.id and o.active]
        if own or others:
            found.append(OwnerSection(one, tuple(own), tuple(others)))
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """Draws a cycle on a console; the site shows the `published` figures."""

    console: Console
    context: PageContext
    names: TypedNames
    cycle: Cycle
    published: Scorecard

    @property
    def site(self) -> Site:
        """The site as its pages see it."""
        return self.context.site

    def draw(self, groups: Sequence[OwnerSection]) -> None:
        """Draw the cycle's head, every group, and overdue updates."""
        words, mark = self.site.words, "|" if plain_only(self.console) else "│"
        state = self.context.progress(self.cycle).text
        head = joined([title(self.cycle.title), state, f"as of {words.day(self.site.as_of)}"])
        print_wrapped(self.console, Text(shown(head), "bold"))
        print_wrapped(self.console, Text(f"{mark} marks the expected score", "dim"))
        for group in groups:
            rows = TerminalRows(self.console, words)
            self._group(rows, group)
            self.console.print()
            self.console.print(rows.text, soft_wrap=True, end="")
        self._overdue(groups)

    def _group(self, rows: TerminalRows, group: OwnerSection) -> None:
        id, cycle = group.owner.id, self.cycle.id
        figures = self.site.scorecard.owners.get(id, {}).get(cycle)
        name = self.names.shortest(NameKind.OWNER, id)
        other = on_site(self.site.words, figures, self.published.owners.get(id, {}).get(cycle))
        drawn = Drawn(figures.score, figures.expected, figures.status) if figures else Drawn()
        rows.add(0, group.owner.title, shown(joined([name, other])), drawn, "bold")
        self.add_objectives(rows, group)

    def add_objectives(self, rows: TerminalRows, group: OwnerSection) -> None:
        """Add an owner's objectives with their key results, and their key results in others'."""
        for objective in group.objectives:
            self._objective(rows, objective)
        for objective, result in group.elsewhere:
            self._key_result(rows, objective, result, f"in {title(objective.page.title)}")

    def _objective(self, rows: TerminalRows, objective: Objective) -> None:
        figures, words = self.site.scorecard.objectives[objective.id], self.site.words
        confidence = figures.confidence
        parts = [
            self.names.shortest(NameKind.OBJECTIVE, objective.id),
            "committed" if objective.commitment == "committed" else None,
            f"confidence {words.confidence(confidence.value)}" if confidence else None,
            "grade given" if figures.graded else None,
            self.context.stale(figures),
            "private" if objective.page.private else None,
            on_site(words, figures, self.published.objectives.get(objective.id, figures)),
        ]
        drawn = Drawn(figures.score, figures.expected, figures.status)
        rows.add(2, objective.page.title, shown(joined(parts)), drawn)
        for result in objective.key_results:
            self._key_result(rows, objective, result)

    def _key_result(
        self, rows: TerminalRows, objective: Objective, result: KeyResult, where: str = ""
    ) -> None:
        figures = self.site.scorecard.objectives[objective.id].key_results[result.id]
        start, value, target, measure = self.context.way(objective, result)
        if isinstance(result.measure, Unmeasured):
            measure = "no measure"
        given = "grade given" if figures.graded else None
        published = self.published.objectives.get(objective.id)
        there = published.key_results[result.id] if published else figures
        other = on_site(self.site.words, figures, there)
        arrow = " -> " if plain_only(self.console) else " → "
        way = arrow.join(part for part in (start, value, target) if part)
        detail = shown(joined([f"#{result.id}", way, measure, given, where, other]))
        status = figures.status if objective.active else Status(objective.status)
        expected = None if figures.score is None else figures.expected
        drawn = Drawn(figures.score, expected, status)
        rows.add(2 if where else 4, result.title, detail, drawn)

    def _overdue(self, groups: Sequence[OwnerSection]) -> None:
        if self.cycle.state(self.site.as_of) is not State.OPEN:
            return
        overdue = list(self._overdue_rows(groups))
        if not overdue:
            return
        self.console.print()
        self.console.print(Text("Overdue", "bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(3):
            table.add_column(overflow="fold")
        for row in overdue[:_MOST_OVERDUE]:
            table.add_row(*(Text(shown(cell)) for cell in row))
        self.console.print(table)
        more = len(overdue) - _MOST_OVERDUE
        if more > 0:
            print_wrapped(self.console, f"and {more} more: name an owner to see all of theirs")

    def _overdue_rows(self, groups: Sequence[OwnerSection]) -> Iterable[tuple[str, str, str]]:
        owners = {group.owner.id for group in groups}
        figures = self.site.scorecard
        silent = {
            objective.id: objective
            for group in groups
            for objective in group.objectives
            if figures.objectives[objective.id].stale
        }
        for objective in sorted(silent.values(), key=lambda o: figures.objectives[o.id].last_sign):
            names = ", ".join(self._owner(id) for id in objective.owners)
            last_update = self.context.stale(figures.objectives[objective.id]) or ""
            yield title(objective.page.title), names, last_update
        kpis = [kpi for kpi in self.site.project.kpis.values() if kpi.owner in owners]
        for overdue in overdue_readings(self.context, kpis):
            if overdue.kpi:
                names = ", ".join(map(self._owner, overdue.owners))
                yield title(overdue.kpi.page.title), names, overdue.text(self.site.words)

    def _owner(self, id: str) -> str:
        return title(self.site.project.owners[id].title)
