"""The names in the table, and the arguments they take, are those of the libraries themselves, where these are there.

NumPy is always there; `math` and `random` are too. TensorFlow, PyTorch and JAX are asked where they are installed.
"""

import importlib
import inspect
import re

import pytest

from core.library import public, rows

MODULES = {
    "np": "numpy", "math": "math", "random": "random", "tf": "tensorflow", "torch": "torch", "jax": "jax",
    "jnp": "jax.numpy",
}  # fmt: skip
NAMES = [
    pytest.param(space, name, id=f"{space}:{name.path}")
    for row in rows().values()
    for name in row.names
    for space in (("np", "jnp") if name.path.startswith("np.") and name.typed else (name.path.partition(".")[0],))
    if space in MODULES
]
# Names that programs may write although the library in this version, or JAX's NumPy, has none of them.
OURS = {("np", "np.trapz"), ("jnp", "np.trapz")}
# Arguments that a library takes and does not tell: by an older name that it still understands.
TAKEN = {
    "np.reshape": {"newshape"}, "torch.broadcast_to": {"size"}, "torch.concatenate": {"tensors", "dim"},
    "torch.linalg.norm": {"input"}, "torch.linalg.cholesky": {"input"}, "torch.swapaxes": {"input"},
    "np.arange": {"start"}, "torch.var": {"unbiased"}, "torch.std": {"unbiased"}, "torch.arange": {"dtype", "device"},
}  # fmt: skip


def found(space: str, path: str):
    """The library's own function; the test is left out where the library is not installed."""
    module = pytest.importorskip(MODULES[space])
    for part in path.partition(".")[2].split("."):
        if not hasattr(module, part) and inspect.ismodule(module):
            importlib.import_module(f"{module.__name__}.{part}")
        module = getattr(module, part)
    return module


def parameters(function):
    """The arguments of a function, by name; None where the library does not tell them."""
    try:
        known = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return None
    return None if any(one.kind is one.VAR_KEYWORD for one in known.values()) else known


def told_in_words(function):
    """The arguments in the calls that the documentation of a function of PyTorch begins with."""
    calls = re.findall(r"^\s*(?:\.\. function:: )?[\w.]+\((.*)\)\s*(?:->.*)?$", function.__doc__ or "", re.M)
    return {word.strip(" *").partition("=")[0].partition(":")[0] for call in calls for word in call.split(",")}


@pytest.mark.parametrize(("space", "name"), NAMES)
def test_a_library_has_the_function_and_the_arguments(space, name):
    if (space, name.path) in OURS or (space == "jnp" and ".random." in name.path):
        pytest.skip("ours alone")
    function = found(space, name.path)
    assert callable(function)
    known = parameters(function)
    if space == "jnp" or not name.typed:
        return  # programs write NumPy's arguments; and NumPy hands on its own to what answers it
    if known is not None:
        _compare(name, known)
    elif space == "torch" and (told := told_in_words(function)):
        wanted = {public(part) for part in name.signature if not part.startswith("*")}
        unknown = wanted - told - TAKEN.get(name.path, set())
        assert not unknown, f"{unknown} among {told}"


def _compare(name, known):
    """Every argument is known, and at the place where it can be given without a name."""
    places = [one for one in known.values() if one.kind is not one.KEYWORD_ONLY]
    by_place = {one.name for one in places if one.kind is one.POSITIONAL_ONLY}
    many = any(one.kind is one.VAR_POSITIONAL for one in places)
    named_only = False
    for place, part in enumerate(name.signature):
        if part.startswith("*"):
            assert part == "*" or many or name.path.endswith("range")
            named_only = True
            continue
        wanted = public(part)
        unnamed = many or place < len(places) and places[place].name in by_place
        assert unnamed or wanted in known or wanted in TAKEN.get(name.path, ()), f"`{wanted}` among {[*known]}"
        assert named_only or unnamed or places[place].name == wanted, f"`{wanted}` at {place} among {[*known]}"
