"""The items of the feeds: the newest check-ins of each owner and each pillar.

A team's feed has the check-ins of everybody below it, the organisation's those of all, a pillar's
those of the objectives that serve it. All feeds are made at every build, so an item of several
feeds is made once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from markupsafe import escape

from okrsite.language.inline import inline, plain
from okrsite.pages.addresses import feed_path, pillar_feed_path
from okrsite.pages.site import Site
from okrsite.project.model import CheckIn, Objective

ALWAYS = 10
"""So many check-ins are in a feed, however old they are."""

RECENT = timedelta(days=14)
"""Check-ins of the last days are in a feed as well: nobody who looks once a week misses one."""

LONGEST = 50
"""No feed has more check-ins."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One check-in on one objective; `content` is HTML.

    `id` is the same as long as both keep their names. `address` is relative to the root of the
    site.
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
    """The newest check-ins of one owner or pillar, the newest first.

    `path` is its path below the site's root, without an ending; `page` is the address of the page
    of either and `root` that of the site's root: whole web addresses where the site's is known,
    else relative to the feed.
    """

    id: str
    path: str
    root: str
    page: str
    title: str
    language: str
    updated: date
    items: tuple[FeedItem, ...]
    base: str | None


def feeds_of(site: Site, base: str | None) -> Iterator[Feed]:
    """Return all feeds, also those without a check-in: somebody may have subscribed."""
    owners, pillars = _newest(site)
    newest = [*owners.values(), *pillars.values()]
    distinct = {id(one): one for check_ins in newest for one in check_ins}
    items = {key: _item(site, check_in) for key, check_in in distinct.items()}

    def feed(
        key: tuple[str, str], path: str, address: str, title: str, check_ins: Sequence[CheckIn]
    ) -> Feed:
        root = base or "../" * path.count("/")
        return Feed(
            id=stable_id(*key),
            path=path,
            root=root,
            page=root + _bare(address),
            title=site.words.say("Check-ins: %(owner)s", owner=plain(title)),
            language=site.words.language,
            updated=check_ins[0].date if check_ins else site.as_of,
            items=tuple(items[id(one)] for one in check_ins),
            base=base,
        )

    # Owners come last: where an owner's feed has the path of a pillar's, it is the owner's.
    for pillar in site.project.pillars.values():
        path, address = pillar_feed_path(pillar.id), site.addresses.page(pillar.page.uri)
        yield feed(("pillar feed", pillar.id), path, address, pillar.page.title, pillars[pillar.id])
    for owner in site.project.owners.values():
        path, address = feed_path(owner.id), site.address_of_owner(owner.id)
        yield feed(("feed", owner.id), path, address, owner.title, owners[owner.id])


def stable_id(*parts: str) -> str:
    """Return an identifier that depends on names alone, not on when or where a site is built."""
    return uuid5(NAMESPACE_URL, "\n".join(("okrsite", *parts))).urn


def _newest(site: Site) -> tuple[dict[str, list[CheckIn]], dict[str, list[CheckIn]]]:
    """Return the newest check-ins of each owner, including those of everybody below, and of each
    pillar."""
    found: defaultdict[str, list[CheckIn]] = defaultdict(list)
    serving: defaultdict[str, list[CheckIn]] = defaultdict(list)
    months = site.check_ins_by_month
    for month in sorted(months, reverse=True):
        # By objective as well, so that the order of files makes no difference.
        for check_in in sorted(months[month], key=lambda c: (c.date, c.objective), reverse=True):
            most = LONGEST if check_in.date >= site.as_of - RECENT else ALWAYS
            objective = site.project.objectives[check_in.objective]
            for owner in (*objective.owners, site.company.id):
                _add(site, found, owner, check_in, most)
            for pillar in objective.pillars:
                if len(serving[pillar]) < most:
                    serving[pillar].append(check_in)
    return found, serving


def _add(
    site: Site, found: dict[str, list[CheckIn]], owner: str | None, check_in: CheckIn, most: int
) -> None:
    """Add a check-in to the feeds of an owner and of everybody above.

    The feeds above have all that those below have, so the way up ends at the first that has this
    one, or that is full.
    """
    while owner is not None and owner in site.project.owners:
        known = found[owner]
        if len(known) >= most or (known and known[-1] is check_in):
            return
        known.append(check_in)
        owner = site.project.owners[owner].parent


def _item(site: Site, check_in: CheckIn) -> FeedItem:
    objective = site.project.objectives[check_in.objective]
    (author, *_) = site.owner_names(check_in.author, *objective.owners)
    return FeedItem(
        id=stable_id("check-in", objective.id, check_in.date.isoformat(), check_in.uri),
        address=_bare(site.address_of_objective(objective.id)),
        title=plain(objective.page.title),
        content=_content(site, objective, check_in),
        day=check_in.date,
        author=author,
        tags=objective.page.tags,
    )


def _bare(address: str) -> str:
    return address.removeprefix("./")


def _content(site: Site, objective: Objective, check_in: CheckIn) -> str:
    """Return a check-in as HTML without classes: a feed reader has its own look.

    All texts in it have been escaped, by `inline` or `escape`.
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
        texts: list[str] = [escape(stated.text)] if stated.text is not None else []
        if stated.confidence is not None:
            texts.append(_confidence(site, stated.confidence))
        if stated.note:
            texts.append(inline(stated.note))
        title = inline(titles.get(stated.key_result, stated.key_result))
        yield f"{title}: {' · '.join(texts)}"


def _confidence(site: Site, confidence: float) -> str:
    text = site.words.say("Confidence %(confidence)s", confidence=site.words.confidence(confidence))
    return escape(text)


def _list(title: str | None, items: Sequence[str]) -> Iterator[str]:
    if items and title is not None:
        yield f"<p><strong>{escape(title)}</strong></p>"
    if items:
        yield f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
