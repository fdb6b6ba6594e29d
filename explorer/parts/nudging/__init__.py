"""Moving an entry a little, to see the whole graph follow."""
