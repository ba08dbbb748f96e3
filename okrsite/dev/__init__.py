"""Tools for developers of okrsite: the guide's reference pages and the catalogues.

Nothing here is needed at run time, and nothing else imports it.
"""
