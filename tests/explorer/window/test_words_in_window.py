"""Everything that the window shows can be translated: in the pseudo-language it is all in brackets."""

import os
import subprocess
import sys

import pytest

OF_QT = {
    "QAbstractButton qt_dockwidget_floatbutton: 'Float'",
    "QAbstractButton qt_dockwidget_closebutton: 'Close'",
    "QToolButton ScrollLeftButton: 'Scroll Left'",
    "QToolButton ScrollRightButton: 'Scroll Right'",
}
"""What Qt says by itself: it brings translations of its own."""


@pytest.fixture(scope="module")
def told() -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, "-m", "tests.pseudo"], capture_output=True, text=True, env=environment)


def test_the_window_works_in_another_language(told):
    """A text that is also a key somewhere would raise a KeyError."""
    assert (told.returncode, told.stderr) == (0, "")


def test_everything_that_is_shown_went_through_the_catalogue(told):
    assert set(told.stdout.splitlines()) - OF_QT == set()
