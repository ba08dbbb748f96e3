"""What is wrong with front matter that YAML cannot read, and what to write instead."""

import json
import re
from dataclasses import dataclass

import yaml

from okrsite.documents.known_fields import every_field
from okrsite.documents.yaml_nodes import CONTROL, invalid_yaml
from okrsite.i18n import phrase

_TAB = re.compile(r" *\t")
_COLON = re.compile(r":\s")
_GLUED = re.compile(r"[ -]*[a-z_]+:[^\s/:][^:]*$")
_REMARK = re.compile(r"(.*?\S)\s+(#[^\s#].*)")
_GLUED_REMARK = re.compile(r"\s+(#[^\s#].*)")
_IN_QUOTES = phrase("put the text in quotes")
_QUOTED = 'title: "Growth: the next step"'
_AFTER_CLOSING = re.compile(r"[\"'\]}]\s*$")
_AFTER_QUOTE = phrase("there is text after a closing quote or bracket")
_WHOLE_IN_QUOTES = phrase(
    "put the whole text in quotes, with nothing after the closing quote or bracket"
)
_NOT_INDENTED = phrase("the line isn't indented like those above it")
_ALIGN = phrase("start it below the first letter (or dash) of the field or entry before it")


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """What is wrong, on which line (counted from 0, None if unknown), and what to do."""

    message: str
    line: int | None
    hint: str


def yaml_problem(error: yaml.YAMLError, text: str) -> YamlProblem:
    """Return what is wrong with a text that cannot be read as YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unprintable(text)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        message = invalid_yaml(str(getattr(error, "reason", error)))
        return YamlProblem(message, None, phrase("look for a missing quote, bracket or colon"))
    lines = text.split("\n")
    written = lines[mark.line] if mark.line < len(lines) else ""
    glued = next((at for at in (mark.line, mark.line - 1) if _glued(lines, at)), None)
    if glued is not None and ("mapping values" in str(error) or "expected ':'" in str(error)):
        example = lines[glued].strip().replace(":", ": ", 1)[:60]
        hint = phrase("write `%(example)s`", example=example)
        return YamlProblem(phrase("a space is missing after the colon"), glued, hint)
    if "flow" in str(error.context) and error.context_mark is not None:
        for at in range(error.context_mark.line, min(mark.line + 1, len(lines))):
            cut = _REMARK.match(lines[at])
            if cut is not None and cut[1].count('"') % 2 == 0:
                message = phrase(
                    "`%(rest)s` is cut off: `#` after a space begins a comment", rest=cut[2][:60]
                )
                return YamlProblem(message, at, _IN_QUOTES)
    last = next((n for n in reversed(range(mark.line)) if lines[n].strip()), 0)
    cut = _GLUED_REMARK.match(lines[last])
    if cut is not None and ("expected key" in str(error.problem) or "expected ':'" in str(error)):
        message = phrase(
            "`%(rest)s` is cut off: `#` after a space begins a comment", rest=cut[1][:60]
        )
        return YamlProblem(message, last, _IN_QUOTES)
    if "expected key" in str(error.problem) and not _AFTER_CLOSING.search(written[: mark.column]):
        return YamlProblem(_NOT_INDENTED, mark.line, _ALIGN)
    colon = _COLON.search(written[: mark.column])
    if str(error.problem).startswith("mapping values") and mark.line and not colon:
        above, indent = lines[mark.line - 1], len(written) - len(written.lstrip())
        if above.strip() and len(above) - len(above.lstrip(" -")) < indent:
            message = phrase("the line is indented further than the field above it")
            return YamlProblem(message, mark.line, _ALIGN)
    if error.context_mark and str(error.context).startswith("while parsing a flow"):
        rest = written[mark.column :]
        if rest.startswith(": ") and error.context_mark.line == mark.line:
            return YamlProblem(phrase("an unquoted text contains a colon"), mark.line, _IN_QUOTES)
        if rest.startswith(("- ", "? ")):
            return YamlProblem(_cannot_begin(rest[0]), mark.line, _IN_QUOTES)
        if rest.strip() and written[: mark.column].rstrip().endswith(("'", '"')):
            return YamlProblem(_AFTER_QUOTE, mark.line, _WHOLE_IN_QUOTES)
    if error.context == "while parsing a flow node":  # what begins with the last open bracket
        above = "\n".join((*lines[: mark.line], written[: mark.column]))
        bracket = max("[{", key=above.rfind)
        began = above.count("\n", 0, above.rfind(bracket)) if bracket in above else mark.line
        return _not_closed(bracket, began, mark.line)
    if str(error.problem) == "could not find expected ':'" and error.context_mark is not None:
        return _without_colon(lines, error.context_mark.line)
    return _in_line(error, mark, lines)


def _without_colon(lines: list[str], at: int) -> YamlProblem:
    """Return what is wrong with a line that is neither a field nor the text of one."""
    written, below = lines[at].strip(), next((line for line in lines[at + 1 :] if line.strip()), "")
    field = _NO_COLON.fullmatch(written.removeprefix("- "))
    message = phrase("the line has no colon")
    if field and (field["sign"] or field["name"] in every_field()):
        inside = len(below) - len(below.lstrip(" -")) > len(lines[at]) - len(lines[at].lstrip())
        if field["text"] or inside:
            example = f"{field['name']}: {field['text']}".strip()[:60]
            return YamlProblem(message, at, phrase("write `%(example)s`", example=example))
    hint = phrase("indent it to continue the text above, or begin it with `field: `")
    return YamlProblem(message, at, hint)


_NO_COLON = re.compile(r"(?P<name>[a-z_]+)\s*(?P<sign>[=：;]|:=)?\s*(?P<text>.*)")


def _not_closed(bracket: str, began: int, line: int) -> YamlProblem:
    hint = phrase(
        "close the `%(bracket)s` of line %(line)s, or look for a missing comma",
        bracket=bracket,
        line=began + 1,
    )
    message = phrase(
        "the `%(bracket)s` of line %(line)s is not closed", bracket=bracket, line=began + 1
    )
    return YamlProblem(message, line, hint)


def _glued(lines: list[str], at: int) -> bool:
    """Whether a line has a field whose value follows its colon without a space."""
    return 0 <= at < len(lines) and _GLUED.match(lines[at]) is not None


def _in_line(error: yaml.MarkedYAMLError, mark: yaml.Mark, lines: list[str]) -> YamlProblem:
    context, problem, line = error.context or "", str(error.problem or error.context), mark.line
    began = error.context_mark.line if error.context_mark else line
    written = lines[mark.line] if mark.line < len(lines) else ""
    before, rest = written[: mark.column], written[mark.column :]
    if "quoted scalar" in context and problem.startswith("found unexpected"):
        hint = phrase("write the same quote at the end of the text")
        return YamlProblem(phrase("a quote is never closed"), began, hint)
    if "tab character" in problem or _TAB.match(written):
        hint = phrase("indent with spaces")
        return YamlProblem(phrase("a tab where spaces belong"), line, hint)
    if problem.startswith("mapping values are not allowed"):
        if _COLON.search(before):
            hint = phrase("put the text in quotes, like `%(example)s`", example=_QUOTED)
            return YamlProblem(phrase("an unquoted text contains a colon"), line, hint)
        hint = phrase("indent it like the field above, and check that the line above has a colon")
        return YamlProblem(phrase("a field in a place where none is allowed"), line, hint)
    if "cannot start any token" in problem:
        return YamlProblem(_cannot_begin(rest[:1]), line, _IN_QUOTES)
    if _has_a_meaning(context, problem) and began < len(lines):
        column = (error.context_mark or mark).column
        begins = lines[began][column : column + 1]
        return YamlProblem(_cannot_begin(begins), began, _quoted_from(lines[began], column))
    if problem.startswith("block sequence entries"):
        hint = phrase(
            "begin the list on the next line, or put a text in quotes: %(text)s",
            text=_with_quotes(written, mark.column),
        )
        return YamlProblem(phrase("a list can't begin right after the colon"), line, hint)
    if problem == "found unexpected ':'":
        return YamlProblem(phrase("an unquoted text contains a colon"), line, _IN_QUOTES)
    if "another document" in problem:
        hint = phrase("write the fields below the first line, one per line")
        return YamlProblem(phrase("there is text after `---`"), line, hint)
    if "alias" in f"{context} {problem}" or "anchor" in context:
        sign = "&" if "anchor" in context else "*"
        return YamlProblem(_cannot_begin(sign), began, _IN_QUOTES)
    if "escape character" in problem:
        hint = phrase("write the backslash twice, or the text in single quotes")
        return YamlProblem(phrase("a backslash in double quotes"), line, hint)
    if "flow" in context:
        return _not_closed("[" if "sequence" in context else "{", began, line)
    closed = "expected '-'" in problem and _AFTER_CLOSING.search(before)
    if "expected key" in problem or closed:
        return YamlProblem(_AFTER_QUOTE, line, _WHOLE_IN_QUOTES)
    if "expected '-' indicator" in problem or "expected <block end>" in problem:
        return YamlProblem(_NOT_INDENTED, line, _ALIGN)
    hint = phrase("put the text in quotes, and look for a missing bracket or colon")
    return YamlProblem(phrase("the line can't be read"), line, hint)


def _has_a_meaning(context: str, problem: str) -> bool:
    """Whether a text begins with a character that has a meaning in YAML."""
    begun = any(kind in context for kind in ("block scalar", "tag", "directive"))
    nodes = ("mapping keys are not allowed", "did not find expected node content")
    return begun or problem.startswith(nodes)


def _quoted_from(written: str, column: int) -> str:
    text = _with_quotes(written, column)
    return phrase("put the text in quotes: %(text)s", text=text)


def _with_quotes(written: str, column: int) -> str:
    """Return a line with its text from a column on in quotes."""
    text = json.dumps(written[column:].strip()[:60], ensure_ascii=False)
    return f"{written[:column].strip()} {text}".strip()


def _cannot_begin(sign: str) -> str:
    return phrase("`%(sign)s` can't begin a text without quotes", sign=sign)


def _unprintable(text: str) -> YamlProblem:
    """Return where the character is that YAML refuses; its reader counts no lines."""
    found = CONTROL.search(text)
    line = text.count("\n", 0, found.start()) if found else None
    message = phrase("special characters are not allowed")
    return YamlProblem(message, line, phrase("remove the invisible character"))
