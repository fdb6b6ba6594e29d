"""The derivative as readable Python."""
