"""The changes between two states of a site, in OKR terms.

`compare` is a pure function of two states; `compare_objective` and the like do the same for one
document, for its change log.
"""
