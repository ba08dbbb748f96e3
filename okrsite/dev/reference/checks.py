"""The page on the checks: what each finds, why, an example, and what to write instead."""

from collections.abc import Iterable, Iterator

from okrsite.dev.reference.examples import AS_OF, EXAMPLE, OBJECTIVE, example_findings, surroundings
from okrsite.dev.reference.markdown import anchor, fence, paragraphs, table
from okrsite.findings.codes import CHECKS, Check
from okrsite.findings.finding import Finding


def checks_page() -> str:
    """Return the page: what every check finds, why that matters, an example and what to write."""
    around = "\n".join(sorted(surroundings()))
    rows = [
        [f"[{check.code}](#{check.code.lower()})", str(check.severity), check.summary]
        for check in CHECKS.values()
    ]
    parts = [
        "# Checks",
        _CHECKS_INTRODUCTION,
        table(["Code", "Severity", "What it finds"], rows),
        "## How to read the examples",
        _EXAMPLES_INTRODUCTION,
        fence("yaml", "\n".join(["---", *OBJECTIVE.values(), "---"])),
        "These files are next to it; each example shows what matters about them:",
        fence("text", around),
    ]
    for beginning, title, introduction in _GROUPS:
        group = [check for check in CHECKS.values() if check.code.startswith(beginning)]
        parts += [f"## {title}", introduction, *(_check(check) for check in group)]
    return paragraphs(parts)


def _check(check: Check) -> str:
    parts = [
        f"### {anchor(check.code)}{check.code}: {check.summary}",
        f"**{str(check.severity).capitalize()}.** {check.why}",
        fence("yaml", check.example),
        "`okrsite lint` says:",
        "\n".join(_quoted(example_findings(check.example))),
        "Write instead:",
        fence("yaml", check.instead),
    ]
    return paragraphs(parts)


def _quoted(findings: Iterable[Finding]) -> Iterator[str]:
    """Return findings as quotes, so that they wrap on small screens, with hints below."""
    for finding in findings:
        yield f"> {finding.code} {finding.severity}: {finding.message}"
        if finding.hint:
            yield f">\n> {finding.hint}"


_CHECKS_INTRODUCTION = """\
After reading a code's section here you know what is wrong, why it matters, and what to write
instead. `okrsite lint` reads every document and lists its findings: the file, the line, a code, one
sentence, and what to write. Building the site reports the same.

- **Errors** must be fixed: until then, something is left out of the figures.
- **Warnings** should be fixed: something isn't what it looks like. They fail a `--strict` build.
- **Advice** is only advice. It never fails anything, and you may disagree.

To silence a code, write `ignore: [OKR401]` in the document it is about, or
`lint: {ignore: [OKR401]}` in the [settings](settings.md#lint) for all documents. Errors can't be
silenced."""

_EXAMPLES_INTRODUCTION = f"""\
Examples show only what matters. Each is part of this objective, `content/{EXAMPLE}`, and replaces
the same fields here. A line like `# kpis/no-shows.md` means that what follows is in that file. The
date is {AS_OF.day} November {AS_OF.year}."""

_GROUPS = (
    (
        "OKR1",
        "Documents and fields: OKR1xx",
        "These codes are about a single document: can it be read, and is every field what it\n"
        "should be?",
    ),
    (
        "OKR2",
        "Links: OKR2xx",
        "A document refers to others: an owner, a cycle, a KPI, what it aligns to.\n"
        "[Names of documents](format.md#names-of-documents) explains how names are looked up.",
    ),
    (
        "OKR3",
        "Check-ins and readings: OKR3xx",
        "These codes are about values and dates in check-ins and readings.",
    ),
    (
        "OKR4",
        "What makes good OKRs: OKR4xx",
        "This is the coach; [Good OKRs](good-okrs.md) has more. It skips cancelled objectives,\n"
        "and everything about drafting once a cycle is closed.",
    ),
)
