"""Who changed what and when, in the words of OKRs, read out of git's objects.

It is the comparison of `okrsite diff`, one document and one commit at a time. What it says is what
was public when it was committed, and is public now.
"""
