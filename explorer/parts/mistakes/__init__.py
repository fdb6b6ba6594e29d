"""The deliberate mistake, and the run beside it."""
