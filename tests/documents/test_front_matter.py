import pytest

from okrsite.documents.front_matter import LONGEST_TEXT, FrontMatter, parse
from okrsite.documents.lines import line_at
from okrsite.documents.yaml_nodes import (
    DEEPEST,
    FrontMatterError,
    NumberKey,
    repeated_keys,
    without_repeated_keys,
    written_twice,
)


def read(*lines: str, body: str = "") -> FrontMatter:
    return parse("\n".join(["---", *lines, "---", body]), frozenset({"hide", "search"}))


def failure(*lines: str) -> FrontMatterError:
    with pytest.raises(FrontMatterError) as caught:
        read(*lines)
    return caught.value


def test_scalars_stay_as_they_were_written() -> None:
    fields = read("year: 2026", "answer: no", "code: 010", "day: 2026-01-01", "text: 'a b'").fields
    assert fields == {
        "year": "2026", "answer": "no", "code": "010", "day": "2026-01-01", "text": "a b"
    }  # fmt: skip


@pytest.mark.parametrize(
    "empty", ["", "~", "null", "''", '" "', "[]", "{}", "{a: ~}", "{a: !!null ~}"]
)
def test_what_is_empty_is_not_written(empty: str) -> None:
    assert read(f"gone: {empty}", "kept: 1").fields == {"kept": "1"}


def test_no_pillars_is_something_else_than_pillars_that_are_not_written() -> None:
    assert read("pillars: []", "tags: []").fields == {"pillars": []}
    assert read("pillars:").fields == {}


def test_a_key_without_a_value_stays_in_braces_alone() -> None:
    front = read("list: [{title: Win, once more, due: }]", "block:", "  due:", "  kept: 1")
    assert front.bare_keys
    assert front.fields == {
        "list": [{"title": "Win", "once more": None, "due": None}], "block": {"kept": "1"}
    }  # fmt: skip
    assert not read("block:", "  due:").bare_keys


def test_an_empty_front_matter_has_no_fields() -> None:
    assert read("# only a comment").fields == {}
    assert read().fields == {}


def test_the_front_matter_ends_at_dashes_or_dots_alone_in_a_line() -> None:
    assert read("a: 1", body="text\n---\nmore").body.strip() == "text\n---\nmore"
    ended = parse("---\na: 1\n...\nb: 2\n---\n", frozenset())
    assert ended.fields == {"a": "1"}
    assert ended.body.strip().startswith("b: 2")
    assert read("a: |", "  --- not the end", "b: 2").fields["b"] == "2"


def test_a_front_matter_that_is_never_closed_is_an_error_of_its_first_line() -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse("---\ntype: team\ntitle: Sales\n", frozenset())
    assert caught.value.line == 1
    assert "never closed" in caught.value.message
    assert "---" in str(caught.value.hint)


def test_every_field_knows_its_line() -> None:
    line_numbers = read(
        "type: objective",  # line 2
        "key_results:",
        "  - id: a",
        "    to: 5",
        "  - {id: b,",
        "     to: 6}",
        "tags: [x, y]",
    ).line_numbers
    assert line_at(line_numbers, ("type",)) == 2
    assert line_at(line_numbers, ("key_results",)) == 3
    assert line_at(line_numbers, ("key_results", 0, "to")) == 5
    assert line_at(line_numbers, ("key_results", 1)) == 6
    assert line_at(line_numbers, ("key_results", 1, "to")) == 7
    assert line_at(line_numbers, ("tags", 1)) == 8


def test_what_is_not_written_has_the_line_of_what_it_would_stand_in() -> None:
    line_numbers = read("type: objective", "key_results:", "  - id: a").line_numbers
    assert line_at(line_numbers, ("key_results", 0, "to")) == 4
    assert line_at(line_numbers, ("key_results", 9, "to")) == 3
    assert line_at(line_numbers, ("grade", "score")) == 1
    assert line_at(line_numbers, ("type", "deeper")) == 2


def test_blank_lines_and_comments_are_counted() -> None:
    line_numbers = read("", "# about", "", "type: team").line_numbers
    assert line_at(line_numbers, ("type",)) == 5


def test_a_key_that_is_written_twice_stays_with_the_line_of_the_second() -> None:
    front = read("a: 1", "b: 2", "a: 3", "a: 4")
    assert front.repeated_keys
    assert without_repeated_keys(front.fields) == {"a": "1", "b": "2"}
    found = repeated_keys(front.fields)
    assert [line_at(front.line_numbers, location) for location in found] == [4, 5]
    assert {written_twice(location)[0] for location in found} == {"`a` is written twice"}
    front = read("list:", "  - {a: 1, a: {b: 2, b: 3}}")
    assert [location[:-1] for location in repeated_keys(front.fields)] == [("list", 0)]
    assert not read("a: {b: 1}", "c: {b: 1}").repeated_keys


def test_the_value_of_a_key_that_is_written_twice_may_be_the_second() -> None:
    front = read("a:", "b: 2", "a: 3", "x-c: 1", "x-c: 2")
    assert without_repeated_keys(front.fields) == {"a": "3", "b": "2"}
    assert len(repeated_keys(front.fields)) == 2


def test_invalid_yaml_is_said_with_its_line() -> None:
    error = failure("title: fine", "list: [1, 2", "other: 3")
    assert error.line >= 3
    assert error.message == "the `[` of line 3 is not closed"
    assert failure("title: fine", "list: [").message == "the `[` of line 3 is not closed"
    assert failure("list: [1, {", "", "").message == "the `{` of line 2 is not closed"
    behind = "there is text after a closing quote or bracket"
    assert failure("list:", "  - {a: 1}}").message == behind
    assert failure("title: a: b").line == 2
    assert failure("\ttitle: tab").line == 2


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!ENV", "!!binary", "!!set"])
def test_a_tag_is_an_error_and_runs_nothing(tag: str) -> None:
    assert "unknown tag" in failure(f"a: {tag} x").message


def test_the_tags_of_plain_values_are_allowed() -> None:
    assert read("a: !!str 5", "b: !!int 6").fields == {"a": "5", "b": "6"}


@pytest.mark.parametrize("text", ["- a\n- b", "just words", "[1, 2]"])
def test_only_a_list_of_fields_is_a_front_matter(text: str) -> None:
    assert "not a list of fields" in failure(text).message


def test_a_key_must_be_a_text() -> None:
    assert "must be a text" in failure("? [a, b]", ": 1").message


def test_a_number_as_a_key_is_kept_apart() -> None:
    fields = read("readings: {value: 12,500}").fields
    keys = [key for key in fields["readings"] if isinstance(key, NumberKey)]
    assert keys == ["500"]
    assert not any(isinstance(key, NumberKey) for key in read('readings: {"500": 1}')
                   .fields["readings"])  # fmt: skip


def test_fields_that_begin_with_x_are_left_out_everywhere() -> None:
    fields = read("x-note: 1", "key_results:", "  - {id: a, x-more: {b: 1}}").fields
    assert fields == {"key_results": [{"id": "a"}]}


def test_foreign_fields_are_typed_as_yaml_means_them_and_kept_apart() -> None:
    front = read("hide: [toc]", "search: {exclude: true, boost: 2}", "title: 5")
    assert front.theme_fields == {"hide": ["toc"], "search": {"exclude": True, "boost": 2}}
    assert front.fields == {"title": "5"}


def test_a_foreign_field_that_cannot_be_read_is_an_error_of_its_line() -> None:
    assert failure("title: a", "search: 2026-99-99").line == 3


def test_front_matter_of_exactly_two_megabytes_is_read_and_one_byte_more_is_not() -> None:
    # The parsed text is what stands between the dashes: a line feed, `a: `, the value, a line feed.
    room = LONGEST_TEXT - len("\na: \n")
    assert len(read("a: " + "x" * room).fields["a"]) == room
    assert "2 MB" in failure("a: " + "x" * (room + 1)).message


def test_the_limit_counts_bytes() -> None:
    assert "2 MB" in failure("a: " + "é" * (LONGEST_TEXT // 2)).message


def nested(depth: int) -> str:
    return "a: " + "[" * depth + "1" + "]" * depth


def test_front_matter_is_a_hundred_deep_at_most() -> None:
    # The mapping of the fields is the first level.
    assert read(nested(DEEPEST - 2)).fields
    assert "100 levels deep" in failure(nested(DEEPEST)).message


@pytest.mark.parametrize(
    "lines",
    [
        (nested(100_000),),
        ("a: " + "{a: " * 50_000 + "1" + "}" * 50_000,),
        ("a: " + "[" * 100_000,),
        ("- " * 50_000 + "1",),
        ("? " * 50_000 + "1",),
        tuple(" " * depth + "a:" for depth in range(1500)),
    ],
    ids=["lists", "mappings", "never closed", "dashes", "question marks", "indentation"],
)
def test_any_depth_is_an_error_and_never_a_crash(lines: tuple[str, ...]) -> None:
    assert failure(*lines).message


def test_aliases_stand_for_what_they_name() -> None:
    fields = read("one: &one {a: 1}", "two: *one").fields
    assert fields["two"] == {"a": "1"}


def test_aliases_that_expand_without_end_are_an_error() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "expand" in failure(*lines).message


def test_an_alias_of_what_it_stands_in_is_an_error() -> None:
    assert failure("a: &a [*a]").message


def test_merge_keys_add_what_is_not_written() -> None:
    fields = read(
        "base: &base {to: 5, weight: 2}", "result:", "  <<: *base", "  to: 7"
    ).fields  # fmt: skip
    assert fields["result"] == {"to": "7", "weight": "2"}
    several = read("a: &a {x: 1}", "b: &b {x: 2, y: 3}", "c: {<<: [*a, *b]}").fields
    assert several["c"] == {"x": "1", "y": "3"}


def test_a_merge_key_takes_mappings_only() -> None:
    assert "takes mappings" in failure("a: {<<: words}").message
    assert read('"<<": words').fields == {"<<": "words"}


def test_control_characters_of_escapes_become_a_sign_that_can_be_shown() -> None:
    assert read(r'a: "one\0two"').fields["a"] == "one\ufffdtwo"
