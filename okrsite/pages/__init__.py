"""What each page shows: one frozen dataclass per template, every figure already in words."""
