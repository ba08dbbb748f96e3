"""What the checks say: every code with what it finds, why that matters, and what to write."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from okrsite.findings.codes import CHECKS, Check, Severity
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.pages.parts import Link, Mark, PageContext
from okrsite.pages.site import Site

ADDRESS = "checks/index.md"
"""The file that the page would be made of."""

_GROUPS = {
    "OKR1": message("What is written"),
    "OKR2": message("What is linked"),
    "OKR3": message("What is checked in"),
    "OKR4": message("What makes good OKRs"),
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check; `example` is what it reports, and `instead` the same without fault.

    `seen` leads to what it finds on this site, where it finds something.
    """

    anchor: str
    mark: Mark
    code: str
    summary: str
    why: str
    example: str
    instead: str
    seen: Link | None


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The checks of one hundred."""

    title: str
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class ChecksView:
    """All that the page of the checks shows."""

    title: Markup
    context: PageContext
    body: Markup
    groups: tuple[CheckGroup, ...]


def checks_view(site: Site, address: str, body: Markup) -> ChecksView:
    """Make the page of the checks."""
    context = PageContext(site, address)
    return ChecksView(
        title=escape(context.say("What the checks say")),
        context=context,
        body=body,
        groups=tuple(_groups(context)),
    )


def check_link(context: PageContext, code: str) -> Link:
    """Lead from a code to what is said of it."""
    return context.page(code, ADDRESS, check_anchor(code))


def check_anchor(code: str) -> str:
    """Return the id that a check's heading has."""
    return code.lower()


def severity_mark(words: Words, severity: Severity) -> Mark:
    """Say how much a finding weighs, with the shape and colour of a status that weighs as much."""
    return Mark(_SHAPES[severity], words.say(SEVERITY_WORDS[severity]))


def _groups(context: PageContext) -> Iterator[CheckGroup]:
    seen = Counter(finding.code for said in context.site.said.values() for finding in said)
    for beginning, title in _GROUPS.items():
        checks = (check for check in CHECKS.values() if check.code.startswith(beginning))
        yield CheckGroup(
            context.say(title), tuple(_row(context, check, seen[check.code]) for check in checks)
        )


def _row(context: PageContext, check: Check, found: int) -> CheckRow:
    seen: Link | None = None
    if found:
        said = context.words.count("%(number)s on this site", "%(number)s on this site", found)
        page = context.page(said, "insights/index.md")
        seen = Link(page.text, f"{page.href}#{check_anchor(check.code)}")
    return CheckRow(
        anchor=check_anchor(check.code),
        mark=severity_mark(context.words, check.severity),
        code=check.code,
        summary=context.say(check.summary),
        why=context.say(check.why),
        example=check.example,
        instead=check.instead,
        seen=seen,
    )


SEVERITY_WORDS = {
    Severity.ERROR: message("Error"),
    Severity.WARNING: message("Warning"),
    Severity.ADVICE: message("Advice"),
}
"""What each severity is called on the site."""

_SHAPES = {
    Severity.ERROR: "kpi_critical",
    Severity.WARNING: "kpi_warning",
    Severity.ADVICE: "not_started",
}
