"""What NumPy makes read-only is refused here too, and shows what its base has become. Each answer is NumPy's own."""

import numpy as np
import pytest

from core.language import parse
from core.run import record

VIEWS = (
    "np.broadcast_to(y, (2, 2, 2))", "np.broadcast_to(y, (2, 2))", "np.diagonal(y)", "np.diag(y)", "y.diagonal()",
    "np.linalg.diagonal(y)", "np.diagonal(y)[1:]", "np.asarray(np.diagonal(y))", "np.diagonal(y).view()",
    "np.broadcast_to(y[0, 0], (3,))",
)  # fmt: skip
COPIES = (
    "np.diag(y[0])", "np.diagonal(y).ravel()", "np.broadcast_to(y, (2, 2, 2)).reshape(-1)", "np.diagonal(y).copy()",
    "np.diag(np.diag(y))", "np.diagonal(y)*1.0",
)  # fmt: skip
WRITES = ("d[0] = 5", "d += 1", "d[:] = 0", "d *= d")


def numpys(text: str) -> float | None:
    """What NumPy answers; None where it refuses."""
    *body, last = text.split("\n")
    names = {"np": np, "x": np.array([[1.0, 2.0], [3.0, 4.0]])}
    try:
        exec("\n".join(body), names)
    except ValueError as error:
        assert "read-only" in str(error)
        return None
    return float(eval(last, names))


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("made", VIEWS + COPIES)
def test_it_is_written_where_numpy_writes(made, write):
    text = f"y = x*2\nd = {made}\n{write}\nd.sum() + y.sum()"
    run = record(parse("import numpy as np\n" + text), {"x": [[1.0, 2.0], [3.0, 4.0]]})
    wanted = numpys(text)
    if wanted is None:
        assert run.failure is not None and "read-only" in str(run.failure) and ".copy()" in str(run.failure)
    else:
        assert run.failure is None and float(run.value) == wanted


@pytest.mark.parametrize("made", VIEWS + COPIES)
def test_it_shows_what_its_base_has_become(made):
    text = f"y = x*2\nd = {made}\ny *= 3\ny[0, 0] = 7\nd.sum()"
    run = record(parse("import numpy as np\n" + text), {"x": [[1.0, 2.0], [3.0, 4.0]]})
    assert run.failure is None and float(run.value) == numpys(text)
