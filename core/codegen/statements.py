"""A tape as a list of assignments: the forward sweep, and the reverse sweep of one of its entries.

Every right-hand side is a formula of the op table with names put in. Knows tapes and formulas; knows nothing of
how the text is laid out or run.
"""

import ast
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.basics.words import say
from core.codegen.formulas import Expression, call, constant_of, literal, name, parsed, substitute
from core.codegen.names import bar, names_of
from core.custom import CustomOp
from core.dependence import ancestors, descendants, uses
from core.op import OPERAND_NAMES
from core.ops import INPUT
from core.tape import NO_ATTRIBUTES, Tape
from core.tape_notes import Guard, Pick


@dataclass
class Statement:
    """`target = value`, `target += value`, or (without a target) a guard that must hold for the rest to be right.

    `entry` is the tape's entry that the statement computes or passes back through; `receiver` the one whose adjoint
    it adds to.
    """

    target: str | None
    value: Expression
    entry: int
    adds: bool = False
    receiver: int = -1
    through: bool = True


@dataclass
class Writer:
    """Writes the statements for a tape.

    `inputs` are the entries that become parameters. With `floats` the text is for numbers; without, it is for
    arrays, of the recorded shapes or, where the tape holds numbers only, of any. With `follow` items are picked where
    the values say, not where they were picked when the tape was recorded.
    """

    tape: Tape
    inputs: Sequence[int]
    taken: Iterable[str]
    floats: bool
    follow: bool = False
    names: dict[int, str] = field(init=False)
    guards: list[Guard] = field(init=False)
    keys: dict[int, tuple[Pick, ...]] = field(init=False)
    constants: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.names = names_of(self.tape, self.taken)
        self.keys = self.tape.notes.keys if self.follow else {}
        self.guards = guards_of(self.tape, self.keys)

    # -- which entries -----------------------------------------------------------------------------------------

    def needed(self, targets: Iterable[int]) -> list[int]:
        """The entries from which the targets and the guards are computed, in order, without the inputs."""
        wanted = set(targets) | {pick.entry for picks in self.keys.values() for pick in picks}
        for guard in self.guards:
            wanted |= {side for side in (guard.left, guard.right) if side.__class__ is int}
        reached = ancestors(self.tape, wanted, until=self.inputs)
        return [index for index in reached if self.tape.ops[index] is not INPUT]

    # -- the sweeps --------------------------------------------------------------------------------------------

    def forward(self, targets: Iterable[int]) -> list[Statement]:
        """The assignments that compute the targets, with the guards between them."""
        statements: list[Statement] = []
        waiting = list(self.guards)
        for index in self.needed(targets):
            while waiting and waiting[0].before <= index:
                statements.append(self._guard(waiting.pop(0)))
            given, many = self._given(index)
            value = substitute(self.tape.ops[index].primal, given, many, self.floats)
            statements.append(Statement(self.names[index], value, index))
        return statements + [self._guard(guard) for guard in waiting]

    def reverse(
        self, target: int, sources: Sequence[int], mark: str = ""
    ) -> tuple[list[Statement], dict[int, Expression]]:
        """The assignments that compute adjoints from the target back, and the adjoint of each source reached.

        `mark` is put after the names of these adjoints, to tell them from those of another target.
        """
        varying = set(descendants(self.tape, sources, flows=True))
        if target not in varying:
            return [], {}
        seed = self._seed(target)
        statements = [Statement(self._bar(target, mark), seed, target, receiver=target, through=False)]
        arrived = {target}
        for source in range(target, -1, -1):
            if source not in arrived or self.tape.ops[source] is INPUT:
                continue
            for slot, item in uses(self.tape, source, flows=True):
                if item in varying:
                    value = self._contribution(source, slot, item, mark)
                    bar_name = self._bar(item, mark)
                    statements.append(Statement(bar_name, value, source, item in arrived, item))
                    arrived.add(item)
        return statements, {source: name(self._bar(source, mark)) for source in sources if source in arrived}

    def _bar(self, index: int, mark: str) -> str:
        return bar(self.names[index]) + mark

    # -- one line ----------------------------------------------------------------------------------------------

    def _given(self, index: int) -> tuple[dict[str, Expression], list[Expression]]:
        """What the names of the op's formulas stand for at this entry; all operands in order."""
        if isinstance(op := self.tape.ops[index], CustomOp):
            raise ValueError(
                say(
                    "code.states-own-gradient-python",
                    "`{name}` states its own gradient in Python, so the run cannot be written as formulas",
                    name=op.name,
                )
            )
        operands = [self.operand(item) for item in self.tape.operands(index)]
        attributes = self.tape.attributes.get(index, NO_ATTRIBUTES)
        given = {key: self._constant(value) for key, value in attributes.items()}
        if index in self.keys:
            given["key"] = self._key(attributes["key"], self.keys[index])
        if not self.tape.ops[index].variadic:
            given.update(zip(OPERAND_NAMES, operands, strict=False))
        return given, operands

    def _key(self, key: Any, picks: tuple[Pick, ...]) -> Expression:
        """What an item is picked by, where entries say so."""
        said = {pick.part: call("whole", name(self.names[pick.entry])) for pick in picks}
        if None in said:
            return said[None]
        return ast.Tuple([said.get(part) or self._constant(one) for part, one in enumerate(key)], ast.Load())

    def operand(self, item: Any) -> Expression:
        """How the text calls an operand: an entry's name, or the constant."""
        return name(self.names[item]) if item.__class__ is int else self._constant(item)

    def _constant(self, value: Any) -> Expression:
        """The value written out, or the name under which the text is given it."""
        value = getattr(value, "primal", value)
        if isinstance(value, np.integer):
            value = int(value)
        written = literal(value)
        if written is not None:
            return written
        for known, other in self.constants.items():
            if other is value:
                return name(known)
        known = f"c{len(self.constants) + 1}"
        while known in self.names.values():
            known += "_"
        self.constants[known] = value
        return name(known)

    def _seed(self, target: int) -> Expression:
        primal = self.tape.primals[target]
        if primal.__class__ is float:
            return ast.Constant(1.0)
        return call("ones_like", name(self.names[target]))

    def _contribution(self, source: int, slot: int, operand: int, mark: str) -> Expression:
        """The rule of the operand, brought back to its shape and precision where those may differ."""
        op, primals = self.tape.ops[source], self.tape.primals
        given, many = self._given(source)
        given |= {"g": name(self._bar(source, mark)), "v": name(self.names[source]), "slot": ast.Constant(slot)}
        formula = op.rules[0 if op.variadic else slot]
        assert formula is not None
        formula = SHORTER.get((formula, *map(np.ndim, self.tape.operand_values(source))), formula)
        if op.name == "pow" and (constant_of(given["y"]) or 0) >= 1:
            formula = FINITE_POWER.get(formula, formula)
        value = substitute(formula, RULE_FUNCTIONS | given, many, self.floats)
        shape = np.shape(primals[operand])
        if op.elementwise and shape != np.shape(primals[source]):
            value = call("unbroadcast", value, self._constant(shape))
        kinds = {np.result_type(one) for one in (primals[source], *self.tape.operand_values(source)) if np.ndim(one)}
        if shape and kinds != {primals[operand].dtype} and primals[operand].dtype.kind in "fc":
            value = call("in_dtype_of", name(self.names[operand]), value)
        return value

    def _guard(self, guard: Guard) -> Statement:
        test = parsed(f"x {guard.comparison} y")
        assert isinstance(test, ast.Compare)
        left, right = self.operand(guard.left), self.operand(guard.right)
        holds: Expression = ast.Compare(left, test.ops, [right])
        if not self.floats:
            holds = call("always" if guard.outcome else "never", holds)
        elif not guard.outcome:
            holds = ast.UnaryOp(ast.Not(), holds)
        return Statement(None, holds, guard.before)


def guards_of(tape: Tape, followed: Collection[int] = ()) -> list[Guard]:
    """The branches that were taken, and the values that left the tape and may have come back as constants.

    Those that say which item an entry picks are among them, but for entries whose keys are `followed` otherwise.
    """
    notes = tape.notes
    fixed = notes.departures | notes.looked_at
    fixed |= {pick.entry for index, picks in notes.keys.items() if index not in followed for pick in picks}
    for index in notes.cuts:
        fixed |= {cause.index for cause in notes.causes_in(tape, index) if cause.index is not None}
    kept = [_staying(index, tape.primals[index]) for index in fixed - notes.unwatched]
    return sorted([*kept, *notes.guards], key=lambda guard: guard.before)


def _staying(index: int, value: Any) -> Guard:
    """The guard that an entry has this value; nan is the one that differs from itself."""
    is_nan = value.__class__ is float and value != value
    return Guard(index + 1, "!=" if is_nan else "==", index, index if is_nan else value, True)


# In rules this name means the public function, in values the kernel, whose operands come in another order.
RULE_FUNCTIONS: dict[str, Expression] = {"setitem": name("with_item")}

# What rules come to for arrays, by formula and numbers of axes: matrix products of two matrices.
SHORTER: dict[tuple[Any, ...], str] = {
    ("matmul_vjp_x(g, x, y)", 2, 2): "g @ transpose(y, None)",
    ("matmul_vjp_y(g, x, y)", 2, 2): "transpose(x, None) @ g",
}

# What the rule of a power comes to where the exponent is a number from 1 on, so that the power behind is finite.
FINITE_POWER = {"multiply_no_nan(multiply_no_nan(power(x, y - 1), y), g)": "g * (y * power(x, y - 1))"}
