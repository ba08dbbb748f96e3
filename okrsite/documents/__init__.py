"""Text and YAML to typed documents, with the line of every field; quantities and their units.

A document is read here on its own. What its references mean is decided in `project/`.
"""
