"""The line numbers of fields in the front matter of a file."""

Location = tuple[str | int, ...]
"""The keys and positions that lead to a field: `("key_results", 0, "to")`."""

LineNumbers = int | tuple[int, dict[str, "LineNumbers"] | list["LineNumbers"]]
"""The line of a field, and for a mapping or list those of everything in it."""


def line_at(line_numbers: LineNumbers, location: Location) -> int:
    """Return the line of a field, or of the innermost field around it that is written."""
    for step in location:
        if isinstance(line_numbers, int):
            return line_numbers
        line, inside = line_numbers
        try:
            line_numbers = inside[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return line
    return line_numbers if isinstance(line_numbers, int) else line_numbers[0]


def lines_at(line_numbers: LineNumbers, location: Location) -> dict[str, int]:
    """Return the line of each field of the mapping at a location, by name."""
    for step in location:
        if isinstance(line_numbers, int):
            return {}
        try:
            line_numbers = line_numbers[1][step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return {}
    if isinstance(line_numbers, int) or isinstance(line_numbers[1], list):
        return {}
    return {name: m if isinstance(m, int) else m[0] for name, m in line_numbers[1].items()}
