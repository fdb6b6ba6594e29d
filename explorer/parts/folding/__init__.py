"""Folding and unfolding groups."""
