"""Finished pages in our own frame: a site that needs no other generator."""

from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from okrsite.generating.frame import Framer
from okrsite.generating.mirror import Mirror
from okrsite.generating.parts import publish_assets, publish_data, publish_files, publish_twin
from okrsite.generating.site import MadePage, MadeSite, file_of
from okrsite.pages.not_found import NotFoundPage
from okrsite.publishing.log import Log
from okrsite.publishing.search import (
    FOLDER,
    PagefindSearch,
    missing_pagefind,
    search_box,
)


def write_plain(site: MadeSite, target: Mirror, log: Log) -> None:
    """Write the whole site as HTML; SearchError where Pagefind fails."""
    missing = missing_pagefind()
    if missing is not None:
        log.info(f"the site has no search, which {missing}")
    box = None if missing else search_box(site.renderer, site.built.site.addresses)
    found = None if missing else PagefindSearch(site.built.site, site.words)
    framer = Framer(site, box)
    for page in site.pages():
        file = file_of(page.address)
        target.write(file, framer.around(page))
        publish_twin(page, target, site)
        if found is not None:
            found.take(page.uri, file, page.title, page.words)
    publish_assets(target, pagefind=missing is None, frame=True)
    publish_files(site, target)
    publish_data(site, target, twins=True)
    lost = NotFoundPage(site.built.site, site.built.pages.values(), site.renderer)
    base = _path_of(site.source.hosting.site_url)
    content = str(lost(base))
    page = MadePage("404.md", "404.html", str(lost.title), content, "", None, (), {}, None, None)
    target.write("404.html", framer.around(page, base))
    if site.source.hosting.site_url:
        target.write("sitemap.xml", _sitemap(site, site.source.hosting.site_url))
    if found is not None:
        found.publish(target.folder)
        target.keep(
            file.relative_to(target.folder).as_posix()
            for file in (target.folder / FOLDER).rglob("*")
            if file.is_file()
        )


def _path_of(site_url: str | None) -> str:
    """Return the path of a site on its host, with a slash at its end."""
    return f"{urlsplit(site_url or '').path.rstrip('/')}/"


def _sitemap(site: MadeSite, site_url: str) -> str:
    """Return the addresses of all pages in the format of sitemaps.org."""
    places = (f"{site_url}{site.address(uri).removeprefix('./')}" for uri in site.uris)
    lines = "".join(f"<url><loc>{escape(place)}</loc></url>\n" for place in places)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</urlset>\n"
    )
