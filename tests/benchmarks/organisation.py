"""An organisation of any size, written as documents: the same one for the same size.

Each objective has three key results, six check-ins and a body of three paragraphs. Five belong to
the company, two fifths of the rest to teams (four each), the others to people (three each), and
each aligns to one that was written before it, so that five align to every one but the last ones.
"""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

CYCLE, AS_OF = "2026-q4", date(2026, 11, 15)
FIRST_CHECK_IN, CHECK_INS = date(2026, 10, 5), 6

COMPANY_OBJECTIVES = 5
OF_A_TEAM, OF_A_PERSON = 4, 3
TEAMS_SHARE = 0.4
BRANCHES = 5

CONFIGURATION = """\
site_name: Acme
docs_dir: content
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.prune]
plugins:
  - search
"""
"""What every site that is compared has in common."""

_VERBS = ["Win", "Grow", "Shorten", "Simplify", "Strengthen", "Open", "Renew", "Protect"]
_THINGS = [
    "the way new customers start", "our place in northern markets", "the path from order to ride",
    "the trust of long-standing partners", "the work behind every delivery",
    "what colleagues learn from each other", "the quality that guests notice first",
    "the tools that everybody uses daily",
]  # fmt: skip
_FIRST = ["Ada", "Bruno", "Chiara", "David", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas"]
_LAST = ["Adler", "Berger", "Costa", "Dubois", "Evans", "Fischer", "Gallo", "Hansen", "Ivanov"]
_PHRASES = [
    "the second wave of interviews is done", "two renewals slipped into the next month",
    "the new form halves the time to answer", "support sees fewer of the same questions",
    "one region is ahead of the others", "the first week was slower than we had hoped",
    "finance has agreed to the numbers", "a partner asked for more time",
    "the pilot will be opened to everybody", "we stopped what did not work",
    "the team is complete again", "the backlog is shorter than in spring",
]  # fmt: skip


def write_organisation(folder: Path, objectives: int, seed: int = 2026) -> None:
    """Write mkdocs.yml and the documents of an organisation into a folder."""
    options = f"  - okrsite:\n      as_of: {AS_OF}\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION + options, encoding="utf-8")
    for uri, text in documents(objectives, seed):
        file = folder / "content" / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def documents(objectives: int, seed: int) -> Iterator[tuple[str, str]]:
    """Return the documents of an organisation, each as its path below docs_dir and its text."""
    random = Random(seed)
    owners = list(_owners_of_objectives(objectives))
    teams = list(dict.fromkeys(owner for owner in owners if owner.startswith("team-")))
    people = list(dict.fromkeys(owner for owner in owners if owner.startswith("person-")))
    yield "company.md", "---\ntype: company\ntitle: Acme\n---\nWhat we do, and for whom.\n"
    for number, team in enumerate(teams):
        above = "" if number == 0 else f"parent: {teams[(number - 1) // BRANCHES]}\n"
        text = f"---\ntype: team\ntitle: Team {number + 1}\n{above}---\n{_sentences(random, 2)}\n"
        yield f"teams/{team}.md", text
    for number, person in enumerate(people):
        name = f"{random.choice(_FIRST)} {random.choice(_LAST)} {number + 1}"
        team = f"team: {random.choice(teams)}\n" if teams else ""
        text = f"---\ntype: person\ntitle: {name}\n{team}---\n{_sentences(random, 1)}\n"
        yield f"people/{person}.md", text
    for number, owner in enumerate(owners):
        yield f"okrs/{CYCLE}/{owner}/{_name(number)}.md", _objective(random, number)


def _owners_of_objectives(objectives: int) -> Iterator[str]:
    """Name the owner of each objective: the company's first, then the teams', then the others."""
    by_teams = round((objectives - COMPANY_OBJECTIVES) * TEAMS_SHARE)
    for number in range(objectives):
        rest = number - COMPANY_OBJECTIVES
        if rest < 0:
            yield "company"
        elif rest < by_teams:
            yield f"team-{rest // OF_A_TEAM:04}"
        else:
            yield f"person-{(rest - by_teams) // OF_A_PERSON:04}"


def _name(number: int) -> str:
    return f"goal-{number:05}"


def _objective(random: Random, number: int) -> str:
    target, share, days = random.randint(2, 9), random.randint(40, 90), random.randint(3, 9)
    title = f"{random.choice(_VERBS)} {random.choice(_THINGS)} ({number + 1})"
    lines = ["---", "type: objective", f"title: {title}"]
    if number >= COMPANY_OBJECTIVES:
        above = _name((number - COMPANY_OBJECTIVES) // BRANCHES)
        lines.append(f"aligns_to: {above}{random.choice(['', '#reach', '#revenue'])}")
    if random.random() < 0.2:
        lines.append("commitment: committed")
    lines += [
        "key_results:",
        "  - id: revenue",
        f"    title: Raise the revenue of {random.choice(_THINGS)}",
        f"    from: ${target - 1}.5M",
        f"    to: ${target}.5M",
        "    weight: 2",
        "  - id: reach",
        f"    title: Reach more of {random.choice(_THINGS)}",
        f"    from: {share - 20}%",
        f"    to: {share}%",
        "  - id: wait",
        f"    title: Shorten the wait for {random.choice(_THINGS)}",
        f"    from: {days + 4} days",
        f"    to: {days} days",
        "check_ins:",
    ]
    for week in range(CHECK_INS):
        lines += _check_in(random, week, target, share, days)
    lines += ["---", *(f"{_sentences(random, 5)}\n" for _ in range(3))]
    return "\n".join(lines)


def _check_in(random: Random, week: int, target: int, share: int, days: int) -> list[str]:
    done = min(1.0, (week + random.random()) / CHECK_INS)
    return [
        f"  - date: {FIRST_CHECK_IN + timedelta(weeks=week)}",
        f"    confidence: {random.randint(3, 9) / 10}",
        "    values:",
        f"      revenue: ${target - 1 + 0.5 + done:.2f}M",
        f"      reach: {share - 20 + 20 * done:.1f}%",
        f"      wait: {days + 4 - 4 * done:.1f} days",
        f"    note: {_sentences(random, 1)}",
        f"    next: [{random.choice(_PHRASES)}]",
    ]


def _sentences(random: Random, count: int) -> str:
    pairs = (random.sample(_PHRASES, 2) for _ in range(count))
    return " ".join(f"{one.capitalize()}, and {other}." for one, other in pairs)


def main() -> None:
    """Write an organisation where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("objectives", type=int)
    arguments = parser.parse_args()
    write_organisation(arguments.folder, arguments.objectives)


if __name__ == "__main__":
    main()
