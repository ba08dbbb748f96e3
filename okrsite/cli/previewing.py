"""Preview a site: which engine, at which address, and what is watched."""

import os
import socket
import tempfile
from pathlib import Path

import click

from okrsite.cli.common import SiteOptions
from okrsite.cli.configuration import (
    Configuration,
    ConfigurationError,
    read_configuration,
    read_tagged,
)
from okrsite.cli.editing import Refused
from okrsite.cli.engines import PLAIN
from okrsite.cli.mkdocs import broken_theme
from okrsite.settings import ASKED_DAY

_USUAL = "127.0.0.1:8000"


def preview(given: SiteOptions, engine: str, address: str | None) -> None:
    """Serve a site until Ctrl-C; Refused where the engine or the address cannot be used."""
    from urllib.parse import urlsplit

    from okrsite.serving.preview import Preview, PreviewError
    from okrsite.serving.server import Server, Site, serve

    try:
        configuration = read_configuration(given.config_file)
        written = read_tagged(given.config_file)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    host, _, port = str(address or written.get("dev_addr") or _USUAL).rpartition(":")
    root = f"{urlsplit(configuration.site_url or '/').path.rstrip('/')}/"
    site_url = f"http://{host}:{port}{root}"
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if given.as_of is not None:
        os.environ[ASKED_DAY] = given.as_of.isoformat()
    with tempfile.TemporaryDirectory(prefix="okrsite-preview-") as folder:
        shown: Preview
        if engine == PLAIN:
            from okrsite.cli.generating import made_now
            from okrsite.documents.kept import KeptDocuments
            from okrsite.serving.plain import PlainPreview

            kept = KeptDocuments()
            shown = PlainPreview(lambda: made_now(given, kept))
        else:
            from okrsite.serving.engine import EnginePreview

            try:
                shown = EnginePreview(engine, given.config_file, site_url, Path(folder))
            except ModuleNotFoundError:
                message = f"{engine} isn't installed: write `pip install {engine}`"
                raise Refused(message) from None
        site = Site(shown, root, lambda line: click.echo(line, err=True))
        try:
            server = Server(host, int(port), site, root)
        except (OSError, ValueError, OverflowError, socket.gaierror) as error:
            reason = getattr(error, "strerror", None) or error
            message = f"{host}:{port}: {reason}; name another address with --dev-addr"
            raise Refused(message) from None
        try:
            site.begin()
        except PreviewError as error:
            cause = error.__cause__
            broken = broken_theme(cause) if isinstance(cause, Exception) else None
            raise Refused(broken or str(error)) from None
        click.echo(f"Serving at {site_url} (Ctrl-C to stop)", err=True)
        try:
            serve(site, server, *watched_folders(configuration))
        except KeyboardInterrupt:
            click.echo("", err=True)


def watched_folders(configuration: Configuration) -> tuple[list[Path], list[Path]]:
    """Return the folders that are watched with all below them, and those that are alone."""
    folder = configuration.folder
    return [folder.docs], [] if folder.project == folder.docs else [folder.project]
