"""The language that users type: a safe subset of Python, parsed, checked and run here, on tensors.

Nothing of the user's text ever reaches Python's own `eval`, `exec` or `getattr`: attributes, methods and
functions come from tables in this package. It knows nothing of windows.
"""

from core.basics.budget import Budget
from core.language.machine.outcome import Failure, Outcome
from core.language.parse import parse
from core.language.program import Input, Program

__all__ = ["Budget", "Failure", "Input", "Outcome", "Program", "parse"]
