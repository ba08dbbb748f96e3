"""The page of one check-in document."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline
from okrsite.pages.check_ins.feed import UpdateRow, said_in, updates
from okrsite.pages.check_ins.months import month_link
from okrsite.pages.parts import Dated, Desk, Link, Source
from okrsite.pages.site import Site


@dataclass(frozen=True, slots=True)
class CheckInDocumentView:
    """All that the page of a check-in document shows.

    `later` is said of one that is dated after the day of the site; its updates are not shown.
    """

    title: Markup
    dated: Dated
    body: Markup
    path: tuple[Link, ...]
    day: str
    iso: str
    author: Link | None
    description: Markup | None
    tags: tuple[str, ...]
    later: str | None
    updates: tuple[UpdateRow, ...]
    source: Source


def check_in_document_view(site: Site, address: str, body: Markup, uri: str) -> CheckInDocumentView:
    """Make the page of a check-in document."""
    desk, document = Desk(site, address), site.project.check_in_documents[uri]
    page, month, later = document.page, document.date.replace(day=1), None
    path = [desk.page(desk.say("Check-ins"), "check-ins/index.md")]
    if document.date <= site.as_of:
        path.append(month_link(desk, month))
    else:
        later = desk.say("It is dated after the day of this site and counts from then on.")
    return CheckInDocumentView(
        title=inline(site.title_of(document)),
        dated=desk.dated(),
        body=body,
        path=tuple(path),
        day=site.words.day(document.date),
        iso=document.date.isoformat(),
        author=desk.owner(document.owner) if document.owner is not None else None,
        description=inline(page.description) if page.description else None,
        tags=page.tags,
        later=later,
        updates=() if later else updates(desk, said_in(site, document)),
        source=desk.source(page.path, page.place.line),
    )
