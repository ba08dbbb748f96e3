"""PageLinks from a page: to objectives, key results, owners, cycles, KPIs and lines in git."""

from collections.abc import Iterable

from markupsafe import escape

from okrsite.language.inline import inline_without_links
from okrsite.language.wording import Words
from okrsite.pages.parts.values import Link
from okrsite.pages.site import Site
from okrsite.project.model import CheckInDocument, KeyResult, Objective
from okrsite.project.model.cycles import Cycle

_MOST_OWNERS = 12
"""So many owners of an objective are named next to it; its own page names all."""


class PageLinks:
    """Builds links relative to one page; `document` is the path of the file that it is made of."""

    def __init__(self, site: Site, address: str) -> None:
        self.site = site
        self.document: str | None = None
        self._here = f"{address}#"
        self._around = _around(address)
        self._results: dict[str, dict[str, KeyResult]] = {}

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return self.site.words

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface."""
        return self.site.words.say(text, **values)

    def href(self, address: str) -> str:
        """Return the way from this page to an address of the site, or to a place on itself."""
        if address.startswith(self._here):
            return address[len(self._here) - 1 :]
        for folder, way in self._around:
            if address.startswith(folder):
                return f"{way}{address[len(folder) :]}" or "./"
        return address

    def source_name(self, path: str) -> str:
        """Return how a file is named on this page: one's own without its folder."""
        return path.rpartition("/")[2] if path == self.document else path

    def page(self, text: str, uri: str, anchor: str = "") -> Link:
        """Return a link to the page of a file or a heading on it, by a text of the interface."""
        href = self.href(self.site.addresses.page(uri))
        return Link(escape(text), f"{href}#{anchor}" if anchor else href)

    def objective(self, id: str, key_result: str | None = None) -> Link:
        """Return a link to an objective or to one of its key results, by its title."""
        title = self.site.project.objectives[id].page.title
        if key_result is not None and (result := self.results(id).get(key_result)):
            title = result.title
        address = self.site.address_of_objective(id, key_result)
        return Link(inline_without_links(title), self.href(address))

    def results(self, objective: str) -> dict[str, KeyResult]:
        """Return an objective's key results by id; they are looked through once a page."""
        if objective not in self._results:
            results = self.site.project.objectives[objective].key_results
            self._results[objective] = {result.id: result for result in results}
        return self._results[objective]

    def owner(self, id: str) -> Link:
        """Return a link to an owner by name."""
        owner = self.site.project.owners[id]
        return Link(inline_without_links(owner.title), self.href(self.site.address_of_owner(id)))

    def owners(self, ids: Iterable[str], most: int = _MOST_OWNERS) -> tuple[Link, ...]:
        """Return links to several owners; of very many the first, and how many more there are."""
        every = list(ids)
        links = tuple(self.owner(id) for id in every[:most])
        if len(every) <= most:
            return links
        more = self.say("and %(number)s more", number=self.words.number(len(every) - most))
        return (*links, Link(escape(more), None))

    def cycle(self, cycle: Cycle) -> Link:
        """Return a link to a cycle."""
        address = self.site.address_of_cycle(cycle.id)
        return Link(inline_without_links(cycle.title), self.href(address))

    def check_in_document(self, document: CheckInDocument) -> Link:
        """Return a link to a check-in document by its title."""
        address = self.href(self.site.addresses.page(document.page.uri))
        return Link(inline_without_links(self.site.title_of(document)), address)

    def kpi(self, id: str) -> Link:
        """Return a link to a KPI by its title."""
        title = self.site.project.kpis[id].page.title
        return Link(inline_without_links(title), self.href(self.site.address_of_kpi(id)))

    def pillar(self, id: str) -> Link:
        """Return a link to a pillar's page."""
        page = self.site.project.pillars[id].page
        return Link(inline_without_links(page.title), self.href(self.site.addresses.page(page.uri)))

    def cycle_of(self, objective: Objective) -> Link:
        """Return a link to the cycle of an objective."""
        return self.cycle(self.site.project.cycles[objective.cycle])


def _around(address: str) -> list[tuple[str, str]]:
    """Return the folders around a page, the nearest first, with the way from the page to each."""
    folders = address.removeprefix("./").split("/")[:-1]
    return [
        ("".join(f"{name}/" for name in folders[:depth]), "../" * (len(folders) - depth))
        for depth in range(len(folders), -1, -1)
    ]
