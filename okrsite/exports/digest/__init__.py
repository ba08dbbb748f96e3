"""The digest of a week: what moved, what is at risk and why, and what is overdue."""

from okrsite.exports.digest.content import Digest, DigestItem, DigestSection, digest_of
from okrsite.exports.digest.formats import to_html, to_markdown, to_text

__all__ = [
    "Digest",
    "DigestItem",
    "DigestSection",
    "digest_of",
    "to_html",
    "to_markdown",
    "to_text",
]
