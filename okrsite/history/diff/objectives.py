"""What changed in one objective, in the words of OKRs.

It needs nothing but the objective as it was and as it is, so that it serves a whole site as well
as one document between two commits.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from okrsite.documents.sections import retrospective_in
from okrsite.documents.values import Commitment, Every, InitiativeStatus, WrittenStatus
from okrsite.history.diff.check_ins import compare_check_ins, speakable
from okrsite.history.diff.effects import Effect
from okrsite.history.diff.grades import compare_grades
from okrsite.history.diff.key_results import compare_key_result, with_measure
from okrsite.history.diff.matching import match, match_key_results
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.project.model import Initiative, KeyResult, Link, Objective

Effects = Callable[[KeyResult, KeyResult], Effect | None]
"""Gives what happened to the score of a key result, before to after."""


def compare_objective(
    voice: Voice, before: Objective | None, after: Objective | None, opened: bool,
    closed: bool = False, effects: Effects | None = None,
) -> list[Change]:  # fmt: skip
    """Say what is different in an objective; None where there was or is none.

    `opened` tells whether its cycle had begun when it changed: then goalposts are marked, unless
    it was a draft. `closed` tells whether the cycle was over, so that a grade is what one expects.
    """
    if before is None and after is None:
        return []
    if before is None:
        assert after is not None
        added = change(ChangeKind.ADDED, _added(voice, after), after.page.place)
        return [added, *_serves(voice, after), *_continues(voice, None, after)]
    opened = opened and before.active
    if after is None:
        text = voice.say("Objective dropped")
        return [change(ChangeKind.DROPPED, text, before.page.place, None, opened)]
    said = [*_identity(voice, before, after, opened), *_standing(voice, before, after, opened)]
    said += compare_grades(
        voice, before.grade, after.grade, after.page.line("grade"), opened, closed
    )
    said += _links(voice, before, after)
    said += _key_results(voice, before, after, opened, closed, effects)
    said += compare_check_ins(
        voice, before.check_ins, after.check_ins, speakable(after), after.page.line("check_ins")
    )
    said += _initiatives(voice, before, after)
    said += _text(voice, before, after)
    return said


def _added(voice: Voice, after: Objective) -> Sentence:
    results = voice.listing(with_measure(voice, result) for result in after.key_results)
    if after.status is WrittenStatus.DRAFT:
        if not results:
            return voice.say("New objective, a draft without key results")
        return voice.say("New objective, a draft: %(results)s", results=results)
    if not results:
        return voice.say("New objective without key results")
    return voice.say("New objective: %(results)s", results=results)


def _identity(voice: Voice, before: Objective, after: Objective, opened: bool) -> Iterator[Change]:
    place = after.page.place
    if before.cycle != after.cycle:
        text = voice.say(
            "Moved from the cycle %(before)s to %(after)s",
            before=voice.cycle(before.cycle), after=voice.cycle(after.cycle),
        )  # fmt: skip
        yield change(ChangeKind.CYCLE, text, after.page.line("cycle"), None, opened)
    elif before.page.path != after.page.path:
        text = voice.say("The file was moved from %(path)s", path=Name(_literal(before.page.path)))
        yield change(ChangeKind.MOVED, text, place)
    elif before.id != after.id:
        text = voice.say(
            "The id was %(before)s and is now %(after)s",
            before=Name(_literal(before.id)), after=Name(_literal(after.id)),
        )  # fmt: skip
        yield change(ChangeKind.MOVED, text, after.page.line("id"))
    if before.page.title != after.page.title:
        text = voice.say("It was called %(before)s before", before=Name(before.page.title))
        yield change(ChangeKind.TITLE, text, after.page.line("title"))
    yield from _people(
        voice, before.owners, after.owners, ChangeKind.OWNER, after, "owners", opened
    )
    yield from _people(
        voice, before.contributors, after.contributors, ChangeKind.CONTRIBUTORS, after,
        "contributors", False,
    )  # fmt: skip


def _people(
    voice: Voice, before: tuple[str, ...], after: tuple[str, ...], kind: ChangeKind,
    objective: Objective, field: str, opened: bool,
) -> Iterator[Change]:  # fmt: skip
    quiet = voice.unsaid.owners
    was = [owner for owner in before if owner not in quiet]
    now = [owner for owner in after if owner not in quiet]
    if [voice.moves.owners.get(owner, owner) for owner in was] == now:
        return
    none = voice.say("nobody")
    values = {"before": voice.owners(was) or none, "after": voice.owners(now) or none}
    if kind is ChangeKind.OWNER:
        text = voice.say("Owner: %(before)s → %(after)s", **values)
        field = "owners" if "owners" in objective.page.lines else "owner"
    else:
        text = voice.say("Contributors: %(before)s → %(after)s", **values)
    yield change(kind, text, objective.page.line(field))


def _standing(voice: Voice, before: Objective, after: Objective, opened: bool) -> Iterator[Change]:
    page, words = after.page, voice.words
    if before.commitment is not after.commitment:
        text = voice.say(
            "Commitment: %(before)s → %(after)s",
            before=_commitment(voice, before.commitment),
            after=_commitment(voice, after.commitment),
        )
        yield change(ChangeKind.COMMITMENT, text, page.line("commitment"), None, opened)
    if before.status is not after.status:
        text = voice.say(
            "Status: %(before)s → %(after)s",
            before=_status(voice, before.status), after=_status(voice, after.status),
        )  # fmt: skip
        yield change(ChangeKind.STATUS, text, page.line("status"), None, opened)
    if before.weight.value != after.weight.value:
        text = voice.say(
            "Weight: %(before)s → %(after)s",
            before=words.exact(before.weight.value), after=words.exact(after.weight.value),
        )  # fmt: skip
        yield change(ChangeKind.WEIGHT, text, after.weight.place, None, opened)
    if before.every is not after.every:
        text = voice.say(
            "A check-in is due: %(before)s → %(after)s",
            before=_every(voice, before.every), after=_every(voice, after.every),
        )  # fmt: skip
        yield change(ChangeKind.RHYTHM, text, page.line("every"))


def _serves(voice: Voice, after: Objective) -> Iterator[Change]:
    """Say what a new objective aligns to."""
    for link in _differing(voice, (), after.aligns_to)[1]:
        text = voice.say("Aligns to %(objective)s", objective=_target(voice, link))
        yield change(ChangeKind.ALIGNMENT, text, link.place)


def _links(voice: Voice, before: Objective, after: Objective) -> Iterator[Change]:
    gone, come = _differing(voice, before.aligns_to, after.aligns_to)
    for link in come:
        text = voice.say("Now aligns to %(objective)s", objective=_target(voice, link))
        yield change(ChangeKind.ALIGNMENT, text, link.place)
    for link in gone:
        text = voice.say("No longer aligns to %(objective)s", objective=_target(voice, link))
        yield change(ChangeKind.ALIGNMENT, text, after.page.line("aligns_to"))
    gone, come = _differing(voice, before.depends_on, after.depends_on)
    for link in come:
        text = voice.say("Now depends on %(objective)s", objective=_target(voice, link))
        yield change(ChangeKind.DEPENDENCY, text, link.place)
    for link in gone:
        text = voice.say("No longer depends on %(objective)s", objective=_target(voice, link))
        yield change(ChangeKind.DEPENDENCY, text, after.page.line("depends_on"))
    yield from _continues(voice, before.continues, after)


def _continues(voice: Voice, before: str | None, after: Objective) -> Iterator[Change]:
    """Say that an objective goes on from another one; `before` is what it went on from."""
    if voice.moves.objectives.get(before or "", before) == after.continues:
        return
    if not voice.unsaid.objectives.isdisjoint({before, after.continues} - {None}):
        return
    place = after.page.line("continues")
    if after.continues is not None:
        text = voice.say("Goes on from %(objective)s", objective=voice.objective(after.continues))
        yield change(ChangeKind.CONTINUES, text, place)
    elif before is not None:
        text = voice.say("No longer goes on from %(objective)s", objective=voice.objective(before))
        yield change(ChangeKind.CONTINUES, text, place)


def _differing(
    voice: Voice, before: Iterable[Link], after: Iterable[Link]
) -> tuple[list[Link], list[Link]]:
    """Return the links that are gone and those that came, without those that are kept quiet."""

    def key(link: Link) -> tuple[str, str | None]:
        return voice.moves.objectives.get(link.objective, link.objective), link.key_result

    quiet = voice.unsaid.objectives
    was = {key(link): link for link in before if link.objective not in quiet}
    now = {(k.objective, k.key_result): k for k in after if k.objective not in quiet}
    return (
        [link for k, link in was.items() if k not in now],
        [link for k, link in now.items() if k not in was],
    )


def _target(voice: Voice, link: Link) -> Sentence:
    name = voice.objective(link.objective)
    if link.key_result is None:
        return voice.say("%(objective)s", objective=name)
    return voice.say(
        "%(objective)s (key result %(result)s)",
        objective=name, result=Name(_literal(link.key_result)),
    )  # fmt: skip


def _key_results(
    voice: Voice, before: Objective, after: Objective, opened: bool, closed: bool,
    effects: Effects | None,
) -> Iterator[Change]:  # fmt: skip
    for old, new in match_key_results(before.key_results, after.key_results):
        if old is None and new is not None:
            text = voice.say("New key result: %(result)s", result=with_measure(voice, new))
            yield change(ChangeKind.KEY_RESULT_ADDED, text, new.place, new.id)
        elif old is not None and new is None:
            text = voice.say("Key result %(result)s dropped", result=Name(old.title))
            goalpost = opened and not old.cancelled
            yield change(ChangeKind.KEY_RESULT_DROPPED, text, after.page.place, old.id, goalpost)
        elif old is not None and new is not None:
            effect = effects(old, new) if effects else None
            yield from compare_key_result(voice, old, new, opened, closed, effect)


def _initiatives(voice: Voice, before: Objective, after: Objective) -> Iterator[Change]:
    old = {str(i): initiative for i, initiative in enumerate(before.initiatives)}
    new = {str(i): initiative for i, initiative in enumerate(after.initiatives)}
    pairs = match(old, new, (lambda i: (i.title, i.key_result), lambda i: i.title), same_id=False)
    came_from = {b: old[a] for a, b in pairs.items()}
    for id, initiative in new.items():
        title = Name(initiative.title)
        if id not in came_from:
            text = voice.say(
                "New initiative %(initiative)s, %(status)s",
                initiative=title, status=_progress(voice, initiative),
            )  # fmt: skip
            yield change(ChangeKind.INITIATIVE, text, initiative.place)
        elif came_from[id].status is not initiative.status:
            text = voice.say(
                "Initiative %(initiative)s: %(before)s → %(after)s",
                initiative=title, before=_progress(voice, came_from[id]),
                after=_progress(voice, initiative),
            )  # fmt: skip
            yield change(ChangeKind.INITIATIVE, text, initiative.place)
    for id, initiative in old.items():
        if id not in pairs:
            text = voice.say(
                "Initiative %(initiative)s taken out", initiative=Name(initiative.title)
            )
            yield change(ChangeKind.INITIATIVE, text, after.page.line("initiatives"))


def _text(voice: Voice, before: Objective, after: Objective) -> Iterator[Change]:
    if before.page.description != after.page.description:
        text = voice.say("Description changed")
        yield change(ChangeKind.TEXT, text, after.page.line("description"))
    if before.page.body.strip() == after.page.body.strip():
        return
    had, has = (retrospective_in(page.body) is not None for page in (before.page, after.page))
    if has and not had:
        text = voice.say("Retrospective written")
        yield change(ChangeKind.RETROSPECTIVE, text, after.page.place)
    elif had and not has:
        text = voice.say("Retrospective taken out")
        yield change(ChangeKind.RETROSPECTIVE, text, after.page.place)
    else:
        text = voice.say("Text changed")
        yield change(ChangeKind.TEXT, text, after.page.place)


def _literal(text: str) -> str:
    """Write a path or id so that it stays as it is where inline Markdown is read."""
    return re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", text)


def _commitment(voice: Voice, commitment: Commitment) -> str:
    say = voice.words.say
    return say("committed") if commitment is Commitment.COMMITTED else say("aspirational")


def _status(voice: Voice, status: WrittenStatus) -> str:
    say = voice.words.say
    match status:
        case WrittenStatus.DRAFT:
            return say("draft")
        case WrittenStatus.ACTIVE:
            return say("active")
        case WrittenStatus.CANCELLED:
            return say("cancelled")


def _every(voice: Voice, every: Every | None) -> str:
    say = voice.words.say
    match every:
        case None:
            return say("as usual")
        case Every.WEEK:
            return say("every week")
        case Every.TWO_WEEKS:
            return say("every 2 weeks")
        case Every.MONTH:
            return say("every month")
        case Every.QUARTER:
            return say("every quarter")


def _progress(voice: Voice, initiative: Initiative) -> str:
    say = voice.words.say
    match initiative.status:
        case InitiativeStatus.TODO:
            return say("to do")
        case InitiativeStatus.DOING:
            return say("under way")
        case InitiativeStatus.DONE:
            return say("done")
        case InitiativeStatus.DROPPED:
            return say("dropped")
