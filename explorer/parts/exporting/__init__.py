"""Exporting the graph."""
