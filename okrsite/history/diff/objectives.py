"""The changes of one objective.

They need nothing but the objective as it was and as it is, so that they serve a whole site as well
as one document between two commits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from okrsite.documents.sections import retrospective_in
from okrsite.documents.values import Commitment, Every, InitiativeStatus, Origin, WrittenStatus
from okrsite.history.diff import show
from okrsite.history.diff.check_ins import compare_check_ins, ids_now, public_results
from okrsite.history.diff.effects import Effect
from okrsite.history.diff.fields import (
    About,
    Field,
    Links,
    RefersTo,
    Table,
    at,
    compare_fields,
)
from okrsite.history.diff.grades import compare_grades
from okrsite.history.diff.key_results import compare_key_result
from okrsite.history.diff.matching import match_key_results, pair
from okrsite.history.diff.measures import with_measure
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import ChangeSentences, Name
from okrsite.i18n import message
from okrsite.project.model import Initiative, KeyResult, LinkTo, Objective, Place
from okrsite.project.model.cycles import State

Effects = Callable[[KeyResult, KeyResult], Effect | None]
"""Returns what happened to the score of a key result, before to after."""

Pairs = Sequence[tuple[KeyResult | None, KeyResult | None]]
"""Key results before and after; None is where there was or is none."""

_ORIGINS = {
    None: message("not set"),
    Origin.BOTTOM_UP: message("bottom-up"),
    Origin.TOP_DOWN: message("top-down"),
}
_COMMITMENTS = {
    Commitment.COMMITTED: message("committed"),
    Commitment.ASPIRATIONAL: message("aspirational"),
}
_STATUSES = {
    WrittenStatus.DRAFT: message("draft"),
    WrittenStatus.ACTIVE: message("active"),
    WrittenStatus.CANCELLED: message("cancelled"),
}
_CADENCES = {
    None: message("as usual"),
    Every.WEEK: message("every week"),
    Every.TWO_WEEKS: message("every 2 weeks"),
    Every.MONTH: message("every month"),
    Every.QUARTER: message("every quarter"),
}
_INITIATIVE_STATUSES = {
    InitiativeStatus.TODO: message("to do"),
    InitiativeStatus.DOING: message("under way"),
    InitiativeStatus.DONE: message("done"),
    InitiativeStatus.DROPPED: message("dropped"),
}

_FIELDS: Table[Objective] = (
    (
        RefersTo(ChangeKind.CYCLE, "cycle",
                   message("Moved from cycle %(before)s to %(after)s"), "cycle",
                   lambda o: (o.cycle,), none=None, goalpost=True),
        Field(ChangeKind.MOVED, "", message("File moved from %(path)s"),
              lambda o: o.page.path, show.literal, placeholders=("path", "after")),
        Field(ChangeKind.MOVED, "id", message("Id changed from %(before)s to %(after)s"),
              lambda o: o.id, show.literal),
    ),
    Field(ChangeKind.TITLE, "title", message("Renamed from %(before)s"),
          lambda o: o.page.title, show.title),
    RefersTo(ChangeKind.OWNER, "owners", message("Owner: %(before)s → %(after)s"), "owner",
               lambda o: o.owners, message("nobody")),
    RefersTo(ChangeKind.CONTRIBUTORS, "contributors",
               message("Contributors: %(before)s → %(after)s"), "owner", lambda o: o.contributors,
               message("nobody")),
    Field(ChangeKind.COMMITMENT, "commitment", message("Commitment: %(before)s → %(after)s"),
          lambda o: o.commitment, show.one_of(_COMMITMENTS), goalpost=True),
    Field(ChangeKind.STATUS, "status", message("Status: %(before)s → %(after)s"),
          lambda o: o.status, show.one_of(_STATUSES), goalpost=True),
    Field(ChangeKind.WEIGHT, "weight", message("Weight: %(before)s → %(after)s"),
          lambda o: o.weight.value, show.exact, goalpost=True),
    Field(ChangeKind.RHYTHM, "every", message("Check-in rhythm: %(before)s → %(after)s"),
          lambda o: o.every, show.one_of(_CADENCES)),
    RefersTo(ChangeKind.PILLARS, "pillars", message("Pillars: %(before)s → %(after)s"), "pillar",
               lambda o: () if o.inherits_pillars else o.pillars, message("none")),
    RefersTo(ChangeKind.GUARDRAILS, "guardrails", message("Guardrails: %(before)s → %(after)s"),
               "kpi", lambda o: o.guardrails, message("none")),
    Field(ChangeKind.ORIGIN, "origin", message("Proposed: %(before)s → %(after)s"),
          lambda o: o.origin, show.one_of(_ORIGINS)),
)  # fmt: skip

_CONTINUES: Links[Objective] = Links(
    ChangeKind.CONTINUES,
    "continues",
    message("Continues %(objective)s"),
    message("No longer continues %(objective)s"),
    lambda o: (LinkTo(o.continues, None, o.page.line("continues")),) if o.continues else (),
    single=True,
)
_LINKS: Table[Objective] = (
    Links(ChangeKind.ALIGNMENT, "aligns_to", message("Now aligns to %(objective)s"),
          message("No longer aligns to %(objective)s"), lambda o: o.aligns_to),
    Links(ChangeKind.DEPENDENCY, "depends_on", message("Now depends on %(objective)s"),
          message("No longer depends on %(objective)s"), lambda o: o.depends_on),
    _CONTINUES,
)  # fmt: skip

_ALIGNS = message("Aligns to %(objective)s")
_LINKS_OF_NEW: Table[Objective] = (
    Links(ChangeKind.ALIGNMENT, "aligns_to", _ALIGNS, "", lambda o: o.aligns_to),
    _CONTINUES,
)
_MOVED_ON = message("Initiative %(initiative)s: %(before)s → %(after)s")
_DUE = message("Due date of initiative %(initiative)s: %(before)s → %(after)s")
_OWNED_BY = message("Owner of initiative %(initiative)s: %(before)s → %(after)s")
_STATUS = show.one_of(_INITIATIVE_STATUSES)
_INITIATIVE: Table[Initiative] = (
    Field(ChangeKind.INITIATIVE, "", _MOVED_ON, lambda i: i.status, _STATUS),
    Field(ChangeKind.INITIATIVE, "", _MOVED_ON, lambda i: i.progress, show.share),
    Field(ChangeKind.INITIATIVE, "", _DUE, lambda i: i.due, show.day),
    RefersTo(ChangeKind.INITIATIVE, "", _OWNED_BY, "owner", lambda i: i.owners, message("nobody")),
)

_TEXTS: Table[Objective] = (
    Field(ChangeKind.TEXT, "description", message("Description changed"),
          lambda o: o.page.description),
    (
        Field(ChangeKind.RETROSPECTIVE, "",
              lambda _, written: message("Retrospective written") if written
              else message("Retrospective removed"),
              lambda o: retrospective_in(o.page.body) is not None),
        Field(ChangeKind.TEXT, "", message("Text changed"), lambda o: o.page.body.strip()),
    ),
)  # fmt: skip


def compare_objective(
    sentences: ChangeSentences,
    before: Objective | None,
    after: Objective | None,
    state: State = State.OPEN,
    effects: Effects = lambda before, after: None,
) -> list[Change]:
    """Return the changes of an objective; None is where there was or is none.

    `state` is that of its cycle at the change: goalposts move once it has opened, unless the
    objective was a draft or cancelled.
    """
    if before is None or after is None:
        return list(_added_or_dropped(sentences, before, after, state))
    state = state if before.active else State.UPCOMING
    about = About(_lines(after), state)
    check_ins, results = after.page.line("check_ins"), public_results(after)
    pairs = match_key_results(before.key_results, after.key_results)
    return [
        *compare_fields(sentences, _FIELDS, before, after, about),
        *compare_grades(sentences, before.grade, after.grade, about),
        *compare_fields(sentences, _LINKS, before, after, about),
        *_key_results(sentences, pairs, after, state, effects),
        *compare_check_ins(
            sentences, before.check_ins, after.check_ins, results, check_ins, ids_now(pairs)
        ),
        *_initiatives(sentences, before, after),
        *compare_fields(sentences, _TEXTS, before, after, about),
    ]


def _added_or_dropped(
    sentences: ChangeSentences, before: Objective | None, after: Objective | None, state: State
) -> Iterator[Change]:
    if after is not None:
        about = About(after.page.line)
        yield about.change(ChangeKind.ADDED, _added(sentences, after))
        alone = replace(after, aligns_to=(), continues=None)
        yield from compare_fields(sentences, _LINKS_OF_NEW, alone, after, about)
    elif before is not None:
        opened = state is not State.UPCOMING and before.active
        text = sentences.say("Objective removed")
        yield Change(ChangeKind.DROPPED, text, before.page.place, opened)


def _added(sentences: ChangeSentences, after: Objective) -> Sentence:
    results = sentences.listing(with_measure(sentences, result) for result in after.key_results)
    if after.status is WrittenStatus.DRAFT:
        if not results:
            return sentences.say("New draft objective without key results")
        return sentences.say("New draft objective: %(results)s", results=results)
    if not results:
        return sentences.say("New objective without key results")
    return sentences.say("New objective: %(results)s", results=results)


def _lines(objective: Objective) -> Callable[[str], Place]:
    """Return what finds the line of a field; a single owner is written as `owner`."""
    page = objective.page
    return lambda name: page.line("owner" if name == "owners" not in page.lines else name)


def _key_results(
    sentences: ChangeSentences, pairs: Pairs, after: Objective, state: State, effects: Effects
) -> Iterator[Change]:
    for old, new in pairs:
        if new is None:
            assert old is not None
            text = sentences.say("Key result %(result)s removed", result=Name(old.title))
            goalpost = state is not State.UPCOMING and not old.cancelled
            yield Change(ChangeKind.KEY_RESULT_DROPPED, text, after.page.place, goalpost, old.id)
        elif old is None:
            text = sentences.say("New key result: %(result)s", result=with_measure(sentences, new))
            yield Change(ChangeKind.KEY_RESULT_ADDED, text, new.place, key_result=new.id)
        else:
            yield from compare_key_result(sentences, old, new, state, effects(old, new))


def _initiatives(
    sentences: ChangeSentences, before: Objective, after: Objective
) -> Iterator[Change]:
    keys = (lambda i: (i.title, i.key_result), lambda i: i.title)
    for old, new in pair(before.initiatives, after.initiatives, keys):
        shown = new or old
        assert shown is not None
        place = new.place if new else after.page.line("initiatives")
        name = Name(shown.title)
        about = About(at(place), names={"initiative": name})
        if new is None:
            text = sentences.say("Initiative %(initiative)s removed", initiative=name)
            yield about.change(ChangeKind.INITIATIVE, text)
        elif old is None:
            status = sentences.words.say(_INITIATIVE_STATUSES[new.status])
            text = sentences.say(
                "New initiative %(initiative)s, %(status)s", initiative=name, status=status
            )
            yield about.change(ChangeKind.INITIATIVE, text)
        else:
            yield from compare_fields(sentences, _INITIATIVE, old, new, about)
