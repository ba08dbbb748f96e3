"""The site on one's own machine: after a save, only what is asked for is made at once."""
