"""Colours, fonts, icons, and mathematics as drawings."""
