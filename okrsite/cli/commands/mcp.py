"""`okrsite mcp`: answer the questions of an assistant."""

import click

from okrsite.cli.assistant.site import CurrentSite
from okrsite.cli.common import SiteOptions, configured, site_options

_WRITE = "Also let it write check-ins and objectives into files; it never commits."
_PRIVATE = "Answer with private documents too."
_MISSING = "an MCP server needs more: pip install 'okrsite[mcp]' brings it"

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

    An assistant starts this command itself and talks to it on standard input and output; nothing
    is opened on the network. It can list, show, explain, search and compare. Files that change are
    read again. Private documents are in no answer.

    Exit status: 0 the assistant has ended it, 2 usage error.
    """
    configured(given)
    try:
        from okrsite.cli.assistant.server import serve
    except ImportError:
        raise click.UsageError(_MISSING) from None
    serve(CurrentSite(given, include_private), write)
