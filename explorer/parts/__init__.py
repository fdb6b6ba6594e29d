"""One folder for each feature: its work, its panel and its wiring."""
