"""The web editors of git hosts: addresses where a new file is proposed from the browser.

GitHub and Gitea (Forgejo, Codeberg) take the file's name and its text in the address, GitLab the
name alone. Which host it is, is seen from the address below which it edits documents.
"""

import re
from dataclasses import dataclass
from functools import cache
from string import ascii_letters, digits
from urllib.parse import quote, unquote, urlsplit

LONGEST_ADDRESS = 8000
"""The length of an address, in characters, that all hosts and browsers accept."""

_PLAIN = "/:,;@()*!?"
"""Characters left as they are in a parameter; each escape would make pages larger."""
_ALWAYS_PLAIN = frozenset(f"{_PLAIN}-._~{ascii_letters}{digits}")

_EDIT = re.compile(
    r"(?P<repository>https?://[^/?#]+/[^?#]+?)/(?P<way>-/edit|_edit|edit)/"
    r"(?P<inside>[^/?#]+(?:/[^?#]*)?)"
)
_GITLAB, _GITEA, _GITHUB = "-/edit", "_edit", "edit"
_NEW = {_GITLAB: "-/new", _GITEA: "_new", _GITHUB: "new"}


@dataclass(frozen=True, slots=True)
class NewFile:
    """Where a new file is proposed; `takes_text` is whether the address holds its text."""

    address: str
    takes_text: bool


@dataclass(frozen=True, slots=True)
class WebEditor:
    """The web editor of a host, whose name people know; `folder` is docs_dir in the repository.

    `new` is the address for new files of the branch, `name` the parameter for a file's name,
    `text` the one for its text, None where the host takes none.
    """

    host: str
    new: str
    folder: str
    name: str
    text: str | None

    def new_file(self, uri: str, text: str) -> NewFile:
        """Return the address where a file, relative to docs_dir, is proposed with its text.

        Where the text does not fit, the address has the name alone.
        """
        address = f"{self.new}?{self.name}={quote(self.folder + uri)}"
        if self.text is not None:
            full = f"{address}&{self.text}={_in_address(text)}"
            if len(full) <= LONGEST_ADDRESS:
                return NewFile(full, True)
        return NewFile(address, False)


def web_editor(address: str | None, docs: str | None = None) -> WebEditor | None:
    """Read the web editor from the address below which documents are edited.

    It is that of `edit_uri`, like `https://github.com/acme/okrs/edit/main/content/`. `docs` is
    docs_dir in the repository where that is known; without it a branch has no slash in its name.
    None where the address is none of a host whose editor is known.
    """
    match = _EDIT.fullmatch(address or "")
    if match is None:
        return None
    host = urlsplit(match["repository"]).hostname or ""
    inside = match["inside"].strip("/")
    branch, folder = _split(inside, docs)
    way = match["way"]
    # GitLab's addresses had no dash once, and mkdocs.yml may still have such a one.
    gitlab = way == _GITLAB or "gitlab" in host.split(".")
    way = _GITLAB if gitlab else way
    return WebEditor(
        host=_known_name(host, gitlab),
        new=f"{match['repository']}/{_NEW[way]}/{branch}",
        folder=f"{folder}/" if folder else "",
        name="file_name" if gitlab else "filename",
        text=None if gitlab else "value",
    )


def _in_address(text: str) -> str:
    """Write a text as a parameter of an address.

    It is what `quote_plus` gives, in a third of its time: thousands of pages have such a link.
    """
    written = text.replace("%", "%25").replace("+", "%2B")
    for sign in sorted({*text} - _ALWAYS_PLAIN - {"%", "+"}):
        written = written.replace(sign, _escaped(sign))
    return written


@cache
def _escaped(sign: str) -> str:
    return "+" if sign == " " else quote(sign, safe="")


def _split(inside: str, docs: str | None) -> tuple[str, str]:
    """Split an address into the branch and the folder behind it."""
    if docs == "":
        return inside, ""
    if docs:
        branch = inside.removesuffix(f"/{quote(docs)}").removesuffix(f"/{docs}")
        if branch != inside:
            return branch, docs
    branch, _, folder = inside.partition("/")
    return branch, unquote(folder)


def _known_name(host: str, gitlab: bool) -> str:
    if host == "gitlab.com" or (gitlab and "gitlab" in host.split(".")):
        return "GitLab"
    return {"github.com": "GitHub", "codeberg.org": "Codeberg", "gitea.com": "Gitea"}.get(
        host, "GitHub" if "github" in host.split(".") else host
    )
