"""What changed in one KPI."""

from collections.abc import Iterator

from okrsite.documents.values import Indicator, ReadingEvery
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import Name, Voice, change
from okrsite.project.model import Band, Figure, Kpi, Reading
from okrsite.scores import KpiFigures
from okrsite.scores.explanation import band_in_words
from okrsite.scores.status import Health


def compare_kpi(
    voice: Voice, before: Kpi | None, after: Kpi | None, was: KpiFigures | None = None,
    now: KpiFigures | None = None,
) -> list[Change]:  # fmt: skip
    """Say what is different in a KPI; with figures also whether it is healthy on that day."""
    if before is None and after is None:
        return []
    if before is None:
        assert after is not None
        return [change(ChangeKind.ADDED, voice.say("New KPI"), after.page.place)]
    if after is None:
        return [change(ChangeKind.DROPPED, voice.say("KPI dropped"), before.page.place)]
    said = [*_identity(voice, before, after), *_bands(voice, before, after)]
    said += _readings(voice, before, after)
    if was is not None and now is not None and was.health is not now.health:
        text = voice.say(
            "Health: %(before)s → %(after)s",
            before=_health(voice, was.health), after=_health(voice, now.health),
        )  # fmt: skip
        said.append(change(ChangeKind.HEALTH, text, after.page.place))
    return said


def _identity(voice: Voice, before: Kpi, after: Kpi) -> Iterator[Change]:
    page = after.page
    if before.page.path != page.path:
        text = voice.say("The file was moved from %(path)s", path=before.page.path)
        yield change(ChangeKind.MOVED, text, page.place)
    if before.page.title != page.title:
        text = voice.say("It was called %(before)s before", before=Name(before.page.title))
        yield change(ChangeKind.TITLE, text, page.line("title"))
    quiet, moved = voice.unsaid, voice.moves
    owners = [o for o in (before.owner, after.owner) if o is not None]
    if moved.owners.get(before.owner or "", before.owner) != after.owner:
        if quiet.owners.isdisjoint(owners):
            none = voice.say("nobody")
            text = voice.say(
                "Owner: %(before)s → %(after)s",
                before=voice.owners([before.owner]) if before.owner else none,
                after=voice.owners([after.owner]) if after.owner else none,
            )  # fmt: skip
            yield change(ChangeKind.OWNER, text, page.line("owner"))
    was = {moved.kpis.get(id, id) for id in before.drives if id not in quiet.kpis}
    now = {id for id in after.drives if id not in quiet.kpis}
    for id in sorted(now - was):
        text = voice.say("Now drives %(kpi)s", kpi=voice.kpi(id))
        yield change(ChangeKind.DRIVES, text, page.line("drives"))
    for id in sorted(was - now):
        text = voice.say("No longer drives %(kpi)s", kpi=voice.kpi(id))
        yield change(ChangeKind.DRIVES, text, page.line("drives"))
    if before.indicator is not after.indicator:
        text = voice.say(
            "Indicator: %(before)s → %(after)s",
            before=_indicator(voice, before.indicator), after=_indicator(voice, after.indicator),
        )  # fmt: skip
        yield change(ChangeKind.INDICATOR, text, page.line("indicator"))
    if before.every is not after.every:
        text = voice.say(
            "A reading is due: %(before)s → %(after)s",
            before=_every(voice, before.every), after=_every(voice, after.every),
        )  # fmt: skip
        yield change(ChangeKind.RHYTHM, text, page.line("every"))
    if before.page.description != page.description or before.page.body != page.body:
        yield change(ChangeKind.TEXT, voice.say("Text changed"), page.place)


def _bands(voice: Voice, before: Kpi, after: Kpi) -> Iterator[Change]:
    page = after.page
    if before.unit != after.unit and before.unit and after.unit:
        text = voice.say("Unit: %(before)s → %(after)s", before=before.unit, after=after.unit)
        yield change(ChangeKind.UNIT, text, page.line("unit"))
    if _bounds(before.keep) != _bounds(after.keep):
        text = voice.say(
            "Healthy band: %(before)s → %(after)s",
            before=_band(voice, before.keep, before), after=_band(voice, after.keep, after),
        )  # fmt: skip
        yield change(ChangeKind.BAND, text, page.line("keep"))
    if _bounds(before.alert) != _bounds(after.alert):
        text = voice.say(
            "Critical outside of: %(before)s → %(after)s",
            before=_band(voice, before.alert, before), after=_band(voice, after.alert, after),
        )  # fmt: skip
        yield change(ChangeKind.BAND, text, page.line("alert"))
    if _value(before.target) != _value(after.target):
        text = voice.say(
            "Target: %(before)s → %(after)s",
            before=_figure(voice, before.target, before), after=_figure(voice, after.target, after),
        )  # fmt: skip
        yield change(ChangeKind.TARGET, text, page.line("target"))
    if before.target_by != after.target_by:
        text = voice.say(
            "Target is to be reached by: %(before)s → %(after)s",
            before=voice.day(before.target_by), after=voice.day(after.target_by),
        )  # fmt: skip
        yield change(ChangeKind.DUE, text, page.line("target"))


def _readings(voice: Voice, before: Kpi, after: Kpi) -> Iterator[Change]:
    was = {reading.date: reading for reading in before.readings}
    now = {reading.date: reading for reading in after.readings}
    added = [now[day] for day in sorted(now.keys() - was.keys())]
    gone = sorted(was.keys() - now.keys())
    other = [
        (was[day], now[day])
        for day in sorted(now.keys() & was.keys())
        if was[day].value != now[day].value
    ]
    if added:
        text = voice.count(
            "%(number)s reading added, %(last)s", "%(number)s readings added, the last %(last)s",
            len(added), last=_reading(voice, added[-1], after),
        )  # fmt: skip
        yield change(ChangeKind.READINGS, text, added[-1].place)
    if other:
        first, second = other[-1]
        text = voice.count(
            "%(number)s reading changed, %(before)s → %(after)s",
            "%(number)s readings changed, the last %(before)s → %(after)s",
            len(other), before=_reading(voice, first, before),
            after=voice.words.quantity(second.value, after.unit),
        )  # fmt: skip
        yield change(ChangeKind.READINGS, text, second.place)
    if gone:
        text = voice.count(
            "%(number)s reading taken out, %(last)s",
            "%(number)s readings taken out, the last %(last)s",
            len(gone), last=_reading(voice, was[gone[-1]], before),
        )  # fmt: skip
        yield change(ChangeKind.READINGS, text, after.page.line("readings"))


def _reading(voice: Voice, reading: Reading, kpi: Kpi) -> str:
    value = voice.words.quantity(reading.value, kpi.unit)
    return voice.words.say("%(value)s on %(day)s", value=value, day=voice.words.day(reading.date))


def _bounds(band: Band | None) -> object:
    return (band.minimum, band.maximum) if band else None


def _band(voice: Voice, band: Band | None, kpi: Kpi) -> str:
    if band is None:
        return voice.words.say("none")
    return band_in_words(voice.words, band, kpi.unit)


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _figure(voice: Voice, figure: Figure | None, kpi: Kpi) -> str:
    if figure is None:
        return voice.words.say("none")
    return voice.words.quantity(figure.value, kpi.unit)


def _health(voice: Voice, health: Health) -> str:
    say = voice.words.say
    match health:
        case Health.HEALTHY:
            return say("healthy")
        case Health.WARNING:
            return say("warning")
        case Health.CRITICAL:
            return say("critical")
        case Health.UNKNOWN:
            return say("unknown")


def _indicator(voice: Voice, indicator: Indicator | None) -> str:
    say = voice.words.say
    match indicator:
        case None:
            return say("neither leading nor lagging")
        case Indicator.LEADING:
            return say("leading")
        case Indicator.LAGGING:
            return say("lagging")


def _every(voice: Voice, every: ReadingEvery) -> str:
    say = voice.words.say
    match every:
        case ReadingEvery.WEEK:
            return say("every week")
        case ReadingEvery.MONTH:
            return say("every month")
        case ReadingEvery.QUARTER:
            return say("every quarter")
        case ReadingEvery.YEAR:
            return say("every year")
