"""Reading a text agrees with running it: a derivative flows in the reading exactly where the tape has one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.language import parse
from core.language.abstract.cutting import DECIDES
from core.run import record
from core.why import why_none
from core.why.reading import Reading

SMOOTH = (
    "sin({a})", "{a}*{b}", "{a} + {b}", "{a} - 2*{b}", "({a} + {b})/3", "{a}**2", "-{a}", "abs({a})", "float({a})",
    "np.maximum({a}, {b})", "np.where({a} > 0, {a}, {b})", "({a}, {b})[0]", "max({a}, {b})*1.0", "f({a}, {b})",
    "[{a}, {b}][1]", "g({a})", "(lambda t: t*{b})({a})", "np.sum(np.array([{a}, {b}]))", "{a} if {b} > 0 else {b}",
    "sum([t*t for t in ({a}, {b})])",
)  # fmt: skip
CUTTING = (
    "float(int({a}))", "np.floor({a})", "stop_gradient({a})", "({a}).numpy()", "1.0*({a} > 0)", "0.0*len([{a}])",
    "{a} // 2", "round({a})", "float(str({a}))", "h({a})", "2.5", "1.5 if {a} > 0 else 2.5", "np.ones_like({a})",
)  # fmt: skip
HEAD = """def f(p, q):
    r = p*2
    return r + q
def g(p, q=2.0):
    if p > 0:
        return p*q
    return q - p
def h(p):
    return p.detach()
"""


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Straight lines, branches and loops over smooth and cutting expressions, names assigned several times."""
    names, lines = ["x", "z"], []

    def expression() -> str:
        forms = draw(st.sampled_from((SMOOTH, SMOOTH, CUTTING)))
        return draw(st.sampled_from(forms)).format(a=draw(st.sampled_from(names)), b=draw(st.sampled_from(names)))

    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(("a", "b", "c")))
        kind = draw(st.sampled_from(("plain", "plain", "if", "for", "grow", "pair")))
        if kind == "if":
            test = draw(st.sampled_from(names))
            lines.append(f"if {test} > 0.5:\n    {name} = {expression()}\nelse:\n    {name} = {expression()}")
        elif kind == "for":
            lines.append(f"{name} = {expression()}\nfor i in range(2):\n    {name} = {name}*0.5 + {expression()}")
        elif kind == "grow" and name in names:
            lines.append(f"{name} += {expression()}")
        elif kind == "pair":
            lines.append(f"{name}, d = {expression()}, {expression()}")
            names.append("d")
        else:
            lines.append(f"{name} = {expression()}")
        names = list(dict.fromkeys([*names, name]))
    return HEAD + "\n".join(lines) + f"\ny = {draw(st.sampled_from(names))}*1.0 + 0.5*{draw(st.sampled_from(names))}"


@settings(max_examples=200)
@given(programs())
def test_a_derivative_flows_in_the_reading_where_the_tape_has_one(text: str) -> None:
    program = parse(text)
    run = record(program, {"x": 0.7, "z": -0.4}, watch=["x", "z"])
    if run.failure is not None:
        return
    target = Reading(program, run.skipped).target()
    for name in {"x", "z"} & set(program.input_names):
        gradient = run.gradients().get(name)
        link = target.link(name)
        flows = link is not None and link.flows
        answer = why_none(run, name)
        if gradient is not None:
            assert flows and answer is None, (text, name, link)
        else:
            assert answer is not None and answer.reason
            assert answer.cause == (link.reason if link and not flows else answer.cause)
            assert not flows or answer.cause == DECIDES, (text, name, answer)
