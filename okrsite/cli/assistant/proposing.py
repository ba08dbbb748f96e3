"""Write check-ins and objectives through the commands that people use; nothing is committed."""

from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import click

from okrsite.cli.assistant.answers import QuestionError, limited
from okrsite.cli.assistant.site import CurrentSite, VisibleSite
from okrsite.cli.typed_names import find_key_result
from okrsite.editing.new.key_result_lines import key_result
from okrsite.editing.new.naming import slug
from okrsite.project.model import Objective

_PRIVATE = (
    "it concerns a private document: run the command in a terminal, or start the server with"
    " --include-private"
)
_REVIEW = "Nothing is committed: review it with `git diff`, and commit it as usual."


@dataclass(frozen=True, slots=True)
class _Ran:
    """What a command printed on standard output."""

    lines: tuple[str, ...]


def propose_check_in(
    current: CurrentSite,
    objective: str,
    values: Mapping[str, str],
    texts: Mapping[str, str | Sequence[str] | None],
    anyway: bool,
) -> str:
    """Add a check-in to an objective's file as `okrsite check-in` does, and return what it says."""
    seen = current.read()
    found = seen.names.objective(objective)
    _refuse_masked(found, values)
    words = [f"--set={name}={value}" for name, value in values.items()]
    words += _options(texts)
    ran = _run(current, seen, "check-in", [*words, *_anyway(anyway), "--", found.id])
    lines = [line for line in ran.lines if not line.startswith("Score")]
    lines.append(_scores(seen, current.read(), found))
    return limited("\n".join([*lines, "", _REVIEW]), "read the file")


def _refuse_masked(objective: Objective, values: Mapping[str, str]) -> None:
    for name in values:
        result = find_key_result(objective, name)
        if result.masked:
            raise QuestionError(f"`{result.id}` takes no values here: {_PRIVATE}")


def _scores(before: VisibleSite, after: VisibleSite, objective: Objective) -> str:
    """Return how the score that may be seen has changed."""
    id, words = objective.id, before.loaded.words
    old = before.loaded.scorecard.objectives[id].score
    now = after.loaded.scorecard.objectives.get(id)
    return f"Score: {words.score(old)} → {words.score(now.score if now else None)}"


def propose_objective(
    current: CurrentSite,
    title: str,
    owners: Sequence[str],
    cycle: str | None,
    aligns_to: Sequence[str],
    key_results: Sequence[str],
    texts: Mapping[str, str | Sequence[str] | None],
    anyway: bool,
) -> str:
    """Write an objective as `okrsite new objective` does, and return the file."""
    seen = current.read()
    own = [seen.names.owner(name).id for name in owners]
    aligned = [_reference(seen, name) for name in aligns_to]
    _check_kpis(seen, key_results)
    several = {
        "title": title,
        "owner": own,
        "cycle": seen.names.cycle(cycle).id if cycle else None,
        "aligns-to": aligned,
        "key-result": key_results,
    }
    words = _options({**several, **texts})
    ran = _run(current, seen, "new", ["objective", *words, *_anyway(anyway)])
    path = ran.lines[-1]
    folder = current.given.config_file.resolve().parent
    text = (folder / path).read_text("utf-8")
    return limited(f"Wrote {path}:\n\n{text}\n{_REVIEW}", "read the file")


def _reference(seen: VisibleSite, typed: str) -> str:
    objective, result = seen.names.objective_or_key_result(typed)
    return result.reference if result else objective.id


def _check_kpis(seen: VisibleSite, key_results: Sequence[str]) -> None:
    """Refuse a KPI that may not be seen, as one that doesn't exist."""
    for text in key_results:
        try:
            fields = key_result(text)
        except ValueError as error:
            raise QuestionError(str(error)) from None
        if "kpi" in fields:
            seen.names.kpi(fields["kpi"])


def _options(texts: Mapping[str, str | Sequence[str] | None]) -> list[str]:
    """Return options as words of a command; each value stands behind `=`, whatever begins it."""
    words = []
    for name, value in texts.items():
        several = [value] if isinstance(value, str) else value or ()
        words += [f"--{name}={one}" for one in several]
    return words


def _anyway(anyway: bool) -> list[str]:
    return ["--anyway"] if anyway else []


def _run(current: CurrentSite, seen: VisibleSite, command: str, words: list[str]) -> _Ran:
    """Run a command of okrsite; raise QuestionError with what it says where it refuses."""
    from okrsite.cli import main

    given = current.given
    site = [f"--config-file={given.config_file}"]
    site += [f"--as-of={given.as_of}"] if given.as_of else []
    # The options of `okrsite new` are those of its commands.
    place = 1 if command == "new" else 0
    arguments = [command, *words[:place], *site, *words[place:]]
    said, warned = StringIO(), StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(warned):
            status = main.main(arguments, prog_name="okrsite", standalone_mode=False)
    except click.ClickException as error:
        raise QuestionError(_allowed(seen, error.format_message(), words)) from None
    if status:
        raise QuestionError(_allowed(seen, warned.getvalue(), words))
    return _Ran(tuple(said.getvalue().splitlines()))


def _allowed(seen: VisibleSite, text: str, words: Sequence[str]) -> str:
    """Return what a command says, unless it mentions something private.

    What the assistant wrote itself tells it nothing: else it could guess names by writing them.
    """
    others = text
    for word in words:
        written = word.partition("=")[2]
        for known in (written, slug(written, "") if written else ""):
            others = others.replace(known, " ") if known else others
    if seen.mentions_private(others):
        return f"nothing was written: {_PRIVATE}"
    return text.strip()
