"""Note what trackers say about the issues of initiatives, next to the objectives."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import click

from okrsite.cli.command_line import Refused
from okrsite.cli.common import LoadedSite, SiteOptions, open_site
from okrsite.cli.editing import create_file, one_writer, replace_file
from okrsite.language.inline import plain
from okrsite.project.issues import issues_file, issues_text
from okrsite.project.model import Initiative, Issue, Objective
from okrsite.project.model.cycles import State
from okrsite.pulling.pulled import PullError
from okrsite.pulling.sources import secret
from okrsite.pulling.trackers import api_host, is_issue, issue_at
from okrsite.util.progress import Progress

_AT_ONCE = 8

Answer = Issue | PullError


def pull_issues(site: LoadedSite, given: SiteOptions, dry_run: bool) -> None:
    """Ask trackers about initiatives' issues, and note the answers; end with status 1 if one fails.

    Cycles that are closed keep what was noted of them.
    """
    urls = dict.fromkeys(i.url or "" for o in _asked(site) for i in _with_issue(o))
    if not urls:
        click.echo("No initiative of an open or coming cycle links to an issue.", err=True)
        return
    answers = _answers(site, list(urls))
    if not dry_run:
        one_writer(given.config_file.parent)
        site = open_site(given)
    failed = 0
    for objective in _asked(site):
        failed += _note(site, objective, answers, dry_run)
    if failed:
        raise click.exceptions.Exit(1)


def _asked(site: LoadedSite) -> Iterable[Objective]:
    """Return the active objectives of cycles that aren't closed."""
    cycles = site.project.cycles
    for objective in site.project.objectives.values():
        if objective.active and cycles[objective.cycle].state(site.as_of) is not State.CLOSED:
            yield objective


def _with_issue(objective: Objective) -> list[Initiative]:
    return [initiative for initiative in objective.initiatives if is_issue(initiative.url)]


def _answers(site: LoadedSite, urls: list[str]) -> dict[str, Answer]:
    """Return what trackers say about addresses, or why they say nothing."""
    allowed = site.configuration.settings.pull

    def ask(url: str) -> Answer:
        name = allowed.tokens.get(api_host(url))
        try:
            return issue_at(url, allowed.hosts, secret(name, allowed) if name else None)
        except PullError as error:
            return error

    progress, answers = Progress("Issues read"), {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, (url, answer) in enumerate(zip(urls, pool.map(ask, urls), strict=True), 1):
            answers[url] = answer
            progress.at(number, len(urls))
    progress.end()
    return answers


def _note(site: LoadedSite, objective: Objective, answers: dict[str, Answer], dry_run: bool) -> int:
    """Write what is new about an objective's issues, and say it; return how many failed."""
    failed, noted = 0, {}
    for initiative in _with_issue(objective):
        url, before = initiative.url or "", initiative.issue
        answer = answers.get(url, before)
        if isinstance(answer, PullError):
            click.echo(f"{initiative.place.path}:{initiative.place.line}: {answer}", err=True)
            failed, answer = failed + 1, before
        if answer is None:
            continue
        noted[url] = answer
        if answer != before:
            change = f"{_said(before)} → {_said(answer)}" if before else _said(answer)
            click.echo(f"{objective.id}: {plain(initiative.title)}: {change}")
    folder, uri = site.configuration.folder, issues_file(objective.page.uri)
    try:
        there: bytes | None = folder.read(uri)
    except FileNotFoundError:
        there = None
    except OSError as error:
        raise Refused(f"{folder.path(uri)} can't be read: {error.strerror or error}") from None
    text = issues_text(noted)
    if noted and not dry_run and text.encode() != there:
        if there is None:
            create_file(site, uri, text)
        else:
            replace_file(site, uri, there, text.encode())
    return failed


def _said(issue: Issue) -> str:
    return f"{issue.state}, due {issue.due}" if issue.due else issue.state
