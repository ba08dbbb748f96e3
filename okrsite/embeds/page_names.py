"""What the words in a block or between brackets name, without a word on what is private."""

from dataclasses import dataclass

from okrsite.project.model import Project
from okrsite.project.names import Ambiguous, Found, Meaning, NameKind, Names, Unknown, unknown
from okrsite.util.spelling import normal_form


@dataclass(frozen=True, slots=True)
class NotPublished:
    """A reference leads to something that is not published."""


PageMeaning = Meaning | NotPublished


class PageNames:
    """The names of a project, as they are looked up from one of its pages.

    `everything` is the project with what is private, where `project` is the published one: what
    only that one knows is `NotPublished`, and suggestions are made from what is published.
    """

    def __init__(self, project: Project, everything: Project | None = None) -> None:
        self._names = Names.of_project(project)
        self._everything: PageNames | None = None
        if everything is not None and everything is not project:
            self._everything = PageNames(everything)

    def find(self, kind: NameKind, written: str, cycle: str | None = None) -> PageMeaning:
        """Find what a reference of a known kind means; `cycle` is the one it is written in."""
        written = written.strip()
        found = self._find(kind, written, cycle)
        if isinstance(found, Unknown) and self._everything is not None:
            if not isinstance(self._everything._find(kind, written, cycle), Unknown):
                return NotPublished()
        return self._names.check_key_result(found, written)

    def find_any(
        self, written: str, cycle: str | None = None, itself: str | None = None
    ) -> PageMeaning:
        """Find what a reference in a text means: a whole id first, then the tail of one.

        `itself` is the objective whose text contains it: `#revenue` alone is a key result of it.
        """
        name, mark, key_result = (part.strip() for part in written.partition("#"))
        if mark:
            if name or itself is None:
                return self.find(NameKind.OBJECTIVE, written, cycle)
            found = Found(NameKind.OBJECTIVE, itself, normal_form(key_result))
            return self._names.check_key_result(found, written)
        for kind in NameKind:
            if self._names.document(kind, normal_form(name)) is not None:
                return Found(kind, normal_form(name))
        near: list[str] = []
        for kind in NameKind:
            answer = self._find(kind, name, cycle)
            if isinstance(answer, Unknown):
                near += answer.suggestions
            elif isinstance(answer, Ambiguous) or self._names.document(kind, answer.id) is not None:
                return answer  # what is found without a document is a period that has no page
        if self._everything is not None:
            if not isinstance(self._everything.find_any(written, cycle, itself), Unknown):
                return NotPublished()
        return unknown(written, tuple(NameKind), tuple(near[:1]))

    def _find(self, kind: NameKind, written: str, cycle: str | None) -> Meaning:
        within = self._names.cycles.get(cycle) if cycle is not None else None
        return self._names.find(kind, written, cycle=within)
