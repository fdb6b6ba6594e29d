"""The form of a lesson's file: its tables and keys, their kinds and places. TOML in, data out; nothing is run."""
