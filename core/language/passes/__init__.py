"""Loops that train: each pass changes the loop's own numbers, and has a tape of its own."""
