"""Fields: the output of a program over two of its numbers, with contour lines and gradients."""

from core.field.contours import Band, Contour, bands, contours, levels
from core.field.field import Field, FieldError, Slopes, Tangent, field_over, fineness
from core.field.places import Place, places

__all__ = [
    "Band", "Contour", "Field", "FieldError", "Place", "Slopes", "Tangent", "bands", "contours", "field_over",
    "fineness", "levels", "places",
]  # fmt: skip
