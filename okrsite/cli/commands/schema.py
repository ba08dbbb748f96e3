"""`okrsite schema`: what front matter may contain, for editors."""

import click

from okrsite.documents.json_schema import front_matter_schema, schema_text
from okrsite.documents.types import Type

_EXAMPLE = """\
\b
Example:
  okrsite schema objective > objective.schema.json"""


@click.command(epilog=_EXAMPLE)
@click.argument(
    "type_", metavar="[TYPE]", required=False, type=click.Choice([str(t) for t in Type])
)
def schema(type_: str | None) -> None:
    """Print the JSON Schema of the front matter, for all types or only one."""
    click.echo(schema_text(front_matter_schema(Type(type_) if type_ else None)), nl=False)
