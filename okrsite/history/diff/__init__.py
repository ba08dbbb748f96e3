"""What is different between two states of a site, in the words of OKRs.

`compare` is a pure function of two states; `compare_objective` and `compare_kpi` are the same for
one document, so that its change log says it in the same words.
"""
