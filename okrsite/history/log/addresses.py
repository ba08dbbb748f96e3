"""The addresses of commits on the web."""

import re
from urllib.parse import urlsplit

# `git@github.com:acme/okrs.git` is `https://github.com/acme/okrs` on these hosts.
_PUBLIC = frozenset({"github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "gitea.com"})
_SHORT = re.compile(r"(?:[^@/]+@)?([a-z0-9.-]+):(?!//)/?(.+)", re.IGNORECASE)
_WORDS = (("gitlab", "/-/commit/"), ("bitbucket", "/commits/"))
_KNOWN = ("github", "gitea", "forgejo", "codeberg")


def commit_addresses(repo_url: str | None, edit_uri: str | None, remote: str | None) -> str | None:
    """Return the address of commits without their id, or None.

    `repo_url` and `edit_uri` are those of mkdocs.yml, `remote` is where the repository was cloned
    from. Names and passwords in an address are left out.
    """
    if repo_url:
        return _commits(repo_url, edit_uri or "", trusted=True)
    if edit_uri and (found := re.match(r"(https?://.+?)/(?:-/)?(?:edit|blob|src)/", edit_uri)):
        return _commits(found[1], edit_uri, trusted=True)
    return _commits(remote, "", trusted=False) if remote else None


def _commits(address: str, edit_uri: str, trusted: bool) -> str | None:
    base = _web_address(address)
    if base is None:
        return None
    host = urlsplit(base).hostname or ""
    for word, way in _WORDS:
        if word in host or (word == "gitlab" and "/-/" in f"/{edit_uri}"):
            return f"{base}{way}"
    if trusted or any(word in host for word in _KNOWN):
        return f"{base}/commit/"
    return None


def _web_address(address: str) -> str | None:
    """Return the address of a repository without anything that is not part of it."""
    address = address.strip()
    short = _SHORT.fullmatch(address)
    if short and short[1].lower() in _PUBLIC:
        address = f"https://{short[1]}/{short[2]}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme
    if scheme == "ssh" and host in _PUBLIC:
        scheme, port = "https", None
    path = parts.path.rstrip("/").removesuffix(".git")
    if scheme not in ("https", "http") or not host or not path.strip("/"):
        return None
    if not re.fullmatch(r"[a-z0-9.:-]+", host) or re.search(r"[\s\"'<>\\]|[^\x20-\x7e]", path):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{f':{port}' if port else ''}{path}"
