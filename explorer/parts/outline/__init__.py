"""The outline of a text: its cells, functions and classes, and how its cells agree with a notebook's outputs."""
