"""Lessons and the tour: moments that wait for what happens in the window, say what is there to see, and ask."""
