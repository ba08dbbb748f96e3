"""What is recognised in titles: activities, measures, aims, vague verbs and pay."""

import time

import pytest

from okrsite.language.sentences import (
    activity,
    aims,
    is_measured,
    is_too_long,
    measures,
    pay_words,
    title_words,
    vague_verb,
)

LANGUAGES = ("en", "de", "fr", "es")
ODD = (
    "",
    " ",
    "\n",
    "·",
    "…",
    "12",
    "5 5 5",
    "%",
    "$",
    ",,,",
    "and",
    "und",
    "—",
    "**",
    "🙂",
    "we ",
    "wir ",
    "nous",
    "[](",
)


@pytest.mark.parametrize(
    ("language", "title", "verb"),
    [
        ("en", "Hold 10 workshops", "hold"),
        ("en", "We will hold 10 workshops", "hold"),
        ("en", "**Carry out** the audits", "carry out"),
        ("en", "Test all generators", "test"),
        ("en", "Test users who come back", None),
        ("en", "Workshops held", "held"),
        ("en", "Publication of 12 articles", "publication of"),
        ("en", "Send the guide to 500 readers", None),
        ("en", "Build 15% more bikes", None),
        ("en", "Win 10 customers", None),
        ("en", "Present the plan to 8 teams", "present"),
        ("en", "Number of customer interviews", "number of customer interviews"),
        ("en", "Phone calls made", "phone calls made"),
        ("en", "40 interviews with mechanics", "40 interviews"),
        ("en", "Customers who visit two workshops", None),
        ("en", "Calls that are answered at once", None),
        ("en", "Hold", None),
        ("de", "10 Workshops durchführen", "durchführen"),
        ("de", "Wir führen 10 Workshops durch", "durchführen"),
        ("de", "Anzahl der gehaltenen Vorträge", "gehaltenen"),
        ("de", "Erstellung von 40 Seiten", "erstellung von"),
        ("de", "Ein Konzept vorzustellen", "vorstellen"),
        ("de", "Halten der Workshops", None),
        ("de", "10 Kunden gewinnen", None),
        ("de", "Anzahl der Kundengespräche", "anzahl der kundengespräche"),
        ("fr", "Organiser 10 ateliers", "organiser"),
        ("fr", "Nous organisons 10 ateliers", "organiser"),
        ("fr", "Participer à cinq salons", "participer à"),
        ("fr", "Ateliers organisés", "organisés"),
        ("fr", "Gagner 10 clients", None),
        ("fr", "Nombre d’entretiens", "nombre d’entretiens"),
        ("es", "Celebrar 10 talleres", "celebrar"),
        ("es", "Celebramos 10 talleres", "celebrar"),
        ("es", "Entrevistar a 30 clientes", "entrevistar a"),
        ("es", "Talleres realizados", "realizados"),
        ("es", "Ganar 10 clientes", None),
        ("es", "Número de entrevistas", "número de entrevistas"),
    ],
)
def test_an_activity_is_known_by_its_verb(language: str, title: str, verb: str | None) -> None:
    found = activity(title, language)
    assert (found and found.lower()) == verb


@pytest.mark.parametrize(
    ("language", "title", "count"),
    [
        ("en", "Raise NPS to 45 and cut churn to 2%", 2),
        ("en", "Raise sign-ups and cut churn", 2),
        ("en", "Cut churn from 4% to 2%", 1),
        ("en", "Win 3 of the 5 tenders", 1),
        ("en", "98% of parcels within two days", 1),
        ("en", "A return between 3 and 5", 1),
        ("en", "Increase sales in France and Spain by 10%", 1),
        ("en", "Raise the renewals of new, old and lost customers to 90%", 1),
        ("en", "Win new customers and €300k of sales", 2),
        ("en", "Win and keep 20 customers", 1),
        ("en", "300 reviews with an average of 4.7", 2),
        ("en", "Pass ISO 27001 in Q4 2026", 0),
        ("en", "A happier team", 0),
        ("de", "Umsatz um 20 % steigern und Kosten um 10 % senken", 2),
        ("de", "Kosten von 5 auf 3 Mio senken", 1),
        ("de", "Zwischen 3 und 5 Tage warten", 1),
        ("fr", "Augmenter les ventes et réduire les coûts", 2),
        ("fr", "Atteindre 300 000 € de ventes", 1),
        ("fr", "Gagner plus de 20 clients", 1),
        ("es", "Subir del 4% al 6%", 1),
        ("es", "Aumentar ventas y reducir costes", 2),
        ("es", "Conseguir más de 20 clientes", 1),
    ],
)
def test_measures_are_counted_by_quantities_and_directions(
    language: str, title: str, count: int
) -> None:
    assert measures(title, language) == count


@pytest.mark.parametrize(
    ("language", "title", "count"),
    [
        ("en", "Improve quality, cut costs and grow sales", 3),
        ("en", "Win Germany, France and Spain", 1),
        ("en", "Simplify, improve and grow our service", 1),
        ("en", "We improve quality, cut costs and grow sales", 3),
        ("en", "Quieter trains, shorter queues and a warmer welcome", 2),
        ("en", "Quieter trains, shorter queues and a better welcome", 3),
        ("en", "Be the safest, the quickest and the friendliest line", 3),
        ("en", "Win the south while cutting costs and raising quality", 3),
        ("en", "Make planning, driving and parking easy", 1),
        ("de", "Qualität verbessern, Kosten senken und Absatz steigern", 3),
        ("de", "Wir verbessern die Qualität, senken Kosten und steigern den Absatz", 3),
        ("de", "Deutschland, Österreich und die Schweiz gewinnen", 1),
        ("fr", "Améliorer la qualité, réduire les coûts et vendre plus", 3),
        ("fr", "Nous améliorons la qualité, réduisons les coûts", 2),
        ("fr", "Conquérir la France et l'Espagne", 1),
        ("fr", "Notre équipe, notre marque et notre avenir", 0),
        ("es", "Un lugar seguro, primer empleo y cualquier idea", 0),
        ("de", "Unsere Läden sind hell, unsere Büros offen und unsere Regale modern", 0),
        ("es", "Mejorar la calidad, reducir costes y vender más", 3),
        ("es", "Conquistar Francia y España", 1),
    ],
)
def test_aims_are_counted_by_clauses_with_a_verb(language: str, title: str, count: int) -> None:
    assert aims(title, language) == count


@pytest.mark.parametrize(
    ("language", "title", "verb"),
    [
        ("en", "Work harder", "work"),
        ("en", "Improve everything", "improve"),
        ("en", "Improve retention", None),
        ("en", "Improve by 10%", None),
        ("de", "Alles verbessern", "verbessern"),
        ("de", "Noch besser werden", "werden"),
        ("de", "Die Qualität verbessern", None),
        ("fr", "Travailler mieux", "travailler"),
        ("fr", "Améliorer la qualité", None),
        ("es", "Mejorar todo", "mejorar"),
        ("es", "Mejorar la calidad", None),
    ],
)
def test_a_verb_is_vague_without_an_object(language: str, title: str, verb: str | None) -> None:
    assert vague_verb(title, language) == verb


def test_pay_is_a_word_and_not_a_part_of_one() -> None:
    assert list(pay_words("Pay a Bonus and a salary", "en")) == ["Bonus", "salary"]
    assert list(pay_words("Gehälter und Prämien", "de")) == ["Gehälter", "Prämien"]
    assert list(pay_words("La prime", "fr")) == ["prime"]
    assert list(pay_words("El sueldo", "es")) == ["sueldo"]
    assert list(pay_words("Bonuspunkte", "de")) == []
    assert list(pay_words("A bonus", "pt")) == ["bonus"]


def test_time_is_measured_and_things_are_counted() -> None:
    assert is_measured("Hours", "en")
    assert is_measured("Std.", "de")
    assert not is_measured("workshops", "en")
    assert not is_measured("", "en")


def test_a_title_is_too_long_without_its_marks() -> None:
    assert not is_too_long("**" + "a" * 100 + "**")
    assert is_too_long("a" * 101)


@pytest.mark.parametrize("language", ["pt", "zh-CN", "", "xx", "../en", "de1", "-"])
def test_nothing_is_known_of_other_languages(language: str) -> None:
    assert title_words(language) is None
    assert activity("Hold 10 workshops", language) is None
    assert measures("Grow by 5% and cut by 3%", language) == 0
    assert aims("Improve quality, cut costs and grow sales", language) == 0
    assert vague_verb("Work harder", language) is None
    assert not is_measured("hours", language)


@pytest.mark.parametrize("language", ["de", "de-AT", "de_CH", "DE"])
def test_a_variety_of_a_language_has_its_words(language: str) -> None:
    assert activity("10 Workshops durchführen", language) == "durchführen"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ODD)
def test_odd_titles_say_nothing(language: str, title: str) -> None:
    assert activity(title, language) is None
    assert aims(title, language) == 0
    assert vague_verb(title, language) is None
    assert measures(title, language) == sum(c.isdigit() for c in title.replace("12", "1"))


PIECES = (
    *("a", "1", "1x", " ", "\t ", ",", "1,", "1, ", "1 ", "000 ", "1 000 ", "1\u202f", "1% ", "$"),
    *("- ", "1-", "a-", "a'", "·", "_", "*", "`", "[a](", "<", "&a", "\\", "and ", "y ", "hold "),
    *("hold, ", "1 to ", "1 of ", "1 in a b ", "between 1 and ", "zwischen 1 und ", "to a b "),
    *("with an average ", "we ", "wir ", "amos", "bonus ", "a: ", "ü"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_titles_cost_little(language: str) -> None:
    """What takes 20 ms for 10,000 characters would take minutes if it grew by the square."""
    for piece in PIECES:
        title = (piece * 10_000)[:10_000] + "z"
        begun = time.process_time()
        for judge in (activity, measures, aims, vague_verb):
            judge(title, language)
        list(pay_words(title, language))
        assert time.process_time() - begun < 2, piece
