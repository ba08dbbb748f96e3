"""Our own styles and scripts, as they are published."""

import inspect
import os
from collections.abc import Mapping

from rjsmin import jsmin

import okrsite.theme

THEME = os.path.dirname(inspect.getfile(okrsite.theme))
"""The folder of the package's templates, styles and scripts."""

OURS = os.path.join(THEME, "okr")

STYLES, SCRIPT = ("okr/okr.css", "okr/find.css"), "okr/okr.js"
"""What every page of a site needs."""

FRAME = ("okr/frame.css", "okr/frame.js")
"""What only our own frame needs, where no theme puts one around the pages."""

_FROM_DISK = "iframe-worker.js"
_PARTS = {
    "map.js": ("map-layout.js", "map-teams.js", "map-pieces.js", "map-camera.js", "map-input.js"),
    "results.js": ("not-found.js",),
}
"""Our scripts that are published as one, each with what it needs, in their order."""


def published_scripts(
    texts: Mapping[str, str], *, pagefind: bool, offline: bool = False
) -> dict[str, str]:
    """Return our scripts by their names, lean, and those that belong together as one.

    What no page of the site asks for is left out: the script of the other search, and the one that
    lets a site be searched from a disk.
    """
    unused = {"search-worker.js" if pagefind else "search.js", *(() if offline else (_FROM_DISK,))}
    unused.update(part for name in _PARTS if name in texts for part in _PARTS[name])
    published: dict[str, str] = {}
    for name in texts:
        if name not in unused:
            parts = [part for part in _PARTS.get(name, ()) if part in texts]
            # None ends with a semicolon, and the next begins with a parenthesis: a call otherwise.
            published[name] = ";\n".join(jsmin(texts[part]) for part in [*parts, name])
    return published
