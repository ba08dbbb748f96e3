"""The page on the settings, from the options of the plugin."""

import yaml

from okrsite.dev.reference.examples import AS_OF
from okrsite.dev.reference.fields import fields_table, first_line, inside
from okrsite.dev.reference.markdown import fence, paragraphs
from okrsite.settings import Settings


def settings_page() -> str:
    """Return the page: every option of the plugin."""
    parts = [
        "# Settings",
        _SETTINGS_INTRODUCTION,
        fence("yaml", _settings_example()),
        fields_table(Settings.model_fields, "Setting"),
    ]
    for name, model in inside(Settings):
        parts.append(f"## `{name}`")
        parts.append(first_line(model))
        parts.append(fields_table(model.model_fields, "Setting"))
    parts.append(_LINT_EXAMPLE)
    return paragraphs(parts)


_SAMPLES = {"as_of": AS_OF, "cycle": "2026-q4", "every": "week"}


def _settings_example() -> str:
    """Return a mkdocs.yml with every option; those without a default have a sample value."""
    defaults = Settings().model_dump(mode="json")
    options = {**defaults, **_SAMPLES}
    lines = yaml.safe_dump(options, sort_keys=False, default_flow_style=False).splitlines()
    return "\n".join(["plugins:", "  - search", "  - okrsite:", *(f"      {x}" for x in lines)])


_SETTINGS_INTRODUCTION = """\
Here you can look up how to change what the site does. All settings go below the plugin in
`mkdocs.yml`. Each has a default that suits most sites, so `plugins: [search, okrsite]` is a
complete configuration. This one writes every setting out:"""

_LINT_EXAMPLE = """\
You can shorten a code: `OKR4` means all codes that begin with it. This silences one piece of
advice, and turns another into a warning:

```yaml
plugins:
  - search
  - okrsite:
      lint:
        ignore: [OKR405]
        severity: {OKR401: warning}
```"""
