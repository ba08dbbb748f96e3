import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.documents.source import Source, check_id, each_source, id_of_uri, read_source
from okrsite.documents.types import Type
from okrsite.findings.finding import Finding, Severity
from tests.samples import Shelf, document


def read(content: str | bytes, uri: str = "teams/sales.md") -> tuple[Source | None, list[Finding]]:
    data = content.encode() if isinstance(content, str) else content
    return read_source(uri, f"content/{uri}", data)


def source_of(content: str | bytes, uri: str = "teams/sales.md") -> Source:
    source, _ = read(content, uri)
    assert source is not None
    return source


@pytest.mark.parametrize(
    "content",
    [
        "# Sales\n\nA page.\n",
        "",
        "---",
        "---\ntitle: A page\n---\nText\n",
        "---\ntitle: 'a type: of page'\n---\n",
        "---\ntype:\n---\n",
        "---\ntitle: [never closed\n---\n",
        "---\ntitle: a\ntitle: b\n---\n",
        b"---\ntitle: \xff\n---\n",
        b"# \xff\n",
    ],
)
def test_an_ordinary_page_is_left_alone(content: str | bytes) -> None:
    assert read(content) == (None, [])


def test_a_rule_in_an_ordinary_page_is_no_front_matter() -> None:
    assert read("---\n\nSome text, type: a word\n") == (None, [])


@pytest.mark.parametrize("type", list(Type))
def test_a_type_makes_a_document(type: Type) -> None:
    source, findings = read(document(type))
    assert source is not None
    assert (source.type, findings) == (type, [])


def test_an_unknown_type_is_said_with_the_nearest() -> None:
    source, findings = read(document("objectve"))
    assert source is not None
    assert source.type is None
    assert [(f.code, f.line, f.hint) for f in findings] == [
        ("OKR102", 2, "did you mean `objective`?")
    ]


@pytest.mark.parametrize(
    ("uri", "id"),
    [
        ("okrs/2026-q4/sales/grow-base.md", "okrs/2026-q4/sales/grow-base"),
        ("okrs/2026-q4/sales/index.md", "okrs/2026-q4/sales"),
        ("teams/Sales/README.md", "teams/sales"),
        ("index.md", "index"),
        ("teams/my-index.md", "teams/my-index"),
        ("teams/index/x.md", "teams/index/x"),
    ],
)
def test_the_path_gives_the_id(uri: str, id: str) -> None:
    assert id_of_uri(uri) == id
    assert source_of(document("team"), uri).id == id


def test_a_written_id_wins_and_is_lower_case() -> None:
    assert source_of(document("team", "id: North/Sales")).id == "north/sales"
    assert source_of(document("team", "id: 2026")).id == "2026"


@pytest.mark.parametrize("id", ["a#b", "a//b", "/a", "a/", "./a", "a/../b", "..", "a/ /b"])
def test_an_id_that_cannot_be_referred_to_is_said_and_the_path_stays(id: str) -> None:
    source, findings = read(document("team", f"id: '{id}'"))
    assert source is not None
    assert source.id == "teams/sales"
    assert [(f.code, f.line) for f in findings] == [("OKR104", 3)]


def test_ids_may_have_dots_and_dashes_inside() -> None:
    assert check_id("a.b/c-d/..e") is None


@pytest.mark.parametrize(
    ("written", "private"),
    [
        ("visibility: private", True),
        ("visibility: public", False),
        ("visibility: Public", False),
        ("visibility:", False),
        ("private:", True),
        ("is_private: # yes", True),
        ("hidden:", True),
        ("public:", False),
        ("visibility: privat", True),
        ("visibility: [public]", True),
        ("visibility: {a: b}", True),
        ("visibility: false", True),
        ("x-visibility: private", False),
        ("title: Sales", False),
    ],
)
def test_whatever_is_not_public_is_private(written: str, private: bool) -> None:
    assert source_of(document("team", written)).private is private


@pytest.mark.parametrize("type", ["company", "cycle"])
def test_a_private_company_or_cycle_is_an_error_and_kept_out(type: str) -> None:
    source, findings = read_source("a.md", "a.md", document(type, "private: true").encode())
    assert source is not None
    assert source.private
    assert [(f.code, f.severity, f.line) for f in findings] == [("OKR104", Severity.ERROR, 3)]


@pytest.mark.parametrize(
    "content",
    [
        b"---\ntype: team\nvisibility: private\ntitle: \xff\n---\n",
        b"---\ntype: team\ntitle: [\nvisibility: private\n---\n",
        b"---\ntype: team\nvisibility: 'private'\ntitle: a\ntitle: b\n---\n",
        b"---\ntype: team\nvisibility: public\nvisibility: private\n---\n",
        b"---\ntype: team\nvisibility: private\nvisibility: public\n---\n",
        b"---\ntype: team\nvisibility: public\ntitle: a\ntitle: {visibility: private}\n---\n",
        b'---\ntype: team\n"visibility": private\nnever: closed\n',
        b"---\n{type: team,\ntype: team, visibility: private}\n---\n",
        b"---\ntype: team\nvisibility: privat # nearly\ntitle: [\n---\n",
    ],
)
def test_what_cannot_be_read_stays_private(content: bytes) -> None:
    source, findings = read(content)
    if source is None:
        assert findings == []  # then it is an ordinary page to everybody
    else:
        assert source.private


def test_what_cannot_be_read_can_still_be_pointed_to() -> None:
    source, findings = read("---\ntype: team\ntitle: [\n---\nBody\n")
    assert source is not None
    assert (source.type, source.id, source.body) == (Type.TEAM, "teams/sales", "Body")
    assert [f.code for f in findings] == ["OKR101"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"---\ntype: team\ntitle: caf\xe9\n---\n", 3),
        (b"---\ntype: team\n---\nText\n\nCaf\xe9\n", 6),
    ],
)
def test_what_is_not_utf_8_is_said_with_its_line(content: bytes, line: int) -> None:
    source, findings = read(content)
    assert source is not None
    assert [(f.code, f.line, f.hint) for f in findings] == [("OKR101", line, "save it as UTF-8")]


def test_a_byte_order_mark_is_skipped() -> None:
    source, findings = read(b"\xef\xbb\xbf" + document("team", "title: Sales").encode())
    assert source is not None
    assert (source.fields["title"], findings) == ("Sales", [])
    assert source.line("title") == 3


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one(newline: str) -> None:
    text = document("team", "title: Sales", "parent: north", body="One\nTwo\n")
    source = source_of(text.replace("\n", newline))
    assert source.fields == {"type": "team", "title": "Sales", "parent": "north"}
    assert source.line("parent") == 4
    assert source.body.strip() == "One\nTwo"


def test_a_zero_byte_is_an_error_and_no_crash() -> None:
    source, findings = read("---\ntype: team\ntitle: a\0b\n---\n")
    assert source is not None
    assert [f.code for f in findings] == ["OKR101"]


def test_the_data_beside_a_document_is_named_from_docs_dir() -> None:
    assert source_of(document("kpi", "data: csat.csv"), "kpis/csat.md").data == "kpis/csat.csv"
    assert source_of(document("kpi", "data: ../a/./b.csv"), "kpis/csat.md").data == "a/b.csv"
    assert source_of(document("kpi", "data: ../../x"), "kpis/csat.md").data == "../x"


def test_sources_come_in_the_order_of_their_paths() -> None:
    files = {name: document("team") for name in ("b.md", "a/z.md", "a.md", "B.md")}
    read = list(each_source(Shelf(files)))
    assert [source.uri for source, _ in read if source] == sorted(files)
    assert [found for _, found in read] == [[]] * 4


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_read() -> None:
    class Broken(Shelf):
        def read(self, uri: str) -> bytes:
            if uri == "a.md":
                raise PermissionError(uri)
            if uri == "b.md":
                raise IsADirectoryError(21, "Is a directory")
            return super().read(uri)

    files = {name: document("team") for name in ("a.md", "b.md", "c.md")}
    read = list(each_source(Broken(files)))
    assert [source.uri for source, _ in read if source] == ["c.md"]
    assert [(f.code, f.path) for _, found in read for f in found] == [
        ("OKR104", "content/a.md"), ("OKR101", "content/b.md")
    ]  # fmt: skip


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_document_with_findings(noise: bytes) -> None:
    for content in (noise, b"---\n" + noise, b"---\ntype: team\n" + noise + b"\n---\n"):
        source, findings = read(content)
        assert source is not None or findings == []
