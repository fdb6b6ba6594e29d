"""The tape as an object with a life of its own."""
