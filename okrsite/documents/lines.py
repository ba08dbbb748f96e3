"""The line numbers of fields in the front matter of a file."""

Location = tuple[str | int, ...]
"""The keys and positions that lead to a field: `("key_results", 0, "to")`."""

LineNumbers = int | tuple[int, dict[str, "LineNumbers"] | list["LineNumbers"]]
"""The line of a field, and for a mapping or list those of everything in it.

What is read from JSON has lists of two for pairs.
"""


def line_at(line_numbers: LineNumbers, location: Location) -> int:
    """Return the line of a field, or of the innermost field around it that is written."""
    found = _follow(line_numbers, location)[0]
    return found if isinstance(found, int) else found[0]


def lines_at(line_numbers: LineNumbers, location: Location) -> dict[str, int]:
    """Return the line of each field of the mapping at a location, by name."""
    found, whole = _follow(line_numbers, location)
    if not whole or isinstance(found, int) or isinstance(found[1], list):
        return {}
    return {name: m if isinstance(m, int) else m[0] for name, m in found[1].items()}


def _follow(line_numbers: LineNumbers, location: Location) -> tuple[LineNumbers, bool]:
    """Return what is as near to a location as it is written, and whether it is the location."""
    for step in location:
        try:
            line_numbers = line_numbers[1][step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return line_numbers, False
    return line_numbers, True
