"""What was seen in the documents: a code, a file, a line, one sentence and what to write.

`codes/` registers every code, `report/` writes findings for people and machines, and `baseline`
subtracts the known ones. The checks themselves are in `checks/`, or where documents are read.
"""
