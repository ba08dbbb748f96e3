"""What holds whatever people write: properties of figures, references, quantities and documents."""

import json
from datetime import date, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import html

from okrsite.documents.front_matter import parse
from okrsite.documents.quantity import (
    LARGEST,
    InvalidValueError,
    Quantity,
    parse_quantity,
    write_quantity,
)
from okrsite.documents.theme_fields import THEME_FIELDS
from okrsite.documents.yaml_nodes import FrontMatterError
from okrsite.exports.model import to_json
from okrsite.language.inline import inline, inline_without_links, plain
from okrsite.pages.sanitise import sanitise
from okrsite.project.references import References, tails
from okrsite.util.spelling import nearest
from tests.end_to_end.test_bad_input import what_acts
from tests.samples import document, export_of, objective, project_of, scorecard_of

NUMBERS = st.one_of(
    st.integers(-1_000_000, 1_000_000).map(float),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 6) + 0.0),
    st.sampled_from([0.0, 1e-9, -1e-9, LARGEST, -LARGEST, 0.1, 0.3]),
)
SHARES = st.integers(0, 1000).map(lambda share: share / 1000)
CYCLE_DAYS = st.integers(0, 45).map(lambda day: date(2026, 10, 1) + timedelta(days=day))


def quoted(value: float) -> str:
    return f"'{write_quantity(Quantity(value))}'"


def score_of(key_result: str, **fields: str) -> float | None:
    figures = scorecard_of({"o.md": objective(f"id: a, title: A, {key_result}", **fields)})
    return figures.objectives["o"].key_results["a"].score


def with_reading(key_result: str, value: str) -> float | None:
    return score_of(key_result, check_ins=f"[{{date: 2026-10-20, values: {{a: {value}}}}}]")


# Scores


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
@example(-LARGEST, LARGEST, 0.0, LARGEST)
def test_the_score_of_a_metric_rises_when_its_reading_gets_better(
    start: float, target: float, one: float, other: float
) -> None:
    assume(start != target)
    worse, better = sorted((one, other), reverse=target < start)
    low, high = (
        with_reading(f"from: {quoted(start)}, to: {quoted(target)}", quoted(value))
        for value in (worse, better)
    )
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1


@given(
    st.lists(NUMBERS, min_size=2, max_size=5, unique=True),
    st.lists(SHARES, min_size=5, max_size=5),
    st.booleans(),
    NUMBERS,
    NUMBERS,
)
def test_the_score_on_a_scale_rises_when_the_reading_gets_better(
    values: list[float], scores: list[float], falling: bool, one: float, other: float
) -> None:
    points = zip(sorted(values, reverse=falling), sorted(scores), strict=False)
    scale = ", ".join(f"[{quoted(value)}, {score}]" for value, score in points)
    worse, better = sorted((one, other), reverse=falling)
    low, high = (with_reading(f"scale: [{scale}]", quoted(value)) for value in (worse, better))
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1


@given(st.lists(st.tuples(CYCLE_DAYS, NUMBERS), min_size=1, max_size=6), NUMBERS, NUMBERS)
def test_a_range_never_scores_less_when_a_reading_moves_into_it(
    readings: list[tuple[date, float]], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    last = max(day for day, _ in readings)

    def score(inside: bool) -> float | None:
        moved = {day: low if inside and day == last else value for day, value in readings}
        entries = ", ".join(
            f"{{date: {day}, values: {{a: {quoted(v)}}}}}" for day, v in moved.items()
        )
        keep = f"keep: {{min: {quoted(low)}, max: {quoted(high)}}}"
        return score_of(keep, check_ins=f"[{entries}]")

    before, after = score(inside=False), score(inside=True)
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 1


@given(st.lists(st.tuples(SHARES, st.integers(1, 100)), min_size=1, max_size=5), st.data())
def test_milestones_score_more_when_one_of_them_is_done(
    milestones: list[tuple[float, int]], data: st.DataObject
) -> None:
    done = data.draw(st.integers(0, len(milestones) - 1))

    def score(finished: int | None) -> float | None:
        listed = ", ".join(
            f"{{title: M, weight: {weight}, "
            + ("done: true}" if position == finished else f"progress: {progress}}}")
            for position, (progress, weight) in enumerate(milestones)
        )
        return score_of(f"milestones: [{listed}]")

    before, after = score(None), score(done)
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 1


# Order

ENTRIES = st.lists(
    st.tuples(CYCLE_DAYS, SHARES, NUMBERS), min_size=2, max_size=6, unique_by=lambda entry: entry[0]
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_check_ins_changes_no_figure(
    entries: list[tuple[date, float, float]], dice: object
) -> None:
    written = [
        f"{{date: {day}, confidence: {share}, values: {{a: {quoted(value)}, b: {share}}}}}"
        for day, share, value in entries
    ]
    files = {
        "teams/sales.md": document("team"),
        "up.md": objective("id: r, title: R, roll_up: true", owner="sales"),
        "o.md": objective(
            "id: a, title: A, from: 1, to: 100, aggregate: mean", "id: b, title: B",
            owner="sales", aligns_to="up#r", check_ins=f"[{', '.join(written[:-1])}]",
        ),
        "2026-10-02.md": document(
            "check-in", f"updates: [{{objective: o, values: {{a: {quoted(entries[-1][2])}}}}}]"
        ).replace("---\ntype", f"---\ndate: {entries[-1][0]}\ntype", 1),
    }  # fmt: skip
    shuffled = written[:-1]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    names = list(files)
    dice.shuffle(names)  # type: ignore[attr-defined]
    other = {name: files[name] for name in names}
    other["o.md"] = files["o.md"].replace(", ".join(written[:-1]), ", ".join(shuffled))
    assert to_json(export_of(files)) == to_json(export_of(other))


# Documents

TYPES = st.sampled_from(["company", "team", "person", "cycle", "objective", "kpi", "check-in", "x"])
YAML_TEXT = st.text(
    st.one_of(
        st.sampled_from(list(" \n-:[]{}&*!|>'\"#,?<~.%@`0159abT")), st.characters(codec="utf-8")
    ),
    max_size=200,
)


@given(st.binary(max_size=200), TYPES)
@example(b"\xff\xfe-\x00-\x00-\x00\n\x00", "team")
@example(b"a: &a {<<: *a}\n---\n", "team")
def test_any_bytes_end_in_documents_or_findings(content: bytes, type: str) -> None:
    head = f"---\ntype: {type}\n".encode()
    for text in (content, b"---\n" + content, head + content, head + content + b"\n---\n"):
        project_of({"a.md": text, "k.csv": content})


@given(YAML_TEXT, TYPES)
def test_any_text_as_front_matter_ends_in_documents_or_findings(text: str, type: str) -> None:
    for front in (text, f"title: {text}", f"key_results:\n  - {text}", f"updates: [{text}]"):
        export_of({"a.md": f"---\ntype: {type}\n{front}\n---\n"})


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_as_a_table_end_in_readings_or_findings(content: bytes, headed: bool) -> None:
    table = b"date,value\n" + content if headed else content
    project = project_of({"k.md": document("kpi", "owner: company", "data: k.csv"), "k.csv": table})
    for reading in project.kpis["k"].readings:
        assert abs(reading.value) <= LARGEST


@given(YAML_TEXT)
def test_front_matter_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    try:
        front = parse(f"---\n{text}\n---\nbody", THEME_FIELDS)
    except FrontMatterError as error:
        line = error.line
    else:
        json.dumps(front.fields)
        line = front.body.count("\n") + 1
    assert 1 <= line <= text.count("\n") + 4


# Quantities

UNITS = st.one_of(
    st.none(),
    st.sampled_from(["%", "USD", "EUR", "days", "°C", "é", "new users per week"]),
    st.from_regex(r"[A-Za-zäé]{1,12}( [a-z0-9/%]{1,8}){0,3}", fullmatch=True).filter(
        lambda unit: _is_unit(unit)
    ),
)


def _is_unit(text: str) -> bool:
    """Whether a text can be a unit; a magnitude like `k` or `mn` cannot."""
    try:
        return parse_quantity(f"1 {text}") == Quantity(1, " ".join(text.split()))
    except InvalidValueError:
        return False


@given(
    st.one_of(NUMBERS, st.floats(-LARGEST, LARGEST, allow_nan=False, allow_subnormal=False)), UNITS
)
def test_a_quantity_that_is_written_and_read_again_is_the_same(
    value: float, unit: str | None
) -> None:
    quantity = Quantity(value + 0.0, unit)
    text = write_quantity(quantity)
    assume(len(text) <= 100)
    assert parse_quantity(text) == quantity


@given(st.text("0123456789.,_-+−$€£¥% kKMbnBTUSDEUR/°Cdays", max_size=20))
def test_what_is_read_as_a_quantity_is_the_same_when_it_is_written_and_read_again(
    text: str,
) -> None:
    try:
        quantity = parse_quantity(text)
    except InvalidValueError:
        return
    assert abs(quantity.value) <= LARGEST
    assert parse_quantity(write_quantity(quantity)) == quantity


# References

SEGMENTS = st.sampled_from(["a", "b", "c", "grow", "2026-q4", "Ä".lower()])
IDS = st.lists(st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join), unique=True, max_size=12)


@given(IDS, st.one_of(st.text(max_size=12), st.lists(SEGMENTS, max_size=4).map("/".join)))
def test_any_reference_is_resolved_ambiguous_or_unknown(ids: list[str], reference: str) -> None:
    references = References((id, None) for id in ids)
    found = references.candidates(reference)
    wanted = reference.strip().strip("/").lower()
    ending = sorted(id for id in ids if wanted in tails(id))
    match found:
        case (id,):
            assert wanted == id or ending == [id]
        case ():
            assert ending == []
            near = references.nearest(reference)
            assert near is None or near in ids
        case candidates:
            assert list(candidates) == ending[: len(candidates)]


@given(IDS, st.data())
def test_a_tail_means_the_same_when_a_folder_above_it_is_renamed(
    ids: list[str], data: st.DataObject
) -> None:
    deep = [id for id in ids if "/" in id]
    assume(deep)
    id = data.draw(st.sampled_from(deep))
    tail = data.draw(st.sampled_from(tails(id)[1:]))
    folder = id.split("/")[0]
    # A whole id wins over every tail, so what is renamed must not have been one.
    assume(tail not in ids)

    def renamed(other: str) -> str:
        first, slash, rest = other.partition("/")
        return f"renamed{slash}{rest}" if first == folder and slash else other

    before = References((other, None) for other in ids).candidates(tail)
    after = References((renamed(other), None) for other in ids).candidates(tail)
    if len(before) == 1 and tail.split("/")[0] != folder:
        assert after == (renamed(before[0]),)
    elif len(before) > 1 and tail.split("/")[0] != folder:
        assert len(after) > 1


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=5))
def test_the_nearest_spelling_is_one_of_those_that_are_known(word: str, known: list[str]) -> None:
    assert nearest(word, known) in (None, *known)


# What reaches the reader

PIECES = st.sampled_from(
    [
        "<script>", "alert(1)", "</script>", "<img src=x onerror=", '"', "'", ">", "<", "/", "<svg",
        " onload=alert(1)", "<a href=", "javascript:", "data:", "java&#115;cript:", "java\tscript:",
        "](", "[a", ")", "`", "*", "_", "\\", "<!--", "-->", "<style>", "</style>", "<math><mtext>",
        "<table><mglyph>", "<noscript>", "<template>", "<p>", "</p>", "&lt;", "\0", "é", " ", "\n",
        "<iframe srcdoc=", "<base href=//e>", "<form action=", "<input type=image src=x ",
        "id=__config",
        "style=width:expression(alert(1))", "<details ontoggle=alert(1) open>", "<![CDATA[", "]]>",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES, max_size=14).map("".join)


@given(MARKUP)
def test_nothing_in_a_body_acts_once_it_is_clean(text: str) -> None:
    cleaned = sanitise(f"<p>{text}</p>")
    assert what_acts(html.fromstring(f"<div>{cleaned}</div>")) == []
    assert sanitise(cleaned) == cleaned or what_acts(
        html.fromstring(f"<div>{sanitise(cleaned)}</div>")
    ) == []  # fmt: skip


@given(MARKUP)
def test_nothing_in_a_title_is_more_than_emphasis_code_and_links(text: str) -> None:
    for rendered in (inline(text), inline_without_links(text)):
        page = html.fromstring(f"<div>{rendered}</div>")
        assert what_acts(page) == []
        tags = {e.tag for e in page.iter() if isinstance(e.tag, str)}
        assert tags <= {"div", "em", "strong", "code", "a", "br"}
    assert "\n" not in plain(text)
