"""Objectives in YAML and JSON, whatever their author called the keys."""

import re
from collections.abc import Mapping

import yaml

from okrsite.importing.cells import Cell, Findings, Spot, clip, found
from okrsite.importing.entries import Entry, EntryKind, attach
from okrsite.importing.headers import fields_named
from okrsite.importing.rows import parent_names
from okrsite.importing.words import meaning

_DEEPEST = 60
_MOST = 500_000
_HOLDING = (EntryKind.OBJECTIVE, EntryKind.KEY_RESULT)
_TITLES = ("title", "objective", "key_result")


class _TooMuchError(Exception):
    """A file is nested too deep, or its aliases expand to too much."""


def read_nodes(file: str, text: str, mapped: Mapping[str, str], findings: Findings) -> list[Entry]:
    """Return the objectives of a YAML or JSON file; add to `findings` what cannot be read."""
    text = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), text, flags=re.MULTILINE)
    text = text.replace("\t", " ")
    if max(text.count("["), text.count("{")) > _MOST or _depth(text) > 1000:
        findings.append(found("OKR601", Spot(file), "the file is nested too deeply", "split it"))
        return []
    try:
        loader = yaml.CSafeLoader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        spot = Spot(file, None, mark.line + 1 if mark else None)
        problem = getattr(error, "problem", None) or "it cannot be taken apart"
        kind = "JSON" if file.lower().endswith(".json") else "YAML"
        findings.append(
            found("OKR601", spot, f"the file is not valid {kind}: {problem}", "correct it")
        )
        return []
    reader = _Reader(file, mapped, findings)
    try:
        reader.root(root)
    except _TooMuchError:
        findings.append(
            found("OKR601", Spot(file), "the file is too large, or nested too deeply", "split it")
        )
        return []
    return reader.entries


def _depth(text: str) -> int:
    depth = most = 0
    for character in re.findall(r"[][{}]", text):
        depth += 1 if character in "[{" else -1
        most = max(most, depth)
    return most


class _Reader:
    """Walks the nodes of a file once."""

    def __init__(self, file: str, mapped: Mapping[str, str], findings: Findings) -> None:
        self.file, self.mapped, self.findings = file, mapped, findings
        self.entries: list[Entry] = []
        self._left = _MOST

    def root(self, node: yaml.Node | None) -> None:
        """Read the whole file: a list of objectives, or keys above one."""
        if isinstance(node, yaml.SequenceNode):
            self._each(node, EntryKind.OBJECTIVE, None, {}, 0)
        elif isinstance(node, yaml.MappingNode):
            self._above(node, {}, 0)
        if not self.entries and not self.findings:
            message = "no list of objectives was found"
            self.findings.append(
                found("OKR601", Spot(self.file), message, "put them below `objectives:`")
            )

    def _count(self, depth: int) -> None:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise _TooMuchError

    def _spot(self, node: yaml.Node, column: str | None = None) -> Spot:
        return Spot(self.file, None, node.start_mark.line + 1, column)

    def _above(self, node: yaml.MappingNode, shared: Mapping[str, Cell], depth: int) -> None:
        """Read a mapping above lists of objectives: its other keys apply to all of these."""
        self._count(depth)
        own = dict(shared)
        lists: list[tuple[EntryKind, yaml.Node]] = []
        for key, value in node.value:
            name = _name(key)
            kind = _list_kind(name, value)
            if kind is EntryKind.OBJECTIVE:
                lists.append((kind, value))
            elif isinstance(value, yaml.ScalarNode):
                self._set(own, name, value)
            elif isinstance(
                value, (yaml.MappingNode, yaml.SequenceNode)
            ) and self._holds_objectives(value):
                lists.append((EntryKind.OBJECTIVE, value))
            else:
                self._leave_out(key, name)
        if not lists and any(
            _list_kind(_name(k), v) is EntryKind.KEY_RESULT for k, v in node.value
        ):
            self._one(node, EntryKind.OBJECTIVE, None, shared, depth)
            return
        for kind, value in lists:
            if isinstance(value, yaml.MappingNode):
                self._above(value, own, depth + 1)
            else:
                self._each(value, kind, None, own, depth + 1)

    def _holds_objectives(self, node: yaml.Node) -> bool:
        if isinstance(node, yaml.MappingNode):
            names = {_name(key) for key, _ in node.value}
            return any(meaning("list", name) in _HOLDING for name in names)
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        return any(
            isinstance(item, yaml.MappingNode) and self._holds_objectives(item) for item in items
        )

    def _each(
        self,
        node: yaml.Node,
        kind: EntryKind,
        parent: Entry | None,
        shared: Mapping[str, Cell],
        depth: int,
    ) -> None:
        self._count(depth)
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            self._one(item, kind, parent, shared, depth)

    def _one(
        self,
        node: yaml.Node,
        kind: EntryKind,
        parent: Entry | None,
        shared: Mapping[str, Cell],
        depth: int,
    ) -> None:
        self._count(depth)
        spot = self._spot(node)
        if isinstance(node, yaml.ScalarNode):
            if node.value.strip():
                self._add(Entry(kind, Cell(node.value.strip(), spot), dict(shared), spot), parent)
            return
        if not isinstance(node, yaml.MappingNode):
            self._leave_out(node, "a list")
            return
        if kind is EntryKind.OBJECTIVE and any(
            _list_kind(_name(k), v) is EntryKind.OBJECTIVE for k, v in node.value
        ):
            self._above(node, shared, depth + 1)
            return
        cells = dict(shared)
        below: list[tuple[EntryKind, yaml.Node]] = []
        for key, value in node.value:
            name = _name(key)
            inner = _list_kind(name, value)
            if inner is not None and inner is not EntryKind.OBJECTIVE:
                below.append((inner, value))
            elif isinstance(value, yaml.ScalarNode) or (
                isinstance(value, yaml.SequenceNode)
                and all(isinstance(v, yaml.ScalarNode) for v in value.value)
            ):
                self._set(cells, name, value)
            else:
                self._leave_out(key, name)
        title = next((cells[name] for name in _TITLES if name in cells), None)
        if title is None or not title.text:
            message, hint = f"the {kind} has no title", "write its `title`"
            self.findings.append(found("OKR603", spot, message, hint))
            return
        id = cells["id"].text if "id" in cells else None
        entry = Entry(
            kind, title, cells, spot, id=id, parent_names=parent_names(cells.get("parent"))
        )
        self._add(entry, parent)
        for inner, value in below:
            self._each(value, inner, entry, {}, depth + 1)

    def _add(self, entry: Entry, parent: Entry | None) -> None:
        if parent is not None:
            attach(entry, parent)
            entry.parent_names = ()
        self.entries.append(entry)

    def _set(self, cells: dict[str, Cell], name: str, node: yaml.Node) -> None:
        text = (
            node.value
            if isinstance(node, yaml.ScalarNode)
            else "; ".join(item.value for item in node.value)
        )
        if (
            isinstance(node, yaml.ScalarNode)
            and node.style is None
            and text in ("~", "null", "Null", "NULL")
        ):
            text = ""
        told = self.mapped.get(name)
        fits = (told,) if told else fields_named(name)
        if told == "ignore" or not text.strip():
            return
        field = "title" if "title" in fits else next(iter(fits), None)
        if (
            field == "objective"
            and len(fits) > 1
            and re.fullmatch(r"[-+]?[$€£]?[0-9].*", text.strip())
        ):
            field = "to"
        if field == "kr_id" or field == "objective_id":
            field = "id"
        if field is None:
            self._leave_out(node, name)
            return
        cells[field] = Cell(_surrogates(text.strip()), self._spot(node, name))

    def _leave_out(self, node: yaml.Node, name: str) -> None:
        spot = self._spot(node, name)
        self.findings.append(found("OKR611", spot, f"`{clip(name)}` isn't imported"))


def _surrogates(text: str) -> str:
    """Return a text in which JSON's pairs of escapes for one letter are that letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else ""


def _list_kind(name: str, value: yaml.Node) -> EntryKind | None:
    """Return what the items of a list become, by the key that it is under."""
    if isinstance(value, yaml.ScalarNode):
        return None
    named = meaning("list", name)
    return EntryKind(named) if named else None
