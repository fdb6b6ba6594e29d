"""Benchmarks: how fast and how small, beside other libraries and beside code written by hand."""
