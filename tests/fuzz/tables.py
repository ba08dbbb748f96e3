"""Tables of readings, as spreadsheets and people write them."""

import random

from tests.fuzz.odd import ODD_DAYS, ODD_NUMBERS, ODD_TEXTS
from tests.fuzz.spoil import spoiled_text

_ROWS = [["date", "value", "note"], ["2026-10-15", "84%", "fine"], ["2026-11-01", "88", ""]]
_HEADERS = [
    ["Date", "VALUE"], ["value", "date"], ["date"], ["date", "value", "value"], ["Datum", "Wert"],
    [" date ", '"value"', "note", ""], ["\ufeffdate", "value"], [],
]  # fmt: skip
_CELLS = [*ODD_DAYS, *ODD_NUMBERS, *ODD_TEXTS, "84,5", "1.234,5", "1 234", '"', '""', "a;b", "=1+1"]
_FIRST_LINES = ["sep=;", 'sep=","', "sep=\t", "sep=", "SEP=,;;;", "", "<<<<<<< ours", "# mine"]


def table(dice: random.Random) -> str | bytes:
    """Return a CSV file, which is sound two times out of five."""
    rows = [list(row) for row in _ROWS]
    separator = ","
    for _ in range(dice.choice([0, 0, 1, 2, 4])):
        match dice.randrange(8):
            case 0:
                rows[0] = list(dice.choice(_HEADERS))
            case 1:
                separator = dice.choice(";\t|, ")
            case 2:
                dice.choice(rows).append(str(dice.choice(_CELLS)))
            case 3:
                rows[:0] = [[dice.choice(_FIRST_LINES)]]
            case 4:
                row = dice.choice(rows)
                del row[-1:]
            case 5:
                rows += [list(dice.choice(rows)) for _ in range(dice.choice([1, 300]))]
            case _:
                cells = [str(dice.choice(_CELLS)) for _ in range(dice.choice([1, 2, 2, 2, 3, 5]))]
                rows.insert(dice.randrange(len(rows) + 1), cells)
    quoted = dice.random() < 0.3
    lines = [separator.join(f'"{cell}"' if quoted else cell for cell in row) for row in rows]
    text = "\n".join(lines) + dice.choice(["\n", "", "\n\n\n"])
    return spoiled_text(dice, text) if dice.random() < 0.1 and text else text
