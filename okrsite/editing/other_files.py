"""The files outside docs_dir that name documents by their paths: mkdocs.yml and CODEOWNERS."""

import re
from collections.abc import Mapping

from okrsite.documents.code_owners import parse_code_owners

_REDIRECTS = re.compile(
    r"^(?P<indent>[ \t]*)redirect_maps:[ \t]*(?P<empty>\{\})?[ \t]*(?=\r?$)", re.M
)


def renamed_configuration(content: bytes, moves: Mapping[str, str]) -> bytes:
    """Return mkdocs.yml with the new paths of files that it names, in its navigation or elsewhere.

    Where the plugin `redirects` has a map, the old addresses lead to the new ones.
    """
    text = content.decode()
    for old, new in moves.items():
        named = rf"(?<![\w./-]){re.escape(old)}(?![\w/-]|\.\w)"
        text = re.sub(named, new.replace("\\", r"\\"), text)
    match = _REDIRECTS.search(text)
    if match is None:
        return text.encode()
    pages = {old: new for old, new in moves.items() if old.endswith(".md")}
    newline = "\r\n" if "\r\n" in text else "\n"
    following = re.compile(rf"\r?\n({match['indent']}[ \t]+)\S").match(text, match.end())
    indent = following[1] if following else f"{match['indent']}  "
    lines = "".join(f"{newline}{indent}{old}: {new}" for old, new in sorted(pages.items()))
    head = text[: match.end()].rstrip(" \t")
    if match["empty"]:
        head = head.removesuffix("{}").rstrip()
    return f"{head}{lines}{text[match.end() :]}".encode()


def renamed_owners(
    content: bytes, docs: str, moves: Mapping[str, str], folders: Mapping[str, str]
) -> bytes:
    """Return a CODEOWNERS file whose patterns match the moved files as they matched them before.

    `docs` is docs_dir's path in the repository. A pattern that also matches what stays is kept, and
    one for the new place is added below it.
    """
    prefix = "" if docs == "." else f"{docs}/"
    paths = {f"{prefix}{old}": f"{prefix}{new}" for old, new in moves.items()}
    names = {
        old.rpartition("/")[2]: new.rpartition("/")[2]
        for old, new in (*folders.items(), *moves.items())
    }
    made: list[str] = []
    for line in content.decode().splitlines(keepends=True):
        rule = line.split("#", 1)[0].split()
        if not rule or not _loses(rule[0], paths):
            made.append(line)
            continue
        made.append(line.replace(rule[0], _renamed_pattern(rule[0], paths, names), 1))
    return "".join(made).encode()


def _loses(pattern: str, paths: Mapping[str, str]) -> bool:
    """Whether a pattern matches a file where it was, and not where it will be."""
    owners = parse_code_owners(f"{pattern} @x\n")
    return any(owners.of(old) and not owners.of(new) for old, new in paths.items())


def _renamed_pattern(pattern: str, paths: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return a pattern with the new path, else with the new names of folders and files."""
    inner = pattern.strip("/")
    if inner in paths:
        return pattern.replace(inner, paths[inner], 1)
    parts = [names.get(part, part) for part in pattern.split("/")]
    return "/".join(parts)
