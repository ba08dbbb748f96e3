"""The page on the coach: each letter of SMART and FAST, in the words of the site."""

from dataclasses import dataclass
from inspect import cleandoc

from okrsite.checks.coach import ACRONYMS, CRITERIA, Assessment, Criterion, Verdict, coach
from okrsite.dev.reference.examples import AS_OF, EXAMPLE, OBJECTIVE, example_project
from okrsite.dev.reference.markdown import anchor, fence, paragraphs, table
from okrsite.language.wording import Words

_WORDS = Words.of("en")


@dataclass(frozen=True, slots=True)
class CoachExample:
    """A piece of an objective that does not meet a letter, and the corrected one that does."""

    example: str
    instead: str


def judge_example(piece: str, criterion: Criterion) -> Assessment:
    """Return how one letter judges the objective that an example is a piece of."""
    project, settings, scorecard = example_project(cleandoc(piece))
    id = EXAMPLE.removesuffix(".md")
    assessments = coach(_WORDS, project, scorecard, settings, project.objectives[id])
    return assessments[CRITERIA.index(criterion)]


def coach_page() -> str:
    """Return the page: what every letter asks, with examples and what the panel says of them."""
    letters = [f"[{c.acronym} {c.letter}](#{_address(c)})" for c in CRITERIA]
    rows = [[link, c.name, c.asked] for link, c in zip(letters, CRITERIA, strict=True)]
    parts = [
        "# Coach",
        _INTRODUCTION,
        table(["Letter", "Means", "Asks"], rows),
        "## What the panel says",
        _VERDICTS,
        "## The objective in the examples",
        _EXAMPLES,
        fence("yaml", "\n".join(["---", *OBJECTIVE.values(), "---"])),
    ]
    for acronym in ACRONYMS:
        parts += [f"## {acronym}", _SOURCES[acronym]]
        parts += [_letter(c) for c in CRITERIA if c.acronym == acronym]
    return paragraphs([*parts, _WORDING, _OWNERS])


def _letter(criterion: Criterion) -> str:
    example = COACH_EXAMPLES[criterion.acronym, criterion.letter]
    parts = [
        f"### {anchor(_address(criterion))}{criterion.letter}: {criterion.name}",
        criterion.asked,
        *_shown(example.example, criterion),
        "This satisfies it:",
        *_shown(example.instead, criterion),
    ]
    if note := _NOTES.get((criterion.acronym, criterion.letter)):
        parts.append(note)
    return paragraphs(parts)


def _shown(piece: str, criterion: Criterion) -> list[str]:
    assessment = judge_example(piece, criterion)
    word = "Met" if assessment.verdict is Verdict.MET else "To do"
    quote = f"> **{word}.** {assessment.judged_by}"
    if assessment.wanted:
        quote += f"\n>\n> {assessment.wanted}"
    return [fence("yaml", cleandoc(piece)), "The panel says:", quote]


def _address(criterion: Criterion) -> str:
    return f"{criterion.acronym}-{criterion.letter}".lower()


_TITLE = CoachExample(
    "title: Sell tours for $5M to past guests",
    """
    title: Win back past guests
    description: Guests who ride with us twice come back for ten years.
    """,
)

COACH_EXAMPLES = {
    ("SMART", "S"): _TITLE,
    ("SMART", "M"): CoachExample(
        """
        key_results:
          - {id: loved, title: Be loved by past guests}
          - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}
        """,
        """
        key_results:
          - {id: loved, title: Be recommended by past guests, from: 40%, to: 60%}
          - {id: answers, title: Answer within the day, from: 3 days, to: 1 day}
        """,
    ),
    ("SMART", "A"): CoachExample(
        """
        check_ins:
          - date: 2026-11-09
            values: {guests: 60}
        """,
        """
        check_ins:
          - date: 2026-11-09
            confidence: 0.7
            values: {guests: 60}
        """,
    ),
    ("SMART", "R"): CoachExample("aligns_to: []", "aligns_to: company/growth"),
    ("SMART", "T"): CoachExample(
        """
        key_results:
          - id: page
            title: The new booking page is live
            measured_by: a guest has booked on it
            done: false
          - {id: guests, title: Welcome past guests again, from: 0, to: 200}
        """,
        """
        key_results:
          - id: page
            title: The new booking page is live
            measured_by: a guest has booked on it
            done: false
            due: 2026-11-30
          - {id: guests, title: Welcome past guests again, from: 0, to: 200}
        """,
    ),
    ("FAST", "F"): CoachExample(
        """
        every: week
        check_ins:
          - date: 2026-10-12
            values: {guests: 20}
        """,
        """
        every: week
        check_ins:
          - date: 2026-10-12
            values: {guests: 20}
          - date: 2026-11-09
            note: Nothing has moved; the second letter waits for pictures.
        """,
    ),
    ("FAST", "A"): CoachExample(
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        check_ins:
          - date: 2026-06-29
            values: {guests: 200, answers: 1 day}
        """,
        """
        cycle: 2026-q2
        aligns_to: open-the-season
        check_ins:
          - date: 2026-06-29
            values: {guests: 160, answers: 1.5 days}
        """,
    ),
    ("FAST", "S"): _TITLE,
    ("FAST", "T"): CoachExample(
        "visibility: private  # until it is announced", "visibility: public  # everybody knows"
    ),
}
"""An example for each letter; a test checks that the first is to do and the second met."""

_INTRODUCTION = """\
After reading this page you know what the coach asks of an objective, and how to meet it. Every
objective's page has a collapsed panel, “Writing”. It checks the document and its rhythm against two
lists of criteria, SMART and FAST, and says for each letter how it was judged and what would
meet it. This is advice on the text, never a rating of people. It affects no score and fails no
build."""

_VERDICTS = """\
- **Met**: nothing to do.
- **To do**: the second sentence says what would meet it. Once the cycle is closed, this becomes
  “Not met”, as advice for the next one.
- **Not yet**: it is a draft, or its first check-in isn't due.
- **Not applicable**: it was cancelled, it is a commitment, or the document or the settings
  [ignore](checks.md#what-makes-good-okrs-okr4xx) the matching check: OKR403 for a
  number in the title, OKR402 for a measure, OKR405 for the alignment, OKR406 for the rhythm,
  OKR408 for the ambition.

“3 of 4” counts the letters that are met, out of those met or to do. Letters that aren't due yet
or not applicable are in neither number."""

_EXAMPLES = f"""\
Each example is part of this objective, `content/{EXAMPLE}`, and replaces the same fields here. The
date is {AS_OF.day} November {AS_OF.year}."""

_SOURCES = {
    "SMART": (
        "After G. T. Doran, “There’s a S.M.A.R.T. way to write management’s goals and\n"
        "objectives” (1981). A and R have today’s meaning here, achievable and relevant."
    ),
    "FAST": "After D. Sull and C. Sull, “With Goals, FAST Beats SMART” (2018).",
}

_NOTES = {
    ("SMART", "S"): (
        "A text below the front matter works as well as a `description`; headings, comments and\n"
        "the retrospective don't count as one."
    ),
    ("SMART", "M"): (
        "A measure is a target (`to` or `scale`), a range (`keep`), `milestones`, a sign\n"
        "(`measured_by`), or `roll_up`. Cancelled key results are ignored."
    ),
    ("SMART", "A"): (
        "A confidence for the objective is enough, or one for each of its key results. It can be\n"
        "low, as long as it is given."
    ),
    ("SMART", "R"): "The company’s own objectives are relevant as they are.",
    ("SMART", "T"): (
        "Without milestones, the cycle is enough. A milestone has a date if it has `due`, if its\n"
        "key result has `due`, or if it is done."
    ),
    ("FAST", "F"): (
        "`every` says how often a check-in is due. A check-in without a value counts. An\n"
        "achieved objective needs none."
    ),
    (
        "FAST",
        "A",
    ): "It doesn't apply to `commitment: committed`: a promise is expected to reach 1.0.",
    ("FAST", "S"): "It is met unless SMART’s S or M is to do.",
    ("FAST", "T"): (
        "A private document is on the site only if the settings publish it\n(`include_private`)."
    ),
}

_WORDING = """\
## Wording

Below the findings, the panel says how many of the key results are outcomes and how many outputs. An
outcome says what changes: a metric, or a range to keep. An output says what is done: a milestone,
or a metric that counts [how often someone does something](checks.md#okr418), such as “Hold 10
workshops”.

Hints follow, which don't affect any letter:

- The title goes in two directions, joined by “and”. [Three or more](checks.md#okr420) are a
  finding, and so are [two measures](checks.md#okr419) in one key result.
- A verb has no object: “Work harder”, “Improve everything”.
- A metric has no unit, so it doesn't say what is counted.
- The key results are all of one kind: only outputs, only targets without a range to keep or a
  guardrail, or only ranges.

Words are judged by lists for English, German, French and Spanish, depending on the language of the
site; in other languages there are no such hints. Lists make mistakes: if one does, `ignore` the
code in the document."""

_OWNERS = """\
## All owners together

The page Writing, among the insights, sums up the active objectives of open cycles by owner: how
many don't meet a letter, out of those it applies to. What everyone meets isn't shown. Below it are
the owners who have objectives but no KPI."""
