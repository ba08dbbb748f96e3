"""Existing OKRs to documents: spreadsheets, Markdown, JSON and YAML of other tools.

Here belongs what `okrsite import` works out: what a file says, what it means among the documents of
the site, and which documents are written. It writes nothing itself. How documents are read does not
belong here, nor how new ones are placed: that is `okrsite.documents` and `okrsite.editing`.
"""
