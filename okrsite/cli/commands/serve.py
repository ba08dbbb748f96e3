"""`okrsite serve`: the site on this machine, and again after every save."""

import click

from okrsite.cli.common import SiteOptions, site_options
from okrsite.cli.engines import MKDOCS, PLAIN, PROPERDOCS
from okrsite.cli.mkdocs import OTHER_OPTIONS, run_mkdocs
from okrsite.cli.previewing import preview

_EXAMPLE = """\b
Examples:
  okrsite serve
  okrsite serve --dev-addr localhost:8001 --as-of 2026-10-31"""

_ENGINES = (MKDOCS, PROPERDOCS, PLAIN)
_ENGINE = "What makes the pages."
_LAST_PORT = 65_535


@click.command(epilog=_EXAMPLE, context_settings=OTHER_OPTIONS)
@site_options
@click.option(
    "-a", "--dev-addr", metavar="HOST:PORT", help="Where to serve it; default: localhost:8000."
)
@click.option("-s", "--strict", is_flag=True, help="Fail on warnings.")
@click.option(
    "--engine", type=click.Choice(_ENGINES), default=MKDOCS, show_default=True, help=_ENGINE
)
@click.argument("others", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF MKDOCS]...")
def serve(
    given: SiteOptions, dev_addr: str | None, strict: bool, engine: str, others: tuple[str, ...]
) -> None:
    """Serve the site, and reload open pages when you save. Press Ctrl-C to stop.

    Pages are rendered when you open them; search and data follow in the background. With --strict
    or options of MkDocs, everything is rebuilt after every save: see `mkdocs serve --help`.

    Exit status: 0 success, 1 warnings with --strict, 2 usage or configuration error.
    """
    where = _reachable(dev_addr) if dev_addr else None
    if engine == PLAIN or not (strict or others):
        if strict or others:
            raise click.UsageError("--engine plain takes no options of MkDocs")
        preview(given, engine, where)
        return
    # Newer versions of click switch live reload off unless it is asked for.
    reload = [] if "--no-livereload" in others else ["--livereload"]
    address = ["--dev-addr", where] if where else []
    run_mkdocs("serve", given, strict, [*reload, *address, *others], engine)


def _reachable(address: str) -> str:
    """Return an address whose port there can be; what else is wrong with it MkDocs says."""
    _, _, port = address.rpartition(":")
    if port.isdecimal() and int(port) > _LAST_PORT:
        message = f"there is no port {port}: write one up to {_LAST_PORT}"
        raise click.BadParameter(message, param_hint="`--dev-addr`")
    return address
