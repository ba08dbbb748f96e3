"""Small helpers that know nothing of OKRs: writing files, progress, near spellings, memory.

Code that knows documents, findings or settings belongs in their rooms.
"""
