"""Views to HTML: one Jinja environment, with autoescape and no undefined names."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

from okrsite.findings.finding import Severity
from okrsite.language.inline import inline, inline_without_links, plain
from okrsite.language.wording import Words, isolated
from okrsite.pages.addresses import anchor
from okrsite.pages.checks import severity_mark
from okrsite.pages.parts import HEALTH_WORDS, STATUS_WORDS, Mark
from okrsite.pages.parts.statuses import (
    HEALTHS_IN_SENTENCES,
    INITIATIVE_WORDS,
    INITIATIVES_IN_SENTENCES,
    STATUSES_IN_SENTENCES,
)
from okrsite.scores.status import Health, Status


class _Context(Context):
    """Calls macros and functions as they are.

    Jinja looks at every function for what it may want to be passed, which takes longer than most
    of our macros; none of ours asks for anything.
    """

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **named: Any,
    ) -> Any:
        return called(*args, **named)


_needs_escaping = re.compile("[&<>'\"]").search


def _escape(value: Any) -> str:
    """Escape what has to be; Jinja's own makes a new object of every text, most of which have not.

    What a template puts out is joined, so that a text need not know that it is safe.
    """
    kind = type(value)
    safe = kind is Markup or (kind is str and not _needs_escaping(value))
    return value if safe else escape(value)


class _Template(Template):
    """Escapes with our own function, which the code of a template finds under Jinja's name."""

    @classmethod
    def from_code(cls, *made_of: Any, **named: Any) -> Template:
        template = super().from_code(*made_of, **named)
        template.root_render_func.__globals__["escape"] = _escape
        return template


class _Environment(Environment):
    """Views are values with attributes, and never mappings that would have to be tried as well."""

    context_class = _Context
    template_class = _Template
    getattr = staticmethod(getattr)  # type: ignore[assignment]


def _whole(number: float) -> float:
    """Return a number without a point where there is nothing behind it."""
    return int(number) if number.is_integer() else number


def _filters(words: Words) -> dict[str, Callable[..., Any]]:
    """Return what puts values into words in a template, as in `{{ figures.score | score }}`."""
    tones: dict[object, str] = {None: "none"}
    tones |= {status: str(status) for status in Status} | {h: f"kpi_{h}" for h in Health}
    tones |= {status: f"work_{status}" for status in INITIATIVE_WORDS}
    names: dict[object, str] = {s: words.say(text) for s, text in STATUS_WORDS.items()}
    names |= {health: words.say(text) for health, text in HEALTH_WORDS.items()}
    names |= {status: words.say(text) for status, text in INITIATIVE_WORDS.items()}
    in_sentences: dict[object, str] = {s: words.say(t) for s, t in STATUSES_IN_SENTENCES.items()}
    in_sentences |= {health: words.say(text) for health, text in HEALTHS_IN_SENTENCES.items()}
    in_sentences |= {s: words.say(text) for s, text in INITIATIVES_IN_SENTENCES.items()}
    severities = {severity: severity_mark(words, severity) for severity in Severity}

    def expected(score: float | None) -> str | None:
        if score is None:
            return None
        return words.say("expected %(score)s", score=words.score(score))

    return {
        "score": words.score,
        "expected": expected,
        "difference": words.difference,
        "change": words.change,
        "short_score": words.short_score,
        "bound": words.score if words.in_percent else words.number,
        "confidence": words.confidence,
        "quantity": words.quantity,
        "labels": words.labels,
        "exact": words.exact,
        "number": words.number,
        "percent": words.percent,
        "day": words.day,
        "short_day": words.short_day,
        "month": words.month,
        "short_month": words.short_month,
        "days_ago": words.days_ago,
        "tone": lambda state: state.key if type(state) is Mark else tones[state],
        "state": lambda state: state.word if type(state) is Mark else names[state],
        "severity": severities.__getitem__,
        "width": lambda share: _whole(round(100 * (share or 0.0), 1)),
        "data": lambda value: "" if value is None else f"{value:.12g}",
        "anchor": anchor,
        "say": words.say,
        "inline": inline,
        "unlinked": inline_without_links,
        "plain": plain,
        "links": Markup(", ").join,
        "in_sentence": in_sentences.__getitem__,
    }


class Renderer:
    """Renders the templates of the pages.

    `folders` are searched in their order, so that a user's own theme folder may replace a
    template of the package.
    """

    def __init__(self, folders: Sequence[str], words: Words) -> None:
        self._environment = _Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # every build makes a renderer of its own
        )
        gettext, ngettext = words.translations.gettext, words.translations.ngettext

        def say(text: str, **values: object) -> Markup:
            shown = gettext(text)
            if not values:
                return Markup(shown)
            if words.direction == "rtl":
                values = {name: isolated(value) for name, value in values.items()}
            return Markup(shown % {name: _escape(value) for name, value in values.items()})

        def ncount(one: str, many: str, num: int, **values: object) -> Markup:
            return Markup(ngettext(one, many, num)) % {"num": num, **values}

        def count(one: str, many: str, number: float, **values: object) -> Markup:
            return Markup(words.count(one, many, number, **values))

        self._environment.globals.update(_=say, gettext=say, ngettext=ncount, count=count)
        self._environment.filters.update(_filters(words))

    def render(self, template: str, view: object, title: Markup | None = None) -> str:
        """Render a view with the template of a page, which finds the page's links in `context`.

        `title` is the heading of an introduction that replaces the page's own.
        """
        context = getattr(view, "context", None)
        loaded = self._environment.get_template(f"okr/{template}.html")
        return loaded.render(view=view, context=context, title=title)
