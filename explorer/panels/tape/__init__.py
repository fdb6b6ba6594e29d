"""The Wengert list as a table."""
