"""The graph of a run, placed and described, without Qt."""
