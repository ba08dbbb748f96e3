"""Where fields stand in the front matter of a file, by the way that leads to them."""

Location = tuple[str | int, ...]
"""The keys and positions that lead to a field: `("key_results", 0, "to")`."""

Marks = int | tuple[int, dict[str, "Marks"] | list["Marks"]]
"""The line of a field, and for a mapping or list those of all that stands in it."""


def line_at(marks: Marks, location: Location) -> int:
    """Return the line of a field, or of the nearest thing it stands in."""
    for step in location:
        if isinstance(marks, int):
            return marks
        line, inside = marks
        try:
            marks = inside[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return line
    return marks if isinstance(marks, int) else marks[0]


def lines_at(marks: Marks, location: Location) -> dict[str, int]:
    """Return the lines of the fields that stand in the mapping at a place, by their names."""
    for step in location:
        if isinstance(marks, int):
            return {}
        try:
            marks = marks[1][step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return {}
    if isinstance(marks, int) or isinstance(marks[1], list):
        return {}
    return {name: m if isinstance(m, int) else m[0] for name, m in marks[1].items()}
