"""Findings about the documents: a code, a file, a line, one sentence and what to write.

`codes/` registers every code, `report/` formats findings for people and programs, and `baseline`
subtracts the known ones. The checks themselves are in `checks/`, or where documents are read.
"""
