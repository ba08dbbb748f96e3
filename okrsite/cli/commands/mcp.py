"""`okrsite mcp`: answer the questions of an assistant."""

import click

from okrsite.cli.assistant.site import CurrentSite
from okrsite.cli.common import SiteOptions, configured, site_options

_WRITE = "Also let it write check-ins and objectives into files; it never commits."
_PRIVATE = "Include private documents in answers."
_MISSING = "the MCP server needs an extra: pip install 'okrsite[mcp]'"

_EXAMPLE = """\b
Examples:
  okrsite mcp
  okrsite mcp --write --config-file /home/me/okrs/mkdocs.yml"""


@click.command(epilog=_EXAMPLE)
@site_options
@click.option("--write", is_flag=True, help=_WRITE)
@click.option("--include-private", is_flag=True, help=_PRIVATE)
def mcp(given: SiteOptions, write: bool, include_private: bool) -> None:
    """Let an assistant read the OKRs, over the Model Context Protocol.

    An assistant starts this command itself and talks to it on standard input and output; it opens
    nothing on the network. It can list, show, explain, search and compare. Changed files are read
    again. No answer contains private documents.

    Exit status: 0 ended by the assistant, 2 usage error.
    """
    configured(given)
    try:
        from okrsite.cli.assistant.server import serve
    except ImportError:
        raise click.UsageError(_MISSING) from None
    serve(CurrentSite(given, include_private), write)
