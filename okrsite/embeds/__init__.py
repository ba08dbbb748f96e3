"""What pages ask for in their text: lists in fenced blocks, and references between brackets.

Nothing that is written there is ever run: a block is data that is read, checked and answered.
"""
