"""The digest of a week: what moved, what is at risk and why, and what is overdue."""

from okrsite.exports.digest.content import Digest, DigestItem, DigestSection, digest_of
from okrsite.exports.digest.html import to_html
from okrsite.exports.digest.markdown import to_markdown

__all__ = ["Digest", "DigestItem", "DigestSection", "digest_of", "to_html", "to_markdown"]
