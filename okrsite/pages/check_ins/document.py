"""The page of one check-in document."""

from dataclasses import dataclass

from markupsafe import Markup

from okrsite.language.inline import inline
from okrsite.pages.check_ins.feed import UpdateRow, said_in, updates
from okrsite.pages.check_ins.months import month_link
from okrsite.pages.parts import Link, PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Place


@dataclass(frozen=True, slots=True)
class CheckInDocumentView:
    """All that the page of a check-in document shows.

    `later` is said of one that is dated after the day of the site; its updates are not shown.
    """

    title: Markup
    context: PageContext
    body: Markup
    path: tuple[Link, ...]
    day: str
    iso: str
    author: Link | None
    description: Markup | None
    tags: tuple[str, ...]
    later: str | None
    updates: tuple[UpdateRow, ...]
    source: Place


def check_in_document_view(site: Site, address: str, body: Markup, uri: str) -> CheckInDocumentView:
    """Make the page of a check-in document."""
    context, document = PageContext(site, address), site.project.check_in_documents[uri]
    page, month, later = document.page, document.date.replace(day=1), None
    path = [context.page(context.say("Check-ins"), "check-ins/index.md")]
    if document.date <= site.as_of:
        path.append(month_link(context, month))
    else:
        later = context.say("It is dated after the day of this site and counts from then on.")
    return CheckInDocumentView(
        title=inline(site.title_of(document)),
        context=context,
        body=body,
        path=tuple(path),
        day=site.words.day(document.date),
        iso=document.date.isoformat(),
        author=context.owner(document.owner) if document.owner is not None else None,
        description=inline(page.description) if page.description else None,
        tags=page.tags,
        later=later,
        updates=() if later else updates(context, said_in(site, document)),
        source=Place(page.path, page.place.line),
    )
