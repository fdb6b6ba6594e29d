"""Every tape entry knows its text, the calls and the loop passes that led to it; branches not taken are known."""

import threading

from core.language import Budget, parse
from core.run import record
from core.tape import Tape

NESTED = "def dense(v):\n    return v*w\ndef layer(v):\n    return dense(v) + 1\n" + (
    "y = x\nfor i in range(2):\n    y = layer(y)\ny"
)


def texts(text: str) -> list[str]:
    run = record(parse(text), {"x": 2.0})
    return [entry.span.text_in(text) for entry in run.tape if entry.op.name != "input"]


def test_every_entry_knows_the_text_it_came_from():
    assert texts("z = 3*x**2 + sin(x)") == ["x**2", "3*x**2", "sin(x)", "3*x**2 + sin(x)"]
    assert texts("-x") == ["-x"]
    assert texts("y = x\ny += x*x") == ["x*x", "y += x*x"]


def test_columns_count_characters_and_not_bytes():
    assert texts("β = 'ä'; z = x*x") == ["x*x"]


def test_every_entry_knows_its_calls_and_its_loop_passes():
    run = record(parse(NESTED))
    found = [(e.op.name, e.provenance.call_stack, e.provenance.loop) for e in run.tape if e.op.name != "input"]
    assert found == [
        ("mul", ("layer", "dense"), ((6, 1),)),
        ("add", ("layer",), ((6, 1),)),
        ("mul", ("layer", "dense"), ((6, 2),)),
        ("add", ("layer",), ((6, 2),)),
    ]


def test_every_entry_knows_where_its_functions_were_called():
    entries = [entry for entry in record(parse(NESTED)).tape if entry.op.name != "input"]
    assert [[site.span.line for site in entry.provenance.sites] for entry in entries] == [[7, 4], [7]] * 2
    assert [[site.loop for site in entry.provenance.sites] for entry in entries[:2]] == [[((6, 1),)] * 2, [((6, 1),)]]


def test_comprehensions_count_as_loops():
    run = record(parse("sum([x*i for i in range(3)])"))
    assert [e.provenance.loop for e in run.tape if e.op.name == "mul"] == [((1, 1),), ((1, 2),), ((1, 3),)]


def test_a_branch_not_taken_is_known():
    text = "if x > 0:\n    y = x\nelse:\n    y = -x\ny"
    assert [span.text_in(text) for span in parse(text).execute({"x": 1.0}).skipped] == ["y = -x"]
    assert [
        span.text_in("x if x > 0 else 2*x") for span in parse("x if x > 0 else 2*x").execute({"x": 1.0}).skipped
    ] == ["2*x"]


def test_a_run_that_is_too_long_keeps_what_was_recorded():
    run = record(parse("y = x\nwhile True:\n    y = y*1.0"), budget=Budget(entries=1_000))
    assert run.failure is not None and "1,000 entries" in run.failure.message
    assert 1_000 <= len(run.tape) < 1_400


def test_a_cancelled_run_ends():
    budget = Budget()
    threading.Timer(0.05, budget.cancel).start()
    outcome = parse("while True:\n    pass").execute(
        {}, None, Budget(operations=10**12, seconds=30.0, _stop=budget._stop)
    )
    assert outcome.failure is not None and outcome.failure.message == "The run was cancelled."


def test_a_cancelled_run_of_arrays_ends_at_the_next_operation():
    budget = Budget()
    budget.cancel()
    outcome = parse("y = np.ones(20000)\nfor i in range(10**6):\n    y = y*1.0").execute({}, Tape(), budget)
    assert outcome.failure is not None and outcome.failure.message == "The run was cancelled."


def test_deep_structures_do_not_exhaust_the_machine():
    text = "y = []\nfor i in range(100000):\n    y = [y]\nz = ()\nfor i in range(100000):\n    z = (z,)\nprint(y)\n"
    assert parse(text + "y == y").execute({}).failure.message == "These are nested too deeply to be compared."
    assert parse(text + "{z: 1}").execute({}).failure.message == "A tuple cannot be a key."


def test_recursion_within_the_limit_works_as_deep_as_in_python():
    assert parse("def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nf(850)").execute({}).value == 850
