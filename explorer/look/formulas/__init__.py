"""Formulas laid out by ourselves: `letters` measures glyphs, `boxes` puts them together, `reader` reads LaTeX."""
