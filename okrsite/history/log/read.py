"""Git's history to the change log of a site: one pass over the log, each version read once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from okrsite.documents.types import Type
from okrsite.history.diff.matching import match_cycles
from okrsite.history.log.document_log import DocumentLogs
from okrsite.history.log.model import (
    History,
    LogEntry,
    LoggedChange,
    MovedCycle,
    MovedGoalposts,
    by_commit,
    goalposts_in,
)
from okrsite.history.log.moved_goalposts import GoalpostReader
from okrsite.history.log.numbering import Numbering
from okrsite.history.log.renames import Step, Steps, follow
from okrsite.history.log.resolve_old_references import CurrentNames
from okrsite.history.log.stated_values import StatedValues
from okrsite.history.log.version_reader import HistorySource
from okrsite.history.log.versions import VersionKey
from okrsite.language.wording import Words
from okrsite.project.model.cycles import Cycle
from okrsite.settings import Settings
from okrsite.util.markdown_files import MARKDOWN


def read_history(
    source: HistorySource, current: CurrentNames, settings: Settings, words: Words
) -> History:
    """Return who changed what in the published documents.

    Raises RepositoryError where git cannot read its history.
    """
    logs = DocumentLogs(source, current, settings, words)
    return _HistoryReader(logs).history(source.address)


class _HistoryReader:
    """Reads one history."""

    def __init__(self, logs: DocumentLogs) -> None:
        self._logs = logs
        self._versions = logs.versions
        self._current = logs.current

    def history(self, address: str | None) -> History:
        """Read everything: owners, KPIs and pillars, because the rest depends on who is private.

        Other files come last: a check-in document is logged with its objectives, a data file with
        its KPI.
        """
        project = self._current.published
        owners = {o.page.uri: o.type for o in project.owners.values() if o.page is not None}
        kpis = {kpi.page.uri: Type.KPI for kpi in project.kpis.values()}
        pillars = {pillar.page.uri: Type.PILLAR for pillar in project.pillars.values()}
        objectives = {o.page.uri: o for o in project.objectives.values()}
        cycles = [page.uri for page in project.cycle_pages.values()]
        others = (*cycles, *project.check_in_documents, *self._current.kpi_of_data)
        steps = self._steps((*owners, *kpis, *pillars, *objectives, *others))
        if self._current.rename(self._former_names(steps)):
            self._versions.clear()
        self._logs.hidden |= {
            o.id
            for o in project.owners.values()
            if o.page and self._logs.was_private(steps[o.page.uri])
        }
        private = [k.id for k in project.kpis.values() if self._logs.was_private(steps[k.page.uri])]
        if self._current.mask(private):
            self._versions.clear()
        entries: defaultdict[str, list[LogEntry]] = defaultdict(list)
        for uri, type in {**owners, **kpis, **pillars}.items():
            entries[uri] += self._logs.log(steps[uri], type).entries
        for uri, kpi in self._current.kpi_of_data.items():
            since, _ = self._logs.public_since(steps[kpi.page.uri], data=uri)
            entries[kpi.page.uri] += self._logs.log(_from(steps[uri], since), Type.KPI).entries
        self._logs.cycles = self._moved_cycles(steps)
        check_ins = {uri: steps[uri] for uri in project.check_in_documents}
        stated = StatedValues(
            self._logs, lambda: {**self._steps(self._deleted(steps)), **check_ins}
        )
        reader = GoalpostReader(self._logs, stated)
        goalposts: dict[str, MovedGoalposts] = {}
        numberings: dict[str, Numbering] = {}
        for uri, objective in objectives.items():
            start = self._logs.as_begun(project.cycles[objective.cycle]).start
            log = self._logs.log(steps[uri], Type.OBJECTIVE, start)
            if log.numbering.moved:
                numberings[objective.id] = log.numbering
            edits = reader.edited_starts(objective, entries, log.place)
            entries[uri] += (*log.entries, *edits)
            if moved := reader.moved(objective, log, edits):
                goalposts[objective.id] = moved
        self._logs.numberings = numberings
        for uri, entry in self._check_ins(steps):
            entries[uri].append(entry)
        documents = {uri: by_commit(found) for uri, found in entries.items() if found}
        former = self._former_files(steps, (*owners, *kpis, *pillars, *objectives))
        return History(documents, goalposts, self._logs.cycles, address, former)

    def _former_files(self, steps: Steps, uris: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the files that documents were before, since they have been public."""
        found: dict[str, tuple[str, ...]] = {}
        last: dict[str, int] = {}
        for uri in uris:
            since, _ = self._logs.public_since(steps[uri])
            public = [step for step in steps[uri] if step.after and step.place <= since]
            names = [self._versions.uri(step.after[0]) for step in public if step.after]
            former = tuple(dict.fromkeys(name for name in names if name != uri))
            if former:
                found[uri] = former
                here = (step.place for step, name in zip(public, names, strict=True) if name == uri)
                last[uri] = max(here, default=0)
        return {uri: found[uri] for uri in sorted(found, key=last.__getitem__)}

    def _steps(self, uris: Iterable[str]) -> Steps:
        versions = self._versions
        found = follow(versions.commits, map(versions.path, uris), versions.renames)
        return {versions.uri(path): steps for path, steps in found.items()}

    def _former_names(self, steps: Steps) -> dict[tuple[str, str], str]:
        """Return the ids of documents by their sort and former files, without ending."""
        project = self._current.published
        documents = [("owner", o.page, o.id) for o in project.owners.values() if o.page is not None]
        documents += [("kpi", kpi.page, kpi.id) for kpi in project.kpis.values()]
        documents += [("pillar", pillar.page, pillar.id) for pillar in project.pillars.values()]
        return {
            (kind, uri.removesuffix(".md")): id
            for kind, page, id in documents
            for step in steps[page.uri]
            if step.after is not None and (uri := self._versions.uri(step.after[0])) != page.uri
        }

    def _deleted(self, steps: Steps) -> dict[str, VersionKey]:
        """Return deleted files with their last versions: check-ins or cycles may be among them."""
        hidden = self._current.hidden.uris
        return {
            uri: (file.path, id)
            for commit in reversed(self._versions.commits)
            for file in commit.files
            if file.path.endswith(MARKDOWN) and file.after is None
            if (uri := self._versions.uri(file.path)) not in steps and uri not in hidden
            if (id := next(filter(None, file.before), None)) is not None
        }

    def _check_ins(self, steps: Steps) -> Iterator[tuple[str, LogEntry]]:
        """Return the entries of check-in documents, with the file of the objective of each."""
        project = self._current.published
        since: dict[str, int] = {}
        for objective in project.objectives.values():
            place, began = self._logs.public_since(steps[objective.page.uri])
            since[objective.id] = place if began else place - 1
        for uri in project.check_in_documents:
            for entry in self._logs.log(steps[uri], Type.CHECK_IN).entries:
                by_objective: defaultdict[str, list[LoggedChange]] = defaultdict(list)
                for change in entry.changes:
                    if change.about in since and entry.place <= since[change.about]:
                        by_objective[change.about].append(change)
                for id, changes in by_objective.items():
                    page = project.objectives[id].page
                    yield page.uri, replace(entry, changes=tuple(changes))

    def _moved_cycles(self, steps: Steps) -> dict[str, MovedCycle]:
        """Return the cycles whose days moved back after they had opened."""
        published = self._current.published
        histories = self._deleted_cycles(steps)
        for id, page in published.cycle_pages.items():
            histories.setdefault(id, []).extend(steps[page.uri])
        found: dict[str, MovedCycle] = {}
        for id, history in histories.items():
            log = self._logs.log(_one_document(history), Type.CYCLE)
            moved = goalposts_in(log.entries)
            if not moved or log.original is None:
                continue
            key, content = log.original
            original = content if content is not None else self._versions.content_of(key)
            if isinstance(original, Cycle):
                calendar = self._logs.comparison.calendar_of(original) if log.late else None
                began = replace(calendar or original, title=original.title)
                found[id] = MovedCycle(moved, began)
        return found

    def _deleted_cycles(self, steps: Steps) -> dict[str, list[Step]]:
        """Return the steps of the deleted documents of cycles, by the ids of the cycles now."""
        deleted = {
            uri: content
            for uri, key in self._deleted(steps).items()
            if self._versions.facts_of(key).type is Type.CYCLE
            if isinstance(content := self._versions.content_of(key), Cycle)
        }
        former = {cycle.id: cycle for cycle in deleted.values()}
        now = match_cycles(former, self._current.published.cycles)
        found: defaultdict[str, list[Step]] = defaultdict(list)
        for uri, history in self._steps(deleted).items():
            id = now.get(deleted[uri].id)
            if id is not None:
                found[id] += history
        return dict(found)


def _from(steps: Iterable[Step], since: int) -> list[Step]:
    """Leave out the steps before a commit; in that commit everything is new."""
    return [
        replace(step, before=(None,)) if step.place == since else step
        for step in steps
        if step.place <= since
    ]


def _one_document(steps: Iterable[Step]) -> list[Step]:
    """Return the steps of several files of one cycle; one that goes as another comes has moved."""
    known = {(step.place, step.after): step for step in steps}
    changed = {place for place, after in known if after is not None}
    found = (s for s in known.values() if s.after is not None or s.place not in changed)
    return sorted(found, key=lambda step: step.place)
