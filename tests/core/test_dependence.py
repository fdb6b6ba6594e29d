"""Routes: their products add up to the derivative, and they are counted even where they are too many to list."""

import pytest

from core.dependence import ancestors, descendants, routes_between, shortest_route
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
        found = routes_between(run.tape, run.inputs[name], run.target)
        assert found.count == len(found.routes)
        assert sum(route.product for route in found.routes) == pytest.approx(gradient)
        assert all(route.entries[0] == run.inputs[name] and route.entries[-1] == run.target for route in found.routes)
    assert run.target is not None and routes_between(run.tape, 0, run.target).count == count


def test_sixty_doublings_are_counted_but_not_listed() -> None:
    run = run_of("def f(x):\n    for i in range(60):\n        x = x + x\n    return x\n", x=1.0)
    assert run.target is not None
    found = routes_between(run.tape, 0, run.target, most=5)
    assert found.count == 2**60 and len(found.routes) == 5


def test_no_route_is_no_route() -> None:
    run = run_of("def f(a, b):\n    c = a*2\n    return b*3\n", a=1.0, b=2.0)
    assert run.target is not None
    assert routes_between(run.tape, run.inputs["a"], run.target).count == 0
    assert routes_between(run.tape, run.target, 0).routes == ()


def test_a_product_through_a_matrix_is_left_open() -> None:
    run = record(parse("sum(A @ x)"), {"A": [[1.0, 2.0]], "x": [3.0, 4.0]})
    assert run.target is not None
    assert routes_between(run.tape, run.inputs["x"], run.target).routes[0].product is None


def test_ancestors_and_descendants() -> None:
    run = run_of("def f(a, b):\n    c = a*2\n    d = c*b\n    return sin(c)\n", a=1.0, b=2.0)
    tape = run.tape
    labels = {tape.label(k): k for k in range(len(tape))}
    assert ancestors(tape, [labels["d"]]) == [labels["a"], labels["b"], labels["c"], labels["d"]]
    assert descendants(tape, [labels["c"]]) == [labels["c"], labels["d"], labels["f"]]
    assert descendants(tape, [labels["f"]]) == [labels["f"]] and ancestors(tape, [labels["a"]]) == [labels["a"]]
    assert ancestors(tape, [labels["d"]], until=[labels["c"]]) == [labels["b"], labels["c"], labels["d"]]
    assert ancestors(tape, []) == [] == descendants(tape, [])


def test_an_entry_may_depend_on_another_without_a_derivative() -> None:
    """The condition of `where` decides, and its slot has no rule."""
    run = run_of("c = a > 0\ny = np.where(a*1.0, b, 2*b)", a=1.0, b=2.0)
    tape, target = run.tape, run.target
    assert target is not None
    a, b = run.inputs["a"], run.inputs["b"]
    assert a in ancestors(tape, [target]) and b in ancestors(tape, [target])
    assert a not in ancestors(tape, [target], flows=True) and b in ancestors(tape, [target], flows=True)
    assert target in descendants(tape, [a]) and target not in descendants(tape, [a], flows=True)


def test_the_shortest_route_is_found_in_a_wide_tape() -> None:
    run = run_of("def f(a, b):\n    c = sin(cos(a))\n    return c*a + b\n", a=1.0, b=2.0)
    tape, target = run.tape, run.target
    assert target is not None
    assert [tape.label(one) for one in shortest_route(tape, run.inputs["a"], target)] == ["a", "v3", "f"]
    assert shortest_route(tape, target, target) == (target,)
    assert shortest_route(tape, run.inputs["b"], run.inputs["a"]) == ()
