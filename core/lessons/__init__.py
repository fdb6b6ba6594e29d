"""Lessons: a program, moments anchored on its state, questions, claims; read, walked and checked without a window."""
