"""A preview by MkDocs, or by ProperDocs: its own steps, but only for the page that is asked for."""

import importlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from okrsite.serving.preview import LATER, Answer, PreviewError, type_of

_CYCLES, _QUOTED = "cycles/", b"etrospective"
"""Pages of cycles quote what other pages have under this heading."""


class EnginePreview:
    """The site of a configuration; `folder` takes what has been made."""

    def __init__(self, engine: str, config_file: Path, site_url: str, folder: Path) -> None:
        self._engine = engine
        self._config_file = config_file
        self._site_url = site_url
        self._folder = folder
        self._build = importlib.import_module(f"{engine}.commands.build")
        self._started = False
        self._state: _State | None = None

    def load(self) -> tuple[str, ...]:
        """Read the site up to its navigation, without rendering its pages."""
        with (
            _warnings(self._engine) as warnings,
            _one_sentence(self._engine, warnings),
            _restored(self._state.plugins if self._state is not None else ()),
        ):
            state = _State(self._build, self._loaded_config())
            utils = importlib.import_module(f"{self._engine}.utils")
            utils.clean_directory(str(self._folder))
            self._state = state
        return tuple(warnings)

    def _loaded_config(self) -> Any:
        load = importlib.import_module(f"{self._engine}.config").load_config
        config = load(config_file=str(self._config_file), site_dir=str(self._folder))
        if not self._started:
            config.plugins.on_startup(command="serve", dirty=False)
            self._started = True
        config.site_url = self._site_url
        return config

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path, which is made now unless it was made before."""
        if self._state is None:
            return None
        name = f"{path}index.html" if not path or path.endswith("/") else path
        file = (self._folder / name).resolve()
        if not file.is_relative_to(self._folder.resolve()):
            return None
        if not file.is_file():
            with _one_sentence(self._engine):
                self._state.make(name)
        if not file.is_file():
            return None if self._state.is_finished else LATER
        return Answer(file.read_bytes(), type_of(file.name))

    def rest(self) -> Iterator[None]:
        """Make all other pages, and what follows from them: the search, the data, the feeds."""
        if self._state is not None:
            with _one_sentence(self._engine):
                yield from self._state.rest()


class _State:
    """One load of the site."""

    def __init__(self, build: Any, config: Any) -> None:
        self._build = build
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = build.get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        build.set_exclusions(files, config)
        nav = build.get_navigation(files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=files)
        self._config, self._files = config, files
        self._documents = files.documentation_pages(inclusion=build.InclusionLevel.is_in_serve)
        self._of_name = {file.dest_uri: file for file in files}
        self._read: set[str] = set()
        self._made: set[str] = set()
        self._finished = False
        for file in self._documents:
            if file.page is None:
                build.Page(None, file, config)
        for page in _pages_in(self._nav.items):  # their titles are on every page
            self._populate(page.file)
        self._env = config.plugins.on_env(env, config=config, files=files)

    @property
    def plugins(self) -> tuple[Any, ...]:
        """The plugins, each of which is the same object in every load."""
        return tuple(self._config.plugins.values())

    @property
    def is_finished(self) -> bool:
        """Whether everything has been made, also what comes last: data, feeds, the search."""
        return self._finished

    def make(self, name: str) -> None:
        """Write what is at a path of the site, if there is anything."""
        file = self._of_name.get(name)
        if name in self._config.theme.static_templates:
            self._build._build_theme_template(name, self._env, self._files, self._config, self._nav)
        elif file is not None and file.page is not None:
            self._make_page(file)
        elif file is not None:
            file.copy_file()

    def rest(self) -> Iterator[None]:
        """Make all pages that are not made yet, and then what the plugins make of all."""
        for file in self._documents:
            if file.src_uri not in self._made and not self._finished:
                self._make_page(file)
                yield
        if not self._finished:
            self._finished = True
            self._files.copy_static_files(inclusion=self._build.InclusionLevel.is_in_serve)
            for template in self._config.theme.static_templates:
                self._build._build_theme_template(
                    template, self._env, self._files, self._config, self._nav
                )
            self._config.plugins.on_post_build(config=self._config)

    def _make_page(self, file: Any) -> None:
        if file.src_uri.startswith(_CYCLES):
            for other in self._documents:
                if other.generated_by is None and _QUOTED in other.content_bytes:
                    self._populate(other)
        self._populate(file)
        if file.src_uri not in self._made:
            self._made.add(file.src_uri)
            self._build._build_page(file.page, self._config, self._documents, self._nav, self._env)

    def _populate(self, file: Any) -> None:
        if file.src_uri not in self._read:
            self._read.add(file.src_uri)
            self._build._populate_page(file.page, self._config, self._files)


def _pages_in(items: Iterable[Any]) -> Iterator[Any]:
    """Return the pages of a navigation, also those that plugins added."""
    for item in items:
        if item.is_page:
            yield item
        yield from _pages_in(item.children or ())


class _Kept(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of a warning."""
        self._kept.append(record.getMessage())


@contextmanager
def _warnings(engine: str) -> Iterator[list[str]]:
    """Yield a list that takes what is logged as a warning or an error."""
    kept: list[str] = []
    handler = _Kept(kept)
    logger = logging.getLogger(engine)
    logger.addHandler(handler)
    try:
        yield kept
    finally:
        logger.removeHandler(handler)


@contextmanager
def _restored(plugins: Iterable[Any]) -> Iterator[None]:
    """Put plugins back into their state after an error: they go on with the load before."""
    before = [(plugin, dict(vars(plugin))) for plugin in plugins]
    try:
        yield
    except Exception:
        for plugin, state in before:
            vars(plugin).clear()
            vars(plugin).update(state)
        raise


@contextmanager
def _one_sentence(engine: str, said: Iterable[str] = ()) -> Iterator[None]:
    """Raise PreviewError for whatever an engine, a theme or another plugin raises."""
    try:
        yield
    except Exception as error:
        lines = (*said, str(error) or f"{engine}: {type(error).__name__}")
        raise PreviewError("\n".join(dict.fromkeys(lines))) from error
