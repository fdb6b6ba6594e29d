"""The view for a lecture hall."""
