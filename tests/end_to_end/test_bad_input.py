"""Bad input gives a finding or is shown harmlessly: it stops no build, and nothing of it acts."""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from lxml import html

from okrsite.build import Built
from okrsite.build import build as build_site
from okrsite.language.wording import Words
from okrsite.pages.addresses import Addresses
from okrsite.settings import SettingsError, read_settings
from tests.fuzz.examples import run
from tests.samples import AS_OF, Files, Shelf, document, findings_of, objective, places
from tests.sites import build

Write = Callable[..., Path]

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.highlight",
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"toc": {"permalink": True}},
]  # fmt: skip


class Site:
    """A site that was built: the folder, and what the build said."""

    def __init__(self, folder: Path, output: str) -> None:
        self.folder = folder
        self.output = output

    def page(self, uri: str) -> html.HtmlElement:
        """Read a page."""
        return html.fromstring((self.folder / uri / "index.html").read_bytes())

    def said(self, path: str) -> list[str]:
        """List what the build said of a file: `OKR104:7`."""
        return re.findall(rf"content/{re.escape(path)}:(\d+): (OKR\d+)", self.output)

    def found(self, code: str, path: str, line: int) -> bool:
        """Whether the build gave a finding for a line."""
        return f"content/{path}:{line}: {code} " in self.output


@pytest.fixture
def site(write_site: Write, tmp_path: Path) -> Callable[..., Site]:
    """Return a function that writes and builds a site, which must succeed."""

    def make(files: Files, prepare: Callable[[Path], None] | None = None) -> Site:
        plugins = ["search", {"okrsite": {"as_of": "2026-11-15"}}]
        configuration = write_site(
            files, plugins=plugins, theme={"name": "material", "font": False},
            markdown_extensions=EXTENSIONS,
        )  # fmt: skip
        if prepare is not None:
            prepare(tmp_path / "content")
        result = build(configuration, tmp_path / "site")
        assert result.exit_code == 0, result.output[-3000:]
        return Site(tmp_path / "site", result.output)

    return make


SOUND = {
    "company.md": document("company", "title: Acme"),
    "teams/sales.md": document("team", "title: Sales"),
    "okrs/2026-q4/sales/sound.md": objective(
        "id: a, title: A, to: 10, current: 4", "id: b, title: B, to: 10", title="Sound",
        owner="sales",
    ),
}  # fmt: skip


def front(*lines: str, body: str = "Its own text.") -> str:
    """Write an objective that is sound but for some lines."""
    usual = ["title: T", "cycle: 2026-q4", "owner: sales", "key_results: [{title: A, to: 1}]"]
    names = {line.partition(":")[0] for line in lines}
    return document(
        "objective", *lines, *(u for u in usual if u.partition(":")[0] not in names), body=body
    )


LAUGHS = "\n".join(
    ["x-0: &l0 [ha, ha]", *(f"x-{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40))]
)
MERGED_LAUGHS = "\n".join(
    ["x-0: &l0 {}", *(f"x-{n}: &l{n} {{<<: [*l{n - 1}, *l{n - 1}]}}" for n in range(1, 40))]
)

# What is written, and the code and line that it is answered with; None where it is fine.
BROKEN: dict[str, tuple[str | bytes, str | None, int]] = {
    "latin": (front("title: T", "description: Café").encode("latin-1"), "OKR101", 4),
    "wide": (front().encode("utf-16"), "OKR101", 1),
    "mark": (b"\xef\xbb\xbf" + front("weight: 2").encode(), None, 0),
    "windows": (front("weight: 2").replace("\n", "\r\n"), None, 0),
    "old-mac": (front("weight: 2").replace("\n", "\r"), None, 0),
    "nul": (front("weight: 2", "title: a\0b"), "OKR101", 4),
    "escaped-nul": (front('title: "a\\0b"'), None, 0),
    "huge": (front(f"description: {'word ' * 1_000_000}"), "OKR101", 1),
    "deep": (front("weight: 1", f"x-deep: {'[' * 3000}{']' * 3000}"), "OKR101", 4),
    "deep-block": (
        front("x-deep:\n" + "\n".join(" " * n + "a:" for n in range(1, 300))), "OKR101", 103
    ),
    "never-closed": ("---\ntype: objective\ntitle: T\n\nA text.\n", "OKR101", 1),
    "laughs": (front(LAUGHS), "OKR101", 3),
    "merged-laughs": (front(MERGED_LAUGHS), "OKR101", 5),
    "itself": (front("title: &a [*a]"), "OKR101", 3),
    "merges-itself": (front("grade: &a {<<: *a}"), "OKR101", 3),
    "runs": (front("title: !!python/object/apply:os.system [touch hacked]"), "OKR101", 3),
    "runs-for-the-theme": (front("image: !!python/name:os.system ''"), "OKR101", 3),
    "clock": (front(f"image: 1{':59' * 200_000}"), None, 0),
    "wrong-tag": (front("image: !!timestamp soon"), "OKR101", 3),
    "list-for-text": (front("title: [a, b]"), "OKR104", 3),
    "mapping-for-text": (front("title: {a: b}"), "OKR104", 3),
    "text-for-list": (front("key_results: many"), "OKR104", 3),
    "nothing-for-results": (front("key_results: null"), None, 0),
    "nothing-among-results": (front("key_results: [null, {title: A, to: 1}]"), "OKR104", 3),
    "heavy": (front("weight: 1e308"), "OKR104", 3),
    "heavier": (front(f"weight: {'9' * 400}"), "OKR104", 3),
    "nan": (front("key_results: [{title: A, to: .nan}]"), "OKR104", 3),
    "infinite": (front("key_results: [{title: A, from: .inf, to: 1}]"), "OKR104", 3),
    "february": (front("check_ins: [{date: 2026-02-30}]"), "OKR104", 3),
    "far": (front("check_ins: [{date: 99999-01-01}]"), "OKR104", 3),
    "february-for-the-theme": (front("revision_date: 2026-02-30"), "OKR101", 3),
    "up": (front("id: ../../up"), "OKR104", 3),
    "up-inside": (front("id: a/../../up"), "OKR104", 3),
    "long-id": (front(f"id: {'long' * 100}"), "OKR104", 3),
    "unseen-id": (front('id: "a\\nb"'), "OKR104", 3),
    "hidden-parts": (front("hide: 5"), "OKR104", 3),
    "searched": (front("search: often"), "OKR104", 3),
    "template": (front("template: no-such.html"), "OKR104", 3),
    "template-up": (front("template: ../../../etc/passwd"), "OKR104", 3),
    "template-of-the-blog": (front("template: blog-post.html"), "OKR104", 3),
    "template-without-ending": (front("template: main"), "OKR104", 3),
    "template-that-is-none": (front("template: mkdocs_theme.yml"), "OKR104", 3),
    "icon": (front("icon: no/such"), "OKR104", 3),
    "script": (front("initiatives: [{title: T, url: 'javascript:alert(1)'}]"), "OKR104", 3),
    "data": (front("initiatives: [{title: T, url: 'data:text/html,x'}]"), "OKR104", 3),
    "tabbed-script": (front('initiatives: [{title: T, url: "java\\tscript:alert(1)"}]'),
                      "OKR104", 3),
    "moved": (front("template: redirect.html", "location: javascript:alert(1)"), "OKR104", 4),
}  # fmt: skip

TABLES: dict[str, tuple[str | bytes, str, int]] = {
    "no-value": ("date,amount\n2026-10-01,5\n", "OKR104", 1),
    "no-header": ("", "OKR104", 1),
    "bad-rows": ("date,value\n2026-10-01,5\n2026-02-30,5\n", "OKR104", 3),
    "too-few": ("date,value\n2026-10-01,5\n2026-10-02\n", "OKR104", 3),
    "not-a-number": ("date,value\n2026-10-01,nan\n", "OKR104", 2),
    "endless": ("date,value\n2026-10-01,inf\n", "OKR104", 2),
    "bytes": (b"date,value,note\n2026-10-01,5,Caf\xe9\n", "OKR104", 2),
    "nul": ("date,value\n2026-10-01,5\0\n", "OKR104", 2),
    "quoted": ('date,value\n2026-10-01,"' + "x" * 200_000 + "\n", "OKR104", 2),
}

ELSEWHERE = {
    "up": ("../../outside.csv", "OKR104"),
    "absolute": ("/etc/passwd", "OKR104"),
    "missing": ("none.csv", "OKR201"),
    "folder": (".", "OKR201"),
    "through-a-link": ("linked.csv", "OKR104"),
    "into-a-pipe": ("pipe.csv", "OKR201"),
}

SECRET = "the secret of another project"


def test_whatever_is_wrong_with_a_file_is_said_and_the_rest_is_built(
    site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files: dict[str, str | bytes] = dict(SOUND)
    files |= {f"okrs/bad/{name}.md": content for name, (content, _, _) in BROKEN.items()}
    for name, (content, _, _) in TABLES.items():
        files[f"kpis/{name}.md"] = document("kpi", "owner: sales", f"data: {name}.csv")
        files[f"kpis/{name}.csv"] = content
    for name, (path, _) in ELSEWHERE.items():
        files[f"kpis/{name}.md"] = document("kpi", "owner: sales", f"data: {path}")
    files["plain.md"] = b"# Caf\xe9\n\nNo document.\n"
    files["kpis/huge.md"] = document("kpi", "owner: sales", "data: huge.csv", "keep: {min: 1}")
    files["kpis/huge.csv"] = "date,value\n" + "2026-10-31,5\n" * 200_000

    def prepare(content: Path) -> None:
        outside = tmp_path.parent / f"{tmp_path.name}-outside"
        outside.mkdir()
        for name in ("linked.md", "linked.csv", "linked.png"):
            (content / "kpis" / name).unlink(missing_ok=True)
            (outside / name).write_text(f"---\ntype: team\ntitle: {SECRET}\n---\n{SECRET}\n")
            (content / "kpis" / name).symlink_to(outside / name)
        (content / "folder").symlink_to(outside)
        hidden = tmp_path / ".git"
        hidden.mkdir()
        (hidden / "config").write_text(SECRET)
        (content / "config.txt").symlink_to(hidden / "config")
        (content / "dangling.png").symlink_to("nowhere.png")
        (content / "dangling.md").symlink_to("nowhere.md")
        (content / "loop.md").symlink_to("loop.md")
        for name in ("pipe.md", "pipe.csv", "pipe.png"):
            os.mkfifo(content / "kpis" / name)
        for name in (b"caf\xe9.md", b"caf\xe9.png"):
            (Path(os.fsdecode(os.fsencode(content) + b"/" + name))).write_text(front())

    made = site(files, prepare)
    for name, (_, code, line) in BROKEN.items():
        path = f"okrs/bad/{name}.md"
        if code is None:
            errors = [c for _, c in made.said(path) if c < "OKR2"]
            assert not errors, (name, errors)
        else:
            assert made.found(code, path, line), (name, made.said(path))
        assert (made.folder / f"okrs/bad/{name}/index.html").exists(), name
    for name, (_, code, line) in TABLES.items():
        assert made.found(code, f"kpis/{name}.csv", line), (name, made.said(f"kpis/{name}.csv"))
    for name, (_, code) in ELSEWHERE.items():
        assert made.found(code, f"kpis/{name}.md", 4), (name, made.said(f"kpis/{name}.md"))
    assert "plain.md:1: the page is not UTF-8" in made.output
    assert "No document." in made.page("plain").text_content()
    for path in ("kpis/linked.md", "kpis/linked.csv", "config.txt", "folder/linked.csv"):
        assert made.found("OKR104", path, 1), path
    for path in ("dangling.png", "dangling.md", "loop.md", "kpis/pipe.md", "caf?.md", "caf?.png"):
        assert made.found("OKR101", path, 1), path
    names = {file.name for file in made.folder.rglob("*")}
    assert names.isdisjoint({"linked.csv", "linked.png", "linked", "config.txt", "dangling.png"})
    everything = b"".join(file.read_bytes() for file in made.folder.rglob("*") if file.is_file())
    assert SECRET.encode() not in everything
    assert not (tmp_path / "hacked").exists()
    figures = json.loads((made.folder / "data/okrs.json").read_text())["objectives"]
    assert figures["okrs/2026-q4/sales/sound"]["score"] == 0.2


def test_a_file_that_a_private_document_names_is_kept_out_in_either_form(
    site: Callable[..., Site],
) -> None:
    written, stored = normalize("NFC", "löhne.csv"), normalize("NFD", "löhne.csv")
    private = document("kpi", "owner: sales", "visibility: private", f"data: {written}")
    made = site({**SOUND, "kpis/pay.md": private, f"kpis/{stored}": "date,value\n2026-10-01,77\n",
                 "kpis/open.csv": "date,value\n"})  # fmt: skip
    assert [file.name for file in (made.folder / "kpis").rglob("*.csv")] == ["open.csv"]


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"
LINKS = "[a](javascript:alert(4)) [b](data:text/html,alert) [c](JaVa&#115;cript:alert(5))"
QUOTED = "'" + f"{EVIL} {LINKS}".replace("'", "''") + "'"

BODY = f"""\
{EVIL} {LINKS}

<div onclick="alert(6)" id="__config" style="background: url(javascript:alert(7))">Divided</div>

<iframe src="javascript:alert(8)"></iframe><object data="data:text/html,alert"></object>
<form action="javascript:alert(9)"><button formaction="javascript:alert(10)">b</button></form>
<a href="java&#09;script:alert(11)">h</a> <a href=" javascript:alert(12)">i</a>
<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=javascript:alert(13)">
<link rel="stylesheet" href="https://evil.example/x.css"><style>* {{display: none}}</style>
<math><mtext><mglyph><style><img src=x onerror=alert(14)></style></mglyph></mtext></math>
<noscript><p title="</noscript><img src=x onerror=alert(15)>"></noscript>

A link with a handler: [j](x.md){{ onclick="alert(16)" onmouseover=alert(17) .md-button }}
and a picture: ![k](javascript:alert(18)) ![l](data:image/svg+xml,alert) [m][n]
and <javascript:alert(19)>

[n]: javascript:alert(20)

## Section {{ onmouseover="alert(21)" }}

!!! note "{EVIL.replace('"', "")}"
    Admonished

- [x] <b onclick=alert(22)>done</b>

```python
print("<script>alert('shown as code')</script>")
```
"""

ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "content", "xlink:href")


def what_acts(page: html.HtmlElement) -> list[str]:
    """List what of a page would act in the reader's browser and comes from a document."""
    found: list[str] = []
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "form", "base", "math", "noscript"):
            if element.get("class", "").startswith("md-"):
                continue
            # Links in a frame lead out of it; such a base moves no address.
            if element.tag == "base" and dict(element.attrib) == {"target": "_top"}:
                continue
            found.append(element.tag)
        if element.tag == "script" and "alert" in (element.text or "") + element.get("src", ""):
            found.append("script")
        for name, value in element.attrib.items():
            compact = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name == "srcdoc":
                found.append(f"{element.tag} {name}")
            if name in ADDRESSES and re.match(r"(javascript|data|vbscript):", compact):
                found.append(f"{element.tag} {name}={value}")
            if element.tag != "script" and ("evil.example" in value or value == "__config"):
                found.append(f"{element.tag} {name}={value}")
    return found


def test_nothing_that_people_write_acts_in_the_readers_browser(site: Callable[..., Site]) -> None:
    lines = [f"{name}: {QUOTED}" for name in ("title", "description", "author", "subtitle")]
    lines += [f"tags: [{QUOTED}]", f"image: {QUOTED}"]
    result = f"id: a, title: {QUOTED}, description: {QUOTED}, to: 5, unit: {QUOTED}"
    reason = f"{{score: 0.5, reason: {QUOTED}}}"
    files: dict[str, str | bytes] = {
        "company.md": document("company", *lines, body=BODY),
        "teams/evil.md": document("team", *lines, body=BODY),
        "people/evil.md": document("person", *lines, "team: teams/evil", body=BODY),
        "people/ignores.md": document("person", *lines, f"ignore: [{QUOTED}]", body=BODY),
        "cycles/evil.md": document(
            "cycle", *lines, "start: 2026-10-01", "end: 2026-12-31", "icon: material/flag",
            body=BODY,
        ),
        "kpis/evil.md": document(
            "kpi", *lines, "owner: teams/evil", f"unit: {QUOTED}", "keep: {min: 9}",
            f"readings: [{{date: 2026-11-01, value: 5, note: {QUOTED}}}]", body=BODY,
        ),
        "okrs/evil.md": objective(
            result,
            f"title: {QUOTED}, milestones: [{{title: {QUOTED}}}]",
            f"title: {QUOTED}, measured_by: {QUOTED}, done: false, grade: {reason}",
            body=BODY + "\n## Retrospective\n\n" + BODY,
            title=QUOTED, description=QUOTED, cycle="evil", owner="teams/evil", tags=f"[{QUOTED}]",
            initiatives=f"[{{title: {QUOTED}}}]", grade=reason,
            check_ins=f"[{{date: 2026-11-09, values: {{a: {{value: 3, note: {QUOTED}}}}}, "
            f"note: {QUOTED}, blockers: [{QUOTED}], next: {QUOTED}}}]",
        ),
        "okrs/wrong.md": objective(
            f"title: {QUOTED}, to: {QUOTED}", body=BODY, title=QUOTED, aligns_to=QUOTED,
            owner=QUOTED, cycle=QUOTED, nonsense=QUOTED,
        ),
        "okrs/<script>alert(1)<b onclick=x>.md": objective("title: A, to: 1", body=BODY),
        "okrs/unread.md": "---\ntype: objective\ntitle: [\n---\n" + BODY,
        "okrs/unknown.md": document(QUOTED, *lines, body=BODY),
        "check-ins/2026-11-10.md": document(
            "check-in", *lines, "owner: teams/evil",
            f"updates: [{{objective: okrs/evil, note: {QUOTED}, blockers: {QUOTED}}}]", body=BODY,
        ),
    }  # fmt: skip
    made = site(files)
    pages = list(made.folder.rglob("*.html"))
    assert len(pages) > 20
    for file in pages:
        assert what_acts(html.fromstring(file.read_bytes())) == [], file
    index = (made.folder / "search/search_index.json").read_text()
    assert not re.search(r"<(script|img|svg|iframe)", index)
    shown = made.page("okrs/evil").text_content()
    assert shown.count("<script>alert(1)</script>") > 5
    assert "Divided" in shown
    assert "print(\"<script>alert('shown as code')</script>\")" in shown


def test_a_page_without_a_type_is_left_as_its_author_wrote_it(site: Callable[..., Site]) -> None:
    body = '# Ours\n\n<div onclick="count()" id="ours">Counted</div>\n'
    files = {**SOUND, "ours.md": body, "kpis/index.md": body}
    made = site(files)
    for uri in ("ours", "kpis"):
        assert made.page(uri).xpath("//div[@id='ours']/@onclick") == ["count()"], uri


def test_what_markdowns_extensions_make_stays_in_the_body_of_a_document(
    site: Callable[..., Site],
) -> None:
    body = """\
## Section

| left | right |
|------|------:|
| 1    | 2     |

!!! note "Mind this"
    Inside

??? tip
    Folded

=== "One"
    First

=== "Two"
    Second

- [x] done

A note[^1], a [button](sound.md){ .md-button }, a picture ![logo](logo.png){ width="20" }.

```python hl_lines="1"
print("x")
```

[^1]: At the end.
"""
    files = {**SOUND, "okrs/2026-q4/sales/rich.md": front("weight: 1", body=body)}
    files["okrs/2026-q4/sales/logo.png"] = b"png"
    page = site(files).page("okrs/2026-q4/sales/rich")
    for wanted in (
        "//td[contains(@style, 'text-align')]",
        "//div[@class='admonition note']/p[@class='admonition-title']",
        "//details[@class='tip']/summary",
        "//div[contains(@class, 'tabbed-set')]/input[@type='radio'][@id]",
        "//label[starts-with(@for, '__tabbed')]",
        "//li[@class='task-list-item']//input[@type='checkbox'][@checked][@disabled]",
        "//a[@class='footnote-ref'][starts-with(@href, '#fn')]",
        "//li[@id='fn:1']",
        "//a[@class='md-button'][contains(@href, 'sound')]",
        "//img[@alt='logo'][contains(@src, 'logo.png')][@width='20']",
        "//div[contains(@class, 'highlight')]//span[@class='nb']",
        "//h2[@id='section']/a[@class='headerlink']",
    ):
        assert page.xpath(wanted), wanted


WORD = re.compile(r"[^\W_]{4,}")


def private(text: str) -> str:
    return text.replace("\n", "\nvisibility: private\n", 1)


def test_no_word_of_a_private_document_is_anywhere_in_what_is_published(
    site: Callable[..., Site],
) -> None:
    hidden: dict[str, str] = {
        "teams/quokka.md": private(document("team", "title: Quokkateam", body="Quokkabody")),
        "people/wombat.md": private(
            document("person", "title: Wombatperson", "team: quokka", "tags: [Wombattag]",
                     body="# Wombatheading\n\n<img src='wombatraw.png'> ![](wombatpic.png)")
        ),
        "kpis/numbat.md": private(
            document("kpi", "title: Numbatkpi", "owner: sales", "unit: numbatunits",
                     "keep: {min: 777111}", "data: numbat.csv", "drives: open",
                     "target: {value: 777222, by: 2026-12-01}")
        ),
        "kpis/broken-kpi.md": private(
            document("kpi", "title: Bilbykpi", "owner: bilbyowner", "keep: {min: bilbynumber}")
        ),
        "okrs/2026-q4/sales/echidna.md": private(
            objective("id: dugong, title: Dugongresult, from: 777333, to: 777444",
                      title="Echidnatitle", owner="quokka", aligns_to="open",
                      initiatives="[{title: Echidnawork, url: 'https://echidnahost.example'}]",
                      check_ins="[{date: 2026-11-09, note: Echidnanote, confidence: 0.1, "
                                "values: {dugong: 777555}, blockers: [Echidnablocker]}]",
                      body="Echidnabody [notes](echidnanotes.pdf)")
        ),
        "okrs/2026-q4/sales/potoroo.md": objective(
            "title: Potorooresult, to: 1", title="Potorootitle", owner="wombat"
        ),
        "okrs/2026-q4/sales/kowari.md": private(
            "---\ntype: objective\ntitle: [Kowarititle\n---\nKowaribody"
        ),
        "check-ins/2026-11-12-quoll.md": private(
            document("check-in", "owner: quokka", "title: Quolltitle",
                     "updates: [{objective: open, note: Quollnote, values: {a: 777}}]",
                     body="Quollbody")
        ),
        "okrs/2026-q4/sales/wide.md": private(objective("title: Tammar, to: 1")),
    }  # fmt: skip
    besides: dict[str, str | bytes] = {
        "people/wombatraw.png": b"Wombatrawbytes",
        "people/wombatpic.png": b"Wombatpicbytes",
        "kpis/numbat.csv": "date,value,note\n2026-10-01,777666,Numbatnote\n2026-11-01,777888,\n",
        "okrs/2026-q4/sales/echidnanotes.pdf": b"Echidnapdfbytes",
    }
    public: dict[str, str | bytes] = {
        **SOUND,
        "kpis/open.md": document("kpi", "title: Openkpi", "owner: sales", "drives: [numbat]"),
        "okrs/2026-q4/sales/open.md": objective(
            "id: a, title: First, to: 10, owner: [sales, wombat]",
            "id: b, title: Second, kpi: numbat, from: 777666, to: 777999",
            title="Open", owner="", owners="[sales, wombat]", contributors="[wombat, quokka]",
            aligns_to="[echidna, 'echidna#dugong']", depends_on="echidna",
            initiatives="[{title: Work, owner: wombat}]",
            body="See [one](echidna.md), [two][ref], <a href='echidna.md'>three</a>,\n"
                 "<a href=echidna.md>four</a>, ![five](echidnanotes.pdf) and\n"
                 "[six](../../../kpis/numbat.md).\n\n"
                 "[ref]: echidna.md\n",
        ),
        "okrs/2026-q4/sales/nearly.md": objective(
            "title: Third, to: 1, kpi: nunbat", title="Nearly", owner="wonbat",
            aligns_to="[echitna, 'echidna#x']",
        ),
        "notes.md": "# Notes\n\nSee [the plan](okrs/2026-q4/sales/echidna.md) and "
                    "<a href=okrs/2026-q4/sales/echidna/>it</a>.\n",
        "check-ins/2026-11-11.md": document(
            "check-in", "owner: sales", "updates:", "  - {objective: open, values: {a: 1}}",
            "  - {objective: echidna, values: {dugong: 1}}",
        ),
    }  # fmt: skip
    # What a public document writes itself is its own: it is published only where it is shown.
    own = {"echitna", "nunbat", "wonbat", "sales", "title", "type", "objective", "owner"}
    files = {**public, **hidden, **besides}
    files["okrs/2026-q4/sales/wide.md"] = hidden["okrs/2026-q4/sales/wide.md"].encode("utf-16")
    made = site(files)
    written = " ".join(
        [*hidden, *hidden.values(), *besides]
        + [text if isinstance(text, str) else text.decode() for text in besides.values()]
    )
    marked = re.compile(
        r"quokka|wombat|numbat|bilby|echidna|dugong|potoroo|kowari|quoll|tammar|777\d+"
    )
    words = {w for w in map(str.lower, WORD.findall(written)) if marked.match(w)} - own
    assert len(words) > 30
    for file in made.folder.rglob("*"):
        name = file.relative_to(made.folder).as_posix().lower()
        content = file.read_bytes().lower() if file.is_file() else b""
        for word in words:
            assert word not in name, (file, word)
            assert word.encode() not in content, (file, word)
            assert word.encode("utf-16-le") not in content, (file, word)
            if word.isdigit() and len(word) > 3:
                assert f"{word[:3]},{word[3:]}".encode() not in content, (file, word)
    shown = made.page("okrs/2026-q4/sales/open").text_content()
    assert "a private objective" in shown, made.output


def loaded(files: Files) -> Built:
    """Take a large site through all but the rendering of its pages."""
    return build_site(
        Shelf(files), read_settings({}), "Acme", AS_OF, Words.of("en"), Addresses()
    )  # fmt: skip


def test_ten_thousand_check_ins_in_one_file_all_count() -> None:
    entries = [
        f"{{date: 2026-10-{1 + n % 31:02}, confidence: 0.5, values: {{a: {n % 7}}}}}"
        for n in range(10_000)
    ]
    files = {"o.md": objective("id: a, title: A, to: 10", check_ins=f"[{', '.join(entries)}]")}
    built = loaded(files)
    assert len(built.site.project.objectives["o"].check_ins) == 10_000
    assert built.site.scorecard.objectives["o"].score == pytest.approx(0.1 * (9_981 % 7))


def test_two_thousand_objectives_in_one_chain_roll_up_to_the_first() -> None:
    files = {
        f"o{n}.md": objective(
            "id: a, title: A, roll_up: true" if n < 1999 else "id: a, title: A, to: 10, current: 3",
            aligns_to=f"o{n - 1}#a" if n else "",
        )
        for n in range(2000)
    }
    built = loaded(files)
    assert built.site.scorecard.objectives["o0"].score == pytest.approx(0.3)
    assert {f.code for f in built.findings} == {"OKR401", "OKR404", "OKR406"} & {
        f.code for f in built.findings
    }


def test_thousands_of_ambiguous_and_unknown_references_are_each_said() -> None:
    files = {f"d{n}/same.md": objective("title: A, to: 1") for n in range(1000)}
    for n in range(10):
        ambiguous = ", ".join(["same"] * 500)
        unknown = ", ".join(f"lost-{n}-{m}" for m in range(500))
        files[f"u{n}.md"] = objective(
            "title: A, to: 1", aligns_to=f"[{ambiguous}]", depends_on=f"[{unknown}]"
        )
    said = [f for f in loaded(files).findings if f.code in ("OKR201", "OKR202")]
    assert len({(f.code, f.path) for f in said}) == 20
    assert sum(f.code == "OKR201" for f in said) == 5000


def test_a_thousand_key_results_that_a_check_in_does_not_name_make_no_endless_hint() -> None:
    results = [f"id: r{n}, title: R, to: 1" for n in range(1000)]
    files = {"o.md": objective(*results, check_ins="[{date: 2026-11-09, values: {'?': 1}}]")}
    hints = [f.hint for f in findings_of(files) if f.code == "OKR302"]
    assert [len(hint or "") < 100 for hint in hints] == [True]


def test_a_heading_of_spaces_is_read_at_once() -> None:
    text = document("team", body="#" + " " * 200_000 + "#\n\n# Sales ##\n")
    assert loaded({"t.md": text}).site.project.owners["t"].title == "Sales"


def test_a_cycle_that_is_nearly_spelled_right_is_said_with_the_right_one() -> None:
    files = {
        "cycles/spring.md": document("cycle", "start: 2026-09-15", "end: 2027-01-15"),
        "o.md": objective("title: A, to: 1", cycle="sprnig"),
    }
    found = [(f.code, f.line, f.hint) for f in findings_of(files)]
    assert found == [("OKR201", 4, "did you mean `spring`?")]


def test_references_are_never_followed_out_of_the_documents() -> None:
    files = {
        **SOUND,
        "o.md": objective("title: A, to: 1", aligns_to="[../o, okrs/../o, '/', '#', '..']"),
    }
    assert places(f for f in findings_of(files) if f.code < "OKR3") == ["OKR201 o.md:6"] * 5


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), "0001-01-01", "99999-01-01"])
def test_a_site_is_not_built_for_a_day_outside_of_every_calendar(day: object) -> None:
    with pytest.raises(SettingsError, match="as_of"):
        read_settings({"as_of": day})


def test_examples_of_the_fuzz_run_raise_nothing() -> None:
    """A few of the examples that `python -m tests.fuzz` runs for an hour."""
    for number in range(40):
        run(0, number)
