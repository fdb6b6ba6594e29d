"""What is worked out, beside the window's thread, for those who want to understand a run: pure functions of runs."""
