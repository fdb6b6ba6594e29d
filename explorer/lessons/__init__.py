"""Lessons without a window: those in the assets, their walk through a terminal, their papers. Knows no Qt."""
