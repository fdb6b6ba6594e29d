"""Notes: what is left of them when a tape is cut short, and what a copy of the tape is told."""

from dataclasses import fields
from weakref import ref

from core import GradientTape, Tensor, Variable
from core.basics.cuts import Cause, Cut, Reason
from core.codegen.statements import guards_of
from core.language import parse
from core.run import record
from core.second_derivatives.runs import differentiate_again
from core.tape import Tape
from core.tape_notes import Guard, Notes, Pick

CUT = Cut([Cause(Reason.DETACHED, "mul")])
PLANTED = {
    "cuts": {1: CUT, 3: CUT},
    "departures": {1, 3},
    "converted": {1, 3},
    "looked_at": {1, 3},
    "keys": {1: (Pick(None, 0),), 3: (Pick(1, 0),)},
    "guards": [Guard(1, "<", 0, 1.0, True), Guard(3, "<", 0, 1.0, True)],
    "unwatched": {1, 3},
    "asked": [1, 3],
    "refused": {1, 3},
    "by_hand": {1, 3},
    "through": {1: 0, 3: 2},
}


def test_of_every_kind_of_note_those_about_entries_that_are_gone_are_forgotten() -> None:
    assert set(PLANTED) == {one.name for one in fields(Notes)}, "a kind of note is missing from this test"
    left = Notes(**PLANTED).before(3)
    for name, planted in PLANTED.items():
        found = getattr(left, name)
        assert type(found) is type(planted) and len(found) == 1, name
    assert left.cuts == {1: CUT} and left.asked == [1] and left.guards[0].before == 1


def test_a_copy_has_notes_of_its_own() -> None:
    notes = Notes(**{name: type(planted)(planted) for name, planted in PLANTED.items()})
    copy = notes.moved(Tape(), Tape())
    copy.asked.append(9)
    copy.cuts.clear()
    assert notes.asked == [1, 3] and set(notes.cuts) == {1, 3}


def test_in_a_copy_a_cut_names_entries_of_the_copy_and_other_tapes_as_before() -> None:
    old, new, other = Tape(), Tape(), Tape()
    causes = [Cause(Reason.DETACHED, "mul", ref(one), 2) for one in (old, other)] + [Cause(Reason.ASSIGNED, "assign")]
    copy = Notes(cuts={5: Cut(causes)}).moved(old, new)
    assert [cause.tape and cause.tape() for cause in copy.cuts[5].causes] == [new, other, None]
    assert copy.causes_in(new, 5) == [copy.cuts[5].causes[0]] and not copy.causes_in(old, 5)


def test_a_tape_makes_notes_only_when_they_are_needed() -> None:
    with GradientTape(persistent=True) as recorder:
        y = Variable(2.0) * 3.0
    assert recorder.tape._notes is None
    float(y)
    assert recorder.tape.notes.departures == {1}
    recorder.tape.clear()
    assert recorder.tape._notes is None


def test_a_copied_tape_reads_the_same_and_grows_alone() -> None:
    run = record(parse("s = x\nfor k in range(3):\n    s = s * x if s > 1 else s + x\n"), {"x": 2.0})
    copy = run.tape.copied()
    assert list(copy) == list(run.tape) and copy.notes == run.tape.notes and copy.scalar == run.tape.scalar
    assert [copy.label(index) for index in range(len(copy))] == ["x", "s₁", "s₂", "s₃"]
    copy.append(run.tape.ops[-1], (0, 1), 1.0)
    assert len(copy) == len(run.tape) + 1
    assert copy.index_of(Tensor(2.0)) is None and not copy.sources


def test_a_derivative_that_is_differentiated_again_holds_for_the_branches_that_were_taken() -> None:
    """Code made of the longer tape must notice that the program goes another way."""
    run = record(parse("x * x * x if x > 1 else x"), {"x": 2.0})
    longer = differentiate_again(run, "x").tape
    assert guards_of(run.tape) and set(guards_of(run.tape)) <= set(guards_of(longer))
