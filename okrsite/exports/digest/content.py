"""The content of a digest, in the order in which it is read. All texts are plain, without marks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from okrsite.history.diff.model import Sentence
from okrsite.history.diff.text import clean
from okrsite.history.log.goalposts import moved_between, original_score
from okrsite.history.log.model import History
from okrsite.language.inline import plain
from okrsite.language.wording import NONE, Words
from okrsite.pages.history import author_name, gone, title_of
from okrsite.pages.parts.before_after import both_values
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.project.model import KeyResult, Kpi, Objective, Project
from okrsite.scores import KeyResultFigures, ObjectiveFigures, Scorecard
from okrsite.scores.period import WORRYING, KpiChange, ObjectiveChange, Period, Told
from okrsite.scores.status import Status

Address = Callable[[str], str | None]
"""Returns the web address of the page that a file is made into, where one is known."""

_Figures = ObjectiveFigures | KeyResultFigures


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
    """What happened to an owner's OKRs, and to those of everybody below, between two days.

    `note` is the last sentence, if there is one.
    """

    title: str
    lead: str
    sections: tuple[DigestSection, ...]
    language: str
    direction: str
    note: str = ""

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """All items of its sections."""
        return tuple(item for section in self.sections for item in section.items)


NO_HISTORY = History()


def digest_of(
    words: Words,
    project: Project,
    before: Scorecard,
    now: Scorecard,
    owner: str,
    address: Address,
    history: History = NO_HISTORY,
    told: Told | None = None,
) -> Digest:
    """Return the digest of an owner; its first day is that of `before`, its last that of `now`.

    It is about active objectives whose cycle was open on one of the two days. Goalposts that moved
    are known from the `history`. With what was `told` already only the rest is, in sections that
    aren't empty, and a note counts what is at risk or overdue as before.
    """
    period = Period(project, before, now, below(project, owner), told)
    content, say = _Content(words, period, address, history), words.say
    number = sum(len(change.check_ins) for change in period.objectives)
    check_ins = words.count("%(number)s check-in", "%(number)s check-ins", number)
    since, until = words.day(before.as_of), words.day(now.as_of)
    span = say("From %(since)s to %(until)s", since=since, until=until)
    sections = (
        DigestSection(say("What moved"), tuple(content.moved()), say("No score has changed.")),
        DigestSection(
            say("At risk, and why"), tuple(content.at_risk()), say("Everything is on track.")
        ),
        DigestSection(say("Wins"), tuple(content.wins()), ""),
        DigestSection(say("Other blockers"), tuple(content.other_blockers()), ""),
        DigestSection(say("Goalposts moved"), tuple(content.goalposts()), ""),
        DigestSection(say("KPIs that left or returned to their range"), tuple(content.kpis()), ""),
        DigestSection(say("Overdue"), tuple(content.overdue()), say("Nothing is overdue.")),
    )
    as_before = period.as_before if told else 0
    note = words.count(
        "%(number)s more is at risk or overdue, as before.",
        "%(number)s more are at risk or overdue, as before.",
        as_before,
    )
    return Digest(
        title=say("OKRs of %(owner)s", owner=plain(project.owners[owner].title)),
        lead=f"{span} · {check_ins}",
        sections=tuple(
            section for section in sections if section.items or (section.empty and not told)
        ),
        language=words.language,
        direction=words.direction,
        note=note if as_before else "",
    )


def below(project: Project, owner: str) -> frozenset[str]:
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
    period: Period
    address: Address
    history: History

    def moved(self) -> Iterator[DigestItem]:
        """Return the objectives whose status changed, then those whose score did, the largest
        change first."""
        turned = [change for change in self.period.moves if change.now.status]
        others = [
            change
            for change in self.period.objectives
            if not change.turned and self._difference(change)
        ]
        others.sort(key=lambda change: -abs(self._difference(change)))
        for change in (*turned, *others):
            changes = []
            if difference := self._difference(change):
                scores = self._scores(change.before, change.now)
                changes.append(f"{scores} ({self.words.change(difference)})")
            if change.turned and change.before.status and change.now.status:
                before, now = map(self._status, (change.before.status, change.now.status))
                changes.append(f"{before} → {now}")
            yield self._item(change.objective, " · ".join(changes), self._moved_results(change))

    def at_risk(self) -> Iterator[DigestItem]:
        """Return the objectives that are off track or at risk, the worst first."""
        for change in self.period.at_risk:
            figures = change.now
            summary = self.words.say(
                "%(status)s: %(score)s, expected %(expected)s",
                status=self._status(figures.status) if figures.status else "",
                score=self.words.score(figures.score),
                expected=self.words.score(figures.expected),
            )
            yield self._item(change.objective, summary, self._reasons(change))

    def wins(self) -> Iterator[DigestItem]:
        """Return what went well, by objective."""
        for change in self.period.objectives:
            if wins := [plain(win) for one in change.check_ins for win in one.wins]:
                yield self._item(change.objective, wins[0], wins[1:])

    def other_blockers(self) -> Iterator[DigestItem]:
        """Return what is in the way of objectives that aren't at risk."""
        worrying = {change.objective.id for change in self.period.at_risk}
        for change in self.period.objectives:
            if change.blockers and change.objective.id not in worrying:
                blockers = [plain(blocker) for blocker in change.blockers]
                yield self._item(change.objective, blockers[0], blockers[1:])

    def goalposts(self) -> Iterator[DigestItem]:
        """Return the objectives whose goalposts moved, the newest first, with who moved them."""
        period, say = self.period, self.words.say
        between = moved_between(self.history, period.project, period.before.as_of, period.until)
        for objective, moved, entry in between:
            if not period.is_theirs(objective.owners):
                continue
            figures, cycle = (
                period.now.objectives[objective.id],
                period.project.cycles[objective.cycle],
            )
            day = self.words.short_day(entry.day) if entry.day else NONE
            summary = say("by %(author)s on %(day)s", author=author_name(entry.author), day=day)
            original = self.words.score(
                original_score(moved, objective, figures, cycle, period.until)
            )
            if original != self.words.score(figures.score):
                summary += f" · {say('%(score)s against the original targets', score=original)}"
            sentences = (self._sentence(change.sentence) for change in entry.changes)
            yield self._item(objective, summary, sentences)

    def _sentence(self, sentence: Sentence) -> str:
        """Return a sentence of the change log as text; documents by their current titles."""
        project, say = self.period.project, self.words.say
        parts = []
        for part in sentence:
            if part.document is not None:
                title = title_of(project, *part.document)
                parts.append(gone(self.words, *part.document) if title is None else plain(title))
            else:
                text = clean(part.text)
                parts.append(say("“%(name)s”", name=text) if part.name else text)
        return "".join(parts)

    def kpis(self) -> Iterator[DigestItem]:
        """Return the KPIs whose health changed, the worse ones first."""
        for change in self.period.kpis:
            yield self._kpi_item(change.kpi, f"{self._kpi_values(change)} · {self._health(change)}")

    def overdue(self) -> Iterator[DigestItem]:
        """Return the objectives without a recent check-in, the longest first, and the KPIs without
        a recent reading."""
        for objective in self.period.stale:
            figures = self.period.now.objectives[objective.id]
            summary = self.words.say("a check-in: no update yet")
            if figures.updated:
                day = self.words.day(figures.last_sign)
                summary = self.words.say("a check-in: last update %(day)s", day=day)
            yield self._item(objective, summary)
        for kpi in self.period.overdue_kpis:
            last = self.period.now.kpis[kpi.id].last
            summary = self.words.say("a reading: none yet")
            if last is not None:
                day = self.words.day(last.date)
                summary = self.words.say("a reading: last reading %(day)s", day=day)
            yield self._kpi_item(kpi, summary)

    def _item(self, objective: Objective, summary: str, details: Iterable[str] = ()) -> DigestItem:
        page, owners = objective.page, self._names(objective.owners)
        summary = f"{owners} · {summary}"
        return DigestItem(plain(page.title), self.address(page.uri), summary, tuple(details))

    def _kpi_item(self, kpi: Kpi, summary: str) -> DigestItem:
        if kpi.owner is not None:
            summary = f"{self._names([kpi.owner])} · {summary}"
        return DigestItem(plain(kpi.page.title), self.address(kpi.page.uri), summary, ())

    def _kpi_values(self, change: KpiChange) -> str:
        before, now = change.before.last, change.now.last
        old, new = before.value if before else None, now.value if now else None
        return " → ".join(filter(None, both_values(self.words, old, new, change.kpi.unit, ())))

    def _health(self, change: KpiChange) -> str:
        names = (self.words.say(HEALTH_WORDS[h.health]) for h in (change.before, change.now))
        return " → ".join(names)

    def _names(self, owners: Iterable[str]) -> str:
        return ", ".join(plain(self.period.project.owners[owner].title) for owner in owners)

    def _status(self, status: Status) -> str:
        return self.words.say(STATUS_WORDS[status])

    def _scores(self, then: _Figures, now: _Figures) -> str:
        return f"{self.words.score(then.score)} → {self.words.score(now.score)}"

    def _difference(self, change: ObjectiveChange) -> float:
        return self.words.difference(change.now.score or 0.0, change.before.score or 0.0)

    def _moved_results(self, change: ObjectiveChange) -> Iterator[str]:
        for one in change.results:
            if one.value_changed and one.now.evaluation.value is not None:
                moved = self._values(
                    one.result, one.before.evaluation.value, one.now.evaluation.value
                )
            elif self.words.difference(one.now.score or 0.0, one.before.score or 0.0):
                moved = self._scores(one.before, one.now)
            else:
                continue
            yield f"{plain(one.result.title)}: {moved}"

    def _values(self, result: KeyResult, old: float | None, new: float) -> str:
        before, after = both_values(self.words, old, new, result.unit, result.measure.goals)
        return f"{before or NONE} → {after}"

    def _reasons(self, change: ObjectiveChange) -> Iterator[str]:
        words, figures = self.words, change.now
        if figures.confidence is not None:
            confidence = words.confidence(figures.confidence.value)
            day = words.day(figures.confidence.date)
            yield words.say("Confidence %(confidence)s on %(day)s", confidence=confidence, day=day)
        for result in change.objective.counting:
            status = figures.key_results[result.id].status
            if status in WORRYING:
                title, word = plain(result.title), self._status(status)
                yield words.say("%(key_result)s: %(status)s", key_result=title, status=word)
        for check_in in change.check_ins:
            for blocker in check_in.blockers:
                yield words.say("Blocker: %(blocker)s", blocker=plain(blocker))
            if check_in.note:
                day, note = words.short_day(check_in.date), plain(check_in.note)
                yield words.say("%(day)s: %(note)s", day=day, note=note)
