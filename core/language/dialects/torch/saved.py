"""What PyTorch keeps of an operation until `backward()`: values that must not change, and are freed by it.

An operation that keeps nothing can be passed by several backward passes. Measured with PyTorch 2 by changing each
operand and the result in place after the call, and by a second `backward()`; `tests/core/language/test_torch_saved.py`
holds the measurements. Knows operations; knows no tensor and no program.
"""

from __future__ import annotations

import numpy as np

from core.tape import NO_ATTRIBUTES, Tape

RESULT = "v"
SOMETHING = "#"  # what no program can change: indices, a condition, a sign
NOTHING = (
    "add sub neg sign floor ceil rint trunc identity real step sum mean cumsum cast reshape transpose broadcast_to pad "
    "flip roll repeat tile tril triu diag scatter_add concatenate stack input"
)
OTHERS = "mul multiply_no_nan matmul einsum"  # the other operands, where this one wants a gradient
OF_RESULT = "sqrt rsqrt reciprocal exp exp2 expm1 tan tanh sigmoid relu softmax log_softmax inv cholesky"
OF_OPERANDS = (
    "maximum minimum arctan2 logaddexp xlogy clip abs square log log2 log10 log1p sin cos arcsin arccos arctan sinh "
    "cosh arcsinh arccosh arctanh erf sinc relu6 elu silu gelu softplus"
)
OF_BOTH = "prod logsumexp cumprod"
SAVED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NOTHING.split(), ("", "", "")),
    **dict.fromkeys(OTHERS.split(), ("y", "x")),
    **dict.fromkeys(OF_RESULT.split(), (RESULT,)),
    **dict.fromkeys(OF_OPERANDS.split(), ("xyz", "xyz", "xyz")),
    **dict.fromkeys(OF_BOTH.split(), ("xv",)),
    "div": ("y", "xy"), "mod": ("", "xy"), "pow": ("xy", "xyv"), "hypot": ("xv", "yv"),
    "where": (SOMETHING, SOMETHING, SOMETHING), "setitem": (SOMETHING, SOMETHING),
}  # fmt: skip
EVERYTHING = ("xv", "xyv", "xyzv")


def keeps(tape: Tape, index: int, cloned: bool = False) -> tuple[list[object], bool]:
    """What an entry keeps, as the tape stores operands (the result by its own index), and whether it keeps anything
    at all, such as the places that were picked. Where the first operand is `cloned`, no change can reach it.
    """
    op, operands = tape.ops[index], tape.operands(index)
    wanting = [slot for slot, one in enumerate(operands) if one.__class__ is int and _flows(op, slot)]
    if op.variadic:
        if op.name not in OTHERS.split():
            return [], False
        kept = [one for place, one in enumerate(operands) if any(slot != place for slot in wanting)]
        return list(kept), bool(kept)
    letters = "".join(_letters(tape, index, slot) for slot in wanting)
    found: list[object] = [operands["xyz".index(one)] for one in letters if one in "xyz"[cloned : len(operands)]]
    return [*found, *([index] if RESULT in letters else [])], bool(letters)


def _flows(op: object, slot: int) -> bool:
    rules = op.rules  # type: ignore[attr-defined]
    return bool(op.variadic or rules[slot] is not None)  # type: ignore[attr-defined]


def _letters(tape: Tape, index: int, slot: int) -> str:
    name = tape.ops[index].name
    attributes = tape.attributes.get(index, NO_ATTRIBUTES)
    if name == "getitem":
        return SOMETHING if _is_fancy(attributes.get("key")) else ""
    if name in ("max", "min"):  # along an axis the places are kept, not the values
        return "xv" if attributes.get("axis") is None else SOMETHING
    return SAVED[name][slot] if name in SAVED else EVERYTHING[min(tape.ops[index].arity or 1, 3) - 1]


def _is_fancy(key: object) -> bool:
    parts = key if isinstance(key, tuple) else (key,)
    return any(isinstance(part, list | np.ndarray) for part in parts)
