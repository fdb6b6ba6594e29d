"""Ways through the steps: units, breakpoints, bookmarks."""
