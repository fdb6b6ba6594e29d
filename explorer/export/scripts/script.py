"""Scripts that give a run's numbers elsewhere: in plain NumPy, in TensorFlow or in PyTorch. Knows runs; no window."""

from core.run import Run
from explorer.export.scripts.library_script import library_script
from explorer.export.scripts.numpy_script import numpy_script

DIALECTS = ("numpy", "tensorflow", "pytorch")


def script(run: Run, dialect: str) -> str:
    """The text of a script; ValueError, with the reason, where the run cannot be written so."""
    return numpy_script(run) if dialect == "numpy" else library_script(run, dialect)
