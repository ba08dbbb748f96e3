"""Checks explained: every code with what it finds, why that matters, and what to write."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from okrsite.findings.codes import CHECKS, Check, Severity
from okrsite.i18n import message
from okrsite.language.wording import Words
from okrsite.pages.insights import insights_page
from okrsite.pages.parts import Mark, PageContext
from okrsite.pages.site import Site

ADDRESS = "checks/index.md"
"""The file that the page would be made of."""

_GROUPS = {
    "OKR1": message("Documents and fields"),
    "OKR2": message("Links"),
    "OKR3": message("Check-ins and readings"),
    "OKR4": message("What makes good OKRs"),
}
_SEVERITIES = {
    Severity.ERROR: ("kpi_critical", message("Error")),
    Severity.WARNING: ("kpi_warning", message("Warning")),
    Severity.ADVICE: ("not_started", message("Advice")),
}


@dataclass(frozen=True, slots=True)
class ChecksView:
    """All that the page of the checks shows: the checks of each hundred, below its title.

    `found` counts the findings of each code on this site, `page_of` names the page that lists them.
    """

    context: PageContext
    body: Markup
    groups: tuple[tuple[str, tuple[Check, ...]], ...]
    found: Counter[str]
    page_of: Callable[[str], str] = insights_page


def checks_view(site: Site, address: str, body: Markup) -> ChecksView:
    """Return the page of the checks."""
    return ChecksView(
        context=PageContext(site, address),
        body=body,
        groups=tuple(
            (title, tuple(check for check in CHECKS.values() if check.code.startswith(beginning)))
            for beginning, title in _GROUPS.items()
        ),
        found=Counter(finding.code for findings in site.findings.values() for finding in findings),
    )


def check_anchor(code: str) -> str:
    """Return the id of a check's heading, here and among the insights."""
    return code.lower()


def severity_mark(words: Words, severity: Severity) -> Mark:
    """Return a severity in a word, with the shape and colour of a status that weighs as much."""
    shape, word = _SEVERITIES[severity]
    return Mark(shape, words.say(word))
