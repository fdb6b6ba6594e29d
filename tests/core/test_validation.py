"""Validation: what the engine records is always a tape, and every kind of damage is found and placed."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

import core
from core import GradientTape, Variable
from core.basics.span import Span
from core.language import parse
from core.mistakes.single import single_precision
from core.op import Op
from core.ops import table
from core.run import record
from core.second_derivatives.runs import differentiate_again
from core.tape import Provenance, Site, Tape
from core.tape_notes import Guard
from core.validation import InvalidTape, problems, validate
from tests.core.language.corpus import CORPUS
from tests.strategies import programs

SEED = "z = 3*w1**2 + 2*w1*w2"


def seed_tape() -> Tape:
    """Entries: w1, w2, w1**2, 3*v1, 2*w1, v3*w2, z."""
    return record(parse(SEED), {"w1": 5.0, "w2": 3.0}).tape


@pytest.mark.parametrize(("text", "at"), CORPUS.values(), ids=CORPUS.keys())
def test_what_a_program_records_is_valid_and_so_are_its_copies(text, at):
    run = record(parse(text), {name: np.array(one) if isinstance(one, list) else one for name, one in at.items()})
    assert not list(problems(run.tape, text))
    for copy in (run.tape.copied(), single_precision(run.tape)):
        assert not list(problems(copy, text))


@given(programs())
@settings(max_examples=60, deadline=None)
def test_what_a_random_program_records_is_valid_and_stays_so_when_it_is_cut_short_anywhere(program):
    names = [f"x{place}" for place in range(len(program.arguments))]
    tape = record(parse(program.text), dict(zip(names, program.arguments, strict=True))).tape
    validate(tape, program.text)
    for length in range(len(tape), 0, -1):
        tape.truncate(length)
        assert not list(problems(tape, program.text))


@given(programs(arrays=True))
@settings(max_examples=40, deadline=None)
def test_what_a_gradient_tape_records_of_arrays_is_valid(program):
    variables = [Variable(one) for one in program.arguments]
    with GradientTape(persistent=True) as outer, GradientTape(persistent=True) as inner:
        target = program(*variables)
    validate(inner.tape)
    validate(outer.tape)
    inner.gradient(target, variables)


def test_a_recorded_reverse_sweep_and_a_function_with_its_own_gradient_are_valid():
    run = record(parse(SEED), {"w1": 5.0, "w2": 3.0})
    validate(differentiate_again(run, "w1").tape)
    with GradientTape(persistent=True) as recorder:
        core.custom_gradient(lambda x: (x * x, lambda g: 2.0 * g))(Variable(3.0))
    validate(recorder.tape)


def test_a_name_that_the_engine_would_give_is_left_to_the_user():
    tape = record(parse("v2 = x*2\nx1 = v2 + x\nz = x*3 + x1*5"), {"x": 2.0}).tape
    labels = [entry.label for entry in tape]
    assert len(set(labels)) == len(labels) and {"v2", "x1"} <= set(labels)


def move(tape: Tape, span: Span) -> None:
    tape.provenances[3] = Provenance(span)


def turn_into_softmax(tape: Tape) -> None:
    tape.ops[2], tape.second[2] = table["softmax"], None


DAMAGE: dict[str, tuple[Callable[[Tape], object], str]] = {
    "a column too short": (lambda t: t.first.pop(), "column `first` has 6 entries, but there are 7 values"),
    "no op": (lambda t: t.ops.pop(), "column `ops` has 6"),
    "too many places": (lambda t: t.provenances.append(None), "column `provenances` has 8"),
    "an operand that comes later": (lambda t: t.first.__setitem__(3, 5), r"entry 3 \(mul\): operand 0 is entry 5"),
    "an operand of itself": (lambda t: t.first.__setitem__(2, 2), r"entry 2 \(pow\): operand 0 is entry 2"),
    "a negative operand": (lambda t: t.second.__setitem__(6, -1), r"entry 6 \(add\): operand 1 is entry -1"),
    "an operand that is missing": (lambda t: t.second.__setitem__(5, None), r"entry 5 \(mul\): .* 2 operands, but 1"),
    "an operand too many": (lambda t: t.more.__setitem__(6, (0,)), r"entry 6 \(add\): .* 2 operands, but 3"),
    "an input with an operand": (lambda t: t.first.__setitem__(1, 0), r"entry 1 \(input\): .* 0 operands, but 1"),
    "a constant that is a word": (lambda t: t.first.__setitem__(3, "3"), r"entry 3 .*constant of type str"),
    "a value that is missing": (lambda t: t.primals.__setitem__(4, None), r"entry 4 .*value is of type NoneType"),
    "an array of objects": (lambda t: t.primals.__setitem__(4, np.array([{}])), r"entry 4 .*of type ndarray"),
    "an unknown op": (lambda t: t.ops.__setitem__(3, Op("mul", "x*y", ("y", "x"))), r"entry 3 \(mul\): no operation"),
    "no op at all": (lambda t: t.ops.__setitem__(3, "mul"), r"entry 3 .*no operation"),
    "an attribute nobody knows": (lambda t: t.attributes.__setitem__(3, {"axis": 0}), "entry 3 .*no attribute `axis`"),
    "another op": (lambda t: t.ops.__setitem__(2, table["exp"]), r"entry 2 \(exp\): .* 1 operand, but 2 are recorded"),
    "an attribute that is missing": (turn_into_softmax, "entry 2 .*attribute `axis` is missing"),
    "a span that ends too early": (lambda t: move(t, Span(1, 9, 1, 3)), r"entry 3 .*ends before it begins"),
    "a span before the text": (lambda t: move(t, Span(0, 1, 1, 3)), r"entry 3 .*begins before the text"),
    "a span beyond the line": (lambda t: move(t, Span(1, 9, 1, 90)), r"entry 3 .*beyond the end"),
    "a span beyond the text": (lambda t: move(t, Span(1, 9, 2, 1)), r"entry 3 .*beyond the end"),
    "a span of another kind": (lambda t: move(t, (1, 9, 1, 10)), r"entry 3 .*span is of type tuple"),
    "a place of another kind": (lambda t: t.provenances.__setitem__(3, "here"), r"entry 3 .*provenance is of type str"),
    "a call without a place": (
        lambda t: t.provenances.__setitem__(3, Provenance(None, ("f", "g"), (), (Site(None),))),
        r"entry 3 .*2 calls around it, but places for 1",
    ),
    "an array among floats": (lambda t: t.primals.__setitem__(4, np.ones(2)), "entry 4: the tape says"),
    "a forgotten input": (lambda t: t.inputs.remove(1), "inputs are said to be"),
    "an input that nobody watches": (lambda t: t.notes.unwatched.add(0), r"entry 2 .*entry 0, an input that is not"),
    "a name of no entry": (lambda t: t.names.__setitem__(7, "q"), "`names` says something of entry 7"),
    "a note of no entry": (lambda t: t.notes.asked.append(7), "`asked` says something of entry 7"),
    "a guard of no entry": (lambda t: t.notes.guards.append(Guard(2, "<", 9, 1.0, True)), "`guards` .*entry 9"),
    "a source of no entry": (lambda t: t.sources.__setitem__(0, (None, [8])), "`sources` says something of entry 8"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE.keys())
def test_planted_damage_is_found_at_its_entry(damage, said):
    tape = seed_tape()
    validate(tape, SEED)
    damage(tape)
    with pytest.raises(InvalidTape, match=said):
        validate(tape, SEED)


def test_all_that_is_wrong_can_be_listed():
    tape = seed_tape()
    tape.first[3], tape.primals[4] = 6, None
    assert [one.split(":")[0] for one in problems(tape)][:2] == ["entry 3 (mul)", "entry 4 (mul)"]


def test_two_entries_of_one_name_are_found(monkeypatch):
    monkeypatch.setattr(Tape, "label", lambda self, index: "v")
    with pytest.raises(InvalidTape, match="entry 1: it has the same name as entry 0, `v`"):
        validate(seed_tape())


def test_an_empty_tape_is_a_tape():
    validate(Tape())
