"""Lessons on paper and on a wall: worksheet, answer key, slides. Self-contained HTML, made from the guided way."""

from core.lessons.papers.sheet import sheet
from core.lessons.papers.slides import slides

__all__ = ["sheet", "slides"]
