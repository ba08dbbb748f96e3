"""The history of a small organisation, made commit by commit: who did what, and when.

There is what histories have: a rename, a target that is lowered, a document that was private for a
while, one that was broken for some commits, a branch that is merged, authors with odd names, clocks
that go wrong.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.repositories import Repo
from tests.samples import Files, document

ADA, BRUNO = "Ada Adler", "Bruno Berger"
ODD = "Zoë\u202e <b>O’Neill</b>"


class Past(Repo):
    """A repository whose commits have authors and days."""

    def by(self, author: str | bytes, day: str, files: Files | None = None, **more: str) -> str:
        """Commit what there is, after writing some documents, as somebody on a day.

        A file that is given as the empty text is removed.
        """
        written = {uri: text for uri, text in (files or {}).items() if text}
        for uri in set(files or {}) - set(written):
            self.remove(uri)
        self.write(written)
        subprocess.run(["git", "add", "-A"], cwd=self.folder, check=True)
        name = author.encode() if isinstance(author, str) else author
        stamp = day if "T" in day else f"{day}T12:00:00Z"
        settings = {
            b"GIT_AUTHOR_NAME": name, b"GIT_AUTHOR_EMAIL": b"secret@example.com",
            b"GIT_COMMITTER_NAME": name, b"GIT_COMMITTER_EMAIL": b"secret@example.com",
            b"GIT_AUTHOR_DATE": stamp.encode(),
            b"GIT_COMMITTER_DATE": more.get("committed", stamp).encode(),
            b"GIT_CONFIG_GLOBAL": os.devnull.encode(), b"GIT_CONFIG_NOSYSTEM": b"1",
        }  # fmt: skip
        options = ["-c", f"i18n.commitEncoding={more.get('encoding', 'UTF-8')}"]
        subprocess.run(
            ["git", *options, "commit", "-q", "--allow-empty", "-m", "change"],
            cwd=self.folder, env={**os.environb, **settings}, check=True,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")


def grow(
    *more: str, to: str = "$10M", title: str = "Grow the base", owner: str = "sales",
    check_ins: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Write the objective that the history is about."""
    lines = [
        f"title: {title}", "cycle: 2026-q4", f"owner: {owner}", *more, "key_results:",
        f"  - {{id: revenue, title: Double the revenue, from: $5M, to: {to}, weight: 2}}",
        "  - {id: margin, title: Keep the margin, keep: {min: 20%}}",
    ]  # fmt: skip
    if check_ins:
        lines.append("check_ins:")
        lines += [
            f"  - {{date: {day}, confidence: 0.8, values: {{revenue: {value}}}}}"
            for day, value in check_ins.items()
        ]
    return document("objective", *lines, body="Why this matters.")


START: Files = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "kpis/nps.md": document("kpi", "title: NPS", "owner: sales", "keep: {min: 30}"),
    "okrs/grow.md": grow(),
}
GROW = "okrs/2026-q4/grow-base.md"


def small_organisation(folder: Path) -> Past:
    """Make the repository: sixteen commits from the first day of September 2026 on."""
    past = Past(folder)
    past.by(ADA, "2026-09-01", START)
    past.by(BRUNO, "2026-10-05", {"okrs/grow.md": grow(to="$12M")})
    past.by(ADA, "2026-10-12", {"okrs/grow.md": grow(to="$12M", check_ins={"2026-10-12": "$6M"})})
    # Renamed, and changed a little.
    past.move("okrs/grow.md", GROW)
    steady = {"2026-10-12": "$6M"}
    past.by(ADA, "2026-10-13", {GROW: grow(to="$12M", title="Grow", check_ins=steady)})
    # The goalpost moves.
    past.by(ODD, "2026-10-20", {GROW: grow(to="$8M", title="Grow", check_ins=steady)})
    # Broken for three commits, and mended with something new.
    past.by(BRUNO, "2026-10-21", {GROW: "---\ntype: objective\ntitle: [\n---\n"})
    past.by(BRUNO, "2026-10-22", {GROW: "---\ntype: objective\ntitle: {\n---\n"})
    past.by(BRUNO, "2026-10-22", {GROW: grow("weight: none", to="$8M", title="Grow")})
    mended = {**steady, "2026-10-19": "$6.5M"}
    past.by(ADA, "2026-10-23", {GROW: grow(to="$8M", title="Grow", check_ins=mended)})
    # Private for a while, with a target that nobody may see.
    past.by(
        ADA, "2026-10-26",
        {GROW: grow("visibility: private", to="$777M", title="Grow", check_ins=mended)},
    )  # fmt: skip
    past.by(
        ADA, "2026-10-27",
        {GROW: grow("visibility: private", to="$778M", title="Grow", check_ins=mended)},
    )  # fmt: skip
    past.by(ADA, "2026-10-28", {GROW: grow(to="$9M", title="Grow", check_ins=mended)})
    # Two branches change two documents, and are merged.
    past.git("checkout", "-q", "-b", "side")
    past.by(BRUNO, "2026-10-29", {"teams/sales.md": document("team", "title: Sales and care")})
    past.git("checkout", "-q", "main")
    past.by(
        ADA, "2026-10-30",
        {"kpis/nps.md": document("kpi", "title: NPS", "owner: sales", "keep: {min: 40}")},
    )  # fmt: skip
    past.git("merge", "-q", "--no-edit", "side")
    latest = {**mended, "2026-11-02": "$7M"}
    past.by(ADA, "2026-11-02", {GROW: grow(to="$9M", title="Grow", check_ins=latest)})
    return past
