"""Text for people: numbers, money, dates and durations in a language, and inline Markdown.

The translated texts themselves are in `okrsite.i18n`.
"""
