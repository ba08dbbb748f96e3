"""Who changed what and when, in OKR terms, read out of git's objects.

It is the comparison of `okrsite diff`, one document and one commit at a time. It shows only what
was public when it was committed, and is public now.
"""
