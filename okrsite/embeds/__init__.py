"""Lists in fenced `okr` blocks, and references between brackets, in the text of pages.

A block is data that is read, checked and evaluated; nothing in it is ever run. How the results are
shown belongs to `okrsite.pages.embedded`.
"""
