"""Classes, exceptions, generators and the rest of Python print what CPython prints."""

import contextlib
import io

import pytest

from core.language import parse
from tests.core.language.python_texts import TEXTS


def printed_by_python(text: str) -> str:
    """What CPython prints for the text."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, "text", "exec"), {"__name__": "__main__"})
    return out.getvalue()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_prints_what_python_prints(name):
    program = parse(TEXTS[name])
    outcome = program.execute({one.name: one.default for one in program.inputs})
    assert outcome.failure is None, str(outcome.failure)
    assert outcome.printed == printed_by_python(TEXTS[name])
