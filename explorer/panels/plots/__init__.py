"""The output along one input."""
