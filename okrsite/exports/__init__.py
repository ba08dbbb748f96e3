"""Everything published next to the pages: the data, feeds, calendars and the digest.

What a page shows belongs in `pages/`, and the figures themselves are computed in `scores/`.
"""
