"""A derivative that the text states itself is told as such, and a rule that forgets what arrives is caught at it."""

from core.language import parse
from core.run import record
from core.why import Answer, why_large, why_zero

TEXT = """@tf.custom_gradient
def f(x):
    def grad(upstream):
        return {rule}
    return x**2, grad
y = f(x)*{factor}"""


def asked(rule: str, factor: float = 5.0) -> Answer:
    run = record(parse(TEXT.format(rule=rule, factor=factor)), {"x": 3.0})
    assert run.failure is None, run.failure
    answer = why_zero(run, run.inputs["x"]) or why_large(run, run.inputs["x"])
    assert answer is not None
    return answer


def test_a_rule_that_forgets_the_factor_from_above_is_named() -> None:
    answer = asked("2*x")
    assert answer.kind == "convention" and answer.span is not None
    assert "`f` states it itself" in answer.reason and "v̄2 = 5 is lost" in answer.reason
    assert answer.remedy == "Let the rule of `f` multiply by the adjoint that it is given."


def test_a_right_rule_is_only_told_as_the_texts_own() -> None:
    answer = asked("upstream*2*x")
    assert "`f` states it itself" in answer.reason and "lost" not in answer.reason
    assert answer.kind == "large"


def test_where_1_arrives_nothing_is_lost() -> None:
    assert "lost" not in asked("2*x", 1.0).reason


def test_a_rule_that_gives_nothing_is_not_blamed_on_a_factor() -> None:
    answer = asked("0.0*upstream")
    assert answer.kind == "convention" and "`f` states its own derivative" in answer.reason


def test_programs_without_such_rules_say_nothing_of_it() -> None:
    run = record(parse("y = 5*x**2"), {"x": 3.0})
    answer = why_large(run, run.inputs["x"])
    assert answer is not None and "states" not in answer.reason
