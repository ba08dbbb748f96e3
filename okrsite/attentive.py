"""A tree of documents that notices pages which were perhaps meant as documents."""

from okrsite.source import PassingTree, Tree, is_unopened


class AttentiveTree(PassingTree):
    """A tree of documents that keeps in mind which pages look like unopened ones.

    `unopened` are their paths. One that is meant to be private is not among them: it is kept out
    of the site, with a finding.
    """

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self.unopened: list[str] = []

    def read(self, uri: str) -> bytes:
        """Read a file, and look at how it begins."""
        content = super().read(uri)
        if uri.endswith(".md") and is_unopened(content):
            self.unopened.append(self.path(uri))
        return content


def said_of(path: str) -> str:
    """Say what is missing in a page."""
    return (
        f"{path}:1: this looks like a document, but its first line is not `---`: "
        "it is an ordinary page and counts for nothing"
    )
