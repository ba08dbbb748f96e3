"""The changes between two states of a site; nothing else is looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from okrsite.documents.types import Type
from okrsite.findings.baseline import compare_findings
from okrsite.history.diff.cycles import compare_cycle
from okrsite.history.diff.effects import Effect, effect_of
from okrsite.history.diff.kpis import compare_kpi
from okrsite.history.diff.matching import (
    Belongings,
    belongings,
    match_cycles,
    match_kpis,
    match_objectives,
    match_owners,
    match_pillars,
)
from okrsite.history.diff.model import (
    Change,
    ChangeGroup,
    ChangeKind,
    Changes,
    ClosedObjective,
    OwnerScore,
    Topic,
)
from okrsite.history.diff.objectives import compare_objective
from okrsite.history.diff.owners import compare_owner
from okrsite.history.diff.pillars import compare_pillar
from okrsite.history.diff.sentences import ChangeSentences, HiddenIds, short_title, titles_of
from okrsite.history.diff.state import SiteState
from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.project.model import KeyResult, Kpi, Level, Objective, Page, Pillar, Place, cycles
from okrsite.scores.status import Status

Thing = TypeVar("Thing")
Paged = TypeVar("Paged", Objective, Kpi, Pillar)
Things = Mapping[str, Thing]
Ordered = Iterator[tuple[tuple[Any, ...], Thing]]
_LEVELS = list(Level)
_OWNERS = [Type.COMPANY, Type.TEAM, Type.PERSON]


def compare(words: Words, before: SiteState, after: SiteState) -> Changes:
    """Return all changes between two states; what is private on one side is in neither."""
    return _Comparison(words, before, after).changes()


class _Comparison:
    """Two states side by side, their documents paired."""

    def __init__(self, words: Words, before: SiteState, after: SiteState) -> None:
        self._before, self._after = before, after
        old, new = before.project, after.project
        was, now = before.private, after.private
        self._objectives = match_objectives(
            {**old.objectives, **was.objectives}, {**new.objectives, **now.objectives}
        )
        self._kpis = match_kpis({**old.kpis, **was.kpis}, {**new.kpis, **now.kpis})
        self._pillars = match_pillars(
            {**old.pillars, **was.pillars}, {**new.pillars, **now.pillars}
        )
        had, has = {**old.owners, **was.owners}, {**new.owners, **now.owners}
        self._owners = match_owners(had, has, _held(before), _held(after))
        self._cycles = match_cycles(old.cycles, new.cycles)
        renamed = (replace(c, id=self._cycles.get(c.id, c.id)) for c in old.cycles.values())
        self._old_cycles = {cycle.id: cycle for cycle in renamed}
        sorts = {"objective": self._objectives, "kpi": self._kpis, "owner": self._owners}
        sorts |= {"cycle": self._cycles, "pillar": self._pillars}
        self._sentences = ChangeSentences(
            words,
            titles_of(old, new),
            {(sort, a): b for sort, pairs in sorts.items() for a, b in pairs.items() if a != b},
            HiddenIds(
                owners=_hidden(self._owners, was.owners, now.owners),
                objectives=_hidden(self._objectives, was.objectives, now.objectives),
                kpis=_hidden(self._kpis, was.kpis, now.kpis),
                pillars=_hidden(self._pillars, was.pillars, now.pillars),
                uris=was.uris | now.uris,
                paths=was.paths | now.paths,
            ),
        )
        self._day = after.scorecard.as_of
        # A change that closes a cycle rewrites nothing.
        known = {**new.cycles, **self._old_cycles, **old.cycles}
        self._closed_cycles = {
            id for id, cycle in known.items() if cycle.state(self._day) is cycles.State.CLOSED
        }

    def changes(self) -> Changes:
        """Return the changes: first of cycles, which move the goalposts of all."""
        new, solved = compare_findings(
            self._before.findings, self._after.findings, self._moved_paths(), self._hidden_paths()
        )
        groups = (
            *self._cycle_groups(),
            *_sorted(self._objective_groups()),
            *_sorted(self._kpi_groups()),
            *_sorted(self._pillar_groups()),
            *_sorted(self._owner_groups()),
        )
        closed, scores = tuple(_sorted(self._closed())), tuple(self._scores())
        return Changes(self._day, groups, closed, scores, tuple(new), tuple(solved))

    # Documents

    def _objective_groups(self) -> Ordered[ChangeGroup]:
        for was, now in self._objective_pairs():
            shown, state = _shown(was, now), self._after if now else self._before
            cycle, page = state.project.cycles[shown.cycle], shown.page
            changes = self._errors(Type.OBJECTIVE, was, now)
            if changes is None:
                changes = self._objective(was, now)
            if changes:
                order = _LEVELS.index(shown.level), -cycle.end.toordinal(), cycle.id, page.path
                title, about = short_title(page.title), self._about(shown, cycle)
                scores = _ended(self._before, was)[0], _ended(self._after, now)[0]
                place, found = page.place, tuple(changes)
                yield (
                    order,
                    ChangeGroup(Topic.OBJECTIVE, shown.id, title, about, place, found, *scores),
                )

    def _closed(self) -> Ordered[ClosedObjective]:
        """Return the objectives of closed cycles that are scored differently: the newest first."""
        old, new = self._before.project, self._after.project
        score = self._sentences.words.score
        for was, now in self._objective_pairs():
            both = [objective for objective in (was, now) if objective is not None]
            if not any(o.cycle in self._closed_cycles for o in both):
                continue
            before, verdict = _ended(self._before, was)
            after, new_verdict = _ended(self._after, now)
            same = score(before) == score(after) and verdict is new_verdict
            if same or not any(o.active for o in both):
                continue
            shown = both[-1]
            cycle, page = (new if now else old).cycles[shown.cycle], shown.page
            order = -cycle.end.toordinal(), cycle.id, _LEVELS.index(shown.level), page.path
            about = self._about(shown, cycle)
            ended = before, after, verdict, new_verdict
            title = short_title(page.title)
            yield order, ClosedObjective(shown.id, title, cycle.id, about, page.place, *ended)

    def _about(self, objective: Objective, cycle: cycles.Cycle) -> str:
        """Return the cycle and the owners of an objective in words."""
        about, owners = short_title(cycle.title), self._named_owners(objective.owners)
        if not owners:
            return about
        return self._sentences.words.say("%(cycle)s, %(owners)s", cycle=about, owners=owners)

    def _objective(self, was: Objective | None, now: Objective | None) -> list[Change]:
        if was is None:
            return compare_objective(self._sentences, None, now)
        state = self._before.project.cycles[was.cycle].state(self._day)
        if now is None:
            return compare_objective(self._sentences, was, None, state)
        figures_before = self._before.scorecard.objectives[was.id].key_results
        figures_after = self._after.scorecard.objectives[now.id].key_results
        cycle = self._after.project.cycles[now.cycle]

        def effects(before: KeyResult, after: KeyResult) -> Effect:
            figures = figures_before[before.id], figures_after[after.id]
            return effect_of(before, after, figures, cycle, self._day)

        return compare_objective(self._sentences, was, now, state, effects)

    def _kpi_groups(self) -> Ordered[ChangeGroup]:
        before, after = self._before.scorecard.kpis, self._after.scorecard.kpis
        for was, now in self._kpi_pairs():
            shown = _shown(was, now)
            changes = self._errors(Type.KPI, was, now)
            if changes is None:
                figures = before[was.id] if was else None, after[now.id] if now else None
                changes = compare_kpi(self._sentences, was, now, figures)
            if changes:
                page, about = shown.page, self._named_owners([shown.owner] if shown.owner else [])
                title = short_title(page.title)
                group = ChangeGroup(Topic.KPI, shown.id, title, about, page.place, tuple(changes))
                yield (page.place.path, shown.id), group

    def _pillar_groups(self) -> Ordered[ChangeGroup]:
        old, new = self._before.project.pillars, self._after.project.pillars
        for was, now in _pairs(self._pillars, old, new, self._sentences.hidden.pillars):
            shown, changes = _shown(was, now), self._errors(Type.PILLAR, was, now)
            if changes is None:
                changes = compare_pillar(self._sentences, was, now)
            if changes:
                page, about = shown.page, self._named_owners([shown.owner] if shown.owner else [])
                title, found = short_title(page.title), tuple(changes)
                yield (
                    (page.place.path, shown.id),
                    ChangeGroup(Topic.PILLAR, shown.id, title, about, page.place, found),
                )

    def _owner_groups(self) -> Ordered[ChangeGroup]:
        old, new = self._before.project.owners, self._after.project.owners
        for was, now in _pairs(self._owners, old, new, self._sentences.hidden.owners):
            shown = _shown(was, now)
            # A company without a document is only a name.
            if (was is None or now is None) and shown.page is None:
                continue
            if changes := compare_owner(self._sentences, was, now):
                place = shown.page.place if shown.page else Place("", 1)
                title = short_title(shown.title)
                group = ChangeGroup(Topic.OWNER, shown.id, title, "", place, tuple(changes))
                yield (_OWNERS.index(shown.type), place.path, shown.id), group

    def _cycle_groups(self) -> Iterator[ChangeGroup]:
        old, new = self._before.project, self._after.project
        pages = {**old.cycle_pages, **new.cycle_pages}
        pairs = _pairs(self._cycles, old.cycles, new.cycles, frozenset())
        for was, now in sorted(pairs, key=lambda pair: _shown(*pair).id):
            cycle = _shown(was, now)
            page = pages.get(cycle.id) or (pages.get(was.id) if was else None)
            place = page.place if page else Place("", 1)
            if changes := compare_cycle(self._sentences, was, now, place, self._day):
                title = short_title(cycle.title)
                yield ChangeGroup(Topic.CYCLE, cycle.id, title, "", place, tuple(changes))

    def _scores(self) -> Iterator[OwnerScore]:
        """Return the scores that are shown differently: the newest cycle first, then by owner."""
        words, new_id = self._sentences.words, self._sentences.new_id
        old, new = self._before.project, self._after.project
        before = {
            new_id("owner", id): {new_id("cycle", cycle): score for cycle, score in scores.items()}
            for id, scores in self._before.scorecard.owners.items()
        }
        after = self._after.scorecard.owners
        gone = {id: owner for id, owner in old.owners.items() if new_id("owner", id) == id}
        owners, hidden = {**gone, **new.owners}, self._sentences.hidden.owners
        ordered = sorted(
            owners.keys() - hidden, key=lambda id: (_OWNERS.index(owners[id].type), id)
        )
        for cycle in cycles.newest_first({**self._old_cycles, **new.cycles}.values()):
            closed = cycle.id in self._closed_cycles
            for id in ordered:
                was, now = (side.get(id, {}).get(cycle.id) for side in (before, after))
                scores = was.score if was else None, now.score if now else None
                if words.score(scores[0]) != words.score(scores[1]):
                    titles = plain(owners[id].title), plain(cycle.title)
                    yield OwnerScore(id, titles[0], cycle.id, titles[1], *scores, closed)

    # What they have in common

    def _objective_pairs(self) -> Iterator[tuple[Objective | None, Objective | None]]:
        old, new = self._before.project.objectives, self._after.project.objectives
        return _pairs(self._objectives, old, new, self._sentences.hidden.objectives)

    def _kpi_pairs(self) -> Iterator[tuple[Kpi | None, Kpi | None]]:
        old, new = self._before.project.kpis, self._after.project.kpis
        return _pairs(self._kpis, old, new, self._sentences.hidden.kpis)

    def _errors(self, type: Type, was: Paged | None, now: Paged | None) -> list[Change] | None:
        """Return the change of a document that is only missing because of an error, or None."""
        if was is not None and now is not None:
            return None
        shown, other = _shown(was, now), self._before if was is None else self._after
        key = type, shown.id
        if key in other.private.broken:
            return []
        broken = [d.page for d in other.project.broken if (d.type, d.page.id) == key]
        if not broken:
            return None
        if was is None:
            text = self._sentences.say("Errors fixed; counted again")
            return [Change(ChangeKind.MENDED, text, shown.page.place)]
        text = self._sentences.say("Has errors and is not counted")
        return [Change(ChangeKind.BROKEN, text, broken[0].place)]

    def _named_owners(self, owners: Iterable[str]) -> str:
        hidden = self._sentences.hidden.owners
        names = self._sentences.names("owner", (id for id in owners if id not in hidden))
        return "".join(part.text for part in names)

    def _moved_paths(self) -> dict[str, str]:
        """Return the new paths of objectives and KPIs whose file was moved, by the old ones."""
        return {
            was.page.path: now.page.path
            for was, now in (*self._objective_pairs(), *self._kpi_pairs())
            if was and now and was.page.path != now.page.path
        }

    def _hidden_paths(self) -> frozenset[str]:
        """Return the paths on both sides of what is private on one."""
        hidden = self._sentences.hidden
        pages: list[Page | None] = []
        for project in (self._before.project, self._after.project):
            pages += [o.page for o in project.objectives.values() if o.id in hidden.objectives]
            pages += [k.page for k in project.kpis.values() if k.id in hidden.kpis]
            pages += [p.page for p in project.pillars.values() if p.id in hidden.pillars]
            pages += [o.page for o in project.owners.values() if o.id in hidden.owners]
        return hidden.paths | {page.path for page in pages if page}


def _pairs(
    pairs: Mapping[str, str], before: Things[Thing], after: Things[Thing], hidden: frozenset[str]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Return what is paired, what is gone and what is new, without what is hidden."""
    for id, thing in before.items():
        if id not in hidden:
            yield thing, after.get(pairs.get(id, ""))
    paired = set(pairs.values())
    for id, thing in after.items():
        if id not in hidden and id not in paired:
            yield None, thing


def _shown(was: Thing | None, now: Thing | None) -> Thing:
    """Return a document as it is now, or as it was where it is gone."""
    shown = now if now is not None else was
    assert shown is not None
    return shown


def _sorted(found: Ordered[Thing]) -> list[Thing]:
    return [thing for _, thing in sorted(found, key=lambda item: item[0])]


def _held(state: SiteState) -> Belongings:
    """Return what each owner has, private things too."""
    project, private = state.project, state.private
    objectives = (*project.objectives.values(), *private.objectives.values())
    return belongings(objectives, (*project.owners.values(), *private.owners.values()))


def _ended(state: SiteState, objective: Objective | None) -> tuple[float | None, Status | None]:
    """Return the score and status of an objective, if there is one."""
    figures = state.scorecard.objectives[objective.id] if objective else None
    return (figures.score, figures.status) if figures else (None, None)


def _hidden(
    pairs: Mapping[str, str], before: Iterable[str], after: Iterable[str]
) -> frozenset[str]:
    """Return all ids, of both sides, of what is private on at least one."""
    was, now = set(before), set(after)
    both = {id for pair in pairs.items() for id in pair if pair[0] in was or pair[1] in now}
    return frozenset(was | now | both)
