"""Tables and bead: if these fail, a table gives the answer away before it has happened in the graph."""

from tests.explorer.window.test_window import cells


def adjoints(window) -> list[str]:
    return [row[4] for row in cells(window, "tape_table")]


def test_the_tape_shows_a_number_when_the_bead_has_brought_it(window):
    window.player.seek(window.shown.timeline.forward_end + 2)
    before = adjoints(window)
    window.player.step_forward()
    for _ in range(5):
        window.player.tick(0.1)
        assert adjoints(window) == before
    window.player.tick(1.0)
    assert adjoints(window) != before


def test_values_wait_too(window):
    window.player.seek(2)
    window.player.step_forward()
    window.player.tick(0.1)
    assert [row[3] for row in cells(window, "tape_table")] == ["5", "3", "", "", "", "", ""]
    window.player.tick(1.0)
    assert [row[3] for row in cells(window, "tape_table")] == ["5", "3", "25", "", "", "", ""]


def test_finite_differences_wait_for_the_tape(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.busy())
    window.player.seek(0)
    assert [row[2] for row in cells(window, "gradient_table")] == ["", ""]
    window.player.seek(window.player.last)
    assert [row[2] for row in cells(window, "gradient_table")] == ["36", "10"]


def test_a_matrix_leaves_the_graph_its_place(window, qtbot):
    """A formula of many lines is drawn smaller, not higher than the graph."""
    window.files.start(window.document())
    text = window.playback.text
    rows = r" \\ ".join(["1 & 2 & 3"] * 9)
    text.show_text("All is in.", "x = …", rf"x = \begin{{bmatrix}} {rows} \end{{bmatrix}}", "adjoint")
    assert text.height() <= text.sentence.height() + 2.5 * text.formula.height_of_line()
