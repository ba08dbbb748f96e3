"""Marks texts of the interface that stand in one place and are said in another."""


def message(text: str) -> str:
    """Give a text back as it is.

    A text that is handed to `Words.say` as a value, from a register or a table, is out of sight
    for what collects texts to translate; where it is written, this marks it.
    """
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """Give both forms of a text with a number back as they are; for `Words.count`."""
    return one, many
