"""Files of private documents are in no built site, however they are named, copied or linked."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.samples import Files, document, objective
from tests.sites import build, write_site

SECRET = "zebra"
KR = "title: A, to: 10, current: 4"
MATERIAL = {"name": "material"}


def private(body: str = "", **fields: str) -> str:
    return objective(KR, body=body, visibility="private", **fields)


def built(folder: Path, files: Files, links: Mapping[str, str] = {}, **config: object) -> str:
    """Build a site with symbolic links, check that the secret is not in it; return the log."""
    configuration = write_site(folder, {"okrs/open.md": objective(KR), **files}, **config)
    for uri, target in links.items():
        link = folder / "content" / uri
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
    result = build(configuration, folder / "site")
    assert result.exit_code == 0, result.output
    assert (folder / "site" / "okrs" / "open" / "index.html").exists()
    for file in (folder / "site").rglob("*"):
        assert SECRET not in file.name.lower(), file
        assert not file.is_file() or SECRET.encode() not in file.read_bytes().lower(), file
    return result.output


NAMING = {
    "entity": ("<a href='&#x70;lan.pdf'>it</a>", "plan.pdf"),
    "percent": ("[it](%70lan.pdf)", "plan.pdf"),
    "case": ("[it](../OKRS-case/PLAN.pdf)", "plan.pdf"),
    "dots": ("[it](./x/../plan.pdf)", "plan.pdf"),
    "reference": ("[it][1]\n\n[1]:\n  <my plan.pdf>", "my plan.pdf"),
    "titled": ("[it][1]\n\n[1]: <the plan.pdf> 'T'", "the plan.pdf"),
    "srcset": ("<img srcset='a.png 1x, plan@2x.png 2x'>", "plan@2x.png"),
    "object": ("<object data=plan.pdf></object>", "plan.pdf"),
    "poster": ("<video poster='plan.png'></video>", "plan.png"),
    "style": ("<p style='background: url(pl\\61n.png)'></p>", "plan.png"),
    "ending": ("[it](plan)", "plan"),
    "mark": ("[it](plan%23a.pdf) [it](plan%3Fb.pdf)", "plan#a.pdf"),
    "address": ("[it](https://git.acme.example/okrs/blob/main/okrs-address/plan.pdf)", "plan.pdf"),
    "page": ("<img src='../plan.png'>", "plan.png"),
    "words": ("—see:plan.pdf—", "plan.pdf"),
    "blanks": ("[it](my plan.pdf 'of it')", "my plan.pdf"),
    "second": ("[it](plan (1).pdf)", "plan (1).pdf"),
    "in HTML": ("<div>\n[it](<my plan (2).pdf>)\n</div>", "my plan (2).pdf"),
    "accent": ("[it](pla\u0301n.pdf)", "pl\u00e1n.pdf"),
}


def test_a_file_is_kept_out_however_a_private_document_names_it(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for name, (body, file) in NAMING.items():
        files[f"okrs-{name}/goal.md"] = private(body)
        files[f"okrs-{name}/{file}"] = SECRET
    escaped = '[{title: A, url: "pl\\x61n.pdf"}]'
    files["okrs-yaml/goal.md"] = private(initiatives=escaped)
    files["okrs-yaml/plan.pdf"] = SECRET
    note = "date,value,note\n2026-10-01,5,see plan.pdf\n"
    files["kpis/k.md"] = document("kpi", "visibility: private", "owner: company", "data: k.csv")
    files |= {"kpis/k.csv": note, "kpis/plan.pdf": SECRET}
    built(tmp_path, files)


COPIES = [
    "secret.MD", "secret.Markdown", "secret.md.orig", "secret.md~", "secret.md.bak",
    ".secret.md.swp", "#secret.md#", "secret.md.txt", "Copy of secret.md.txt", "secret.md.gz",
]  # fmt: skip


def test_copies_of_private_documents_are_kept_out(tmp_path: Path) -> None:
    files = {f"okrs/{name}": private(SECRET) for name in ("secret.md", *COPIES)}
    files |= {f"alone/{name}": private(SECRET) for name in COPIES}
    files["public/notes.md.txt"] = objective(KR)
    log = built(tmp_path, files, exclude_docs="!.*")
    assert (tmp_path / "site" / "public" / "notes.md.txt").exists()
    for name in COPIES:
        assert f"content/okrs/{name}:1: OKR109" in log
        assert f"content/alone/{name}:1: OKR109" in log


def test_what_lies_in_a_private_folder_is_kept_out(tmp_path: Path) -> None:
    files = {
        "hr/.meta.yml": "visibility: private\n",
        "hr/pay.md": f"# {SECRET}\n",
        "hr/deep/pay.csv": SECRET,
    }
    built(tmp_path, files)


@pytest.mark.parametrize("name", ["meta", "material/meta"])
def test_the_metadata_of_folders_may_have_another_name(tmp_path: Path, name: str) -> None:
    plugins = {"search": {}, name: {"meta_file": "defaults.yml"}, "okrsite": {}}
    files = {
        "hr/defaults.yml": f"visibility: private\ntags: [{SECRET}]\n",
        "hr/pay.md": objective(KR, body=SECRET),
        "hr/pay.csv": SECRET,
    }
    files |= {"sales/defaults.yml": "type: objective\n", "sales/page.md": "# Sales\n"}
    log = built(tmp_path, files, theme=MATERIAL, plugins=plugins)
    assert "content/hr/defaults.yml:1: OKR104" in log
    assert "content/sales/defaults.yml:1: OKR104 `type`" in log


@pytest.mark.parametrize(
    ("links", "where"),
    [
        ({"kpis/k.csv": "../data/real.csv"}, "data/real.csv"),
        ({"public/copy.csv": "../kpis/k.csv"}, "kpis/k.csv"),
        ({"public": "kpis"}, "kpis/k.csv"),
    ],
)
def test_both_ends_of_a_link_are_kept_out(
    tmp_path: Path, links: dict[str, str], where: str
) -> None:
    kpi = document("kpi", "visibility: private", "owner: company", "data: k.csv")
    built(tmp_path, {"kpis/k.md": kpi, where: f"date,value,note\n2026-10-01,5,{SECRET}\n"}, links)


@pytest.mark.parametrize("type", ["company", "cycle"])
def test_a_private_company_or_cycle_is_an_error_and_not_published(
    tmp_path: Path, type: str
) -> None:
    days = ("start: 2026-10-01", "end: 2026-12-31", "id: 2026-q4")
    text = document(type, "visibility: private", f"title: {SECRET}", *days[: 3 * (type == "cycle")])
    log = built(tmp_path, {"it.md": text})
    assert f"content/it.md:3: OKR104 a {type} cannot be private" in log


FRONT = [
    "visibility:private", "visibility=private", "visibility private", "private", "- private",
    "? visibility\n: private", "&a visibility: private", '"visibilit\\u0079": private',
    "<<: {visibility: private}", "vis: private", "priv: true", "privacy: on", "publik: false",
    "visibility\u2236 private",
]  # fmt: skip


def test_a_document_or_page_is_private_however_that_is_written(tmp_path: Path) -> None:
    files = {}
    for number, line in enumerate(FRONT):
        fields = f"{line}\ntitle: {SECRET}\ncycle: 2026-q4\nowner: company"
        files[f"pages/{number}.md"] = f"---\n{fields}\n---\n{SECRET}\n"
        files[f"goals/{number}.md"] = document("objective", fields, body=SECRET)
    built(tmp_path, files)


def test_what_mkdocs_leaves_out_is_said_in_a_build(tmp_path: Path) -> None:
    files = {
        "okrs/a.md": objective(KR, aligns_to="[b, c]"),
        "drafts/b.md": objective(KR),
        "x/README.md": objective(KR),
        "x/index.md": "# X\n",
        "okrs/c.MD": objective(KR),
        "okrs/d.md.txt": objective(KR),
        "okrs/e.mdx": objective(KR),
        "okrs/notes.md.txt": "Notes on what we want.",
    }
    log = built(tmp_path, files, exclude_docs="drafts/")
    for path in ("drafts/b.md", "x/README.md", "okrs/c.MD", "okrs/d.md.txt", "okrs/e.mdx"):
        assert f"content/{path}:1: OKR109" in log
    assert "OKR201" not in log


@pytest.mark.parametrize("body", ['--8<-- "content/plans/secret.md"', '--8<-- "content/all.txt"'])
def test_a_snippet_of_a_private_document_is_left_out(tmp_path: Path, body: str) -> None:
    files = {
        "plans/secret.md": private(f"# The {SECRET}"),
        "all.txt": 'Before.\n\n--8<-- "content/plans/secret.md"\n\nAfter.\n',
        "page.md": f"# Page\n\n{body}\n",
        "okrs/more.md": objective(KR, body=body, title="More"),
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    output = built(tmp_path, files, markdown_extensions=[snippets], exclude_docs="all.txt")
    assert "the snippet `content/plans/secret.md` is private" in output
