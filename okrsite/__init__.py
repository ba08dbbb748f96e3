"""OKRs as files in git, published as a site that a whole organisation likes to read."""

__version__ = "0.1.0"
