"""The catalogues are complete, what is shown comes from them, and sites speak their language."""

import ast
import json
import re
import shutil
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from jinja2 import nodes
from lxml import html

from okrsite.cli import main as command_line
from okrsite.dev.translations import faults_of, read_catalogue, texts_of, update_catalogue
from okrsite.dev.translations import main as update_catalogues
from okrsite.i18n import FOLDER, languages, translations_of
from okrsite.language import wording
from okrsite.language.wording import Words
from tests.samples import AS_OF, document, objective
from tests.sites import ROOT, build, build_well, made_once

TEXTS = texts_of(ROOT / "okrsite", ROOT / "theme")
TEMPLATES = sorted((ROOT / "theme").rglob("*.html"))


def test_the_languages_that_are_promised_are_there() -> None:
    assert languages() == ["de", "es", "fr"]


def test_texts_are_collected_from_code_and_templates() -> None:
    assert len(TEXTS) > 700
    assert places("On track") == {"okrsite/pages/parts/statuses.py"}
    assert TEXTS["%(number)s objective"].id == ("%(number)s objective", "%(number)s objectives")
    assert places("There is no check-in yet.") == {"okrsite/checks/coach/fast.py"}
    assert "theme/okr/home.html" in places("Needs attention")
    assert places("Changes to the OKRs") == {"okrsite/history/diff/markdown.py"}, "in an f-string"
    assert TEXTS["%(num)s older reading"].id == ("%(num)s older reading", "%(num)s older readings")


def places(text: str) -> set[str]:
    return {path for path, _ in TEXTS[text].locations}


def catalogue_of(*texts: str | tuple[str, str]) -> Catalog:
    made = Catalog()
    for text in texts:
        made.add(text)
    return made


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_says_every_text_with_the_same_placeholders(language: str) -> None:
    faults = faults_of(read_catalogue(FOLDER / f"{language}.po"), TEXTS)
    assert faults == [], "run `make translations`, then translate what it lists"


@pytest.mark.parametrize("language", languages())
def test_a_plural_has_a_text_of_its_own(language: str) -> None:
    same = [
        message.id[1]
        for message in read_catalogue(FOLDER / f"{language}.po")
        if message.pluralizable
        and message.id[0] != message.id[1]
        and message.string[0] in message.string[1:]
    ]
    assert [text for text in same if text != "%(number)s KPIs"] == []


def test_french_spaces_do_not_break() -> None:
    for message in read_catalogue(FOLDER / "fr.po"):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms if message.id else ():
            assert not re.search(r"[ \w)][;!?»]| :|«(?!\u00a0)", form), form


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Late by %(days)s"\nmsgstr ""', "not translated"),
        ('msgid "Late by %(days)s"\nmsgstr "Zu spät"', "other placeholders"),
        ('msgid "Late by %(days)s"\nmsgstr "%(days)s zu spät, 50 %"', "a percent sign"),
        ('msgid "Late by %(days)s"\nmsgstr "Um \\"%(days)s\\" zu spät"', "a straight quote"),
        ('msgid "Late by %(days)s"\nmsgstr " Um %(days)s zu spät"', "other spaces"),
        ('msgid "Late by %(days)s"\nmsgstr "Um `%(days)s` zu spät"', "other marks or code"),
        ('#, fuzzy\nmsgid "Late by %(days)s"\nmsgstr "Um %(days)s zu spät"', "marked as uncertain"),
        ('msgid "Late by %(days)s"\nmsgstr "Um %(tage)s zu spät"', "unknown named placeholder"),
        ('msgid "Early"\nmsgstr "Früh"', "nobody says it"),
        ("", "missing"),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_said(tmp_path: Path, entry: str, fault: str) -> None:
    file = tmp_path / "de.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    file.write_text(f"{head}\n{entry}\n", encoding="utf-8")
    faults = faults_of(read_catalogue(file), catalogue_of("Late by %(days)s"))
    assert any(said.startswith(fault) for said in faults), faults


def test_plural_forms_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text('msgid "%(number)s day"\nmsgstr "%(number)s Tag"\n', encoding="utf-8")
    texts = catalogue_of(("%(number)s day", "%(number)s days"))
    assert "missing: ('%(number)s day', '%(number)s days')" in faults_of(
        read_catalogue(file), texts
    )
    assert [fault.split(":")[0] for fault in faults_of(update_catalogue(file, texts), texts)] == [
        "marked as uncertain (fuzzy)", "not translated"
    ]  # fmt: skip


def test_updating_keeps_what_is_translated_and_takes_in_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text(
        '# Words.\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n\n'
        'msgid "Day"\nmsgstr "Tag"\n\nmsgid "Gone"\nmsgstr "Weg"\n',
        encoding="utf-8",
    )
    texts = catalogue_of("Day", ("%(number)s day", "%(number)s days"))
    texts["Day"].locations = [("a.py", 3)]
    new = update_catalogue(file, texts)
    assert [message.id for message in new if message.id] == [
        "Day", ("%(number)s day", "%(number)s days")
    ]  # fmt: skip
    written = file.read_text("utf-8")
    assert written.startswith("# Words.\n")
    assert 'msgid "Day"\nmsgstr "Tag"\n' in written
    assert "a.py" not in written, "code that moves changes no catalogue"
    assert written.index('msgid "%(number)s day"') < written.index('msgid "Day"')
    assert "Gone" not in written
    assert "Creation-Date" not in written
    assert [fault.split(":")[0] for fault in faults_of(new, texts)] == ["not translated"]
    update_catalogue(file, texts)
    assert file.read_text("utf-8") == written


def test_the_tool_updates_every_catalogue_and_lists_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "okrsite", tmp_path / "okrsite")
    folder = tmp_path / "okrsite" / "locale"
    monkeypatch.setattr("okrsite.dev.translations.FOLDER", folder)
    (folder.parent / "late.py").write_text('words.say("A text that nobody has translated")\n')
    with pytest.raises(SystemExit) as ended:
        update_catalogues()
    for language in languages():
        fault = f"{language}.po: not translated: 'A text that nobody has translated'"
        assert fault in str(ended.value.code).splitlines()
    assert 'msgid "A text that nobody has translated"\nmsgstr ""' in (folder / "fr.po").read_text()


def test_no_text_is_put_together_before_it_is_said() -> None:
    found = []
    for path in sorted((ROOT / "okrsite").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in ("say", "message", "messages") and node.args:
                    if isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == [], "a text with its values put in is in no catalogue; say it with %(names)s"


SAID_IN = ("aria-label", "aria-description", "alt", "placeholder", "title", "label")
AS_THEY_ARE: set[str] = set()
"""Words in templates that are the same in every language."""
_NAMES = re.compile(r' class="[^"]*"|\bokr-[\w-]+|jinjaput')
"""Names of classes, which macros and blocks give, and the places of expressions."""


class _Visible(HTMLParser):
    """Collects the words that a page shows or reads out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in SAID_IN]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _outside_of_expressions(template: str) -> str:
    """Return the HTML of a template with a word of its own for every expression."""
    pieces = []
    for _, kind, value in jinja2.Environment().lex(template):
        if kind == "data":
            pieces.append(value)
        elif kind == "variable_begin":
            pieces.append("jinjaput")
    return "".join(pieces)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_nothing_past_the_catalogue(template: Path) -> None:
    text = template.read_text("utf-8")
    visible = _Visible()
    visible.feed(_outside_of_expressions(text))
    words = _NAMES.sub(" ", " ".join(visible.words))
    assert [w for w in re.findall(r"[^\W\d_]{2,}", words) if w not in AS_THEY_ARE] == []
    assert list(_sentences(jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(text))) == []


def _sentences(node: nodes.Node) -> Iterator[str]:
    """Find texts of several words in the expressions of a template that are not said."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        if node.node.name in ("_", "gettext", "ngettext", "count"):
            return
    if isinstance(node, nodes.Compare):
        return  # names of kinds
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", node.value):
            yield node.value
    for child in node.iter_child_nodes():
        yield from _sentences(child)


class _Listening(NullTranslations):
    """Remembers what was asked for and is in no catalogue."""

    def __init__(self, translations: NullTranslations, known: set[str], missed: set[str]) -> None:
        super().__init__()
        self._translations, self._known, self._missed = translations, known, missed

    def gettext(self, message: str) -> str:
        if message not in self._known:
            self._missed.add(message)
        return self._translations.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        if msgid1 not in self._known:
            self._missed.add(msgid1)
        return self._translations.ngettext(msgid1, msgid2, n)


@pytest.fixture(scope="module")
def german() -> tuple[Path, set[str]]:
    """Build the demo in German, and give it with the texts that were said untranslated."""
    folder = made_once("german", build_german)
    return folder / "site", set(json.loads((folder / "missed.json").read_text("utf-8")))


def build_german(folder: Path) -> None:
    missed = set[str]()
    catalogue = read_catalogue(FOLDER / "de.po")
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue}

    def listening(locale: Locale) -> NullTranslations:
        said = translations_of(locale)
        return _Listening(said, known, missed) if locale.language == "de" else said

    configuration = yaml.unsafe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    configuration["docs_dir"] = str(ROOT / "content")
    configuration["theme"]["language"] = "de"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "translations_of", listening)
        build_well(folder / "mkdocs.yml", folder / "site")
    (folder / "missed.json").write_text(json.dumps(sorted(missed)), "utf-8")


def _words_of(page: Path) -> str:
    (okr,) = html.parse(str(page)).getroot().find_class("okr")[:1]
    return " ".join(okr.text_content().split())


def test_whatever_the_demo_says_is_in_the_catalogue(german: tuple[Path, set[str]]) -> None:
    assert german[1] == set(), "mark it with message(), or say it with a plain text"


def test_a_german_site_speaks_german(german: tuple[Path, set[str]]) -> None:
    site = german[0]
    home = _words_of(site / "index.html")
    assert "Tag 46 von 92" in home
    assert "Stand 15. Nov. 2026" in home
    assert "0,41erwartet 0,34" in home
    assert "Objectives des Unternehmens" in home
    assert re.search(r"\d+ auf Kurs", home)
    assert "5\u00a0Mio.\u00a0$" in (site / "index.html").read_text("utf-8")
    page = _words_of(site / "okrs/2026-q4/company/financial-targets/index.html")
    assert "Ausgerichtet auf" in page
    assert "Σ Gewicht × Score / Σ Gewicht" in page
    assert "Formulierung: SMART" in page
    checks = _words_of(site / "checks/index.html")
    assert "Ein Verweis führt ins Leere" in checks


@pytest.mark.parametrize("page", ["index.html", "cycles/index.html", "alignment/index.html"])
def test_nothing_english_is_left_beside_what_people_wrote(
    german: tuple[Path, set[str]], page: str
) -> None:
    words = _words_of(german[0] / page)
    english = ("On track", "At risk", "expected", "as of", "Owner", "supported by", "Nothing")
    assert [text for text in english if text in words] == []


@pytest.mark.parametrize(
    ("language", "status", "counted"),
    [
        ("de", "Auf Kurs", "1 Objective"),
        ("fr", "En bonne voie", "1 objectif"),
        ("es", "En camino", "1 objetivo"),
        ("pt-BR", "On track", "1 objective"),
    ],
)
def test_a_site_speaks_the_language_of_its_theme(
    write_site: Callable[..., Path], tmp_path: Path, language: str, status: str, counted: str
) -> None:
    files = {
        "teams/sales.md": document("team", "title: Sales"),
        "okrs/2026-q4/company/one.md": objective("title: Sell, from: 0, to: 10, current: 9"),
    }
    theme = {"name": "material", "language": language, "font": False}
    configuration = write_site(files, {"as_of": str(AS_OF)}, theme=theme)
    result = build(configuration, tmp_path / "site")
    assert result.exit_code == 0, result.output
    home = _words_of(tmp_path / "site" / "index.html")
    assert status in home
    assert counted in home


def test_forms_follow_the_rules_of_a_language() -> None:
    french, german = Words.of("fr"), Words.of("de-AT")
    assert french.count("%(number)s objective", "%(number)s objectives", 0) == "0 objectif"
    assert german.count("%(number)s objective", "%(number)s objectives", 0) == "0 Objectives"
    assert german.count("%(number)s point", "%(number)s points", 1.5) == "1,5 Punkte"
    assert french.say("On track") == "En bonne voie"


def test_a_language_without_a_catalogue_is_english() -> None:
    words = Words.of("nl")
    assert words.say("On track") == "On track"
    assert words.score(0.5) == "0,50"


def test_values_in_sentences_of_the_other_direction_stay_together() -> None:
    assert Words.of("ar").say("as of %(day)s", day="15") == "as of \u206815\u2069"
    assert Words.of("de").say("as of %(day)s", day="15") == "Stand 15"


def test_what_is_sent_or_written_into_the_site_is_in_its_language(
    write_site: Callable[..., Path],
) -> None:
    files = {
        "teams/sales.md": document("team", "title: Sales"),
        "okrs/2026-q3/company/one.md": objective(
            "title: Sell, from: 0, to: 10, current: 9", cycle="2026-q3"
        ),
    }
    theme = {"name": "material", "language": "de"}
    configuration = write_site(files, {"as_of": str(AS_OF)}, theme=theme)
    told = CliRunner().invoke(command_line, ["digest", "-f", str(configuration)])
    assert told.exit_code == 0, told.output
    assert "## Was sich bewegt hat" in told.output
    words = ["close", "2026-q3", "--write", "-f", str(configuration)]
    closed = CliRunner().invoke(command_line, words)
    assert closed.exit_code == 0, closed.output
    written = (configuration.parent / "content/okrs/2026-q3/company/one.md").read_text("utf-8")
    assert "## Retrospective\n" in written
    assert "mit einem Score von 0,90: **erreicht**" in written
    assert "| Key Result | Zielwert | Wert | Score | Werte |" in written
    assert "Was machen wir beim nächsten Mal anders?" in written
    assert "1 objective" in closed.output
