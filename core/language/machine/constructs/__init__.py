"""What each construct of the language does: the nodes of a checked syntax tree as closures over names and values."""
