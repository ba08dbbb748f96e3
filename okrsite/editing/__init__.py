"""Documents to documents: text in, text out, and every other byte as it was.

`new/` writes documents that don't exist yet. Nothing here writes a file; the commands do.
"""
