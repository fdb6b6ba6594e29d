"""The engine in the clothes of other libraries: their names and habits, our tape. Each dialect is a package."""
