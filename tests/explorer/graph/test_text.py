"""Bars over letters are drawn by hand, and nothing is wider than its room."""

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtWidgets import QApplication

from explorer.drawing.measure import Style
from explorer.graph.text import FACES, piece, width
from explorer.look.inline import MACRON


def test_a_bar_stands_over_its_letter_only(qapp: QApplication) -> None:
    plain, barred = piece("v4 = 1", Style.VALUE), piece(f"v{MACRON}4 = 1", Style.VALUE)
    assert barred.plain == "v4 = 1" and barred.width == plain.width and plain.bars == ()
    ((left, wide, above),) = barred.bars
    letter = width("v", Style.VALUE)
    overhang = letter / 10  # in every font the bar may reach out a little, but not over the next letter
    assert left >= -overhang and left + wide <= letter + overhang
    assert 0 < above < FACES[Style.VALUE].metrics.height()


def test_a_bar_is_higher_over_a_tall_letter(qapp: QApplication) -> None:
    low, high = piece(f"x{MACRON}", Style.VALUE), piece(f"X{MACRON}", Style.VALUE)
    assert high.bars[0][2] > low.bars[0][2]


def test_long_text_is_shortened_to_its_room(qapp: QApplication) -> None:
    text = piece("a_very_long_name_indeed", Style.TITLE, 60)
    assert text.plain.endswith("…") and text.width <= 60


def test_text_that_fits_is_left_alone(qapp: QApplication) -> None:
    assert piece("v1", Style.TITLE, 60).plain == "v1"


def test_a_macron_without_a_letter_is_dropped(qapp: QApplication) -> None:
    assert piece(MACRON, Style.TITLE).bars == ()


def test_each_thread_lays_out_texts_of_its_own(qapp: QApplication) -> None:
    """Qt changes a laid-out text while it draws it: shared with an export, it would be drawn wrongly or crash."""
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(piece, "v4", Style.VALUE).result()
    here = piece("v4", Style.VALUE)
    assert here is piece("v4", Style.VALUE) and other is not here and other.width == here.width


def test_the_number_of_a_name_is_a_subscript(qapp: QApplication) -> None:
    """v4 is read as v with the index 4, as in the formula; a number in a function's name or a word is not."""
    made = piece(f"v{MACRON}12 = sin(x3) + log2(f2(4.5)) float64", Style.VALUE)
    low = [run.text() for run, _, lowered in made.runs if lowered]
    assert low == ["12", "3"]
    assert piece("through v1. Ways", Style.VALUE).runs[1][0].text() == "1"
    assert piece("w1² + x2⁴", Style.VALUE).runs[1][0].text() == "1"
    assert made.width < FACES[Style.VALUE].metrics.horizontalAdvance(made.plain)
    ends = [x + 0.0 for _, x, _ in made.runs]
    assert ends == sorted(ends)
