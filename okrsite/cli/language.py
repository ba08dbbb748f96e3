"""The language of what a command says to a person: the option, else the locale of the terminal."""

import os
from collections.abc import Callable, Mapping

import click

from okrsite.i18n import languages

Say = Callable[[str], str]
"""A function that returns a text in a language."""

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_HELP = "Language of the findings, like de; default: the locale of the terminal."


def terminal_language(variables: Mapping[str, str]) -> str:
    """Return the language of a locale like `de_DE.UTF-8`; English if none is known."""
    locale = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    return locale.partition(".")[0].partition("@")[0]


def say_in(language: str) -> Say:
    """Return what says texts in a language; without a catalogue they are English."""
    if language.replace("-", "_").partition("_")[0] not in languages():
        return str
    from okrsite.language.wording import Words  # slow to import, and English needs none

    return Words.of(language).say


def _say(context: click.Context, parameter: click.Parameter, language: str | None) -> Say:
    return say_in(language or terminal_language(os.environ))


language_option = click.option(
    "--language",
    "say",
    metavar="LANGUAGE",
    envvar="OKRSITE_LANGUAGE",
    show_envvar=True,
    help=_HELP,
    callback=_say,
)
"""The option for the language; the command takes as `say` what says texts in it."""
