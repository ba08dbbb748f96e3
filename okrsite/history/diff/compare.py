"""Two states of a site to all that is different between them; nothing else is looked at."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from okrsite.documents.types import Type
from okrsite.findings.baseline import compare_findings
from okrsite.history.diff.effects import Effect, effect_of
from okrsite.history.diff.kpis import compare_kpi
from okrsite.history.diff.matching import match_kpis, match_objectives, match_owners
from okrsite.history.diff.model import Change, ChangeKind, Changes, Group, Topic
from okrsite.history.diff.objectives import Effects, compare_objective
from okrsite.history.diff.owners import compare_cycle, compare_owner, compare_scores
from okrsite.history.diff.sentences import Moves, Titles, Unsaid, Voice, change, named
from okrsite.history.diff.side import State
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kpi, Level, Objective, Owner, Page, Place, cycles

Thing = TypeVar("Thing")
_LEVELS = list(Level)
_OWNERS = [Type.COMPANY, Type.TEAM, Type.PERSON]


def compare(words: Words, before: State, after: State) -> Changes:
    """Say all that is different between two states of one day.

    What is private on one side is not said on either, whatever it was called there.
    """
    return _Comparison(words, before, after).changes()


class _Comparison:
    """Two states side by side, their documents paired."""

    def __init__(self, words: Words, before: State, after: State) -> None:
        self._before, self._after = before, after
        old, new = before.project, after.project
        was, now = before.private, after.private
        self._objectives = match_objectives(
            {**old.objectives, **was.objectives}, {**new.objectives, **now.objectives}
        )
        self._kpis = match_kpis({**old.kpis, **was.kpis}, {**new.kpis, **now.kpis})
        self._owners = match_owners({**old.owners, **was.owners}, {**new.owners, **now.owners})
        self._voice = Voice(
            words,
            Titles.of(old, new),
            Moves(_renamed(self._owners), _renamed(self._objectives), _renamed(self._kpis)),
            Unsaid(
                owners=_unsaid(self._owners, was.owners, now.owners),
                objectives=_unsaid(self._objectives, was.objectives, now.objectives),
                kpis=_unsaid(self._kpis, was.kpis, now.kpis),
                uris=was.uris | now.uris,
                paths=was.paths | now.paths,
            ),
        )

    def changes(self) -> Changes:
        new, solved = compare_findings(
            self._before.findings, self._after.findings, self._moved_paths(), self._quiet_paths()
        )
        owners = self._all_owners()
        all_cycles = {**self._before.project.cycles, **self._after.project.cycles}
        scores = compare_scores(
            self._voice, self._before.scorecard.owners, self._after.scorecard.owners, owners,
            all_cycles,
        )  # fmt: skip
        groups = chain(
            self._cycle_groups(), self._objective_groups(), self._kpi_groups(), self._owner_groups()
        )
        return Changes(
            self._after.scorecard.as_of, tuple(groups), tuple(scores), tuple(new), tuple(solved)
        )

    # Objectives

    def _objective_groups(self) -> Iterator[Group]:
        old, new = self._before.project.objectives, self._after.project.objectives
        quiet = self._voice.unsaid.objectives
        found = []
        for was, now in _pairs(self._objectives, old, new, quiet):
            group = self._objective_group(was, now)
            if group is not None:
                found.append((self._order(was, now), group))
        yield from (group for _, group in sorted(found, key=lambda item: item[0]))

    def _objective_group(self, was: Objective | None, now: Objective | None) -> Group | None:
        shown = now or was
        assert shown is not None
        said = self._broken(Type.OBJECTIVE, was, now)
        if said is None:
            said = self._objective_changes(was, now)
        if not said:
            return None
        state = self._after if now else self._before
        cycle = state.project.cycles[shown.cycle]
        about, owners = _text(named(cycle.title)), self._named_owners(shown.owners)
        if owners:
            about = self._voice.words.say("%(cycle)s, %(owners)s", cycle=about, owners=owners)
        return Group(
            Topic.OBJECTIVE, shown.id, _text(named(shown.page.title)), about, shown.page.place,
            tuple(said),
            self._before.scorecard.objectives[was.id].score if was else None,
            self._after.scorecard.objectives[now.id].score if now else None,
        )  # fmt: skip

    def _objective_changes(self, was: Objective | None, now: Objective | None) -> list[Change]:
        opened = closed = False
        if was is not None:
            state = self._before.project.cycles[was.cycle].state(self._after.scorecard.as_of)
            opened, closed = state is not cycles.State.UPCOMING, state is cycles.State.CLOSED
        effects = self._effects(was, now) if was and now else None
        return compare_objective(self._voice, was, now, opened, closed, effects)

    def _effects(self, was: Objective, now: Objective) -> Effects:
        figures_before = self._before.scorecard.objectives[was.id].key_results
        figures_after = self._after.scorecard.objectives[now.id].key_results
        cycle, day = self._after.project.cycles[now.cycle], self._after.scorecard.as_of

        def effects(before: KeyResult, after: KeyResult) -> Effect | None:
            return effect_of(
                before, after, figures_before[before.id], figures_after[after.id], cycle, day
            )

        return effects

    def _order(self, was: Objective | None, now: Objective | None) -> tuple[object, ...]:
        shown, state = (now, self._after) if now else (was, self._before)
        assert shown is not None
        cycle = state.project.cycles[shown.cycle]
        return _LEVELS.index(shown.level), -cycle.end.toordinal(), cycle.id, shown.page.path

    # KPIs, owners, cycles

    def _kpi_groups(self) -> Iterator[Group]:
        old, new = self._before.project.kpis, self._after.project.kpis
        found = []
        for was, now in _pairs(self._kpis, old, new, self._voice.unsaid.kpis):
            shown = now or was
            assert shown is not None
            said = self._broken(Type.KPI, was, now)
            if said is None:
                said = compare_kpi(
                    self._voice, was, now,
                    self._before.scorecard.kpis[was.id] if was else None,
                    self._after.scorecard.kpis[now.id] if now else None,
                )  # fmt: skip
            if said:
                owner = [shown.owner] if shown.owner else []
                about = self._named_owners(owner)
                page = shown.page
                title = _text(named(page.title))
                found.append(Group(Topic.KPI, shown.id, title, about, page.place, tuple(said)))
        yield from sorted(found, key=lambda group: (group.place.path, group.id))

    def _owner_groups(self) -> Iterator[Group]:
        old, new = self._before.project.owners, self._after.project.owners
        found = []
        for was, now in _pairs(self._owners, old, new, self._voice.unsaid.owners):
            shown = now or was
            assert shown is not None
            # A company without a document is only a name.
            if (was is None or now is None) and shown.page is None:
                continue
            said = compare_owner(self._voice, was, now)
            if said:
                place = shown.page.place if shown.page else Place("", 1)
                title = _text(named(shown.title))
                group = Group(Topic.OWNER, shown.id, title, "", place, tuple(said))
                found.append(((_OWNERS.index(shown.type), place.path, shown.id), group))
        yield from (group for _, group in sorted(found, key=lambda item: item[0]))

    def _cycle_groups(self) -> Iterator[Group]:
        old, new = self._before.project.cycles, self._after.project.cycles
        for id in sorted({**old, **new}):
            was, now = old.get(id), new.get(id)
            shown = now or was
            assert shown is not None
            pages = (self._after.project.cycle_pages, self._before.project.cycle_pages)
            page = next((side[id] for side in pages if id in side), None)
            place = page.place if page else Place("", 1)
            said = compare_cycle(self._voice, was, now, place, self._after.scorecard.as_of)
            if said:
                title = _text(named(shown.title))
                yield Group(Topic.CYCLE, id, title, "", place, tuple(said))

    # What they have in common

    def _broken(
        self, type: Type, was: Objective | Kpi | None, now: Objective | Kpi | None
    ) -> list[Change] | None:
        """Say that a document is only not there because of an error; None where that is not so."""
        if (was is None) == (now is None):
            return None
        shown = was or now
        assert shown is not None
        other = self._before if was is None else self._after
        if (type, shown.id) in other.private.broken:
            return []
        broken = next(
            (d.page for d in other.project.broken if (d.type, d.page.id) == (type, shown.id)), None
        )
        if broken is None:
            return None
        if was is None:
            text = self._voice.say("Its errors are mended: it counts again")
            return [change(ChangeKind.MENDED, text, shown.page.place)]
        text = self._voice.say("It has errors now and counts in no figure")
        return [change(ChangeKind.BROKEN, text, broken.place)]

    def _named_owners(self, owners: Iterable[str]) -> str:
        quiet = self._voice.unsaid.owners
        return _text(self._voice.owners(owner for owner in owners if owner not in quiet))

    def _all_owners(self) -> dict[str, Owner]:
        renamed = self._voice.moves.owners
        gone = {id: owner for id, owner in self._before.project.owners.items() if id not in renamed}
        ordered = {**gone, **self._after.project.owners}
        return dict(
            sorted(ordered.items(), key=lambda item: (_OWNERS.index(item[1].type), item[0]))
        )

    def _moved_paths(self) -> dict[str, str]:
        old, new = self._before.project, self._after.project
        pages: list[tuple[Page, Page]] = [
            (old.objectives[a].page, new.objectives[b].page)
            for a, b in self._objectives.items()
            if a in old.objectives and b in new.objectives
        ]
        pages += [
            (old.kpis[a].page, new.kpis[b].page)
            for a, b in self._kpis.items()
            if a in old.kpis and b in new.kpis
        ]
        return {was.path: now.path for was, now in pages if was.path != now.path}

    def _quiet_paths(self) -> frozenset[str]:
        """Return the paths of what is private on one side, on both sides."""
        quiet = self._voice.unsaid
        found = set(quiet.paths)
        for project in (self._before.project, self._after.project):
            found |= {o.page.path for o in project.objectives.values() if o.id in quiet.objectives}
            found |= {k.page.path for k in project.kpis.values() if k.id in quiet.kpis}
            found |= {
                o.page.path for o in project.owners.values() if o.page and o.id in quiet.owners
            }
        return frozenset(found)


def _pairs(
    pairs: Mapping[str, str], before: Mapping[str, Thing], after: Mapping[str, Thing],
    quiet: frozenset[str],
) -> Iterator[tuple[Thing | None, Thing | None]]:  # fmt: skip
    """Return what is paired, what is gone and what is new, without what is kept quiet."""
    for id, thing in before.items():
        if id not in quiet:
            yield thing, after.get(pairs.get(id, ""))
    paired = set(pairs.values())
    for id, thing in after.items():
        if id not in quiet and id not in paired:
            yield None, thing


def _renamed(pairs: Mapping[str, str]) -> dict[str, str]:
    return {before: after for before, after in pairs.items() if before != after}


def _unsaid(
    pairs: Mapping[str, str], before: Iterable[str], after: Iterable[str]
) -> frozenset[str]:
    """Return all ids, of both sides, of what is private on at least one."""
    was, now = set(before), set(after)
    both = {id for pair in pairs.items() for id in pair if pair[0] in was or pair[1] in now}
    return frozenset(was | now | both)


def _text(sentence: Iterable[object]) -> str:
    return "".join(getattr(part, "text", "") for part in sentence)
