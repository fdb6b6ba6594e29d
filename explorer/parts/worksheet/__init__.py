"""Worksheets: questions on paper, and their answers apart."""
