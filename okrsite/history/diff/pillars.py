"""The changes of one pillar."""

from okrsite.history.diff import show
from okrsite.history.diff.fields import About, Field, RefersTo, Table, compare_fields
from okrsite.history.diff.model import Change, ChangeKind
from okrsite.history.diff.sentences import ChangeSentences
from okrsite.i18n import message
from okrsite.project.model import Pillar

_FIELDS: Table[Pillar] = (
    Field(ChangeKind.MOVED, "", message("File moved from %(path)s"), lambda p: p.page.path,
          show.text, placeholders=("path", "after")),
    Field(ChangeKind.TITLE, "title", message("Renamed from %(before)s"),
          lambda p: p.page.title, show.title),
    RefersTo(ChangeKind.OWNER, "owner", message("Owner: %(before)s → %(after)s"), "owner",
               lambda p: (p.owner,) if p.owner else (), message("nobody"), single=True),
    RefersTo(ChangeKind.KPIS, "kpis", message("KPIs: %(before)s → %(after)s"), "kpi",
               lambda p: p.kpis, message("none")),
    Field(ChangeKind.TEXT, "", message("Text changed"),
          lambda p: (p.page.description, p.page.body.strip())),
)  # fmt: skip


def compare_pillar(
    sentences: ChangeSentences, before: Pillar | None, after: Pillar | None
) -> list[Change]:
    """Return the changes of a pillar."""
    if before is not None and after is not None:
        return list(compare_fields(sentences, _FIELDS, before, after, About(after.page.line)))
    if after is not None:
        return [Change(ChangeKind.ADDED, sentences.say("New pillar"), after.page.place)]
    if before is not None:
        return [Change(ChangeKind.DROPPED, sentences.say("Pillar removed"), before.page.place)]
    return []
