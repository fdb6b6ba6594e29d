"""Spoils the rules of the op table one at a time and counts whether the generated checks notice.

`python -m tests.mutate_rules [OP ...]` prints the survivors: rules that are wrong and that no check complains
about. Helpers in `core.pullbacks` are spoilt in the same way, through the ops that call them.
"""

import ast
import sys
import textwrap
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from inspect import getsource
from types import FunctionType
from typing import Any

from core import op as rules
from core import pullbacks, sweeps
from core.op import Op
from core.ops import table
from tests.rules import complaints

# Spoilt rules that mean what the sound ones mean: the op, a fragment of the spoilt rule, and why it is right.
EQUIVALENT = (
    ("sign", "zeros_like", "any multiple of zero is zero"),
    ("step", "zeros_like", "any multiple of zero is zero"),
    ("clip", "maximum(y, x)", "a comparison does not see which of two equal operands was taken"),
    ("elu", "minimum(0.0, x)", "the same but for the second derivative at the kink"),
    ("sinc", "<= 0.05", "both branches are right where they meet"),
    ("sinc", "0.05, 2.0, x", "the guard of a branch that is not taken may hold any number but zero"),
    ("arctan2", "hypot(y, x)", "hypot is symmetric"),
    ("arcsinh", "hypot(x, 1.0)", "hypot is symmetric"),
    ("where", "->  x", "True counts as 1 and False as 0"),
)
OTHER: dict[type, Any] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
OPPOSITE: dict[type, Any] = {
    ast.Gt: ast.LtE, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq
}  # fmt: skip
TOUCHING: dict[type, Any] = {ast.Gt: ast.GtE, ast.Lt: ast.LtE, ast.GtE: ast.Gt, ast.LtE: ast.Lt}


def spoilt_nodes(node: ast.expr) -> Iterator[ast.expr]:
    """Wrong versions of one expression: a factor or term dropped, a sign flipped, operands swapped, zero."""
    if isinstance(node, ast.BinOp):
        yield node.left
        if not isinstance(node.op, ast.Div | ast.Pow):
            yield node.right
        other = OTHER.get(type(node.op))
        if other:
            yield ast.BinOp(node.left, other(), node.right)
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
            yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Compare):
        for change in (OPPOSITE, TOUCHING):
            if type(node.ops[0]) in change:
                yield ast.Compare(node.left, [change[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.Call) and node.args:
        yield from (argument for argument in node.args if not isinstance(argument, ast.Starred))
        if len(node.args) > 1:
            yield ast.Call(node.func, [*node.args[:-2], node.args[-1], node.args[-2]], node.keywords)
    elif isinstance(node, ast.Name) and node.id in ("x", "y"):
        yield ast.Name("y" if node.id == "x" else "x", ast.Load())


def spoilt_trees(tree: ast.AST) -> Iterator[ast.AST]:
    """Copies of the tree with one expression in it spoilt."""
    for place, node in enumerate(ast.walk(tree)):
        if not isinstance(node, ast.expr):
            continue
        for wrong in spoilt_nodes(node):
            copy = deepcopy(tree)
            target = next(found for at, found in enumerate(ast.walk(copy)) if at == place)
            yield Replacing(target, deepcopy(wrong)).visit(copy)


class Replacing(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node for the old one, else what the node becomes inside."""
        return self.new if node is self.old else self.generic_visit(node)


def spoilt_formulas(formula: str) -> list[str]:
    """Wrong versions of a rule in text, each once."""
    tree = ast.parse(formula, mode="eval")
    wrong = [ast.unparse(ast.fix_missing_locations(one)) for one in spoilt_trees(tree)]
    whole = [f"-({formula})", f"2 * ({formula})", f"0 * ({formula})"]
    same = ast.unparse(tree)
    return [text for text in dict.fromkeys(wrong + whole) if text != same]


def spoilt_rows(op: Op) -> Iterator[tuple[str, Op]]:
    """The row with one rule spoilt, and what was done."""
    for field in ("partials", "vjps"):
        formulas = getattr(op, field)
        for slot, formula in enumerate(formulas):
            for wrong in spoilt_formulas(formula) if formula else ():
                changed = (*formulas[:slot], wrong, *formulas[slot + 1 :])
                yield f"{field}[{slot}]: {formula}  ->  {wrong}", replace(op, **{field: changed})


def noticed(op: Op) -> bool:
    """Whether a check complains about the row, or the row cannot even be computed."""
    try:
        return next(complaints(op), None) is not None
    except Exception:
        return True


def equivalent(name: str, change: str) -> bool:
    """Whether the spoilt rule is known to be right all the same."""
    return any(name == op and fragment in change for op, fragment, _ in EQUIVALENT)


def survivors_of_rows(names: list[str]) -> tuple[int, list[str]]:
    """How many rules of the table were spoilt, and which of them nobody noticed."""
    count, survivors = 0, []
    for name in names:
        for change, wrong in spoilt_rows(table[name]):
            count += 1
            if not noticed(wrong) and not equivalent(name, change):
                survivors.append(f"{name} {change}")
    return count, survivors


def survivors_of_helpers() -> tuple[int, list[str]]:
    """The same for the helpers of the rules, seen through every op whose rules reach them."""
    count, survivors = 0, []
    functions = {name: one for name, one in vars(pullbacks).items() if isinstance(one, FunctionType)}
    helpers = {name: one for name, one in functions.items() if one.__module__ == pullbacks.__name__}
    for name, helper in helpers.items():
        users = [op for op in table.values() if any(reaches(rule, name, helpers) for rule in op.rules if rule)]
        users += [table["add"], table["where"]] if hasattr(sweeps, name) else []
        tree = without_annotations(ast.parse(textwrap.dedent(getsource(helper))))
        for wrong in spoilt_trees(tree):
            count += 1
            if not helper_noticed(name, helper, wrong, users):
                survivors.append(f"{name}: {difference(tree, wrong)}")
    return count, survivors


def without_annotations(tree: ast.Module) -> ast.Module:
    """The module without what only people and type checkers read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            node.body = node.body[1:]
        elif isinstance(node, ast.arg):
            node.annotation = None
    return tree


def reaches(text: str, name: str, helpers: dict[str, FunctionType], seen: frozenset[str] = frozenset()) -> bool:
    """Whether the code calls the helper, directly or through other helpers."""
    used = {node.id for node in ast.walk(ast.parse(textwrap.dedent(text))) if isinstance(node, ast.Name)}
    others = (used & set(helpers)) - seen
    return name in used or any(reaches(getsource(helpers[one]), name, helpers, seen | others) for one in others)


def helper_noticed(name: str, helper: FunctionType, wrong: ast.AST, users: list[Op]) -> bool:
    """Whether any op that uses the helper is found wrong when the helper is."""
    try:
        exec(compile(ast.fix_missing_locations(wrong), "<spoilt>", "exec"), vars(pullbacks))
    except Exception:
        return True
    finally:
        changed = vars(pullbacks)[name]
    try:
        put_in_place(name, changed)
        return any(noticed(replace(op)) for op in users)
    finally:
        put_in_place(name, helper)


def put_in_place(name: str, helper: FunctionType) -> None:
    """Let the rules, the other helpers and the sweeps call this function."""
    vars(pullbacks)[name] = rules.GENERAL[name] = helper
    if hasattr(sweeps, name):
        setattr(sweeps, name, helper)


def difference(tree: ast.AST, wrong: ast.AST) -> str:
    """The first line in which the two differ."""
    before, after = (ast.unparse(ast.fix_missing_locations(one)).splitlines() for one in (tree, wrong))
    changes = ((old.strip(), new.strip()) for old, new in zip(before, after, strict=False) if old != new)
    return "  ->  ".join(next(changes, ("?", "?")))


def main(arguments: list[str]) -> int:
    """Spoil everything, print the survivors and the counts; the status is 0 when none survived."""
    total, survivors = survivors_of_rows(arguments or list(table))
    print(f"rules: {total} spoilt, {total - len(survivors)} noticed")
    if not arguments:
        more, others = survivors_of_helpers()
        print(f"helpers: {more} spoilt, {more - len(others)} noticed")
        survivors += others
    print("\n".join(f"  survived: {survivor}" for survivor in survivors))
    return bool(survivors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
