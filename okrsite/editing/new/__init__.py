"""New sites and new documents: their texts, and the files that they go to.

Nothing here writes a file; the commands do.
"""
