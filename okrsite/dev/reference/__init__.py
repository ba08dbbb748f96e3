"""The reference pages of the guide, generated from the code, so that they cannot be wrong.

`python -m okrsite.dev.reference FOLDER` writes them. Each module here makes one page in Markdown:
the fields from the models of the front matter, the settings from theirs, the checks from the
register, the coach from its criteria, the commands from the command line, the templates from their
files.
"""

from okrsite.dev.reference.checks import checks_page
from okrsite.dev.reference.coach import coach_page
from okrsite.dev.reference.commands import commands_page
from okrsite.dev.reference.fields import fields_page
from okrsite.dev.reference.settings import settings_page
from okrsite.dev.reference.templates import templates_page

MADE = "<!-- Made from the code by `make reference`; change the code. -->"
"""The first line of every generated page."""


def pages() -> dict[str, str]:
    """Return the text of every generated page by its file name."""
    made = {
        "checks.md": checks_page(),
        "coach.md": coach_page(),
        "commands.md": commands_page(),
        "fields.md": fields_page(),
        "settings.md": settings_page(),
        "templates.md": templates_page(),
    }
    return {name: f"{MADE}\n\n{text.rstrip()}\n" for name, text in made.items()}
