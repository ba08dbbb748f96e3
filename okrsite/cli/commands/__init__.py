"""One module for each command: its options, what it calls, and what it prints.

What several commands share is in `okrsite.cli`; what a command does is in the rooms below.
"""
