"""What people do wrong in YAML, said in their words and at the line where it begins."""

import re
from dataclasses import dataclass

import yaml

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""A character that YAML refuses, however it is written."""

_TAB = re.compile(r" *\t")
_COLON = re.compile(r":\s")
_IN_QUOTES = "put the text in quotes"


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """What is wrong, in which line (counted from 0; None where it is unknown), and what to do."""

    problem: str
    line: int | None
    hint: str


def yaml_mistake(error: yaml.YAMLError, text: str) -> YamlMistake:
    """Say what is wrong with a text that cannot be read as YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unprintable(error, text)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        problem = str(getattr(error, "reason", error))
        return YamlMistake(problem, None, "look for a missing quote, bracket or colon")
    lines = text.split("\n")
    written = lines[mark.line] if mark.line < len(lines) else ""
    return _in_line(error, mark, written)


def _in_line(error: yaml.MarkedYAMLError, mark: yaml.Mark, written: str) -> YamlMistake:
    context, problem, line = error.context or "", str(error.problem or error.context), mark.line
    began = error.context_mark.line if error.context_mark else line
    before, rest = written[: mark.column], written[mark.column :]
    if "quoted scalar" in context and problem.startswith("found unexpected"):
        hint = "write the same quote at the end of the text"
        return YamlMistake("a quote opens and is never closed", began, hint)
    if "tab character" in problem or _TAB.match(written):
        return YamlMistake("a tab stands where spaces belong", line, "indent with spaces")
    if problem.startswith("mapping values are not allowed"):
        if _COLON.search(before):
            hint = f'{_IN_QUOTES}, like `title: "Growth: the next step"`'
            return YamlMistake("a colon stands inside a text without quotes", line, hint)
        hint = "indent it like the field above, and see that the line above has a colon"
        return YamlMistake("a field stands where none can be", line, hint)
    if "cannot start any token" in problem:
        said = f"`{rest[:1]}` cannot begin a text without quotes"
        return YamlMistake(said, line, _IN_QUOTES)
    if "alias" in f"{context} {problem}" or "anchor" in context:
        sign = "&" if "anchor" in context else "*"
        return YamlMistake(f"`{sign}` cannot begin a text without quotes", began, _IN_QUOTES)
    if "escape character" in problem:
        hint = "write the backslash twice, or the text in single quotes"
        return YamlMistake("a backslash stands in double quotes", line, hint)
    if "flow" in context:
        bracket = "[" if "sequence" in context else "{"
        hint = f"close the `{bracket}` of line {began + 1}, or look for a missing comma"
        return YamlMistake(problem, line, hint)
    if "expected key" in problem and re.search(r"[\"'\]}]\s*$", before):
        hint = "put all of the text in quotes, or nothing after the closing quote or bracket"
        return YamlMistake("something stands behind a closing quote or bracket", line, hint)
    return YamlMistake(problem, line, "look for a missing quote, bracket or space after a colon")


def _unprintable(error: yaml.reader.ReaderError, text: str) -> YamlMistake:
    """Say where the character stands that YAML refuses; its reader counts no lines."""
    found = CONTROL.search(text)
    line = text.count("\n", 0, found.start()) if found else None
    return YamlMistake(str(error.reason), line, "take the character out that cannot be seen")
