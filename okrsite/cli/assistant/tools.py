"""The tools: their names, what they take, and the functions that answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from okrsite.cli.assistant import proposing, reading, showing
from okrsite.cli.assistant.answers import QuestionError
from okrsite.cli.assistant.site import CurrentSite

_What = Literal["objectives", "key_results", "kpis", "owners", "check_ins", "cycles"]
_Value = str | int | float | bool
_Limit = Annotated[int, Field(ge=1, le=1000, description="the most rows")]
_OBJECTIVE = "an id (or its last part), a title or a file path"
_DAY = "a date like 2026-11-15; default: today"
_WHERE = (
    "filters by name, as in `okr` blocks: cycle (an id, or current), owner, status (on_track,"
    " at_risk, off_track, achieved, …), level, commitment, pillar, tag, text; KPIs: health, role,"
    " overdue; check-ins: objective, since, until; several values as a list"
)


class Arguments(BaseModel):
    """The arguments of a tool."""

    model_config = ConfigDict(extra="forbid")


class ListArguments(Arguments):
    """A list with its figures."""

    what: _What
    where: dict[str, _Value | list[_Value]] = Field({}, description=_WHERE)
    sort: str | None = Field(None, description="a column, like score; -score: the largest first")
    limit: _Limit = 50


class ShowArguments(Arguments):
    """One document."""

    document: str = Field(description=f"an objective, KPI, owner, cycle or pillar: {_OBJECTIVE}")


class ExplainArguments(Arguments):
    """The explanation of a figure."""

    what: str = Field(description="OBJECTIVE, OBJECTIVE#KEY_RESULT, an owner or a KPI")
    cycle: str | None = Field(None, description="the owner's cycle; default: the home page's")


class StatusArguments(Arguments):
    """A cycle."""

    cycle: str | None = Field(None, description="default: the home page's cycle")
    owner: str | None = Field(None, description="only this team or person, or the company")


class LintArguments(Arguments):
    """The findings."""

    codes: list[str] = Field([], description="only these codes, or beginnings of them: OKR4")
    document: str | None = Field(None, description=f"only about this document: {_OBJECTIVE}")
    limit: _Limit = 50


class SearchArguments(Arguments):
    """A search."""

    words: str = Field(description="all of them must be found; accents and case don't matter")
    limit: _Limit = 20


class DiffArguments(Arguments):
    """A comparison of two revisions."""

    base: str = Field(description="a git revision: a branch, tag or commit, like main or HEAD~5")
    head: str | None = Field(None, description="another one; default: the files as they are")


class CheckInArguments(Arguments):
    """A new check-in."""

    objective: str = Field(description=_OBJECTIVE)
    values: dict[str, str] = Field({}, description='by key result, as people write: {"mrr": "$6M"}')
    confidence: float | str | None = Field(None, description="of reaching it, 0 to 1")
    note: str | None = Field(None, description="what happened, in a sentence")
    blockers: list[str] = Field([], description="what is in the way")
    next: list[str] = Field([], description="what comes next")
    date: str | None = Field(None, description=_DAY)
    anyway: bool = Field(
        False, description="write values far from the last one, or into a closed cycle"
    )


class ObjectiveArguments(Arguments):
    """A new objective."""

    title: str
    owners: list[str] = Field(min_length=1, description="teams, people, or company")
    key_results: list[str] = Field(
        min_length=1, description="like “Raise satisfaction from 78% to 90%”"
    )
    cycle: str | None = Field(None, description="default: the current one")
    aligns_to: list[str] = Field([], description="objectives or key results that it supports")
    commitment: Literal["aspirational", "committed"] | None = None
    text: str | None = Field(None, description="why it matters, in Markdown")
    anyway: bool = Field(False, description="write it despite advice on drafting")


@dataclass(frozen=True, slots=True)
class AssistantTool:
    """A tool: what it takes, and what answers; one that `writes` changes files."""

    name: str
    description: str
    arguments: type[Arguments]
    answer: Callable[[CurrentSite, Any], str]
    writes: bool = False

    def call(self, site: CurrentSite, given: dict[str, Any]) -> str:
        """Return the answer; raise QuestionError where the arguments are wrong."""
        try:
            arguments = self.arguments.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or self.name
            raise QuestionError(f"`{where}`: {first['msg']}") from None
        return self.answer(site, arguments)


def _list(site: CurrentSite, a: ListArguments) -> str:
    where = {name: _as_text(value) for name, value in a.where.items()}
    return reading.list_items(site.read(), a.what, where, a.sort, a.limit)


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_in(site: CurrentSite, a: CheckInArguments) -> str:
    confidence = f"{a.confidence:g}" if isinstance(a.confidence, float) else a.confidence
    texts = {
        "confidence": confidence,
        "note": a.note,
        "blocker": a.blockers,
        "next": a.next,
        "date": a.date,
    }
    return proposing.propose_check_in(site, a.objective, a.values, texts, a.anyway)


def _objective(site: CurrentSite, a: ObjectiveArguments) -> str:
    texts = {"commitment": a.commitment, "text": a.text}
    return proposing.propose_objective(
        site, a.title, a.owners, a.cycle, a.aligns_to, a.key_results, texts, a.anyway
    )


TOOLS = (
    AssistantTool(
        "list",
        "List objectives, key results, KPIs, owners, check-ins or cycles with their figures.",
        ListArguments,
        _list,
    ),
    AssistantTool(
        "show",
        "Show one document with its figures: objective, KPI, owner, cycle, pillar or check-in.",
        ShowArguments,
        lambda site, a: showing.show(site.read(), a.document),
    ),
    AssistantTool(
        "explain",
        "Explain a score, expectation and status: the formula with its numbers, and the file and "
        "line of each.",
        ExplainArguments,
        lambda site, a: reading.explain(site.read(), a.what, a.cycle),
    ),
    AssistantTool(
        "status",
        "Show a cycle: every owner's objectives and key results with score, expectation and "
        "status, and what is overdue.",
        StatusArguments,
        lambda site, a: reading.status(site.read(), a.cycle, a.owner),
    ),
    AssistantTool(
        "lint",
        "List what is wrong in the documents and what could be better, with a hint for each.",
        LintArguments,
        lambda site, a: reading.lint(site.read(), a.codes, a.document, a.limit),
    ),
    AssistantTool(
        "search",
        "Find documents by words in titles, descriptions, key results, notes and texts.",
        SearchArguments,
        lambda site, a: reading.search(site.read(), a.words, a.limit),
    ),
    AssistantTool(
        "diff",
        "Say in OKR terms what changed from one git revision to another, or to the files as they "
        "are.",
        DiffArguments,
        lambda site, a: reading.diff(site.given, a.base, a.head),
    ),
    AssistantTool(
        "propose_check_in",
        "Add a check-in to an objective's file. It is checked first, and never committed: people "
        "review it.",
        CheckInArguments,
        _check_in,
        writes=True,
    ),
    AssistantTool(
        "propose_objective",
        "Write the file of a new objective. It is checked first, and never committed: people "
        "review it.",
        ObjectiveArguments,
        _objective,
        writes=True,
    ),
)
"""All tools, in the order in which an assistant sees them."""


def tools(write: bool) -> Iterator[AssistantTool]:
    """Return the tools; without `write` those that only read."""
    return (tool for tool in TOOLS if write or not tool.writes)
