"""Writes all golden texts."""

from tests.core.test_notation import every_operation
from tests.golden import FOLDER

(FOLDER / "notation.txt").write_text(every_operation(), encoding="utf-8")
