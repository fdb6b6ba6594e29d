"""A browser draws the SVG as the window does: if this fails, what is put on a page or a slide looks otherwise."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from core.language import parse
from core.run import record
from explorer.export import Job, export

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LOOP = "def f(a):\n    x = a\n    for i in range(40):\n        x = sin(x)*a\n    return x\n"


def pixels(file: Path, width: int, height: int) -> np.ndarray:
    image = QImage(str(file)).copy(0, 0, width, height).convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)[..., :3].astype(float)


@pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
@pytest.mark.parametrize(("text", "dark"), [("3*a**2 + 2*a", False), (LOOP, True)], ids=["light", "folded-dark"])
def test_a_browser_draws_the_svg_like_our_own_png(text: str, dark: bool, tmp_path: Path, qapp: object) -> None:
    """Lines may differ by the smoothing of their edges, so shares of pixels are compared, and text by its ink."""
    job = Job(record(parse(text), {"a": 0.9}), dark=dark, scale=1.0)
    for name in ("graph.svg", "ours.png"):
        export(job, tmp_path / name)
    ours = QImage(str(tmp_path / "ours.png"))
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={tmp_path}/profile", f"--window-size={ours.width()},{ours.height()}",
               f"--screenshot={tmp_path}/browser.png", (tmp_path / "graph.svg").as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    mine, theirs = (pixels(tmp_path / name, ours.width(), ours.height()) for name in ("ours.png", "browser.png"))
    away = np.abs(mine - theirs).max(axis=2)
    assert np.mean(away > 60) < 0.02 and np.mean(away) < 3
    ground = mine[1, 1]
    inks = [float(np.mean(np.abs(one - ground).max(axis=2) > 60)) for one in (mine, theirs)]
    assert inks[1] == pytest.approx(inks[0], rel=0.15)
