"""The site as an assistant may see it, read anew whenever a file has changed."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from okrsite.checks.registry import all_findings
from okrsite.cli.common import LoadedSite, SiteOptions, configured, open_site
from okrsite.cli.typed_names import TypedNames
from okrsite.embeds.page_names import PageNames
from okrsite.embeds.scan import Block, Reference, scan
from okrsite.exports.model import export
from okrsite.findings.finding import Finding
from okrsite.language.inline import plain
from okrsite.pages.addresses import page_address
from okrsite.pages.html import hide_links
from okrsite.pages.parts import PageContext
from okrsite.pages.site import Site
from okrsite.project.model import Page, Project
from okrsite.project.names import Found
from okrsite.project.published import private_files

_STAMPS = tuple[tuple[str, int, int, int], ...]
_UNSEEN = re.compile(r"<!--(?:.*?-->|.*\Z)|^[^\n]*--8<--[^\n]*$", re.DOTALL | re.MULTILINE)
"""Comments, and snippets of other files."""


@dataclass(frozen=True)
class VisibleSite:
    """A site with its figures; without what is private, unless that was asked for.

    `hidden` are the files, relative to docs_dir, that must not be mentioned, `everything` is the
    project with what is private.
    """

    loaded: LoadedSite
    everything: Project
    hidden: frozenset[str]

    @classmethod
    def of(cls, loaded: LoadedSite, with_private: bool) -> "VisibleSite":
        """Return what may be seen of a site."""
        project = loaded.project
        if with_private or loaded.published_project is project:
            return cls(loaded, project, frozenset())
        public = replace(loaded, project=loaded.published_project, read=())
        return cls(public, project, private_files(project))

    @property
    def project(self) -> Project:
        """The documents that may be seen."""
        return self.loaded.project

    @cached_property
    def site(self) -> Site:
        """The site as its pages see it."""
        from okrsite.cli.commands.status import shown_site

        return shown_site(self.loaded)

    @cached_property
    def context(self) -> PageContext:
        """What formats figures and values."""
        return PageContext(self.site, "")

    @cached_property
    def names(self) -> TypedNames:
        """The names of what may be seen."""
        return TypedNames(self.project, self.loaded.current_cycle)

    @cached_property
    def page_names(self) -> PageNames:
        """The same, as `okr` blocks know them."""
        return PageNames(self.project)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The data of `okrsite export`."""
        return export(self.project, self.loaded.scorecard, self.address, later=True)

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings about what may be seen."""
        if self.project is self.everything:
            return self.loaded.findings()
        settings = self.loaded.configuration.settings
        return all_findings(self.project, settings, self.loaded.scorecard)

    def address(self, uri: str) -> str:
        """Return the address of a document's page; only its path where the site's is unknown."""
        configuration = self.loaded.configuration
        page = page_address(uri, configuration.directory_urls).removeprefix("./")
        return (configuration.site_url or "") + page

    def body(self, page: Page) -> str:
        """Return the text of a document, without comments and links to what may not be seen."""
        text = _UNSEEN.sub("", page.body)
        text = hide_links(text, page.uri, self.hidden, "a private document", markdown=True)
        pieces, position = [], 0
        for one in scan(text):
            pieces += [text[position : one.start], self._instead(one)]
            position = one.end
        text = "".join([*pieces, text[position:]]).strip()
        if any(uri in text for uri in self.hidden):
            return "(The text mentions a private file, so it is left out.)"
        return text

    def _instead(self, found: Block | Reference) -> str:
        if isinstance(found, Block):
            return "(a list of OKRs)" if found.closed else ""
        meant = self.page_names.find_any(found.target)
        if isinstance(meant, Found):
            return f"{found.words or found.target} (`{meant.reference}`)"
        return found.words or found.target if self.project is self.everything else "a document"

    def mentions_private(self, text: str) -> bool:
        """Whether a text names something that may not be seen, by its path, id or title."""
        return self._private_words is not None and bool(self._private_words.search(text))

    @cached_property
    def _private_words(self) -> re.Pattern[str] | None:
        if self.project is self.everything:
            return None
        known = {page.uri for page in _pages(self.project)}
        words: set[str] = set(self.hidden)
        for page in _pages(self.everything):
            if page.uri not in known:
                words |= {page.uri, page.id, page.id.rpartition("/")[2], plain(page.title)}
        # Numbers and days are in many texts, and name nothing.
        named = (word for word in words if any(map(str.isalpha, word)))
        listed = "|".join(re.escape(word) for word in sorted(named, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE) if listed else None


def _pages(project: Project) -> Iterator[Page]:
    yield from (objective.page for objective in project.objectives.values())
    yield from (kpi.page for kpi in project.kpis.values())
    yield from (pillar.page for pillar in project.pillars.values())
    yield from (document.page for document in project.check_in_documents.values())
    yield from (owner.page for owner in project.owners.values() if owner.page is not None)
    yield from project.cycle_pages.values()
    yield from (document.page for document in project.broken)


class CurrentSite:
    """The site of a configuration, read anew when a file, the settings or the day has changed."""

    def __init__(self, given: SiteOptions, with_private: bool) -> None:
        self.given = given
        self.with_private = with_private
        self._state: tuple[object, ...] | None = None
        self._site: VisibleSite | None = None

    def read(self) -> VisibleSite:
        """Return the site as its files are now; raise click's UsageError where that is impossible.

        The state is taken before the files are read: what changes meanwhile is read the next time.
        """
        state = self._now()
        if self._site is None or state != self._state:
            self._site = VisibleSite.of(open_site(self.given, publishing=True), self.with_private)
            self._state = state
        return self._site

    def _now(self) -> tuple[object, ...]:
        configuration, day = configured(self.given)
        settings = (configuration.settings, configuration.site_name, configuration.site_url)
        return (day, *settings, configuration.directory_urls, _stamps(configuration.folder.docs))


def _stamps(folder: Path) -> _STAMPS:
    """Return what tells a changed file from the same one, for all files below a folder."""
    found = []
    for place, _, names in os.walk(folder, followlinks=True):
        for name in names:
            path = os.path.join(place, name)
            try:
                stat = os.stat(path)
            except OSError:
                continue
            found.append((path, stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(sorted(found))
