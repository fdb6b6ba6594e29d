"""The words of the field, explained where they stand."""
