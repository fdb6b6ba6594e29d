"""One derivative found in several ways."""
