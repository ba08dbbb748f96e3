"""mkdocs.yml for the commands, read tolerantly: other plugins need not be installed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag

from okrsite.folder import Folder
from okrsite.settings import Settings, SettingsError, read_settings

PLUGIN = "okrsite"
"""The plugin's name in mkdocs.yml."""

_MOST_PARENTS = 20


class ConfigurationError(ValueError):
    """mkdocs.yml cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the commands need to know of a site."""

    site_name: str
    folder: Folder
    settings: Settings
    directory_urls: bool


class _Loader(yaml.SafeLoader):
    """Reads what is plain and passes over tags that other plugins bring."""


def _passed_over(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_multi_constructor("", _passed_over)
_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


def read_configuration(file: Path) -> Configuration:
    """Read mkdocs.yml; raise ConfigurationError where that is impossible."""
    data = _load(file, _MOST_PARENTS)
    project = file.resolve().parent
    docs = project / str(data.get("docs_dir") or "docs")
    if not docs.is_dir():
        raise ConfigurationError(f"{file}: there is no folder {docs.name} (docs_dir)")
    try:
        settings = read_settings(_options(data.get("plugins")))
    except SettingsError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    patterns = [str(data.get(name) or "") for name in ("exclude_docs", "draft_docs")]
    return Configuration(
        site_name=str(data.get("site_name") or project.name),
        folder=Folder(project, docs, "\n".join(patterns)),
        settings=settings,
        directory_urls=data.get("use_directory_urls") is not False,
    )


def _load(file: Path, parents: int) -> dict[str, Any]:
    try:
        data = yaml.load(file.read_bytes(), _Loader)
    except FileNotFoundError:
        raise ConfigurationError(
            f"there is no {file}: run the command where mkdocs.yml is, or name it with -f"
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigurationError(f"{file} is not valid YAML: {error}") from None
    if not isinstance(data, dict):
        raise ConfigurationError(f"{file} is not a list of settings")
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str):
        if parents == 0:
            raise ConfigurationError(f"{file}: INHERIT never ends")
        data = _merged(_load(file.parent / parent, parents - 1), data)
    return dict(data)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _options(plugins: object) -> Mapping[str, Any]:
    """Find the plugin's options among the plugins, which are a list or a mapping."""
    entries: list[object] = []
    if isinstance(plugins, list):
        entries = plugins
    elif isinstance(plugins, Mapping):
        entries = [{name: options} for name, options in plugins.items()]
    for entry in entries:
        if isinstance(entry, Mapping) and PLUGIN in entry:
            options = entry[PLUGIN]
            if options is not None and not isinstance(options, Mapping):
                raise SettingsError("the okrsite options are not a list of fields")
            return options or {}
    return {}
