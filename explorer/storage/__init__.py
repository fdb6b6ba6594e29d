"""What is kept on disk: files, settings, examples."""
