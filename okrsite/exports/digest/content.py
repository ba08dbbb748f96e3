"""What a digest says, in the order it says it. All texts are plain, without marks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from okrsite.language.inline import plain
from okrsite.language.wording import Words
from okrsite.pages.parts.statuses import STATUS_WORDS
from okrsite.project.model import CheckIn, KeyResult, Kpi, Objective, Project
from okrsite.project.model.cycles import State
from okrsite.scores import ObjectiveFigures, Scorecard
from okrsite.scores.status import Status

Address = Callable[[str], str | None]
"""Gives the web address of the page that a file is made into, where one is known."""

_WORRYING = (Status.OFF_TRACK, Status.AT_RISK)


@dataclass(frozen=True, slots=True)
class Item:
    """One objective or KPI of a digest: its title, what is said of it, and the details."""

    title: str
    address: str | None
    said: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a digest; `empty` is said where there is nothing in it."""

    title: str
    items: tuple[Item, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened to an owner's OKRs, and to those of everybody below, between two days."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    language: str
    direction: str


def digest_of(
    words: Words, project: Project, before: Scorecard, now: Scorecard, owner: str, address: Address
) -> Digest:
    """Make the digest of an owner; its first day is that of `before`, its last that of `now`.

    It speaks of active objectives whose cycle was open on one of the two days.
    """
    teller = _Teller(words, project, before, now, _below(project, owner), address)
    moved, risky, owed = teller.moved(), teller.risky(), teller.owed()
    days = {"since": words.day(before.as_of), "until": words.day(now.as_of)}
    name = plain(project.owners[owner].title)
    return Digest(
        title=words.say("OKRs of %(owner)s", owner=name),
        lead=words.say("From %(since)s to %(until)s", **days) + " · " + teller.check_ins_said(),
        parts=(
            Part(words.say("What moved"), moved, words.say("No score moved.")),
            Part(words.say("At risk, and why"), risky, words.say("Everything open is on track.")),
            Part(words.say("What is owed"), owed, words.say("Nothing is owed.")),
        ),
        language=str(words.locale).replace("_", "-"),
        direction=words.direction,
    )


def _below(project: Project, owner: str) -> frozenset[str]:
    """Find an owner and everybody below; of the company, everybody."""
    if owner == project.company:
        return frozenset(project.owners)
    inside: dict[str, bool] = {owner: True}
    for start in project.owners:
        way: list[str] = []
        one: str | None = start
        while one is not None and one in project.owners and one not in inside:
            inside[one] = False  # until the way up says something else; also ends a circle
            way.append(one)
            one = project.owners[one].parent
        found = one is not None and inside.get(one, False)
        inside.update(dict.fromkeys(way, found))
    return frozenset(one for one, is_inside in inside.items() if is_inside)


@dataclass(frozen=True)
class _Teller:
    words: Words
    project: Project
    before: Scorecard
    now: Scorecard
    owners: frozenset[str]
    address: Address

    def objectives(self) -> Iterator[Objective]:
        for objective in self.project.objectives.values():
            cycle = self.project.cycles[objective.cycle]
            states = (cycle.state(self.before.as_of), cycle.state(self.now.as_of))
            if objective.active and State.OPEN in states and self._mine(objective.owners):
                yield objective

    def _mine(self, owners: tuple[str, ...]) -> bool:
        return not self.owners.isdisjoint(owners)

    def check_ins_said(self) -> str:
        number = sum(len(self._new_check_ins(objective)) for objective in self.objectives())
        return self.words.count("%(number)s check-in", "%(number)s check-ins", number)

    def _new_check_ins(self, objective: Objective) -> list[CheckIn]:
        return [
            check_in
            for check_in in objective.check_ins
            if self.before.as_of < check_in.date <= self.now.as_of
        ]

    def moved(self) -> tuple[Item, ...]:
        found: list[tuple[float, Item]] = []
        for objective in self.objectives():
            then, now = self._figures(objective)
            difference = self.words.difference(now.score or 0.0, then.score or 0.0)
            if difference or self._turned(then, now):
                item = self._item(objective, self._movement(then, now, difference))
                found.append((-abs(difference), item))
        return tuple(item for *_, item in sorted(found, key=lambda f: f[0]))

    def _turned(self, then: ObjectiveFigures, now: ObjectiveFigures) -> bool:
        """Whether a status changed, beyond that the cycle began."""
        return then.status is not now.status and then.status is not Status.NOT_STARTED

    def _movement(self, then: ObjectiveFigures, now: ObjectiveFigures, difference: float) -> str:
        said = []
        if difference:
            scores = f"{self.words.score(then.score)} → {self.words.score(now.score)}"
            said.append(f"{scores} ({self.words.change(difference)})")
        if self._turned(then, now) and then.status and now.status:
            said.append(f"{self._status(then.status)} → {self._status(now.status)}")
        return " · ".join(said)

    def _status(self, status: Status) -> str:
        return self.words.say(STATUS_WORDS[status])

    def _figures(self, objective: Objective) -> tuple[ObjectiveFigures, ObjectiveFigures]:
        return self.before.objectives[objective.id], self.now.objectives[objective.id]

    def _item(self, objective: Objective, said: str) -> Item:
        return Item(
            plain(objective.page.title),
            self.address(objective.page.uri),
            self._with_owners(objective, said),
            tuple(self._moved_results(objective)),
        )

    def _with_owners(self, objective: Objective, said: str) -> str:
        owners = ", ".join(plain(self.project.owners[o].title) for o in objective.owners)
        return f"{owners} · {said}"

    def _moved_results(self, objective: Objective) -> Iterator[str]:
        then, now = self._figures(objective)
        for result in objective.counting:
            old, new = then.key_results[result.id], now.key_results[result.id]
            if old.evaluation.value != new.evaluation.value and new.evaluation.value is not None:
                said = self._values(result, old.evaluation.value, new.evaluation.value)
            elif self.words.difference(new.score or 0.0, old.score or 0.0):
                said = f"{self.words.score(old.score)} → {self.words.score(new.score)}"
            else:
                continue
            yield f"{plain(result.title)}: {said}"

    def _values(self, result: KeyResult, old: float | None, new: float) -> str:
        """Write two values, and a unit that is a word only once."""
        before = self.words.quantity(old, result.unit)
        if old is not None and not self.words.unit_is_part(result.unit):
            before = self.words.number(old)
        return f"{before} → {self.words.quantity(new, result.unit)}"

    def risky(self) -> tuple[Item, ...]:
        found: list[tuple[int, float, Item]] = []
        for objective in self.objectives():
            figures = self.now.objectives[objective.id]
            cycle = self.project.cycles[objective.cycle]
            if figures.status in _WORRYING and cycle.state(self.now.as_of) is State.OPEN:
                rank = _WORRYING.index(figures.status)
                item = Item(
                    plain(objective.page.title),
                    self.address(objective.page.uri),
                    self._with_owners(objective, self._standing(figures)),
                    tuple(self._reasons(objective, figures)),
                )
                found.append((rank, figures.pace or 0.0, item))
        return tuple(item for *_, item in sorted(found, key=lambda f: f[:2]))

    def _standing(self, figures: ObjectiveFigures) -> str:
        status = self._status(figures.status) if figures.status else ""
        return self.words.say(
            "%(status)s: %(score)s, expected %(expected)s", status=status,
            score=self.words.score(figures.score), expected=self.words.score(figures.expected),
        )  # fmt: skip

    def _reasons(self, objective: Objective, figures: ObjectiveFigures) -> Iterator[str]:
        words = self.words
        if figures.confidence is not None:
            yield words.say(
                "Confidence %(confidence)s on %(day)s",
                confidence=words.confidence(figures.confidence.value),
                day=words.day(figures.confidence.date),
            )
        for result in objective.counting:
            own = figures.key_results[result.id]
            if own.status in _WORRYING:
                status = self._status(own.status)
                yield words.say(
                    "%(key_result)s: %(status)s", key_result=plain(result.title), status=status
                )
        for check_in in self._new_check_ins(objective):
            for blocker in check_in.blockers:
                yield words.say("Blocker: %(blocker)s", blocker=plain(blocker))
            if check_in.note:
                yield words.say(
                    "%(day)s: %(note)s", day=words.short_day(check_in.date),
                    note=plain(check_in.note),
                )  # fmt: skip

    def owed(self) -> tuple[Item, ...]:
        silent = [o for o in self.objectives() if self.now.objectives[o.id].stale]
        silent.sort(key=lambda o: self.now.objectives[o.id].last_sign)
        late = [k for k in self.project.kpis.values() if k.owner in self.owners]
        return (
            *(self._silent(objective) for objective in silent),
            *(self._late(kpi) for kpi in late if self.now.kpis[kpi.id].overdue),
        )

    def _silent(self, objective: Objective) -> Item:
        day = self.words.day(self.now.objectives[objective.id].last_sign)
        said = self.words.say("a check-in: last heard of on %(day)s", day=day)
        title, address = plain(objective.page.title), self.address(objective.page.uri)
        return Item(title, address, self._with_owners(objective, said))

    def _late(self, kpi: Kpi) -> Item:
        last = self.now.kpis[kpi.id].last
        said = self.words.say("a reading: there is none yet")
        if last is not None:
            said = self.words.say(
                "a reading: the last is of %(day)s", day=self.words.day(last.date)
            )
        if kpi.owner is not None:
            said = f"{plain(self.project.owners[kpi.owner].title)} · {said}"
        return Item(plain(kpi.page.title), self.address(kpi.page.uri), said)
