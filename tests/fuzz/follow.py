"""An example on the way that a build takes it, and what has to be true of what comes of it."""

import inspect
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import okrsite.theme
from markupsafe import Markup

from okrsite.build import Built, build
from okrsite.documents.source import each_source
from okrsite.exports.model import export, to_csv, to_json
from okrsite.findings import report
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.pages.render import Renderer
from okrsite.scores import Scorecard
from okrsite.settings import Settings
from tests.samples import Files, Shelf


@dataclass(frozen=True)
class Shown:
    """What came of an example: the site, its data and its pages."""

    built: Built
    scorecard: Scorecard
    data: str
    pages: dict[str, str]


_WORDS = Words.of("en")
_RENDERER = Renderer([os.path.dirname(inspect.getfile(okrsite.theme))], _WORDS)
_PRIVATE_TITLE = re.compile(r"Zebra\d+x\d+")
_ACTIVE = re.compile(
    r"<script|<[a-z][^>\"]*\son[a-z]+\s*=|(?:href|src)=\"(?:javascript|data):",
    re.IGNORECASE,
)


def follow(files: Files, as_of: date, settings: Settings) -> Shown:
    """Take a site the whole way that a build takes it."""
    built = build(Shelf(files), settings, "Acme", as_of, _WORDS, Addresses())
    report.to_text(built.findings)
    report.to_json(built.findings)
    site = built.site
    model = export(site.project, site.scorecard, site.addresses.page)
    data = to_json(model) + to_csv(model)
    pages: dict[str, str] = {}
    for page in built.pages.values():
        address = site.addresses.page(page.uri)
        if page.takes_retrospective:
            view = page.build(address, Markup(""), Markup("Well"))  # type: ignore[call-arg]
        else:
            view = page.build(address, Markup(""))
        pages[page.uri] = _RENDERER.render(page.template, view)
    return Shown(built, site.scorecard, data, pages)


def judge(files: Files, settings: Settings, shown: Shown) -> None:
    """Raise AssertionError where what came of an example is not as it must be."""
    for name, share in _shares(shown.scorecard):
        assert share is None or 0 <= share <= 1, f"{name} is {share}"
    for found in shown.built.findings:
        assert found.line >= 1, found
        assert "\n" not in found.message, found
    json.loads(shown.data[: shown.data.rindex("}\n") + 2])
    for uri, page in shown.pages.items():
        active = _ACTIVE.search(page)
        assert active is None, f"{uri} acts: {page[active.start() :][:80]}"
    if not settings.include_private:
        said = "".join([shown.data, *shown.pages, *shown.pages.values()])
        for source, _ in each_source(Shelf(files)):
            for title in _PRIVATE_TITLE.findall(str(source)) if source and source.private else ():
                assert title not in said, f"{title} of {source.uri} is published"


def _shares(scorecard: Scorecard) -> Iterator[tuple[str, float | None]]:
    """List every figure that is a share from 0 to 1, with its name."""
    for id, figures in scorecard.objectives.items():
        yield f"{id} score", figures.score
        yield f"{id} computed", figures.computed
        yield f"{id} expected", figures.expected
        yield f"{id} support", figures.support
        for key, result in figures.key_results.items():
            yield f"{id}#{key} score", result.score
            yield f"{id}#{key} computed", result.computed
            yield f"{id}#{key} expected", result.expected
    for owner, cycles in scorecard.owners.items():
        for cycle, of_owner in cycles.items():
            yield f"{owner} {cycle} score", of_owner.score
            yield f"{owner} {cycle} expected", of_owner.expected
