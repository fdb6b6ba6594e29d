"""A program run: once, as a whole or as one pass of its loop."""
