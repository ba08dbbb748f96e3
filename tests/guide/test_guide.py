"""The guide: it names everything there is, and every example in it does what is said of it.

How a page says what a test can check:
  - a fenced block `yaml` that begins with `---` is a document; the last `content/…` in code marks
    in the paragraph above is its file. All documents of a page stand beside each other, and none
    may have a finding but those whose codes that paragraph names;
  - any other `yaml` block is mkdocs.yml where it has `plugins`, a pipeline where it has jobs, and
    else a piece of front matter: of the document that the paragraph above names, or of any
    objective;
  - a block `text` with lines as `okrsite lint` writes them is what the document above it gets;
  - a table that begins with “Figure” says figures of the page's documents, by name: what they are,
    and how they are worked out; one that begins with “Limit” says thresholds.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from mkdocs.__main__ import cli as mkdocs

from okrsite.checks.coach import CRITERIA, Criterion, Verdict
from okrsite.cli import main as command_line
from okrsite.cli.configuration import read_configuration
from okrsite.dev import reference
from okrsite.dev.reference.__main__ import main as write_reference
from okrsite.dev.reference.coach import COACH_EXAMPLES, judge_example
from okrsite.dev.reference.examples import (
    EXAMPLE,
    example_files,
    example_findings,
    example_project,
)
from okrsite.documents.models import MODELS
from okrsite.documents.trees import MemoryTree
from okrsite.findings import report
from okrsite.findings.codes import CHECKS
from okrsite.findings.finding import Finding, Severity
from okrsite.history.union_merges import lines_at_risk
from okrsite.pages.sanitise import sanitise
from okrsite.settings import Settings, Thresholds
from tests.samples import AS_OF, codes, export_of, findings_of
from tests.sites import ROOT

GUIDE = ROOT / "content" / "guide"
NAMES = sorted(file.name for file in GUIDE.glob("*.md"))
MADE = sorted(reference.pages())
WRITTEN = [name for name in NAMES if name not in MADE]
MAKE = "run `make reference`"

HALF_A_DIGIT = 0.005 + 1e-9
"""Figures are shown with two decimals."""


@dataclass(frozen=True)
class Block:
    """A fenced block, with the paragraph above it."""

    language: str
    text: str
    above: str

    @property
    def file(self) -> str | None:
        """The document's file below docs_dir, as the paragraph above says it."""
        named = re.findall(r"`content/([^`\s]+\.\w+)`", self.above)
        return named[-1] if named else None

    @property
    def is_document(self) -> bool:
        return self.language == "yaml" and self.text.startswith("---\n")


@dataclass(frozen=True)
class Row:
    """A row of a table, by the headers of its columns."""

    page: str
    cells: dict[str, str]


@cache
def text_of(name: str) -> str:
    return (GUIDE / name).read_text(encoding="utf-8")


@cache
def blocks(name: str) -> list[Block]:
    """Read the fenced blocks of a page, indented ones in lists too."""
    found = []
    pattern = re.compile(r"^([ ]*)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
    for match in pattern.finditer(text_of(name)):
        indent, language, inside = match.groups()
        before = text_of(name)[: match.start()].rstrip()
        text = re.sub(f"^{indent}", "", inside, flags=re.MULTILINE)
        found.append(Block(language, text, before.rsplit("\n\n", 1)[-1]))
    return found


@cache
def site_of(name: str) -> dict[str, str]:
    """Put the documents and tables of a page beside each other; the last of a name counts.

    A piece of front matter whose file is named is added to that document.
    """
    site: dict[str, str] = {}
    for block in blocks(name):
        if block.file and (block.is_document or block.language == "csv"):
            site[block.file] = block.text
        elif block.file in site and block.language == "yaml":
            front, mark, body = site[block.file].rpartition("---\n")
            site[block.file] = f"{front}{block.text}{mark}{body}"
    return site


def rows(name: str, first: str) -> Iterator[Row]:
    """Read the tables of a page whose first column is called so."""
    headers: list[str] = []
    for line in text_of(name).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            headers = []
        elif not headers:
            headers = cells
        elif headers[0] == first and set(line) - set("|- "):
            yield Row(name, dict(zip(headers, cells, strict=True)))


def all_blocks() -> list[tuple[str, Block]]:
    return [(name, block) for name in WRITTEN for block in blocks(name)]


def chosen(wanted: Callable[[Block], object]) -> pytest.MarkDecorator:
    """Parametrise a test by the blocks of the hand-written pages that are wanted."""
    some = [(name, block) for name, block in all_blocks() if wanted(block)]
    ids = [f"{name}: {block.file or block.text[:30]}" for name, block in some]
    return pytest.mark.parametrize(("name", "block"), some, ids=ids)


# The pages that are made from the code


@pytest.mark.parametrize("name", MADE)
def test_a_generated_page_is_what_the_code_makes(name: str) -> None:
    assert text_of(name) == reference.pages()[name], MAKE


def test_the_pages_are_written_whole(tmp_path: Path) -> None:
    write_reference([str(tmp_path)])
    assert sorted(file.name for file in tmp_path.iterdir()) == MADE
    for name, text in reference.pages().items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text
        assert text.startswith(reference.MADE)
        assert "make reference" in text.splitlines()[0]


def test_a_folder_must_be_named() -> None:
    with pytest.raises(SystemExit):
        write_reference([])


# Nothing is missing


@pytest.mark.parametrize("code", CHECKS)
def test_every_code_has_a_section_of_its_own(code: str) -> None:
    check = CHECKS[code]
    headings = re.findall(
        rf'^### <a id="{code.lower()}"></a>{code}: (.*)$', text_of("checks.md"), re.M
    )
    assert headings == [check.summary]
    for text in (check.why, check.example, check.instead):
        assert text
        assert text in text_of("checks.md")


def test_every_field_is_explained_by_hand_and_in_the_reference() -> None:
    by_hand = words_of(name for name in WRITTEN)
    listed = set(re.findall(r"^\| `(\w+)` \|", text_of("fields.md"), re.MULTILINE))
    fields = {name for model in MODELS.values() for name in field_names(model)}
    assert len(fields) > 50
    assert fields - listed == set(), MAKE
    assert fields - by_hand == set(), "write about them in content/guide/format.md or kpis.md"


def test_every_type_of_document_has_an_example() -> None:
    texts = [block.text for _, block in all_blocks() if block.is_document]
    assert {t for t in MODELS if not any(f"\ntype: {t}\n" in text for text in texts)} == set()


def test_every_setting_is_listed() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", text_of("settings.md"), re.MULTILINE))
    assert set(field_names(Settings)) - listed == set(), MAKE


def test_every_command_and_option_is_listed() -> None:
    page = text_of("commands.md")
    for path, command in commands(command_line, "okrsite"):
        section = page.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        assert section, f"{path}: {MAKE}"
        for option in options(command):
            assert re.search(rf"`{re.escape(option)}[ `]", section), f"{path} {option}: {MAKE}"


def test_the_first_page_leads_to_every_other() -> None:
    linked = set(re.findall(r"\]\((\S+?\.md)[)#]", text_of("index.md")))
    assert linked == set(NAMES) - {"index.md"}


def test_links_lead_to_pages_and_headings_that_exist() -> None:
    wrong = []
    for name in NAMES:
        for page, anchor in re.findall(r"\]\(([\w-]+\.md)?(?:#([\w-]+))?\)", text_of(name)):
            target = page or name
            if target not in NAMES or (anchor and anchor not in anchors(target)):
                wrong.append(f"{name}: {page}#{anchor}")
    assert wrong == []


def test_what_the_page_on_the_code_names_exists() -> None:
    named = re.findall(
        r"`((?:okrsite|theme|content|tests)/[\w/.-]*|\w+\.(?:md|toml))`", text_of("code.md")
    )
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


# The checks' examples


@pytest.mark.parametrize("code", CHECKS)
def test_an_example_gives_its_code_alone_and_what_to_write_instead_gives_none(code: str) -> None:
    check = CHECKS[code]
    findings = merged_findings if code == "OKR113" else example_findings
    assert codes(findings(check.example)) == [code]
    assert findings(check.instead) == []


def merged_findings(text: str) -> list[Finding]:
    """Return the findings about an example that git merges by union."""
    project, *_ = example_project(text)
    files = MemoryTree(example_files(text))
    return [*example_findings(text), *lines_at_risk(project, files, {EXAMPLE})]


def test_what_stands_around_the_examples_is_without_findings() -> None:
    assert example_findings("") == []


# The examples of the other pages


@chosen(lambda block: block.is_document)
def test_a_document_has_no_findings_but_those_that_are_named(name: str, block: Block) -> None:
    assert block.file, "say the file in the paragraph above, like `content/teams/sales.md`"
    found = findings_about(name, block)
    serious = [f for f in found if f.severity is not Severity.ADVICE]
    named = set(re.findall(r"OKR\d{3}", block.above))
    assert {f.code for f in serious} - named == set(), report.to_text(serious)
    assert named - {f.code for f in found} == set()


@chosen(lambda block: block.language == "yaml" and not block.is_document)
def test_another_block_of_yaml_is_sound(name: str, block: Block, tmp_path: Path) -> None:
    if re.search("^(jobs|pages):", block.text, re.MULTILINE):
        assert yaml.safe_load(block.text)
    elif re.search("^plugins:", block.text, re.MULTILINE):
        configuration(block, tmp_path)
    else:
        document = Block("yaml", site_of(name).get(str(block.file), ""), block.above)
        findings = findings_about(name, document) if document.text else example_findings(block.text)
        assert [f for f in findings if f.severity is not Severity.ADVICE] == []


@chosen(lambda block: block.language == "text" and re.search(r": OKR\d{3} ", block.text))
def test_lint_says_what_the_guide_says(name: str, block: Block) -> None:
    path = block.text.partition(":")[0]
    [document] = [b for b in blocks(name) if b.is_document and f"content/{b.file}" == path]
    found = [f for f in findings_about(name, document) if f.code in block.text]
    assert report.to_text(found) == block.text


@chosen(lambda block: re.search(r"\b(okrsite|mkdocs) [a-z]", block.text))
def test_the_commands_and_options_in_examples_exist(name: str, block: Block) -> None:
    known = {
        path: set(options(command))
        for program, group in (("okrsite", command_line), ("mkdocs", mkdocs))
        for path, command in commands(group, program)
    }
    called = re.findall(r"(?:^|[\s/])((?:okrsite|mkdocs) [a-z][a-z-]*)(.*)", block.text)
    for command, rest in called:
        inner = " ".join([command, *rest.split()[:1]])
        options_there = known.get(inner, known[command])
        assert {word for word in rest.split() if word.startswith("-")} <= options_there


def test_the_settings_page_shows_every_option_in_a_configuration_that_works(
    tmp_path: Path,
) -> None:
    for block in blocks("settings.md"):
        configuration(block, tmp_path)
    options_shown = yaml.safe_load(blocks("settings.md")[0].text)["plugins"][1]["okrsite"]
    assert list(options_shown) == list(Settings.model_fields)


# Worked numbers


FIGURES = [row for name in WRITTEN for row in rows(name, "Figure")]
FIGURE = re.compile(r"(\w+) of `([\w/-]+)(?:#([\w-]+))?`(?: in ([\w-]+))?(?: on ([\d-]{10}))?")


@pytest.mark.parametrize("row", FIGURES, ids=[f"{r.page}: {r.cells['Figure']}" for r in FIGURES])
def test_a_worked_figure_is_what_the_code_computes(row: Row) -> None:
    match = FIGURE.fullmatch(row.cells["Figure"])
    assert match, "write a figure like “score of `revenue`”"
    figure, id, key_result, cycle, day = match.groups()
    as_of = date.fromisoformat(day) if day else AS_OF
    actual = look_up(export_of(site_of(row.page), as_of), figure, id, key_result, cycle)
    said = row.cells["Result"]
    if isinstance(actual, str):
        assert said.replace(" ", "_") == actual
    else:
        assert actual is not None
        assert re.fullmatch(r"-?\d\.\d\d", said), "write two decimals"
        assert abs(float(said) - actual) <= HALF_A_DIGIT
    if worked := row.cells.get("Worked out"):
        assert abs(calculate(worked) - float(said)) <= HALF_A_DIGIT


def test_there_are_worked_figures_of_every_kind() -> None:
    kinds = {FIGURE.fullmatch(row.cells["Figure"])[1] for row in FIGURES}  # type: ignore[index]
    assert kinds >= {"score", "expected", "pace", "status", "support", "health", "role", "raw"}
    assert len([row for row in FIGURES if row.cells.get("Worked out")]) >= 25


def test_the_limits_are_those_of_the_settings() -> None:
    limits = {r.cells["Limit"].strip("`"): float(r.cells["Is"]) for r in rows("scores.md", "Limit")}
    assert limits == Thresholds().model_dump()


# The coach


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: f"{c.acronym} {c.letter}")
def test_a_letter_asks_for_what_its_example_lacks_and_is_met_by_the_other(
    criterion: Criterion,
) -> None:
    example = COACH_EXAMPLES[criterion.acronym, criterion.letter]
    asked = judge_example(example.example, criterion)
    assert asked.verdict is Verdict.TO_DO
    assert asked.wanted
    assert judge_example(example.instead, criterion).verdict is Verdict.MET
    section = text_of("coach.md").partition(f'id="{criterion.acronym}-{criterion.letter}"'.lower())
    for words in (criterion.asked, asked.judged_by, asked.wanted):
        assert words in section[2]


def test_every_letter_has_an_example() -> None:
    assert list(COACH_EXAMPLES) == [(c.acronym, c.letter) for c in CRITERIA]


def test_the_coach_names_every_check_whose_code_spares_a_letter() -> None:
    def spared(pattern: str) -> set[str]:
        files = (ROOT / "okrsite/checks/coach").glob(pattern)
        texts = (file.read_text(encoding="utf-8") for file in files)
        return set(re.findall(r'unless_ignored\("(OKR\d{3})"', "".join(texts)))

    of_objectives = spared("[fs]*.py")
    assert len(of_objectives) == 5
    assert set(re.findall(r"OKR4\d\d", text_of("coach.md"))) == of_objectives
    assert len(spared("kpi.py")) == 3


# The text of documents


HTML = list(rows("format.md", "You write"))


@pytest.mark.parametrize("row", [r for r in HTML if "<" in r.cells["You write"]])
def test_html_in_a_document_becomes_what_the_guide_says(row: Row) -> None:
    written, shown = (row.cells[name].strip("`") for name in ("You write", "The site has"))
    assert sanitise(written) == ("" if shown == "nothing" else shown)


def test_what_goes_and_what_stays_are_both_shown() -> None:
    shown = [row.cells["The site has"] for row in HTML if "The site has" in row.cells]
    assert shown.count("nothing") >= 3
    assert sum("<" in cell for cell in shown) >= 3


# Helpers


def words_of(names: Iterator[str]) -> set[str]:
    """Return the words that stand in code marks, or as keys in blocks, of some pages."""
    found: set[str] = set()
    for name in names:
        spans = re.findall(r"`([^`\n]+)`", text_of(name))
        found.update(word for span in spans for word in re.findall(r"^\w+", span))
        for block in blocks(name):
            found.update(re.findall(r"(?:^|[{,]|- )\s*(\w+):", block.text, re.MULTILINE))
    return found


def field_names(model: Any) -> Iterator[str]:
    """Name the fields of a model and of those inside it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            yield from field_names(inner)


def models_in(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "model_fields"):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from models_in(part)


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, f"{path} {name}")


def options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (*parameter.opts, *parameter.secondary_opts)


@cache
def anchors(name: str) -> set[str]:
    """Return the addresses of a page's headings, as Python-Markdown makes them."""
    text = re.sub(r"^```.*?^```$", "", text_of(name), flags=re.MULTILINE | re.DOTALL)
    given = set(re.findall(r'<a id="([^"]+)">', text))
    titles = re.findall(r"^#+ (.*)$", re.sub(r"<[^>]+>", "", text), re.MULTILINE)
    cleaned = (re.sub(r"[^\w\s-]", "", title).strip().lower() for title in titles)
    return given | {re.sub(r"[-\s]+", "-", title) for title in cleaned}


def findings_about(name: str, block: Block) -> list[Finding]:
    """Return the findings about a document of a page, next to the page's other documents."""
    site = {**site_of(name), str(block.file): block.text}
    return [f for f in findings_of(site) if f.path == f"content/{block.file}"]


def configuration(block: Block, folder: Path) -> None:
    """Read a block as the commands read mkdocs.yml; raise where it is wrong."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "content").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(block.text, encoding="utf-8")
    read_configuration(folder / "mkdocs.yml")


def look_up(
    model: dict[str, Any], figure: str, id: str, key_result: str | None, cycle: str | None
) -> Any:
    """Find a figure by the end of a name: of an objective, key result, KPI or owner."""
    if key_result is not None:
        return only(model["objectives"], id)["key_results"][key_result][figure]
    if figure in ("health", "role"):
        return only(model["kpis"], id)[figure]
    if cycle is None and ends(model["objectives"], id):
        return only(model["objectives"], id)[figure]
    if cycle is not None:
        return only(model["owners"], id)[f"{figure}s"][cycle]
    [value] = [
        o["key_results"][id][figure] for o in model["objectives"].values() if id in o["key_results"]
    ]
    return value


def ends(known: dict[str, Any], id: str) -> list[str]:
    return [name for name in known if f"/{name}".endswith(f"/{id}")]


def only(known: dict[str, Any], id: str) -> Any:
    [name] = ends(known, id)
    return known[name]


_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def calculate(text: str) -> float:
    """Work out a sum as people write it: `(2 × 0.22 + 0.50) / 3`."""
    return _value(ast.parse(text.replace("−", "-").replace("×", "*"), mode="eval").body)


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.BinOp(left=left, op=op, right=right):
            result: float = _OPERATORS[type(op)](_value(left), _value(right))
            return result
    raise ValueError(ast.dump(node))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"index.md"}))
def test_a_page_begins_with_what_can_be_done_after_reading_it(name: str) -> None:
    paragraphs = (GUIDE / name).read_text("utf-8").split("# ", 1)[1].split("\n\n")
    openings = (
        "After reading this page |After reading a code's|Here you can look up |In ten minutes "
    )
    assert re.match(openings, paragraphs[1]), paragraphs[1][:80]
