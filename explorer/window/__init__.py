"""The window: what stands where, and the actions."""
