"""The doctor names the cause of a missing gradient: on written programs for each cause, and on random ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.basics.cuts import Reason
from core.language import parse
from core.language.abstract.cutting import DECIDES, TEXT
from core.run import Run, record
from core.why import watch_disagreements, why_none, why_none_in_text
from core.why.words import SEVERAL

TAPE = "with tf.GradientTape() as tape:"

CASES: dict[str, list[tuple[str, str, str]]] = {
    # reason: (program, input, the text to be marked)
    Reason.INTEGER: [
        ("y = int(x)*2.0", "x", "int(x)"),
        ("a = x*x\nb = tf.cast(a, tf.int32)\ny = b*3", "x", "tf.cast(a, tf.int32)"),
        ("y = (x*3 > 2)*z", "x", "x*3 > 2"),
        ("def f(t):\n    return t.astype(int)\ny = f(2*x)*z", "x", "t.astype(int)"),
        ("i = int(x)\nv = [z, 2*z, 3*z]\ny = v[i]", "x", "int(x)"),
    ],
    Reason.NO_DERIVATIVE: [
        ("y = np.floor(x)*z", "x", "np.floor(x)"),
        ("y = x*x // 2 + z", "x", "x*x // 2"),
        ("a = round(x*3)\ny = a*z", "x", "round(x*3)"),
        ("y = tf.math.ceil(2*x)", "x", "tf.math.ceil(2*x)"),
        ("f = lambda t: torch.round(t)\ny = f(x)*z", "x", "torch.round(t)"),
    ],
    Reason.DETACHED: [
        ("a = x*2\nb = a.numpy()\ny = b*3", "x", "a.numpy()"),
        ("y = x.item()*z", "x", "x.item()"),
        ("def f(t):\n    return t.numpy()\ny = f(x*x)*z", "x", "t.numpy()"),
        ("a = np.array([x, x*x])\nb = a.tolist()\ny = b[0]*z", "x", "a.tolist()"),
        ("s = z\nfor i in range(3):\n    s = s + (x*i).numpy()\ny = s*2", "x", "(x*i).numpy()"),
    ],
    Reason.STOP_GRADIENT: [
        ("y = tf.stop_gradient(x)*z", "x", "tf.stop_gradient(x)"),
        ("y = stop_gradient(x*x)*z", "x", "stop_gradient(x*x)"),
        ("a = x.detach()\ny = a*a*z", "x", "x.detach()"),
        ("y = z*jax.lax.stop_gradient(sin(x))", "x", "jax.lax.stop_gradient(sin(x))"),
        ("def f(t):\n    return tf.stop_gradient(t)\ny = f(exp(x)) + z", "x", "tf.stop_gradient(t)"),
    ],
    Reason.CONSTANT: [
        ("y = np.zeros_like(x) + z", "x", "np.zeros_like(x)"),
        ("a = np.array([x, x])\ny = len(a)*z", "x", "len(a)"),
        ("a = np.array([x, x])\ny = a.shape[0]*z", "x", "a.shape"),
        ("y = np.ones_like(x*x)*z", "x", "np.ones_like(x*x)"),
        ("a = np.array([x, 2*x])\ny = z*a.size", "x", "a.size"),
    ],
    Reason.NO_PATH: [
        ("u = x*2\ny = z*3", "x", "x"),
        ("def f(a, b):\n    return b*b\ny = f(x, z)", "x", "x"),
        ("a = [x, z]\ny = a[1]*2", "x", "x"),
        ("if z > 0:\n    y = z*z\nelse:\n    y = x*x", "x", "x"),
        ("s = z\nfor i in range(0):\n    s = s*x\ny = s", "x", "x"),
    ],
    Reason.REPLACED: [
        ("a = x*2\na = z\ny = a*3", "x", "a = z"),
        ("y = x*2\ny = z*3", "x", "y = z*3"),
        ("a = x*x\nb = a\na = 5.0*z\ny = a + z", "x", "a = 5.0*z"),
        ("a = sin(x)\nfor i in range(2):\n    a = z*i\ny = a + 1", "x", "a = z*i"),
        ("s = x\ns = 0.0\ny = s + z", "x", "s = 0.0"),
    ],
    DECIDES: [
        ("y = z*np.where(x > 1, z, 2*z)", "x", "x > 1"),
        ("if x > 0:\n    y = z*2\nelse:\n    y = z*3", "x", "x > 0"),
        ("y = z if x > 0 else 2*z", "x", "x > 0"),
        ("a = z\nwhile a < x:\n    a = a + z\ny = a*2", "x", "a < x"),
        ("def f(t):\n    if t > 2:\n        return z\n    return 2*z\ny = f(x)", "x", "t > 2"),
        ("b = x*x\nif b < 10:\n    a = z\nelse:\n    a = 2*z\ny = a*a", "x", "b < 10"),
    ],
    TEXT: [
        ("a = str(x)\ny = float(a)*z", "x", "str(x)"),
        ("a = f'{x}'\ny = float(a)*z", "x", "f'{x}'"),
        ("y = float(str(x*x)) + z", "x", "str(x*x)"),
        ("def f(t):\n    return float(str(t))\ny = f(x)*z", "x", "str(t)"),
        ("y = z*float(f'{x + 1}')", "x", "f'{x + 1}'"),
    ],
}

IN_TEXT: dict[str, list[tuple[str, str]]] = {
    # reason: (program that asks its own tape, the text to be marked); the first of each from TensorFlow's guide
    Reason.REPLACED: [
        (
            "x = tf.Variable(2.0)\nfor epoch in range(2):\n    with tf.GradientTape() as tape:\n        y = x + 1\n"
            "    print(tape.gradient(y, x))\n    x = x + 1",
            "x + 1",
        ),
        (f"x = tf.Variable(2.0)\nx = x*3\n{TAPE}\n    y = x*x\ng = tape.gradient(y, x)", "x*3"),
        (f"w = tf.Variable(2.0)\nw = w - 0.1\n{TAPE}\n    l = w**2\ng = tape.gradient(l, w)", "w - 0.1"),
        (f"x = tf.Variable(2.0)\nx = tf.sin(x)\n{TAPE}\n    y = x*x\ng = tape.gradient(y, [x])", "tf.sin(x)"),
        (f"x = tf.Variable(2.0)\nx = 2*x\nx = x + 1\n{TAPE}\n    y = x*x\ng = tape.gradient(y, x)", "x + 1"),
    ],
    Reason.DETACHED: [
        (
            f"x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])\n{TAPE}\n  x2 = x**2\n  y = np.mean(x2.numpy(), axis=0)\n"
            "  y = tf.reduce_mean(y, axis=0)\nprint(tape.gradient(y, x))",
            "x2.numpy()",
        ),
        (f"x = tf.Variable(2.0)\n{TAPE}\n    y = tf.constant(x.numpy())*2\ng = tape.gradient(y, x)", "x.numpy()"),
    ],
    Reason.INTEGER: [
        (f"x = tf.Variable(10.0)\n{TAPE}\n    n = tf.cast(x, tf.int32)\n    y = n*n\ng = tape.gradient(y, x)",
         "tf.cast(x, tf.int32)"),
        (f"x = tf.Variable(3.0)\n{TAPE}\n    y = tf.cast(x, 'int64')\ng = tape.gradient(y, x)", "tf.cast(x, 'int64')"),
    ],
    Reason.ASSIGNED: [
        (
            f"x0 = tf.Variable(3.0)\nx1 = tf.Variable(0.0)\n{TAPE}\n  x1.assign_add(x0)\n  y = x1**2\n"
            "print(tape.gradient(y, x0))",
            "x1.assign_add(x0)",
        ),
        (f"a = tf.Variable(3.0)\nb = tf.Variable(0.0)\n{TAPE}\n  b.assign(2*a)\n  y = b**2\ng = tape.gradient(y, a)",
         "b.assign(2*a)"),
        (f"a = tf.Variable(3.0)\nb = tf.Variable(9.0)\n{TAPE}\n  b.assign_sub(a)\n  y = 3*b\ng = tape.gradient(y, a)",
         "b.assign_sub(a)"),
        (f"a = tf.Variable(3.0)\n{TAPE}\n  b = tf.Variable(2*a)\n  y = b*b\ng = tape.gradient(y, a)",
         "tf.Variable(2*a)"),
        (f"a = tf.Variable(3.0)\nb = tf.Variable(0.0)\n{TAPE}\n  c = a*a\n  b.assign(c)\n  y = b\n"
         "g = tape.gradient(y*2, a)", "b.assign(c)"),
    ],
    Reason.STOPPED: [
        (f"x = tf.Variable(2.0)\n{TAPE}\n    with tape.stop_recording():\n        y = x*3\ng = tape.gradient(y, x)",
         "x*3"),
        (f"x = tf.Variable(2.0)\n{TAPE}\n    a = x*x\ny = a*2\ng = tape.gradient(y, x)", "a*2"),
        (f"x = tf.Variable(2.0)\na = x*x\n{TAPE}\n    y = a*2\ng = tape.gradient(y, x)", "x*x"),
        (f"x = tf.constant(2.0)\n{TAPE}\n    tape.watch(x)\n    b = x*x\ny = sin(b)\ng = tape.gradient(y, x)",
         "sin(b)"),
        (f"x = tf.Variable(2.0)\n{TAPE}\n    a = x*2\n    with tape.stop_recording():\n        b = a*a\n    y = b + 1\n"
         "g = tape.gradient(y, x)", "a*a"),
    ],
    Reason.NOT_WATCHED: [
        (f"x = tf.constant(2.0)\n{TAPE}\n    y = x*x\ng = tape.gradient(y, x)", "x"),
        ("x = tf.Variable(2.0)\nwith tf.GradientTape(watch_accessed_variables=False) as tape:\n    y = x*x\n"
         "g = tape.gradient(y, x)", "x"),
        (f"x = tf.constant(2.0)\nz = tf.constant(1.0)\n{TAPE}\n    tape.watch(z)\n    y = x*z\ng = tape.gradient(y, x)",
         "x"),
        (f"x = tf.constant([1.0, 2.0])\n{TAPE}\n    y = tf.reduce_sum(x*x)\ng = tape.gradient(y, [x])", "x"),
        (f"x = tf.Variable(2.0, trainable=False)\n{TAPE}\n    y = x*x\ng = tape.gradient(y, x)", "x"),
    ],
    Reason.STOP_GRADIENT: [
        ("x = torch.tensor(2.0, requires_grad=True)\nw = torch.tensor(3.0, requires_grad=True)\ny = x.detach()*w\n"
         "y.backward()\ng = x.grad", "x.detach()"),
        (f"x = tf.Variable(2.0)\n{TAPE}\n    y = tf.stop_gradient(x)*x.numpy()\ng = tape.gradient(y, x)",
         "tf.stop_gradient(x)"),
    ],
    Reason.NO_PATH: [
        (f"x = tf.Variable(2.0)\nz = tf.Variable(1.0)\n{TAPE}\n    tape.watch(x)\n    y = z*z\ng = tape.gradient(y, x)",
         "x"),
    ],
}  # fmt: skip

USED_UP = [
    f"x = tf.Variable(2.0)\n{TAPE}\n    y = x*x\na = tape.gradient(y, x)\nb = tape.gradient(y, x)",
    f"x = tf.Variable(2.0)\n{TAPE}\n    y = x*x\n    z = y*y\na = tape.gradient(z, x)\nb = tape.gradient(y, x)",
    f"x = tf.constant(2.0)\n{TAPE}\n    tape.watch(x)\n    y = x*x\nfor i in range(2):\n    g = tape.gradient(y, x)",
    f"x = tf.Variable(2.0)\n{TAPE}\n    y = x**3\ng = [tape.gradient(y, x), tape.gradient(y, x)]",
    f"x = tf.Variable(2.0)\n{TAPE}\n    y = x*x\na = tape.jacobian(y, x)\nb = tape.gradient(y, x)",
]


def run_of(text: str, watch: list[str] | None = None) -> Run:
    program = parse(text)
    point = dict.fromkeys(program.input_names, 1.5) if "tf." not in text or "Tape" not in text else {}
    return record(program, point, watch)


def marked(run: Run, span: object) -> str:
    return span.text_in(run.program.text) if span is not None else ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("reason", "text", "name", "mark"), [(reason, *case) for reason, cases in CASES.items() for case in cases]
)
def test_the_break_is_named_and_marked(reason: str, text: str, name: str, mark: str) -> None:
    run = run_of(text)
    assert run.failure is None
    answer = why_none(run, name)
    assert answer is not None and answer.cause == reason, answer
    assert marked(run, answer.span) == mark
    assert answer.reason.endswith(".") and answer.remedy.endswith(".")
    assert "{" not in answer.reason.replace(mark, "")


@pytest.mark.parametrize(
    ("reason", "text", "mark"), [(reason, *case) for reason, cases in IN_TEXT.items() for case in cases]
)
def test_a_tape_in_the_text_is_explained(reason: str, text: str, mark: str) -> None:
    run = run_of(text)
    answers = why_none_in_text(run)
    assert [answer.cause for answer in answers] == [reason], answers
    assert marked(run, answers[0].span) == mark


@pytest.mark.parametrize("text", USED_UP)
def test_a_used_up_tape_is_explained_where_it_is_asked_again(text: str) -> None:
    run = run_of(text)
    answer = why_none(run, "x")
    assert answer is not None and answer.cause == Reason.USED_UP
    assert marked(run, answer.span).startswith("tape.gradient")


@pytest.mark.parametrize(
    "text",
    [
        "y = x*z",
        "y = sin(x) + z",
        "def f(x, z):\n    return x*z + z",
        "s = 0.0\nfor i in range(3):\n    s = s + x*z",
        "y = exp(x)",
    ],
)
def test_an_input_that_is_not_watched_is_named(text: str) -> None:
    run = run_of(text, watch=["z"])
    answer = why_none(run, "x")
    assert run.failure is None
    assert answer is not None and answer.cause == Reason.NOT_WATCHED


@pytest.mark.parametrize(
    "text", ["y = x*z", "y = float(x)*2", "y = np.floor(x) + x", "y = tf.stop_gradient(x)*x", "y = x if x > 0 else z"]
)
def test_nothing_is_explained_where_there_is_a_gradient(text: str) -> None:
    assert why_none(run_of(text), "x") is None


def test_a_failed_program_says_so_first() -> None:
    answer = why_none(run_of("y = x @ [1.0, 2.0, 3.0]"), "x")
    assert answer is not None and answer.cause == "failed"


def test_the_path_leads_from_the_input_to_the_break() -> None:
    run = run_of("a = sin(x)\nb = a*z\ny = int(b)*2.0")
    answer = why_none(run, "x")
    assert answer is not None
    assert [run.tape.label(index) for index in answer.path] == ["x", "a", "b"]


@pytest.mark.parametrize("text", ["(x, 2*x)", "[x, 1.0]", "{'a': x}", "y = x, x*x\ny", "f'{x}'"])
def test_an_output_that_is_not_one_value_is_told(text: str) -> None:
    answer = why_none(run_of(text), "x")
    assert answer is not None and answer.cause == SEVERAL


def test_a_chain_of_thousands_of_operators_is_read() -> None:
    run = run_of("y = " + " + ".join(["x"] * 4000) + " + stop_gradient(z)")
    assert why_none(run, "x") is None
    answer = why_none(run, "z")
    assert answer is not None and answer.cause == Reason.STOP_GRADIENT


PLANTS = {
    Reason.INTEGER: ("int({})", "tf.cast({}, tf.int32)", "({} > 0)"),
    Reason.NO_DERIVATIVE: ("np.floor({})", "round({})", "({} // 1)"),
    Reason.DETACHED: ("({}).numpy()", "({}).item()"),
    Reason.STOP_GRADIENT: ("stop_gradient({})", "({}).detach()"),
    Reason.CONSTANT: ("np.zeros_like({})",),
    TEXT: ("float(str({}))",),
}
SMOOTH = ("sin({a})", "{a}*{b}", "{a} + {b}", "tanh({a}) - {b}", "{a}/(1.0 + {b}*{b})", "exp(0.1*{a})")


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str, str]:
    """A program of some lines in which x passes through one break; the reason, and the text of the break."""
    reason = draw(st.sampled_from(sorted(PLANTS)))
    plant = draw(st.sampled_from(PLANTS[reason]))
    names, lines = ["x"], []
    for number in range(draw(st.integers(0, 3))):  # what x goes through before the break
        text = draw(st.sampled_from(SMOOTH)).format(a=names[-1], b=draw(st.sampled_from([*names, "z"])))
        lines.append(f"a{number} = {text}")
        names.append(f"a{number}")
    broken = plant.format(names[-1])
    style = draw(st.integers(0, 2))
    if style == 0:
        lines.append(f"c = {broken}")
    elif style == 1:
        lines.insert(0, f"def f(t):\n    return {plant.format('t')}")
        lines.append(f"c = f({names[-1]})")
    else:
        lines.append(f"c = z\nfor i in range(2):\n    c = c + {broken}")
    clean = ["c", "z"]
    for number in range(draw(st.integers(1, 3))):  # what is computed from the broken value
        text = draw(st.sampled_from(SMOOTH)).format(a=clean[-1], b=draw(st.sampled_from(clean)))
        lines.append(f"b{number} = {text}")
        clean.append(f"b{number}")
    lines.append(f"y = c*z + {clean[-1]}")
    return "\n".join(lines), reason, (plant.format("t") if style == 1 else broken)


@settings(max_examples=200)
@given(planted())
def test_the_planted_break_of_a_random_program_is_found(case: tuple[str, str, str]) -> None:
    text, reason, broken = case
    run = run_of(text)
    assert run.failure is None, run.failure
    answer = why_none(run, "x")
    assert answer is not None and answer.cause == reason, (text, answer)
    assert marked(run, answer.span).strip("()") in broken


OWN_TAPE = "w, v = tf.Variable(2.0), tf.Variable(3.0)\nwith tf.GradientTape({}) as tape:\n    {}\n    y = w*v\n"
OWN_TAPE += "g = tape.gradient(y, [w, v])\n"
CHOSEN = OWN_TAPE.format("watch_accessed_variables=False", "tape.watch(w)")
CONSTANT = "x = tf.constant(3.0)\nwith tf.GradientTape() as tape:\n    {}\n    y = x*x\ng = tape.gradient(y, x)\n"
LEAF = "x = torch.tensor(3.0, requires_grad=True)\ny = x*x\ny.backward()\nprint(x.grad)\n"


@pytest.mark.parametrize(
    ("text", "watch", "names"),
    [
        (CHOSEN, None, ["v"]),
        (OWN_TAPE.format("", "pass"), ["w"], []),
        (CONSTANT.format("pass"), ["x"], ["x"]),
        (CONSTANT.format("pass"), None, []),
        (CONSTANT.format("tape.watch(x)"), None, []),
        (CONSTANT.format("tape.watch(x)"), [], ["x"]),
        (LEAF, None, []),
        (LEAF, [], ["x"]),
        ("y = w*v", ["w"], []),
    ],
)
def test_where_the_tape_in_the_text_watches_otherwise_than_the_user_it_is_said(text, watch, names):
    run = record(parse(text), watch=watch)
    found = watch_disagreements(run)
    assert list(found) == names
    for name, answer in found.items():
        assert name in answer.reason and answer.span is not None
        assert ("You watch" in answer.reason) == (name in run.watched)


def test_an_input_that_only_the_text_does_not_watch_is_answered_by_the_text():
    answer = why_none(record(parse(CHOSEN)), "v")
    assert answer.cause == Reason.NOT_WATCHED and answer.span.text_in(CHOSEN) == "v"


IN_TORCH = {
    "detached": ("x = torch.tensor(2.0, requires_grad=True)\ny = x.detach()\nz = y*3", "`x.detach()` detaches: "),
    "a copy": ("x = torch.tensor(2.0, requires_grad=True)\nz = torch.tensor(x, requires_grad=True)*3",
               "`torch.tensor(x, requires_grad=True)` leaves autograd"),
    "a copy of several": ("x = torch.tensor(2.0, requires_grad=True)\ny = torch.tensor([x, x], requires_grad=True)\n"
                          "z = y.sum()", "`torch.tensor([x, x], requires_grad=True)` leaves autograd"),
    "a number of Python": ("x = torch.tensor(2.0, requires_grad=True)\nw = torch.tensor(3.0, requires_grad=True)\n"
                           "z = float(x)*w", "`float(x)` leaves autograd"),
    "a function of math": ("import math\nx = torch.tensor(2.0, requires_grad=True)\n"
                           "w = torch.tensor(3.0, requires_grad=True)\nz = math.sin(x)*w",
                           "`math.sin(x)` leaves autograd"),
    "its data": ("x = torch.tensor(2.0, requires_grad=True)\ny = x.data\nz = y*3", "`x.data` detaches: "),
    "no gradient required": (
        "x = torch.tensor(2.0)\nw = torch.tensor(3.0, requires_grad=True)\nz = w*x\nz.backward()",
        "x does not require a gradient, ",
    ),
    "a plain number": (
        "x = torch.tensor(2.0, requires_grad=True)\nz = x.item()*3", "`x.item()` leaves autograd: "
    ),
}


@pytest.mark.parametrize(("text", "begins"), IN_TORCH.values(), ids=IN_TORCH.keys())
def test_the_cause_is_told_in_the_words_of_pytorch(text, begins):
    """Who speaks of detach and requires_grad is not told to watch a tape."""
    answer = why_none(record(parse(text)), "x")
    assert answer is not None and answer.reason.startswith(begins)
    assert "tape" not in answer.reason + answer.remedy


def test_a_tensor_computed_without_gradients_is_told_in_the_words_of_pytorch():
    text = "x = torch.tensor(2.0, requires_grad=True)\nw = torch.tensor(1.0, requires_grad=True)\n"
    text += "with torch.no_grad():\n    y = x*x\nz = y*3 + w\nz.backward()"
    answer = why_none(record(parse(text)), "x")
    assert answer is not None and "`torch.no_grad()`" in answer.reason


@pytest.mark.parametrize("text", ["np.mean(x**2)", "float(x)*2", "math.sin(x)", "np.array(x)*2", "sum([np.exp(x)])"])
def test_what_leaves_tensorflow_is_said_to_leave_it(text):
    run = record(
        parse(f"x = tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n    y = {text}\nprint(tape.gradient(y, x))")
    )
    answer = why_none(run, "x")
    assert answer.kind == "left-the-library" and answer.span.line == 3
    assert "np." in answer.reason or "float" in answer.reason or "math" in answer.reason
