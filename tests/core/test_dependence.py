"""Paths: their products add up to the derivative, and they are counted even where they are too many to list."""

import pytest

from core.dependence import ancestors, descendants, paths_between
from core.language import parse
from core.run import Run, record


def run_of(text: str, **point: float) -> Run:
    return record(parse(text), point)


@pytest.mark.parametrize(
    ("text", "point", "count"),
    [
        ("3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, 2),
        ("x*x", {"x": 3.0}, 2),
        ("x*x*x + sin(x)", {"x": 0.7}, 4),
        ("log(x1) + x1*x2 - sin(x2)", {"x1": 2.0, "x2": 5.0}, 2),
    ],
)
def test_products_add_up_to_the_derivative(text: str, point: dict[str, float], count: int) -> None:
    """Without this the chain rule that is shown is not the one that is computed."""
    run = run_of(text, **point)
    for name, gradient in run.gradients().items():
        assert run.target is not None
        found = paths_between(run.tape, run.inputs[name], run.target)
        assert found.count == len(found.paths)
        assert sum(path.product for path in found.paths) == pytest.approx(gradient)
        assert all(path.entries[0] == run.inputs[name] and path.entries[-1] == run.target for path in found.paths)
    assert run.target is not None and paths_between(run.tape, 0, run.target).count == count


def test_sixty_doublings_are_counted_but_not_listed() -> None:
    run = run_of("def f(x):\n    for i in range(60):\n        x = x + x\n    return x\n", x=1.0)
    assert run.target is not None
    found = paths_between(run.tape, 0, run.target, most=5)
    assert found.count == 2**60 and len(found.paths) == 5


def test_no_path_is_no_path() -> None:
    run = run_of("def f(a, b):\n    c = a*2\n    return b*3\n", a=1.0, b=2.0)
    assert run.target is not None
    assert paths_between(run.tape, run.inputs["a"], run.target).count == 0
    assert paths_between(run.tape, run.target, 0).paths == ()


def test_a_product_through_a_matrix_is_left_open() -> None:
    run = record(parse("sum(A @ x)"), {"A": [[1.0, 2.0]], "x": [3.0, 4.0]})
    assert run.target is not None
    assert paths_between(run.tape, run.inputs["x"], run.target).paths[0].product is None


def test_ancestors_and_descendants() -> None:
    run = run_of("def f(a, b):\n    c = a*2\n    d = c*b\n    return sin(c)\n", a=1.0, b=2.0)
    tape = run.tape
    labels = {tape.label(k): k for k in range(len(tape))}
    assert ancestors(tape, labels["d"]) == [labels["a"], labels["b"], labels["c"]]
    assert descendants(tape, labels["c"]) == [labels["d"], labels["f"]]
    assert descendants(tape, labels["f"]) == [] and ancestors(tape, labels["a"]) == []
