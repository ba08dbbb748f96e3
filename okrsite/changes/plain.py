"""Text that others wrote, made fit to be shown: on one line, and doing nothing."""

import re

# Control characters steer a terminal; marks of direction make a line read as another one.
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\r\n\u00a0\u202f]+")


def clean(text: str) -> str:
    """Put a text on one line and replace what cannot be seen but acts."""
    return _STEERING.sub("\ufffd", _SPACES.sub(" ", text))
