"""Values before and after: `$6.3M → $7.2M`, and the value alone where it is the same."""

from okrsite.language.wording import Words


def both_values(
    words: Words,
    before: float | None,
    after: float | None,
    unit: str | None,
    limits: tuple[float | None, ...],
) -> tuple[str | None, str]:
    """Return two values in words, and a unit that is a word only once.

    The first is None where there was no value, or the same one.
    """
    if after is None or before is None or before == after:
        return None, words.quantity(after, unit, limits)
    was, now = words.both(before, after, unit, limits)
    if not words.unit_is_part(unit):
        was, _ = words.both(before, after, None, limits)
    return was, now
