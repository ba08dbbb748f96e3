"""Words that other tools and languages use for fields and values, and which ones they mean."""

from collections import defaultdict
from collections.abc import Collection

# Of the fields that a name may mean, the first that is possible at the location is suggested.
_FIELDS: dict[str, list[str]] = defaultdict(list)
for _field, _names in (
    ("aligns_to", "alignedto alignment contributesto parent parents supports"),
    ("owner", "assignee dri lead responsible team"),
    ("to", "end endvalue goal target targetvalue"),
    ("current", "actual currentvalue progress"),
    ("next", "action actions"),
    ("initiatives", "actions projects tasks"),
    ("start", "begin from"),
    ("from", "baseline begin initial start startvalue"),
    ("depends_on", "blockedby dependencies"),
    ("readings", "history measurements"),
    ("check_ins", "checkin history updates"),
    ("blockers", "issues risks"),
    ("key_results", "krs results"),
    ("values", "krs results"),
    ("cycle", "period quarter"),
    ("every", "cadence frequency interval period rhythm"),
    ("target", "goal"),
    ("objective", "goal"),
    ("url", "link"),
    ("max", "maximum"),
    ("measured_by", "measure"),
    ("title", "goal measure metric name text"),
    ("min", "minimum"),
    ("visibility", "private"),
    ("grade", "score"),
    ("status", "state"),
    ("milestones", "tasks"),
    ("parent", "team"),
    ("value", "actual currentvalue targetvalue"),
    ("note", "comment comments text"),
    ("reason", "comment comments why"),
    ("description", "summary why"),
    ("note", "summary"),
    ("end", "finish to until"),
    ("value", "to"),
    ("due", "deadline duedate end finish"),
    ("by", "deadline duedate until"),
    ("end", "deadline"),
    ("due", "until"),
    ("to", "aim final finalvalue finish auf bis cible hasta meta objectif objetivo soll ziel"),
    ("to", "zielwert"),
    ("target", "aim final finalvalue cible meta objectif objetivo soll ziel zielwert"),
    ("end", "bis ende fin final hasta"),
    ("from", "anfang ausgangswert de depuis départ desde début inicio startwert von"),
    ("start", "anfang beginn de debut desde début inicio von"),
    ("current", "actuel aktuell ist istwert stand valeuractuelle valoractual"),
    ("value", "ist istwert reached reading result score valeur valor wert"),
    ("title", "headline label nom nombre subject titre titulo título überschrift"),
    ("owner", "besitzer dueño eigentümer propietario propriétaire responsable verantwortlich"),
    ("owners", "responsables verantwortliche"),
    ("weight", "gewicht gewichtung peso poids importance"),
    ("due", "datelimite echeance faellig fecha frist fällig plazo vencimiento échéance"),
    ("date", "datum day fecha jour on tag when"),
    ("note", "anmerkung bemerkung comentario kommentar nota notes notiz remark remarque"),
    ("reason", "begründung grund motivo raison razón"),
    ("description", "beschreibung details descripcion descripción"),
    ("cycle", "ciclo periodo quartal trimestre zeitraum zyklus"),
    ("key_results", "ergebnisse resultadosclave résultatsclés schlüsselergebnisse keys metrics"),
    ("initiatives", "aktionen iniciativas initiativen massnahmen maßnahmen proyectos projekte"),
    ("milestones", "hitos jalons meilensteine steps"),
    ("check_ins", "avances fortschritt log"),
    ("confidence", "certainty confianza confiance konfidenz zuversicht"),
    ("unit", "einheit unidad unité"),
    ("done", "completed erledigt fait fertig finished hecho terminé"),
    ("next", "nextsteps nächsteschritte plans proximospasos"),
    ("blockers", "hindernisse obstacles obstáculos problems risiken"),
    ("wins", "erfolge logros successes succès"),
    ("parent", "above belongsto reportsto"),
    ("commitment", "ambition kind stretch"),
    ("keep", "band between range within"),
):
    for _name in _names.split():
        _FIELDS[_name].append(_field)

# The values that are written in the documents, with other words for them.
_VALUES = (
    ("active", "aktiv actif active activo enarbeit encours encurso going inprogress laufend offen"),
    ("active", "ongoing open running started wip live"),
    ("draft", "borrador brouillon entwurf geplant idea idée new notstarted planned planifié"),
    ("draft", "planificado proposed todo wip"),
    ("cancelled", "abandoned abandonné abgebrochen annulé anulado cancelado dropped gestrichen"),
    ("cancelled", "onhold paused postponed rejected stopped verworfen withdrawn"),
    ("doing", "active enarbeit encours encurso inarbeit inprogress laufend ongoing open running"),
    ("doing", "started wip"),
    ("done", "abgeschlossen achieved closed complete completed erledigt erreicht fait fertig"),
    ("done", "finished fini hecho terminado terminé"),
    ("todo", "backlog geplant new notstarted offen open pending pendiente planifié planned àfaire"),
    ("dropped", "abandoned abgebrochen annulé cancelado canceled cancelled gestrichen stopped"),
    ("planned", "draft entwurf geplant new notstarted planifié planificado proposed todo"),
    ("retired", "archived cancelled closed deprecated done inactive old stopped stillgelegt"),
    ("committed", "commit mandatory must pledge required roofshot verbindlich verpflichtend"),
    ("aspirational", "ambicioso ambitieux ambitioniert ambitious moonshot stretch"),
    ("private", "confidential geheim hidden intern internal privat privado privé secret"),
    ("public", "open öffentlich público visible"),
    ("week", "daily hebdomadaire semanal weekly weeks wöchentlich 1week everyweek 7days"),
    ("2 weeks", "biweekly fortnight fortnightly twoweeks zweiwöchentlich 14days bimensuel"),
    ("month", "mensual mensuel monatlich monthly months 1month everymonth 30days"),
    ("quarter", "quarterly quartalsweise trimestral trimestriel vierteljährlich 3months"),
    ("year", "annual annually annuel anual jährlich yearly 12months"),
    ("leading", "early input lead früh frühindikator"),
    ("lagging", "lag late output outcome spät spätindikator"),
    ("mean", "average avg durchschnitt media mittel mittelwert moyenne promedio"),
    ("sum", "cumulative somme suma summe total"),
    ("last", "current dernier latest letzter newest último"),
    ("max", "best highest maximum peak"),
    ("min", "lowest minimum"),
    ("bottom-up", "bottom team up"),
    ("top-down", "down top management"),
)


def _words(text: str) -> list[str]:
    return text.split()


FINISHED = frozenset(
    _words(
        "abgeschlossen achieved atteint closed complete completed done erledigt erreicht failed"
        " fait fertig finished fini hecho met missed reached success terminado terminé terminée"
    )
)
"""What people write for the status of what is over."""

GOING = frozenset(
    _words(
        "amarillo amber atrisk behind blocked delayed gelb green grün jaune late offtrack ontrack"
        " orange red rojo rot rouge verde verspätet vert yellow"
    )
)
"""What people write for the status of what goes well or badly."""


def letters_of(name: str) -> str:
    """Return a name as it is compared here: without capitals, dashes and spaces."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def other_fields(name: str) -> list[str]:
    """Return the fields that are called so elsewhere, the likeliest first."""
    return _FIELDS.get(letters_of(name), [])


def meant_value(written: str, words: Collection[str]) -> str | None:
    """Return the one of a field's words that another word stands for, or None."""
    written = letters_of(written)
    meant = (word for word, others in _VALUES if word in words and written in others.split())
    return next(meant, None)
