"""A mkdocs.yml the way somebody in a hurry, or in a bad mood, writes one."""

import copy
import random
from datetime import date
from typing import Any

import yaml

from tests.fuzz.odd import ODD, ODD_REFERENCES
from tests.fuzz.spoil import spoil, spoiled_text

_SOUND: dict[str, Any] = {
    "site_name": "Acme",
    "site_url": "https://okrs.example.com/site/",
    "repo_url": "https://example.com/acme/okrs",
    "edit_uri": "edit/main/content/",
    "docs_dir": "content",
    "exclude_docs": "/drafts/\n*.tmp.md\n!important.tmp.md\n",
    "draft_docs": "later/**/*.md",
    "not_in_nav": "/kpis/*",
    "use_directory_urls": True,
    "nav": [{"Home": "index.md"}, {"Sales": ["teams/sales.md", "https://example.com"]}],
    "theme": {"name": "material", "language": "en", "font": False},
    "markdown_extensions": ["admonition"],
    "plugins": [
        "search",
        {
            "okrsite": {
                "as_of": "2026-11-15",
                "cycle": "2026-q4",
                "commitment": "committed",
                "every": "2 weeks",
                "fiscal_year": {"starts": 2, "named": "end"},
                "include_private": False,
                "history": False,
                "search": "material",
                "thresholds": {
                    "goal": 0.7, "on_track": -0.1, "at_risk": -0.25, "confident": 0.7,
                    "doubtful": 0.4, "progressed": 0.4,
                },
                "lint": {
                    "select": ["OKR1", "OKR4"], "ignore": "OKR401",
                    "severity": {"OKR402": "warning", "OKR3": "error"},
                },
            }
        },
    ],
}  # fmt: skip

_PATTERNS: list[Any] = [
    "!", "[z-a].md", "[!a-z]*[!a-z]*[!a-z]*.md", "*a*a*a*a*a*a*a*a*b.md", "**/" * 20 + "x.md",
    "[!b]*" * 20 + "b", "a**b**c**", "/" * 50, "\\", "[[", "[^]", "***", "a/**/**/b/**", "?" * 40,
    "*?*?*?*?*?*?*?*?b", "!*.md", "index.md", "*", "\0", "# none", "!!", "**a" * 15, "[]a]*" * 15,
]  # fmt: skip

_SETTINGS: list[Any] = [
    "http://[", "http://[::1", "https://h:port/", "//", "ftp://x", "../..", "/",
    "content/../content", "a\0b", "OKR", "OKR4", "okr409", "all", "error", "fatal", "12 weeks",
    "0 weeks", "-1 week", 13, -0.0, 1e-320, float("nan"), float("inf"), 10**400, date(1, 1, 1),
    date(9999, 12, 31), "start", "de-AT", "tlh", "pagefind", "de_DE.UTF-8", "zh-Hant-TW", "{path}",
    "edit/{path", "okrsite",
]  # fmt: skip

_ODD_SETTINGS = [*ODD, _PATTERNS, _PATTERNS, _SETTINGS, _SETTINGS, ODD_REFERENCES]


def configuration(dice: random.Random) -> str | bytes:
    """Return a mkdocs.yml; half of them are sound."""
    fields = copy.deepcopy(_SOUND)
    for name in list(fields):
        if name not in ("docs_dir", "plugins") and dice.random() < 0.3:
            del fields[name]
    options = fields["plugins"][1]["okrsite"]
    for name in list(options):
        if dice.random() < 0.5:
            del options[name]
    for _ in range(dice.choice([0] * 4 + [1, 1, 2, 3])):
        spoil(dice, dice.choice([fields, options, options]) or fields, _ODD_SETTINGS)
    if dice.random() < 0.02:
        fields["INHERIT"] = dice.choice(["mkdocs.yml", "other.yml", "a\0b", "..", 5])
    text = yaml.dump(fields, allow_unicode=True, sort_keys=False)
    return spoiled_text(dice, text) if dice.random() < 0.04 else text
