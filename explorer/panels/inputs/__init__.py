"""The table of inputs."""
