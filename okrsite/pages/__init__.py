"""What each page shows: a view holds values, a template puts them into words.

A view is a frozen dataclass, one for each template in theme/okr. It selects, sorts, groups and
counts; its rows are objects of the model with their figures. Filters and the page's context
(`okrsite.pages.parts.PageContext`) give templates words, links and drawings.
"""
