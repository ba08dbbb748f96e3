"""Pages, and our own frame as a theme, for Hugo."""

import json

from okrsite.generating.frame import Framer
from okrsite.generating.mirror import Mirror
from okrsite.generating.parts import (
    Below,
    publish_assets,
    publish_data,
    publish_files,
    publish_twin,
)
from okrsite.generating.site import MadeSite, document_meta, root_of
from okrsite.generating.written_pages import page_file, search_words, without_templates
from okrsite.publishing.log import Log
from okrsite.util.markdown_files import without_ending

_STATIC = "static/"
_LAYOUTS = ("layouts/_default/single.html", "layouts/_default/list.html", "layouts/index.html")


def write_hugo(site: MadeSite, target: Mirror, log: Log) -> None:
    """Write content, static files, layouts and `hugo.toml`.

    Hugo takes content that is HTML as it is, so pages look the same as in our own frame.
    """
    framer, static = Framer(site), Below(target, _STATIC)
    for page in site.pages():
        frame = framer.frame(page)
        params = {
            "base": root_of(page.address).rstrip("/"),
            "part": str(framer.part_of(page)),
            "heading": frame.title,
            "feeds": str(frame.feeds),
            "footer": str(frame.footer),
            "words": search_words(page),
        }
        where = f"/{page.address.removeprefix('./')}"
        meta = {**document_meta(page), "url": where, "params": params}
        text = without_templates(site.renderer.render("frame_columns", frame))
        target.write(_content_file(page.uri), page_file(meta, text))
        publish_twin(page, static, site)
    for layout in _LAYOUTS:
        target.write(layout, framer.layout())
    target.write("hugo.toml", _configuration(site))
    publish_assets(static, pagefind=False, frame=True)
    publish_files(site, static)
    publish_data(site, static, twins=True)


def _content_file(uri: str) -> str:
    """Return where a page is: what Hugo calls a section has a page of another name."""
    folder, _, name = without_ending(uri).rpartition("/")
    name = "_index" if name in ("index", "README") else name
    return f"content/{folder}/{name}.html" if folder else f"content/{name}.html"


def _configuration(site: MadeSite) -> str:
    """Return the configuration; JSON texts are TOML's."""
    settings = {
        "baseURL": site.source.hosting.site_url or "/",
        "title": site.source.name,
        "disableKinds": ["taxonomy", "term", "RSS"],
        "disablePathToLower": True,
    }
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    # Newer ones take content that is HTML only where they are told to: ours is sanitised.
    return f"{lines}\n[security]\nallowContent = ['^text/(html|markdown)$']\n"
