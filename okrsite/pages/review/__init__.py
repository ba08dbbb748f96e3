"""Review mode: a cycle or an owner as a deck for the meeting, one objective a screen."""
