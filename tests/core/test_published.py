"""Numbers that were published: the article on GradientTape, Baydin et al.'s survey, and the "from scratch" post."""

import math

import pytest

from core.checking.differences import finite_difference
from core.language import parse
from core.run import Run, record
from core.sweeps import reverse
from core.timeline import Timeline

SEED = "def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2"
BAYDIN = "log(x1) + x1*x2 - sin(x2)"


def run(text: str, **point: float) -> Run:
    return record(parse(text), point)


def test_seed_function_has_the_articles_value_and_gradient() -> None:
    result = run(SEED, w1=5.0, w2=3.0)
    assert result.value == 105
    assert result.gradients() == {"w1": 36, "w2": 10}


def test_forward_differences_of_the_seed_function_are_the_articles_to_the_last_digit() -> None:
    difference = finite_difference(lambda w1, w2: 3 * w1**2 + 2 * w1 * w2, {"w1": 5.0, "w2": 3.0}, 1e-6, "forward")
    assert difference == {"w1": 36.000003007075065, "w2": 10.000000003174137}


def test_baydin_forward_trace() -> None:
    tape = run(BAYDIN, x1=2.0, x2=5.0).tape
    assert tape.primals == pytest.approx([2, 5, 0.693, 10, 10.693, -0.959, 11.652], abs=5e-4)


def test_baydin_reverse_trace() -> None:
    """Table 3 of the survey: the adjoint of every entry, and the gradient 5.5 and 1.716."""
    result = run(BAYDIN, x1=2.0, x2=5.0)
    adjoints = reverse(result.tape, {result.target: 1.0})
    by_operation = dict(zip((entry.op.name for entry in result.tape), adjoints, strict=True))
    assert by_operation["sub"] == 1  # v5
    assert by_operation["add"] == 1  # v4
    assert by_operation["sin"] == -1  # v3
    assert by_operation["log"] == 1  # v1
    assert by_operation["mul"] == 1  # v2
    assert adjoints[:2] == pytest.approx([5.5, 5 * 0 + 2 - math.cos(5)])
    assert adjoints[1] == pytest.approx(1.716, abs=5e-4)


@pytest.mark.parametrize(
    ("text", "point", "gradient"),
    [
        ("(a/b - a)*(b/a + a + b)*(a - b)", {"a": 230.3, "b": 33.2}, [-153284.83150602411, 3815.0389441500993]),
        (
            "log((sin(a*b) + exp(c - a/b))**2)*c",
            {"a": 43.0, "b": 3.0, "c": 2.0},
            [60.85353612046653, 872.2331479536114, -3.2853671032530305],
        ),
    ],
)
def test_from_scratch_post(text: str, point: dict[str, float], gradient: list[float]) -> None:
    assert list(run(text, **point).gradients().values()) == pytest.approx(gradient, rel=1e-12)


def test_both_operands_of_x_times_x_count() -> None:
    result = run("x*x", x=3.0)
    assert result.tape[1].operands == (0, 0)
    assert result.gradients() == {"x": 6}


def test_sixty_doublings_of_a_shared_value_are_linear_work() -> None:
    """A sweep that followed paths instead of entries would need 2**60 steps."""
    result = run("\n".join(["y = x", *["y = y + y"] * 60, "y"]), x=1.0)
    assert result.value == 2**60
    assert result.gradients() == {"x": 2**60}
    assert len(Timeline.of(result)) == 61 + 1 + 120 + 1


def test_five_thousand_operations_need_no_recursion() -> None:
    result = run("\n".join(["y = x", *["y = y + 1"] * 5000, "y"]), x=1.0)
    assert result.value == 5001
    assert result.gradients() == {"x": 1}
