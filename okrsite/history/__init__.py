"""The past: what git keeps of the documents, and what changed between two states of them.

`git/` reads git's objects, `diff/` compares two states, `log/` follows each document through its
commits. Nothing here writes, and nothing that reads the present passes through here.
"""
