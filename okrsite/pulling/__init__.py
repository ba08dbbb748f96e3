"""Values of KPIs from where they are: databases, addresses and files.

Here belongs what `okrsite pull` fetches, and what an answer says. Only that command calls it, and
it asks only the hosts and connections that the settings allow. It writes nothing: readings are
written by `okrsite.cli` through `okrsite.editing`, as those that people type.
"""
