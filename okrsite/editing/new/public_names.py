"""The names of what is published, for documents that are prepared on its pages."""

from okrsite.project.names import NameKind, Names


class PublicNames(Names):
    """The names of a published project, each written in full.

    Nothing private may be told from such a document, not even that a shorter reference would be
    ambiguous.
    """

    def shortest(self, kind: NameKind, id: str) -> str:
        """Return the id."""
        return id
