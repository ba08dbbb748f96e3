"""The plugin's options in mkdocs.yml, typed; the commands read the same ones."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from okrsite.documents.error_messages import meant_field
from okrsite.documents.known_fields import fields_at
from okrsite.documents.links import LINK_SCHEMES, is_readable
from okrsite.documents.values import Commitment, Every, read_date
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Finding, Severity, in_reading_order, one_line
from okrsite.util.spelling import nearest


class SettingsError(ValueError):
    """An option is wrong; the text, one line, says which one and what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class _Options(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _day(value: object) -> object:
    """Return a date however YAML read it; a text must be a full date."""
    if not isinstance(value, str | date):
        return value
    try:
        return read_date(str(value).strip())
    except ValueError:
        raise ValueError(f"{value} is not a date; write year-month-day, like 2026-11-15") from None


Listed = Annotated[
    tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)
]


class Thresholds(_Options):
    """The limits of expectation and status; scores, shares and paces are 0 to 1."""

    goal: float = Field(
        0.7, gt=0, le=1, description="the score an aspirational objective should reach"
    )
    on_track: float = Field(-0.10, ge=-1, le=1, description="the lowest pace that is on track")
    at_risk: float = Field(-0.25, ge=-1, le=1, description="the lowest pace that is at risk")
    confident: float = Field(0.7, ge=0, le=1, description="a confidence below it means at risk")
    doubtful: float = Field(0.4, ge=0, le=1, description="a confidence below it means off track")
    progressed: float = Field(0.4, ge=0, le=1, description="a closed score below it is missed")

    @property
    def verdicts(self) -> tuple[float, ...]:
        """The scores that verdicts ask for."""
        return (1.0, self.goal, self.progressed)

    @property
    def doubts(self) -> tuple[float, ...]:
        """The confidences below which something is at risk."""
        return (self.confident, self.doubtful)


class FiscalYear(_Options):
    """The financial year, if it isn't the calendar year."""

    starts: int = Field(ge=1, le=12, description="the month it begins with: 2 is February")
    named: Literal["end", "start"] = Field(
        "end", description="after the calendar year in which it ends, or in which it starts"
    )

    def begins_in(self, year: int) -> int:
        """Return the calendar year in which the fiscal year of a name begins."""
        return year - 1 if self.named == "end" and self.starts > 1 else year

    def quarter_of(self, day: date) -> str:
        """Return the name of the quarter that contains a day: `fy2027-q3`."""
        begun = day.year - (day.month < self.starts)
        year = 2 * begun - self.begins_in(begun)
        return f"fy{year}-q{(day.month - self.starts) % 12 // 3 + 1}"


class Lint(_Options):
    """Which findings are reported; codes, or beginnings of them like `OKR4`."""

    select: Listed = Field(("all",), description="what is reported")
    ignore: Listed = Field((), description="what isn't reported; errors always are")
    severity: dict[str, Severity] = Field(
        {}, description="codes and their severity; errors stay errors"
    )

    @model_validator(mode="after")
    def _known_codes(self) -> "Lint":
        for code in (*self.select, *self.ignore, *self.severity):
            if problem := wrong_code(code):
                raise ValueError(problem)
        return self

    def apply(self, finding: Finding) -> Finding | None:
        """Return a finding with the severity that the site gives it, or None if it is ignored."""
        if finding.severity is Severity.ERROR:
            return finding
        if not covers(self.select, finding.code) or covers(self.ignore, finding.code):
            return None
        given = [code for code in self.severity if covers((code,), finding.code)]
        return replace(finding, severity=self.severity[max(given, key=len)]) if given else finding


class Pull(_Options):
    """What `okrsite pull` may access; other commands fetch nothing."""

    hosts: Listed = Field((), description="hosts it may contact, like `metrics.example.com`")
    connections: Listed = Field(
        (), description="environment variables with addresses of databases or tokens"
    )
    tokens: dict[str, str] = Field(
        {}, description="hosts of trackers, each with the environment variable of its token"
    )


def covers(codes: tuple[str, ...], code: str) -> bool:
    """Whether some codes, or beginnings of codes, or `all`, cover a code."""
    return any(one == "all" or code.startswith(one.upper()) for one in codes)


def wrong_code(code: str) -> str | None:
    """Return what is wrong with a code or the beginning of one; None if it is valid."""
    if code == "all" or (code and any(known.startswith(code.upper()) for known in CHECKS)):
        return None
    near = nearest(code, [known.lower() for known in sorted(CHECKS)])
    return f"`{code}` isn't a code" + (f"; did you mean `{near.upper()}`?" if near else "")


def _discuss_url(value: Any) -> Any:
    """Check an address with placeholders; the browser of every reader follows it."""
    if not isinstance(value, str):
        return value
    names = re.findall(r"\{([^{}]*)\}", value)
    if strange := [name for name in names if name not in ("id", "title")]:
        raise ValueError(f"`{{{strange[0]}}}` is not known; write `{{id}}` or `{{title}}`")
    scheme = value.partition(":")[0].lower()
    if scheme not in LINK_SCHEMES or not is_readable(value) or re.search(r"[\s<>\"]", value):
        raise ValueError("write an http, https or mailto address")
    return value


DiscussUrl = Annotated[str, BeforeValidator(_discuss_url)]


def _variable_name(value: Any) -> Any:
    """Check a name; what is no name could be a secret, so the error does not repeat it."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value) is None:
        message = "write the name of an environment variable, like OKRSITE_NOTIFY"
        raise ValueError(f"{message}; addresses never belong in a file")
    return value


VariableName = Annotated[str, BeforeValidator(_variable_name)]


class Settings(_Options):
    """All options of the plugin; each has a default that suits most sites."""

    as_of: Annotated[date | None, BeforeValidator(_day)] = Field(
        None, description="the date the site is built for; default: SOURCE_DATE_EPOCH's, else today"
    )
    cycle: str | None = Field(
        None, description="the home page's cycle, an existing one; default: the open one"
    )
    commitment: Commitment = Field(
        Commitment.ASPIRATIONAL, description="the commitment of objectives that don't state one"
    )
    every: Every | None = Field(
        None, description="how often a check-in is due; default: week, in long cycles month"
    )
    fiscal_year: FiscalYear | None = Field(
        None, description="makes fy2027, fy2027-h1 and fy2027-q3 cycles; `{starts: 2, named: end}`"
    )
    figures: Literal["score", "percent"] = Field(
        "score", description="how scores are shown to people: 0.41, or 41% with `percent`"
    )
    include_private: bool = Field(False, description="publish private documents too")
    history: bool | None = Field(
        None,
        description="list who changed what, from git; default: if its full history is there",
    )
    weeks: int = Field(
        26,
        ge=0,
        le=260,
        description="how many past weeks get a page with their changes",
    )
    search: Literal["material", "pagefind"] = Field(
        "material",
        description="what searches the site: Material's own, or Pagefind for large sites",
    )
    markdown: bool = Field(
        True, description="also write every page as Markdown, and an `llms.txt`, for assistants"
    )
    discuss_url: DiscussUrl | None = Field(
        None,
        description="where people talk about an objective or a KPI: an address with `{id}` and "
        "`{title}`",
    )
    thresholds: Thresholds = Field(
        Thresholds(), description="the limits for expectation and status"
    )
    lint: Lint = Field(Lint(), description="which findings are reported, and their severity")
    pull: Pull = Field(Pull(), description="where KPIs' values may be pulled from")
    notify: VariableName | None = Field(
        None,
        description="the environment variable with the address that `okrsite notify` writes to",
    )

    _language: str = PrivateAttr("en")

    @property
    def language(self) -> str:
        """The language of the site, like `de-AT`: the theme's, and no option of the plugin."""
        return self._language

    def in_language(self, language: str) -> Self:
        """Return the settings of a site in a language."""
        copy = self.model_copy()
        copy._language = language
        return copy

    def wanted(
        self, findings: list[Finding] | tuple[Finding, ...], ignored: Mapping[str, tuple[str, ...]]
    ) -> list[Finding]:
        """Return findings in reading order, without those that the settings or documents ignore.

        `ignored` are the codes that the document of a path ignores; errors are always reported.
        """

        def reported(finding: Finding) -> bool:
            error = finding.severity is Severity.ERROR
            return error or not covers(ignored.get(finding.path, ()), finding.code)

        applied = map(self.lint.apply, findings)
        return in_reading_order(f for f in applied if f is not None and reported(f))


def read_settings(options: Mapping[str, Any], language: str = "en") -> Settings:
    """Return the plugin's options, typed; raise SettingsError where one is wrong.

    `language` is that of the theme.
    """
    try:
        return Settings.model_validate(dict(options)).in_language(language)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise SettingsError(_problem(problem["loc"], problem)) from None


def _problem(location: tuple[str | int, ...], problem: Any) -> str:
    """Return what is wrong with an option, and what to write."""
    name, kind = ".".join(map(str, location)), problem["type"]
    if kind == "extra_forbidden":
        near = meant_field(str(location[-1]), fields_at(Settings, location[:-1]))
        return f"okrsite has no option `{name}`" + (f"; did you mean `{near}`?" if near else "")
    wanted = _WANTED.get(kind.partition("_")[0])
    if kind in _BOUNDS:
        bounds = _BOUNDS[kind].format(**problem["ctx"])
        return f"the okrsite option `{name}` is wrong: write a number {bounds}"
    if kind in ("enum", "literal_error"):
        wanted = f"write {problem['ctx']['expected'].replace(chr(39), '`')}"
    message = wanted or problem["msg"].removeprefix("Value error, ")
    return f"the okrsite option `{name}` is wrong: {message}"


_BOUNDS = {
    "greater_than": "above {gt:g}",
    "greater_than_equal": "of at least {ge:g}",
    "less_than": "below {lt:g}",
    "less_than_equal": "of at most {le:g}",
}
_WANTED = {
    "bool": "write true or false",
    "date": "write a day like 2026-11-15",
    "dict": "write fields below it",
    "float": "write a number",
    "int": "write a whole number",
    "missing": "it is missing",
    "model": "write fields below it",
    "string": "write a text",
    "tuple": "write a list",
}


_WITH_ADDRESSES = (
    "site_url",
    "repo_url",
    "edit_uri",
    "edit_uri_template",
    "nav",
    "extra_css",
    "extra_javascript",
)


def check_addresses(written: Mapping[str, Any]) -> None:
    """Raise SettingsError for an address in mkdocs.yml that MkDocs could not take apart."""
    for name in _WITH_ADDRESSES:
        for address in _texts(written.get(name)):
            if not is_readable(address):
                raise SettingsError(f"{name} has an address that leads nowhere: {address}")


def _texts(value: object) -> Iterator[str]:
    """Return the texts in lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


ASKED_DAY = "OKRSITE_AS_OF"
"""The environment variable by which a command gives the plugin its report date."""


def asked_day() -> date | None:
    """Return the report date that a command gives; raise SettingsError where it is invalid."""
    written = os.environ.get(ASKED_DAY, "").strip()
    try:
        return read_date(written) if written else None
    except ValueError:
        raise SettingsError(
            f"{ASKED_DAY} is not a date: write it like 2026-11-15, not {written[:40]}"
        ) from None


def as_of_day(settings: Settings, asked: date | None = None) -> date:
    """Return the day asked for, else the settings', else SOURCE_DATE_EPOCH's, else today.

    SOURCE_DATE_EPOCH is seconds since 1970 in UTC, as reproducible-builds.org defines it; raise
    SettingsError for anything else.
    """
    if asked is not None:
        return asked
    if settings.as_of is not None:
        return settings.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return date.today()
    try:
        return read_date(datetime.fromtimestamp(int(epoch), UTC).date().isoformat())
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: {epoch[:40]}"
        raise SettingsError(message) from None
