"""What the feeds say: the newest check-ins of the organisation, of each team and each person.

A team's feed holds the check-ins of everybody below it, the organisation's those of all. Feeds are
made for every owner at every build, so an entry that stands in several is made once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from markupsafe import escape

from okrsite.language.inline import inline, plain
from okrsite.pages.addresses import feed_path
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, Objective

ALWAYS = 10
"""So many check-ins are in a feed however old they are, if there are so many."""

RECENT = timedelta(days=14)
"""Check-ins of so many days are in a feed as well: nobody who looks once a week misses one."""

LONGEST = 50
"""No feed has more check-ins than these."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One check-in on one objective; `content` is HTML.

    `id` stays the same for as long as both have their names. `address` leads on from the root of
    the site.
    """

    id: str
    address: str
    title: str
    content: str
    day: date
    author: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest check-ins of one owner, the newest first.

    `path` is where it is below the site's root, without an ending; `page` the address of the
    owner's page and `root` that of the site's root: whole web addresses where the site's is known,
    and else relative to the feed.
    """

    id: str
    path: str
    root: str
    page: str
    title: str
    language: str
    updated: date
    entries: tuple[Entry, ...]
    base: str | None


def feeds_of(site: Site, base: str | None) -> Iterator[Feed]:
    """Make the feed of every owner, those without a check-in too: somebody may have found them."""
    newest = _newest(site)
    made: dict[int, Entry] = {}
    for owner in site.project.owners.values():
        path = feed_path(owner.id)
        root = base or "../" * path.count("/")
        title = plain(owner.title)
        yield Feed(
            id=stable_id("feed", owner.id),
            path=path,
            root=root,
            page=root + _bare(site.address_of_owner(owner.id)),
            title=site.words.say("Check-ins: %(owner)s", owner=title),
            language=str(site.words.locale).replace("_", "-"),
            updated=newest[owner.id][0].date if newest[owner.id] else site.as_of,
            entries=tuple(_entry_once(site, check_in, made) for check_in in newest[owner.id]),
            base=base,
        )


def stable_id(*parts: str) -> str:
    """Return an identifier that depends on names alone, not on when or where a site is built."""
    return uuid5(NAMESPACE_URL, "\n".join(("okrsite", *parts))).urn


def _newest(site: Site) -> dict[str, list[CheckIn]]:
    """Find the newest check-ins of each owner, those of everybody below included."""
    found: defaultdict[str, list[CheckIn]] = defaultdict(list)
    climb = partial(_climb, site, found, site.as_of - RECENT)
    months = site.check_ins_by_month
    for month in sorted(months, reverse=True):
        # By objective as well, so that the order of files does not show.
        for check_in in sorted(months[month], key=lambda c: (c.date, c.objective), reverse=True):
            for owner in _concerned(site, check_in):
                climb(owner, check_in)
    return found


def _concerned(site: Site, check_in: CheckIn) -> Iterator[str]:
    yield from site.project.objectives[check_in.objective].owners
    yield site.project.company


def _climb(
    site: Site, found: dict[str, list[CheckIn]], recent: date, owner: str | None, check_in: CheckIn
) -> None:
    """Note a check-in for an owner and everybody above.

    Whoever is above has got all that came from below, so the way up ends at the first that has
    this one, or that is full.
    """
    while owner is not None and owner in site.project.owners:
        noted = found[owner]
        most = LONGEST if check_in.date >= recent else ALWAYS
        if len(noted) >= most or (noted and noted[-1] is check_in):
            return
        noted.append(check_in)
        owner = site.project.owners[owner].parent


def _entry_once(site: Site, check_in: CheckIn, made: dict[int, Entry]) -> Entry:
    key = id(check_in)  # the project keeps it alive
    if key not in made:
        made[key] = _entry(site, check_in)
    return made[key]


def _entry(site: Site, check_in: CheckIn) -> Entry:
    objective = site.project.objectives[check_in.objective]
    title = plain(objective.page.title)
    author = site.project.owners.get(
        check_in.author or "", site.project.owners[objective.owners[0]]
    )
    return Entry(
        id=stable_id("check-in", objective.id, check_in.date.isoformat(), check_in.uri),
        address=_bare(site.address_of_objective(objective.id)),
        title=title,
        content=_content(site, objective, check_in),
        day=check_in.date,
        author=plain(author.title),
        tags=objective.page.tags,
    )


def _bare(address: str) -> str:
    return address.removeprefix("./")


def _content(site: Site, objective: Objective, check_in: CheckIn) -> str:
    """Say all that a check-in says, as HTML without classes: a feed reader has its own look.

    What is put in has been escaped, by `inline` or `escape`.
    """
    say = site.words.say
    parts: list[str] = []
    if check_in.note:
        parts.append(f"<p>{inline(check_in.note)}</p>")
    rows = list(_values(site, objective, check_in))
    if check_in.confidence is not None:
        rows.append(_confidence(site, check_in.confidence))
    parts += _list(None, rows)
    parts += _list(say("Blockers"), [inline(text) for text in check_in.blockers])
    parts += _list(say("Next steps"), [inline(text) for text in check_in.next])
    return "\n".join(parts)


def _values(site: Site, objective: Objective, check_in: CheckIn) -> Iterator[str]:
    titles = {result.id: result.title for result in objective.key_results}
    for stated in check_in.values:
        said: list[str] = [escape(stated.text)] if stated.text is not None else []
        if stated.confidence is not None:
            said.append(_confidence(site, stated.confidence))
        if stated.note:
            said.append(inline(stated.note))
        title = inline(titles.get(stated.key_result, stated.key_result))
        yield f"{title}: {' · '.join(said)}"


def _confidence(site: Site, confidence: float) -> str:
    stated = site.words.confidence(confidence)
    return escape(site.words.say("Confidence %(confidence)s", confidence=stated))


def _list(title: str | None, items: Sequence[str]) -> Iterator[str]:
    if not items:
        return
    if title is not None:
        yield f"<p><strong>{escape(title)}</strong></p>"
    yield f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
