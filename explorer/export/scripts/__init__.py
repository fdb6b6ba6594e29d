"""Scripts that give a run's numbers elsewhere."""
