"""Reads a program without running it: shapes in the place of values."""
