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
        "Around it stand these files; each example says what matters about them:",
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
`okrsite lint` reads every document and says what it finds: the file, the line, a code, one
sentence, and what to write. A build of the site says the same. Find your code in the table; its
section says what is wrong, why that matters, and what to write instead.

- An **error** must be mended: something is left out of the figures until it is.
- A **warning** should be mended: something is not what it looks like. It fails a `--strict`
  build.
- **Advice** coaches. It never fails anything, and you may disagree with it.

You do not want to hear one of them? Write `ignore: [OKR401]` into the document that it is
about, or `lint: {ignore: [OKR401]}` into the [settings](settings.md#lint) for all of them.
Errors always speak."""

_EXAMPLES_INTRODUCTION = f"""\
An example shows only what matters. It is a piece of this objective, `content/{EXAMPLE}`, and
what it writes replaces what stands here. A line like `# kpis/no-shows.md` says that what
follows stands in that file. It is {AS_OF.day} November {AS_OF.year}."""

_GROUPS = (
    (
        "OKR1",
        "What is written: OKR1xx",
        "These codes are about one document by itself: can it be read, and is every field what it\n"
        "should be?",
    ),
    (
        "OKR2",
        "What is linked: OKR2xx",
        "A document names others: an owner, a cycle, a KPI, what it aligns to.\n"
        "[Names of documents](format.md#names-of-documents) says how names are looked up.",
    ),
    (
        "OKR3",
        "What is checked in: OKR3xx",
        "These codes are about values and dates in check-ins and readings.",
    ),
    (
        "OKR4",
        "What makes good OKRs: OKR4xx",
        "This is the coach. [Good OKRs](good-okrs.md) says more. It says nothing about what is\n"
        "cancelled, and nothing about drafting once a cycle is closed.",
    ),
)
