"""Review mode: a cycle or an owner as a deck for the meeting, one objective a screen."""

from okrsite.pages.review.deck import DeckView, cycle_deck, owner_deck
from okrsite.pages.review.places import (
    RECENT_DAYS,
    Deck,
    cycle_review,
    decks,
    owner_review,
    review_link,
)

__all__ = [
    "RECENT_DAYS",
    "Deck",
    "DeckView",
    "cycle_deck",
    "cycle_review",
    "decks",
    "owner_deck",
    "owner_review",
    "review_link",
]
