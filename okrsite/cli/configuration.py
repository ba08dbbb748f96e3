"""Read mkdocs.yml for the commands; other plugins need not be installed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml
import yaml_env_tag

from okrsite.documents.folder import Folder, excluding
from okrsite.documents.trees import METADATA_FILE
from okrsite.settings import Settings, SettingsError, check_addresses, read_settings
from okrsite.util.python_names import PYTHON_NAME, PythonName

PLUGIN = "okrsite"
"""The plugin's name in mkdocs.yml."""

USUAL_FILES = ("mkdocs.yml", "properdocs.yml")
"""The names of a site's configuration; ProperDocs builds from the second."""

Reader = Callable[[PurePath], bytes]
"""Returns the content of a file, or raises OSError."""

_MOST_PARENTS = 20


class ConfigurationError(ValueError):
    """mkdocs.yml cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of a site that the commands need.

    `site_url` is where it is published, if known; `language` is that of its pages.
    """

    site_name: str
    folder: Folder
    settings: Settings
    directory_urls: bool
    site_url: str | None = None
    language: str = "en"


class _SettingsLoader(yaml.SafeLoader):
    """Reads plain YAML and skips the tags of other plugins."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return a value; a day that the calendar lacks stays text, which its setting refuses."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError):
            if node.tag == "tag:yaml.org,2002:timestamp":
                return node.value
            message = f"`{str(node.value)[:40]}` isn't a valid {node.tag.rpartition(':')[2]}"
            raise yaml.YAMLError(f"line {node.start_mark.line + 1}: {message}") from None


_SettingsLoader.add_multi_constructor("", lambda loader, suffix, node: None)
_SettingsLoader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


class _TaggedLoader(_SettingsLoader):
    """Keeps the functions that options of Markdown extensions name."""


# The first prefix that fits counts, and every tag begins with the empty one.
_TaggedLoader.yaml_multi_constructors = {
    PYTHON_NAME: lambda loader, suffix, node: PythonName(suffix),
    **_SettingsLoader.yaml_multi_constructors,
}


@dataclass(frozen=True, slots=True)
class Written:
    """The settings in mkdocs.yml, before any folder is looked for."""

    site_name: str | None
    docs_dir: str
    exclude: str
    metadata_file: str
    settings: Settings
    directory_urls: bool
    site_url: str | None
    language: str


def usual_configuration() -> Path:
    """Return mkdocs.yml, or properdocs.yml where only that is."""
    usual, other = map(Path, USUAL_FILES)
    return other if other.is_file() and not usual.is_file() else usual


def read_configuration(file: Path) -> Configuration:
    """Read mkdocs.yml; raise ConfigurationError where that is impossible."""
    written = read_written(file, lambda path: Path(path).read_bytes())
    project = file.resolve().parent
    docs = project / written.docs_dir
    if not docs.is_dir():
        raise ConfigurationError(f"{file}: there is no folder {_shown(docs.name)} (docs_dir)")
    try:
        folder = Folder(project, docs, written.exclude, written.metadata_file)
    except ValueError as error:
        raise ConfigurationError(f"{file}: exclude_docs or draft_docs: {error}") from None
    return Configuration(
        site_name=written.site_name or project.name,
        folder=folder,
        settings=written.settings,
        directory_urls=written.directory_urls,
        site_url=written.site_url,
        language=written.language,
    )


def read_written(file: PurePath, read: Reader) -> Written:
    """Read the settings in a mkdocs.yml, on disk or in git; raise ConfigurationError if invalid."""
    data = _load(file, _MOST_PARENTS, read)
    try:
        language = _language(data.get("theme"))
        settings = read_settings(_options(data.get("plugins"), PLUGIN), language)
        metadata = _options(data.get("plugins"), "meta", "material/meta")
        check_addresses(data)
    except SettingsError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    try:
        excluding(str(data.get("not_in_nav") or ""))
    except ValueError as error:
        raise ConfigurationError(f"{file}: not_in_nav: {error}") from None
    patterns = [str(data.get(name) or "") for name in ("exclude_docs", "draft_docs")]
    return Written(
        site_name=str(data["site_name"]) if data.get("site_name") else None,
        docs_dir=str(data.get("docs_dir") or "docs"),
        exclude="\n".join(patterns),
        metadata_file=str(metadata.get("meta_file") or METADATA_FILE),
        settings=settings,
        directory_urls=data.get("use_directory_urls") is not False,
        site_url=_web_address(data.get("site_url")),
        language=language,
    )


def read_tagged(file: Path) -> dict[str, Any]:
    """Return all of mkdocs.yml, with what it inherits and the functions that it names.

    Raises ConfigurationError where that is impossible.
    """
    return _load(file, _MOST_PARENTS, lambda path: Path(path).read_bytes(), _TaggedLoader)


def _one_sentence(error: Exception) -> str:
    """Return what is wrong with a text in YAML, and in which line, if that is known."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "context", None)
    if mark is None or problem is None:
        return " ".join(str(error).split())
    return f"line {mark.line + 1}: {problem}"


def _shown(name: str) -> str:
    """Return a name of a file, with invisible and unprintable characters spelt out."""
    return name if name.isprintable() else ascii(name)


def _language(theme: object) -> str:
    language = theme.get("language") if isinstance(theme, Mapping) else None
    return language if isinstance(language, str) and language else "en"


def _web_address(value: object) -> str | None:
    """Return the site's address with a slash at its end; None if it isn't a web address."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        return None
    return f"{value.rstrip('/')}/"


def _load(
    file: PurePath, parents: int, read: Reader, loader: type[yaml.SafeLoader] = _SettingsLoader
) -> dict[str, Any]:
    try:
        data = yaml.load(read(file), loader)
    except FileNotFoundError:
        raise ConfigurationError(
            f"there is no {file}: run the command where mkdocs.yml is, or name it with -f"
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the path of INHERIT
        raise ConfigurationError(f"{_shown(str(file))} cannot be read: {error}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigurationError(f"{file} is not valid YAML: {_one_sentence(error)}") from None
    if not isinstance(data, dict):
        raise ConfigurationError(f"{file} is not a list of settings")
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str):
        if parents == 0:
            raise ConfigurationError(f"{file}: INHERIT never ends")
        data = _merged(_load(file.parent / parent, parents - 1, read, loader), data)
    return dict(data)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _options(plugins: object, *names: str) -> Mapping[str, Any]:
    """Find the options of a plugin among the plugins, which are a list or a mapping."""
    entries: list[object] = []
    if isinstance(plugins, list):
        entries = plugins
    elif isinstance(plugins, Mapping):
        entries = [{name: options} for name, options in plugins.items()]
    for entry in entries:
        for name in names:
            if isinstance(entry, Mapping) and name in entry:
                options = entry[name]
                if options is not None and not isinstance(options, Mapping):
                    raise SettingsError(f"the {name} options are not a list of fields")
                return options or {}
    return {}
