"""Finding entries and paths."""
