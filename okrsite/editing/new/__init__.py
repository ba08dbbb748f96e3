"""What a site and its documents begin with: texts that are ready to be written, and where to.

Nothing here writes a file; the commands do.
"""
