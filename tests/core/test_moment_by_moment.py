"""What is said and shown at one step and not at the next: if these fail, sentences and states are a step off.

All numbers are by hand.
"""

from core.language import parse
from core.navigation import Steps
from core.notation import formula, sentence
from core.run import record
from core.timeline import State, Timeline


def timeline(text: str, direction: dict[str, float] | None = None, **point: float) -> Timeline:
    return Timeline.of(record(parse(text), point), direction)


def all_told(steps: Timeline) -> list[str]:
    return [sentence(steps, step) for step in range(len(steps) + 1)]


def states(steps: Timeline, step: int) -> list[State]:
    return [State(int(one)) for one in steps.frame(step).states()]


def test_what_an_adjoint_had_comes_before_what_it_has_then():
    """f = w1² w2 + w2 at (5, 3): w2 has 1 from the sum, receives 25 and has 26."""
    told = all_told(timeline("w1*w1*w2 + w2", w1=5.0, w2=3.0))
    assert any(one.endswith("w2 receives 1 × 25 = 25; with the 1 it already has that makes 26.") for one in told)


def test_what_goes_on_from_an_adjoint_is_all_that_arrived():
    """f = 3 y + y², y = 2 x, at x = 2: the slope of f along y is 3 + 2·4 = 11, of which 22 reaches x."""
    steps = timeline("y = x*2\ny*3 + y*y", x=2.0)
    assert any(one.endswith("so x receives 11 × 2 = 22.") for one in all_told(steps))
    assert any(formula(steps, step).endswith("× 2 = 11 × 2 = 22") for step in range(1, len(steps)))


def test_the_tangent_sweep_begins_once():
    steps = timeline("y = x*2\ny*w", {"x": 1.0, "w": 0.0}, x=2.0, w=3.0)
    told = all_told(steps)
    begins = [step for step, one in enumerate(told) if one.startswith("The tangent sweep begins: ")]
    assert begins == [steps.forward_end + 1]


def test_the_output_is_seeded_until_it_is_passed_on_and_complete_then():
    """f = 3 y, y = 2 x: x, y, f, the seed, f to y, y to x, done."""
    steps = timeline("y = x*2\nf = y*3\nf", x=2.0)
    seed = steps.forward_end + 1
    assert states(steps, len(steps))[2] == State.COMPLETE
    assert [states(steps, step)[2] for step in (seed - 1, seed, seed + 1, seed + 2)] == [
        State.CURRENT, State.CURRENT, State.CURRENT, State.COMPLETE,
    ]  # fmt: skip
    assert [states(steps, step)[0] for step in (seed + 1, seed + 2)] == [State.COMPUTED, State.ACCUMULATING]
    assert int(steps.completed_at[1]) == seed + 2


def test_a_seeded_output_shows_it_while_another_entry_is_at_work():
    """With two outputs of a tuple's sum none is current for long: f = a + b with a = x², b = 3 x."""
    steps = timeline("a = x*x\nb = x*3\na + b", x=2.0)
    shown = [states(steps, step)[3] for step in range(len(steps) + 1)]
    assert shown[-1] == State.COMPLETE and State.SEEDED not in shown[steps.forward_end + 4 :]


def test_a_moving_input_is_complete_when_the_tangent_sweep_is():
    steps = timeline("y = x*2\ny*3", {"x": 1.0}, x=2.0)
    assert [states(steps, step)[0] for step in (len(steps) - 1, len(steps))] == [State.SEEDED, State.COMPLETE]


def test_out_leaves_the_call_and_over_stays_in_it():
    """x, a and b in g, g's result; z: out of a goes to z, over goes to b."""
    steps = Steps(timeline("def g(v):\n    a = v*2\n    b = a*3\n    return b*v\ny = g(x)\nz = y + 1\nz", x=2.0))
    at_a, at_b, at_z = 2, 3, 5
    assert steps.over(at_a) == at_b
    assert steps.out(at_a) == steps.out(at_b) == at_z
