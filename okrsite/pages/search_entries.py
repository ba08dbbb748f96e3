"""Owner, cycle and status of what the search finds."""

import json
from collections.abc import Iterable, Iterator

from okrsite.language.inline import plain
from okrsite.pages.parts.statuses import HEALTH_WORDS, STATUS_WORDS
from okrsite.pages.site import Site


def objective_line(site: Site, id: str) -> str:
    """Return whose an objective is, and of which cycle: `Sales · 2026 Q4`."""
    objective = site.project.objectives[id]
    cycle = plain(site.project.cycles[objective.cycle].title)
    return f"{_names(site, objective.owners)} · {cycle}"


def objective_status(site: Site, id: str) -> str | None:
    """Return the status of an objective in a word; None where it has none."""
    status = site.scorecard.objectives[id].status
    return site.words.say(STATUS_WORDS[status]) if status else None


def search_entries_script(site: Site) -> str:
    """Return the script that the search loads when it is first used: a line for each page.

    It is a script and no JSON, since a page that is opened from a disk may load nothing else.
    """
    tones = {
        **{str(status): site.words.say(word) for status, word in STATUS_WORDS.items()},
        **{f"kpi_{health}": site.words.say(word) for health, word in HEALTH_WORDS.items()},
    }
    entries = {"words": tones, "pages": dict(_pages(site))}
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.okrsite.found({text})\n"


def _pages(site: Site) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return the tone and the line of each objective and KPI, by the address of its page."""
    for id in site.project.objectives:
        status = site.scorecard.objectives[id].status
        yield site.address_of_objective(id), (str(status or ""), objective_line(site, id))
    for id, kpi in site.project.kpis.items():
        owners = (kpi.owner,) if kpi.owner is not None else ()
        health = f"kpi_{site.scorecard.kpis[id].health}"
        yield site.address_of_kpi(id), (health, _names(site, owners))


def _names(site: Site, owners: Iterable[str]) -> str:
    return ", ".join(plain(site.project.owners[owner].title) for owner in owners)
