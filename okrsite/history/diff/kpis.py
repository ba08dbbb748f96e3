"""The changes of one KPI."""

from collections.abc import Iterator

from okrsite.documents.values import Indicator, KpiStatus, ReadingEvery
from okrsite.history.diff import show
from okrsite.history.diff.fields import About, Field, Links, RefersTo, Table, compare_fields
from okrsite.history.diff.model import Change, ChangeKind, Sentence
from okrsite.history.diff.sentences import ChangeSentences
from okrsite.i18n import message, messages
from okrsite.project.model import Kpi, LinkTo, Reading
from okrsite.scores import KpiFigures
from okrsite.scores.status import Health
from okrsite.scores.targets import is_rising

Figures = tuple[KpiFigures | None, KpiFigures | None]
"""The figures of a KPI before and after."""

_NONE = None, None
_INDICATORS = {
    None: message("neither leading nor lagging"),
    Indicator.LEADING: message("leading"),
    Indicator.LAGGING: message("lagging"),
}
_CADENCES = {
    ReadingEvery.WEEK: message("every week"),
    ReadingEvery.MONTH: message("every month"),
    ReadingEvery.QUARTER: message("every quarter"),
    ReadingEvery.YEAR: message("every year"),
}
_STATUSES = {
    KpiStatus.PLANNED: message("planned"),
    KpiStatus.ACTIVE: message("active"),
    KpiStatus.RETIRED: message("retired"),
}
_HEALTH = {
    Health.HEALTHY: message("healthy"),
    Health.WARNING: message("warning"),
    Health.CRITICAL: message("critical"),
    Health.UNKNOWN: message("unknown"),
}


def _targets(sentences: ChangeSentences, targets: show.InUnit) -> Sentence:
    words = sentences.words
    return sentences.listing(
        sentences.say(
            "%(value)s by %(day)s", value=words.limit_of(value, targets.unit), day=words.day(by)
        )
        for value, by in targets.value
    ) or sentences.say("none")


def _last_target(kpi: Kpi) -> show.InUnit:
    target = kpi.targets[-1].value if kpi.targets else None
    one_sided = kpi.keep is not None and None in kpi.keep.bounds
    rising = None
    if target is not None and (one_sided or kpi.readings):
        rising = is_rising(kpi, target.value)
    return show.in_unit(target, kpi.unit, rising)


_FIELDS: Table[Kpi] = (
    Field(ChangeKind.MOVED, "", message("File moved from %(path)s"), lambda k: k.page.path,
          show.text, placeholders=("path", "after")),
    Field(ChangeKind.TITLE, "title", message("Renamed from %(before)s"),
          lambda k: k.page.title, show.title),
    RefersTo(ChangeKind.OWNER, "owner", message("Owner: %(before)s → %(after)s"), "owner",
               lambda k: (k.owner,) if k.owner else (), message("nobody"), single=True),
    RefersTo(ChangeKind.CONTRIBUTORS, "contributors",
               message("Contributors: %(before)s → %(after)s"), "owner", lambda k: k.contributors,
               message("nobody")),
    Field(ChangeKind.STATUS, "status", message("Status: %(before)s → %(after)s"),
          lambda k: k.status, show.one_of(_STATUSES)),
    Links(ChangeKind.DRIVES, "drives", message("Now drives %(kpi)s"),
          message("No longer drives %(kpi)s"),
          lambda k: [LinkTo(id, None, k.page.line("drives")) for id in sorted(k.drives)], "kpi"),
    Field(ChangeKind.INDICATOR, "indicator", message("Indicator: %(before)s → %(after)s"),
          lambda k: k.indicator, show.one_of(_INDICATORS)),
    Field(ChangeKind.RHYTHM, "every", message("Reading rhythm: %(before)s → %(after)s"),
          lambda k: k.every, show.one_of(_CADENCES)),
    Field(ChangeKind.TEXT, "", message("Text changed"),
          lambda k: (k.page.description, k.page.body)),
    Field(ChangeKind.UNIT, "unit", message("Unit: %(before)s → %(after)s"), lambda k: k.unit,
          show.text, when=lambda before, after: before.unit and after.unit),
    Field(ChangeKind.RANGE, "keep",
          show.easier_or_harder(message("Healthy range: %(before)s → %(after)s"),
                                message("Healthy range made easier: %(before)s → %(after)s"),
                                message("Healthy range made harder: %(before)s → %(after)s")),
          lambda k: show.bounds(k.keep, k.unit), show.range_of),
    Field(ChangeKind.RANGE, "alert",
          show.easier_or_harder(message("Critical outside: %(before)s → %(after)s"),
                                message("Critical limits made easier: %(before)s → %(after)s"),
                                message("Critical limits made harder: %(before)s → %(after)s")),
          lambda k: show.bounds(k.alert, k.unit), show.range_of),
    Field(ChangeKind.TARGET, "target",
          show.easier_or_harder(message("Target: %(before)s → %(after)s"),
                                message("Target made easier: %(before)s → %(after)s"),
                                message("Target made harder: %(before)s → %(after)s")),
          _last_target, show.quantity),
    Field(ChangeKind.TARGET, "target", message("Interim targets: %(before)s → %(after)s"),
          lambda k: show.InUnit(tuple((t.value.value, t.by) for t in k.targets[:-1]), k.unit),
          _targets),
    Field(ChangeKind.DUE, "target", message("Target date: %(before)s → %(after)s"),
          lambda k: k.targets[-1].by if k.targets else None, show.day),
)  # fmt: skip

_HEALTH_TEXT = message("Health: %(before)s → %(after)s")
_FIGURES: Table[KpiFigures] = (
    Field(ChangeKind.HEALTH, "", _HEALTH_TEXT, lambda f: f.health, show.one_of(_HEALTH)),
)

_ADDED = messages(
    "%(number)s reading added, %(last)s", "%(number)s readings added, the last %(last)s"
)
_CHANGED = messages(
    "%(number)s reading changed, %(before)s → %(after)s",
    "%(number)s readings changed, the last %(before)s → %(after)s",
)
_TAKEN_OUT = messages(
    "%(number)s reading removed, %(last)s", "%(number)s readings removed, the last %(last)s"
)


def compare_kpi(
    sentences: ChangeSentences, before: Kpi | None, after: Kpi | None, figures: Figures = _NONE
) -> list[Change]:
    """Return the changes of a KPI; with figures also whether it is healthy on their day."""
    if before is None or after is None:
        if after is not None:
            return [Change(ChangeKind.ADDED, sentences.say("New KPI"), after.page.place)]
        if before is not None:
            return [Change(ChangeKind.DROPPED, sentences.say("KPI removed"), before.page.place)]
        return []
    about = About(after.page.line)
    changes = [
        *compare_fields(sentences, _FIELDS, before, after, about),
        *_lags(sentences, before, after),
        *_readings(sentences, before, after),
    ]
    was, now = figures
    if was is not None and now is not None:
        changes += compare_fields(sentences, _FIGURES, was, now, about)
    return changes


def _lags(sentences: ChangeSentences, before: Kpi, after: Kpi) -> Iterator[Change]:
    """Yield how much sooner or later each KPI follows that was driven and still is."""
    for old in sorted(set(before.drives) - sentences.hidden.of("kpi")):
        new = sentences.new_id("kpi", old)
        was, now = before.lags.get(old), after.lags.get(new)
        if new in after.drives and was != now:
            text = sentences.say(
                "Lag until %(kpi)s follows: %(before)s → %(after)s",
                kpi=sentences.name("kpi", new),
                before=show.sentence(sentences, was),
                after=show.sentence(sentences, now),
            )
            yield Change(ChangeKind.DRIVES, text, after.page.line("drives"))


def _readings(sentences: ChangeSentences, before: Kpi, after: Kpi) -> Iterator[Change]:
    old = {reading.date: reading for reading in before.readings}
    new = {reading.date: reading for reading in after.readings}
    added = [new[day] for day in sorted(new.keys() - old.keys())]
    gone = [old[day] for day in sorted(old.keys() - new.keys())]
    changed = [day for day in sorted(new.keys() & old.keys()) if old[day].value != new[day].value]
    if added:
        last = _reading(sentences, added[-1], after)
        text = sentences.count(*_ADDED, len(added), last=last)
        yield Change(ChangeKind.READINGS, text, added[-1].place)
    if changed:
        was, now = old[changed[-1]], new[changed[-1]]
        then, shown = sentences.words.both(was.value, now.value, after.unit, after.limits)
        if before.unit != after.unit:
            then = sentences.words.quantity(was.value, before.unit, before.limits)
        then = _on_day(sentences, then, was)
        text = sentences.count(*_CHANGED, len(changed), before=then, after=shown)
        yield Change(ChangeKind.READINGS, text, now.place)
    if gone:
        last = _reading(sentences, gone[-1], before)
        text = sentences.count(*_TAKEN_OUT, len(gone), last=last)
        yield Change(ChangeKind.READINGS, text, after.page.line("readings"))


def _reading(sentences: ChangeSentences, reading: Reading, kpi: Kpi) -> str:
    value = sentences.words.quantity(reading.value, kpi.unit, kpi.limits)
    return _on_day(sentences, value, reading)


def _on_day(sentences: ChangeSentences, value: str, reading: Reading) -> str:
    words = sentences.words
    return words.say("%(value)s on %(day)s", value=value, day=words.day(reading.date))
