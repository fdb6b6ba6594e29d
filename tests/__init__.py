"""Tests of both packages; `core/` and `explorer/` in here mirror them."""
