"""`okrsite check-in`: what is new about an objective, written into its file."""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from okrsite.cli.asking import warn_if_to_come
from okrsite.cli.check_in_questions import ask_for_check_in, doubt_about
from okrsite.cli.check_in_walk import Walk
from okrsite.cli.common import Day, LoadedSite, SiteOptions, Texts, open_site, site_options
from okrsite.cli.completion import OBJECTIVES, OWNERS, Existing
from okrsite.cli.editing import Refused, one_writer, read_file, replace_file, shown
from okrsite.cli.objective_edits import edited_by, refuse_closed, refuse_day
from okrsite.cli.score_lines import score_line
from okrsite.cli.typed_names import TypedNames, find_key_result
from okrsite.cli.whoami import owner_or_me
from okrsite.editing.key_result_values import elsewhere, moved, wrong_share, wrong_value
from okrsite.editing.new_check_in import Statement, has_unseen
from okrsite.language.wording import NO_BREAK
from okrsite.project.model import Objective

_EXAMPLE = """\b
Examples:
  okrsite check-in financial-targets --set 'revenue=$6.1M' --confidence 0.8
  okrsite check-in
"""
_SET = "A key result and its value, like 'revenue=$6.1M'; repeatable."
_BLOCKER = "What's in the way; repeatable."
_FOR = "Whose objectives to go through; default: yours, from git's user.name."
_ANYWAY = "Write values that are far from the last one, or into a closed cycle."


@click.command("check-in", epilog=_EXAMPLE)
@click.argument("objective", type=Existing(OBJECTIVES), required=False)
@click.option("--set", "values", multiple=True, metavar="KEY_RESULT=VALUE", help=_SET)
@click.option("--confidence", metavar="SHARE", help="How confident you are of reaching it, 0 to 1.")
@click.option("--note", metavar="TEXT", help="What happened, in a sentence.")
@click.option("--blocker", "blockers", multiple=True, metavar="TEXT", help=_BLOCKER)
@click.option("--next", multiple=True, metavar="TEXT", help="What comes next; repeatable.")
@click.option("--date", "day", type=Day(), help="Date of the check-in; default: --as-of, or today.")
@click.option("--for", "person", type=Existing(OWNERS), metavar="PERSON", help=_FOR)
@click.option("--anyway", is_flag=True, help=_ANYWAY)
@site_options
def check_in(
    given: SiteOptions,
    objective: str | None,
    values: Texts,
    day: date | None,
    person: str | None,
    anyway: bool,
    **others: Any,
) -> None:
    """Add a check-in to OBJECTIVE: an id (or its last part), a title or a file path.

    Nothing else in the file changes. Without options, in a terminal, you are asked about each key
    result in turn. What you add on the same day joins that day's check-in.

    Without OBJECTIVE, in a terminal, you are asked about everything you have in progress: key
    results, milestones and KPIs. Each is written as soon as you have answered it.

    Exit status: 0 success, 1 the check-in would have findings, 2 usage error. Nothing is written
    unless it is 0.
    """
    if objective is None:
        _walk(given, day, person, anyway, said=bool(values or any(others.values())))
        return
    if person is not None:
        raise click.UsageError("--for asks about everything: leave out OBJECTIVE")
    if not sys.stdin.isatty():
        one_writer(given.config_file.parent)
    site = open_site(given)
    found = TypedNames(site.project, site.current_cycle).objective(objective)
    refuse_closed(site, found, anyway, "check in", ask=True)
    day = day or site.as_of
    statement = Statement(day, values=_values(site, found, values, anyway, day), **others)
    warn_if_to_come(statement.date, site.as_of)
    if not statement.fields():
        if not sys.stdin.isatty():
            raise click.UsageError("give new values, like --set 'revenue=$6.1M' or --note TEXT")
        refuse_day(site, found, statement.date)
        statement = ask_for_check_in(site, found, statement, anyway)
    _check_words(statement)
    one_writer(given.config_file.parent)
    before = read_file(site, found.page.uri)
    edited, made = edited_by(site, found, before, statement)
    replace_file(site, found.page.uri, before, edited.content)
    click.echo(shown(found.page.path, edited.line, edited.added))
    if made is not None:
        for line in _moves(site, found, made, statement):
            click.echo(line)
        click.echo(score_line(site, found, made, max(site.as_of, statement.date)))


def _walk(
    given: SiteOptions, day: date | None, person: str | None, anyway: bool, said: bool
) -> None:
    """Ask about everything that somebody has in progress."""
    if said or not sys.stdin.isatty():
        raise click.UsageError("name an objective: okrsite check-in OBJECTIVE")
    site = open_site(given)
    day = day or site.as_of
    warn_if_to_come(day, site.as_of)
    owner = owner_or_me(site, person, "okrsite check-in --for ada-lovelace")
    Walk(site, owner, day, anyway).go()


def _values(
    site: LoadedSite, objective: Objective, written: Texts, anyway: bool, day: date
) -> dict[str, str]:
    """Read `revenue=$6.1M` of a day; refuse key results that do not exist or take no values.

    A value that is probably in another unit is refused too, without `anyway`.
    """
    values: dict[str, str] = {}
    for pair in written:
        name, sign, text = pair.partition("=")
        if not sign or not name.strip() or not text.strip():
            raise click.UsageError(f"--set {pair}: write KEY_RESULT=VALUE, like 'revenue=$6.1M'")
        result = find_key_result(objective, name)
        if result.id in values:
            raise click.UsageError(f"--set {result.id} is given twice")
        wrong = elsewhere(site.project, result) or wrong_value(result, text)
        if text.strip().startswith("."):
            # `"$6.3M"` in double quotes reaches us as `.3M`: the shell knows no variable `6`.
            wrong = "a value that starts with a dot: put '$…' in single quotes, or a 0 before it"
        if wrong:
            raise Refused(f"--set {pair}: {wrong}")
        doubt = None if anyway else doubt_about(site, objective, result, text, day)
        if doubt is not None:
            raise Refused(f"--set {pair}: {doubt}, or add --anyway")
        values[result.id] = text.strip()
    return values


def _check_words(statement: Statement) -> None:
    if statement.confidence is not None and (wrong := wrong_share(statement.confidence)):
        raise Refused(f"--confidence: {wrong}")
    notes = () if statement.note is None else (statement.note,)
    options = {"--note": notes, "--blocker": statement.blockers, "--next": statement.next}
    for option, texts in options.items():
        if not all(text.strip() for text in texts):
            raise Refused(f"{option} is empty: leave it out, or write something")
        if any(map(has_unseen, texts)):
            raise Refused(f"{option} contains an invisible character")


def _moves(
    site: LoadedSite, before: Objective, after: Objective, statement: Statement
) -> Iterator[str]:
    """Return a line for each value that was written, with its unit and the value before."""
    cycle = site.project.cycles[before.cycle]
    old = {result.id: result for result in before.key_results}
    for result in after.key_results:
        if result.id in (statement.values or {}):
            if line := moved(site.words, old[result.id], result, cycle, statement.date):
                yield f"{result.id}: {line}".replace(NO_BREAK, " ")
