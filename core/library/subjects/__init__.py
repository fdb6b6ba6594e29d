"""The rows of the table of library functions, by subject. Texts only; how they read is told in `core.library.row`."""
