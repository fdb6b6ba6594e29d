"""The help page lists what there is, and every example form on it can be parsed."""

import inspect
import math

import pytest

from core.language import parse
from core.language.names import builtins, methods, namespaces
from core.language.reference import language_page
from core.library import internal, rows
from core.run import record


def test_the_page_names_every_function_that_programs_can_call():
    page = language_page()
    missing = [
        path
        for path in namespaces.TABLE
        if not path.startswith(("jnp", "autograd", "core")) and path.split(".")[-1] not in page
    ]
    assert not missing
    assert all(f"`{name}(" in page for name in builtins.BUILTINS)


def _typed():
    return [(row, name) for row in rows().values() for name in row.names if name.typed and "python." not in name.path]


def test_every_row_leads_to_a_function():
    for row, name in _typed():
        if not name.path.startswith("."):
            assert callable(namespaces.implementation(row.function)), row.function


@pytest.mark.parametrize(("row", "name"), _typed(), ids=[name.path for _, name in _typed()])
def test_our_functions_have_the_arguments_that_their_rows_name(row, name):
    path = name.path
    function = methods.ARRAY[path[1:]].call if path.startswith(".") and path != ".format" else None
    function = function or namespaces.implementation(row.function)
    if function is None:
        return  # a method of strings
    known = inspect.signature(function).parameters
    if any(one.kind is one.VAR_KEYWORD for one in known.values()):
        return  # one that looks at values, as NumPy does
    wanted = {internal(part) for part in name.signature if part != "*" and not part.endswith("!")}
    assert not wanted - known.keys(), f"`{path}` names {sorted(wanted - known.keys())}; there is {[*known]}"


MENDED = {
    "np.sum(np.swapaxes([[x, 2.0], [3.0, 4.0]], 0, 1)[0])": 1.0,
    "np.sum(np.vander([x, 2.0], N=3))": 7.0,
    "torch.transpose(torch.stack([torch.stack([x, x*x])]), 0, 1).sum()": 7.0,
    "torch.sin(input=x)": math.cos(3.0),
    "torch.linalg.norm(input=torch.stack([x, 4.0*x]))": math.sqrt(17.0),
    "tf.nn.relu(features=x)": 1.0,
    "np.arctan2(1.0, x)": -0.1,
    "math.prod([x, 2.0], start=3.0)": 6.0,
}


@pytest.mark.parametrize("text", MENDED)
def test_arguments_are_called_as_the_library_calls_them(text):
    assert record(parse(text), {"x": 3.0}).gradients()["x"] == pytest.approx(MENDED[text])
