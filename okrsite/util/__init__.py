"""Small helpers that know nothing of OKRs: writing files, progress, near spellings, memory.

What knows a document, a finding or a setting belongs in the room that has it.
"""
