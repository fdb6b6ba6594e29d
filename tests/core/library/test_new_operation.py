"""An operation is added as the README says, a row for the engine and a row for its names, and is everywhere at once.

The numbers of mish at 0.5 are PyTorch's.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OP = """
    Op(
        "mish",
        "x * tanh(softplus(x))",
        ("tanh(softplus(x)) + x * sigmoid(x) * (1 - square(tanh(softplus(x))))",),
        reads="mish({0})",
        samples=ANY,
    ),
"""
NAMES = """
mish | torch.nn.functional.mish input:x | jax.nn.mish x | tf.nn.mish features:x name! | shape: same | dtype: float
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A copy of the program with the two rows in it."""
    copy = tmp_path_factory.mktemp("program")
    for package in ("core", "explorer", "assets"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    ops, names = copy / "core/ops/activations.py", copy / "core/library/subjects/elementwise.py"
    ops.write_text(ops.read_text(encoding="utf-8").replace("ROWS = (\n", f"ROWS = ({OP}", 1), encoding="utf-8")
    names.write_text(
        names.read_text(encoding="utf-8").replace('ROWS = """\n', f'ROWS = """{NAMES}', 1), encoding="utf-8"
    )
    return copy


def said(place: Path, *words: str) -> str:
    return subprocess.run([sys.executable, *words], cwd=place, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("text", ["mish(x)", "torch.nn.functional.mish(input=x)", "jax.nn.mish(x)"])
def test_it_is_typed_under_every_name(place, text):
    printed = said(place, "-m", "explorer", text, "--at", "x=0.5", "--print")
    assert "0.3752" in printed and "0.8864" in printed and "mish(x)" in printed


def test_it_is_in_the_dialect_the_scripts_and_the_help(place):
    told = said(
        place,
        "-c",
        "import core\n"
        "from core.dialects import tensorflow as tf\n"
        "from core.language.reference import language_page\n"
        "from explorer.export.scripts.library_script import library_script\n"
        "x = tf.Variable(0.5)\n"
        "with tf.GradientTape() as tape: y = tf.nn.mish(features=x)\n"
        "print(f'{tape.gradient(y, x).numpy():.4f}')\n"
        "print(library_script(core.record(core.parse('mish(x)'), {'x': 0.5}), 'pytorch'))\n"
        "print(language_page())",
    )
    assert "0.8864" in told and "torch.nn.functional.mish(x)" in told and "`jax.nn.mish(x)`" in told
