"""Formulas that we lay out ourselves: if these fail, mathematics is missing, misplaced, or slow to appear."""

import pytest
from PySide6.QtGui import QImage, QPainter

from core import notation
from core.language import parse
from core.notation import LATEX
from core.run import record
from core.timeline import Timeline
from explorer.look.formulas.boxes import Glyphs, Stroke
from explorer.look.formulas.reader import Unknown, laid_out
from explorer.look.typesetting import draw, set_here

SIZE = 20.0
TEXTS = (
    "3*x**2 + exp(x)/x", "tanh(x) - sqrt(x)", "where(x > 0, x, -x)", "sum(x*[1, 2])", "log(x)**3 - abs(x)",
    "max(x, 1) + floor(x)", "([[1, 2], [3, 4]] @ [x, x]).sum()", "sin(-x)*1e-9",
)  # fmt: skip


def placed(latex: str) -> dict[str, Glyphs]:
    """The texts of a formula with their places."""
    return {mark.text: mark for mark in laid_out(latex, SIZE).marks if isinstance(mark, Glyphs)}


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_a_step_says_is_laid_out_here(text, qapp):
    """No step of these waits for the library, which takes longer than a frame."""
    timeline = Timeline.of(record(parse(text), {"x": 2.0}))
    for step in range(1, len(timeline) + 1):
        latex = notation.formula(timeline, step, LATEX)
        assert not latex or set_here(latex), latex


def test_a_formula_is_there_at_once(typesetter):
    pieces = typesetter.now(r"\overline{v_{2}} = 3 \times 2 = 6")
    assert len(pieces) == 3 and not typesetter.busy


def test_scripts_are_smaller_and_lower_or_higher(qapp):
    marks = placed(r"a_{1} + b^{2}")
    assert marks["1"].pixels < SIZE and marks["1"].y > 0 > marks["2"].y


def test_a_bar_lies_over_the_letter_and_its_subscript(qapp):
    box = laid_out(r"\overline{v_{12}}", SIZE)
    (bar,) = [mark for mark in box.marks if isinstance(mark, Stroke)]
    (left, y), (right, _) = bar.points
    digits = next(mark for mark in box.marks if isinstance(mark, Glyphs) and mark.text == "12")
    assert left < digits.x < right <= box.width and y < digits.y - SIZE * 0.5


def test_a_numerator_stands_above_its_line_and_a_denominator_below(qapp):
    box = laid_out(r"\frac{a}{b}", SIZE)
    a, b = (mark for mark in box.marks if isinstance(mark, Glyphs))
    (line,) = [mark for mark in box.marks if isinstance(mark, Stroke)]
    assert a.y < line.points[0][1] < b.y


def test_a_matrix_has_rows_and_columns(qapp):
    marks = placed(r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}")
    assert marks["1"].y == marks["2"].y < marks["3"].y == marks["4"].y
    assert marks["1"].x == marks["3"].x < marks["2"].x == marks["4"].x


def test_a_minus_has_room_between_two_things_and_none_as_a_sign(qapp):
    two = laid_out("a - b", SIZE).width - laid_out("ab", SIZE).width
    one = laid_out("-b", SIZE).width - laid_out("b", SIZE).width
    assert two > one + 0.3 * SIZE
    after_words = laid_out(r"\text{else }-x", SIZE).width - laid_out(r"\text{else }x", SIZE).width
    assert after_words == pytest.approx(one)


@pytest.mark.parametrize("latex", [r"\frac{a", r"\aleph", r"\left(a", "a}", r"\begin{matrix} a \end{matrix}", "a &"])
def test_what_is_not_understood_is_refused(latex, qapp):
    with pytest.raises(Unknown):
        laid_out(latex, SIZE)


def test_fences_grow_with_what_they_hold(qapp):
    low, high = laid_out(r"\left(a\right)", SIZE), laid_out(r"\left(\frac{\frac{a}{b}}{c}\right)", SIZE)
    assert high.above > low.above and max(m.stretch for m in high.marks if isinstance(m, Glyphs)) > 1.2


def test_a_piece_is_painted_within_its_box(qapp):
    (piece,) = set_here(r"\overline{v_{2}}^{3} + \frac{a}{b}")
    image = QImage(round(piece.width) + 20, round(piece.height) + 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw(painter, piece, 10, 10 + piece.above, "#000000")
    painter.end()
    dark = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).value() < 200]
    assert dark and min(y for _, y in dark) >= 8 and max(y for _, y in dark) <= 12 + piece.height
    assert min(x for x, _ in dark) >= 8 and max(x for x, _ in dark) <= 12 + piece.width
