"""The content of a digest, in the order in which it is read. All texts are plain, without marks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.parts.statuses import STATUS_WORDS
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Project
from okrsite.project.model.cycles import State
from okrsite.scores import KeyResultFigures, ObjectiveFigures, Scorecard
from okrsite.scores.status import Status

Address = Callable[[str], str | None]
"""Returns the web address of the page that a file is made into, where one is known."""

_Figures = ObjectiveFigures | KeyResultFigures
_WORRYING = (Status.OFF_TRACK, Status.AT_RISK)


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One objective or KPI of a digest: its title, a summary, and the details."""

    title: str
    address: str | None
    summary: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigestSection:
    """One section of a digest; `empty` is the sentence in place of no items."""

    title: str
    items: tuple[DigestItem, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened to an owner's OKRs, and to those of everybody below, between two days."""

    title: str
    lead: str
    sections: tuple[DigestSection, ...]
    language: str
    direction: str


def digest_of(
    words: Words, project: Project, before: Scorecard, now: Scorecard, owner: str, address: Address
) -> Digest:
    """Return the digest of an owner; its first day is that of `before`, its last that of `now`.

    It is about active objectives whose cycle was open on one of the two days.
    """
    content, say = _Content(words, project, before, now, _below(project, owner), address), words.say
    number = sum(len(content.new_check_ins(objective)) for objective in content.objectives())
    check_ins = words.count("%(number)s check-in", "%(number)s check-ins", number)
    since, until = words.day(before.as_of), words.day(now.as_of)
    period = say("From %(since)s to %(until)s", since=since, until=until)
    moved, at_risk, overdue = map(tuple, (content.moved(), content.at_risk(), content.overdue()))
    return Digest(
        title=say("OKRs of %(owner)s", owner=plain(project.owners[owner].title)),
        lead=f"{period} · {check_ins}",
        sections=(
            DigestSection(say("What moved"), moved, say("No score has changed.")),
            DigestSection(say("At risk, and why"), at_risk, say("Everything is on track.")),
            DigestSection(say("Overdue"), overdue, say("Nothing is overdue.")),
        ),
        language=words.language,
        direction=words.direction,
    )


def _below(project: Project, owner: str) -> frozenset[str]:
    """Return an owner and everybody below; of the company, everybody."""
    if owner == project.company:
        return frozenset(project.owners)
    inside: dict[str, bool] = {owner: True}
    for start in project.owners:
        way: list[str] = []
        one: str | None = start
        while one is not None and one in project.owners and one not in inside:
            inside[one] = False  # until the way up shows otherwise; this also ends a circle
            way.append(one)
            one = project.owners[one].parent
        found = one is not None and inside.get(one, False)
        inside.update(dict.fromkeys(way, found))
    return frozenset(one for one, is_inside in inside.items() if is_inside)


@dataclass(frozen=True)
class _Content:
    words: Words
    project: Project
    before: Scorecard
    now: Scorecard
    owners: frozenset[str]
    address: Address

    def objectives(self) -> Iterator[Objective]:
        """Return the objectives that the digest is about."""
        for objective in self.project.objectives.values():
            cycle = self.project.cycles[objective.cycle]
            states = (cycle.state(self.before.as_of), cycle.state(self.now.as_of))
            mine = not self.owners.isdisjoint(objective.owners)
            if objective.active and State.OPEN in states and mine:
                yield objective

    def new_check_ins(self, objective: Objective) -> list[CheckIn]:
        """Return the check-ins of an objective between the two days."""
        since, until = self.before.as_of, self.now.as_of
        return [check_in for check_in in objective.check_ins if since < check_in.date <= until]

    def moved(self) -> Iterator[DigestItem]:
        """Return the objectives whose score or status changed, the largest change first."""
        found: list[tuple[float, Objective, str]] = []
        for objective in self.objectives():
            then, now = self.before.objectives[objective.id], self.now.objectives[objective.id]
            difference = self.words.difference(now.score or 0.0, then.score or 0.0)
            # A cycle that began changes a status too.
            turned = then.status is not now.status and then.status is not Status.NOT_STARTED
            changes = []
            if difference:
                changes.append(f"{self._scores(then, now)} ({self.words.change(difference)})")
            if turned and then.status and now.status:
                changes.append(f"{self._status(then.status)} → {self._status(now.status)}")
            if difference or turned:
                found.append((-abs(difference), objective, " · ".join(changes)))
        for _, objective, summary in sorted(found, key=lambda one: one[0]):
            yield self._item(objective, summary, self._moved_results(objective))

    def at_risk(self) -> Iterator[DigestItem]:
        """Return the objectives that are off track or at risk, the worst first."""
        found: list[tuple[int, float, Objective]] = []
        for objective in self.objectives():
            figures = self.now.objectives[objective.id]
            cycle = self.project.cycles[objective.cycle]
            if figures.status in _WORRYING and cycle.state(self.now.as_of) is State.OPEN:
                rank = _WORRYING.index(figures.status)
                found.append((rank, figures.pace or 0.0, objective))
        for *_, objective in sorted(found, key=lambda one: one[:2]):
            figures = self.now.objectives[objective.id]
            summary = self.words.say(
                "%(status)s: %(score)s, expected %(expected)s",
                status=self._status(figures.status) if figures.status else "",
                score=self.words.score(figures.score),
                expected=self.words.score(figures.expected),
            )
            yield self._item(objective, summary, self._reasons(objective, figures))

    def overdue(self) -> Iterator[DigestItem]:
        """Return the objectives without a recent check-in, the longest first, and the KPIs without
        a recent reading."""
        figures = self.now.objectives
        stale = [objective for objective in self.objectives() if figures[objective.id].stale]
        for objective in sorted(stale, key=lambda o: figures[o.id].last_sign):
            day = self.words.day(figures[objective.id].last_sign)
            summary = self.words.say("a check-in: last update %(day)s", day=day)
            yield self._item(objective, summary)
        for kpi in self.project.kpis.values():
            if kpi.owner in self.owners and self.now.kpis[kpi.id].overdue:
                yield self._overdue_kpi(kpi)

    def _item(self, objective: Objective, summary: str, details: Iterable[str] = ()) -> DigestItem:
        page, owners = objective.page, self._names(objective.owners)
        summary = f"{owners} · {summary}"
        return DigestItem(plain(page.title), self.address(page.uri), summary, tuple(details))

    def _overdue_kpi(self, kpi: Kpi) -> DigestItem:
        last = self.now.kpis[kpi.id].last
        summary = self.words.say("a reading: there is none yet")
        if last is not None:
            day = self.words.day(last.date)
            summary = self.words.say("a reading: last reading %(day)s", day=day)
        if kpi.owner is not None:
            summary = f"{self._names([kpi.owner])} · {summary}"
        return DigestItem(plain(kpi.page.title), self.address(kpi.page.uri), summary, ())

    def _names(self, owners: Iterable[str]) -> str:
        return ", ".join(plain(self.project.owners[owner].title) for owner in owners)

    def _status(self, status: Status) -> str:
        return self.words.say(STATUS_WORDS[status])

    def _scores(self, then: _Figures, now: _Figures) -> str:
        return f"{self.words.score(then.score)} → {self.words.score(now.score)}"

    def _moved_results(self, objective: Objective) -> Iterator[str]:
        then, now = self.before.objectives[objective.id], self.now.objectives[objective.id]
        for result in objective.counting:
            old, new = then.key_results[result.id], now.key_results[result.id]
            value = new.evaluation.value
            if old.evaluation.value != value and value is not None:
                change = self._values(result, old.evaluation.value, value)
            elif self.words.difference(new.score or 0.0, old.score or 0.0):
                change = self._scores(old, new)
            else:
                continue
            yield f"{plain(result.title)}: {change}"

    def _values(self, result: KeyResult, old: float | None, new: float) -> str:
        """Return two values, and a unit that is a word only once."""
        words, limits = self.words, result.measure.goals
        if old is None:
            return f"{words.quantity(old)} → {words.quantity(new, result.unit, limits)}"
        before, after = words.both(old, new, result.unit, limits)
        if not words.unit_is_part(result.unit):
            before, _ = words.both(old, new, None, limits)
        return f"{before} → {after}"

    def _reasons(self, objective: Objective, figures: ObjectiveFigures) -> Iterator[str]:
        words = self.words
        if figures.confidence is not None:
            confidence = words.confidence(figures.confidence.value)
            day = words.day(figures.confidence.date)
            yield words.say("Confidence %(confidence)s on %(day)s", confidence=confidence, day=day)
        for result in objective.counting:
            status = figures.key_results[result.id].status
            if status in _WORRYING:
                title, word = plain(result.title), self._status(status)
                yield words.say("%(key_result)s: %(status)s", key_result=title, status=word)
        for check_in in self.new_check_ins(objective):
            for blocker in check_in.blockers:
                yield words.say("Blocker: %(blocker)s", blocker=plain(blocker))
            if check_in.note:
                day, note = words.short_day(check_in.date), plain(check_in.note)
                yield words.say("%(day)s: %(note)s", day=day, note=note)
