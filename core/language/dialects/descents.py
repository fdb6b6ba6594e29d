"""`autograd.misc`: structures of parameters as one vector, and the optimizers of HIPS autograd that walk along it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import flatten, rebuild
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.values import Builtin

Step = Callable[[np.ndarray, np.ndarray, int, dict[str, Any]], np.ndarray]
"""Of the vector, its gradient, the number of the step and what is remembered: the next vector."""


def flat(value: Any) -> tuple[Any, Builtin]:
    """`flatten(params)`: one vector, and the function that makes the structure of it again."""
    leaves = flatten(value)
    shapes = [f.shape_of(one) for one in leaves]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes]).tolist()

    def back(vector: Any) -> Any:
        starts = [0, *ends[:-1]]
        parts = (
            f.reshape(f.getitem(vector, slice(start, end)), shape)
            for start, end, shape in zip(starts, ends, shapes, strict=True)
        )
        return rebuild(value, parts)

    vector = f.concatenate([f.reshape(one, (-1,)) for one in leaves]) if leaves else np.zeros(0)
    return vector, Builtin("unflatten", back, ("vector",))


def _sgd(x: np.ndarray, g: np.ndarray, i: int, own: dict[str, Any]) -> np.ndarray:
    own["v"] = own["mass"] * own.get("v", 0.0) - (1.0 - own["mass"]) * g
    return x + own["step_size"] * own["v"]


def _rms_prop(x: np.ndarray, g: np.ndarray, i: int, own: dict[str, Any]) -> np.ndarray:
    own["s"] = own.get("s", np.ones(len(x))) * own["gamma"] + g**2 * (1 - own["gamma"])
    return x - own["step_size"] * g / (np.sqrt(own["s"]) + own["eps"])


def _adam(x: np.ndarray, g: np.ndarray, i: int, own: dict[str, Any]) -> np.ndarray:
    own["m"] = (1 - own["b1"]) * g + own["b1"] * own.get("m", 0.0)
    own["v"] = (1 - own["b2"]) * g**2 + own["b2"] * own.get("v", 0.0)
    mean, square = own["m"] / (1 - own["b1"] ** (i + 1)), own["v"] / (1 - own["b2"] ** (i + 1))
    return x - own["step_size"] * mean / (np.sqrt(square) + own["eps"])


WAYS: dict[str, tuple[Step, int, dict[str, float]]] = {
    "sgd": (_sgd, 200, {"step_size": 0.1, "mass": 0.9}),
    "rmsprop": (_rms_prop, 100, {"step_size": 0.1, "gamma": 0.9, "eps": 1e-8}),
    "adam": (_adam, 100, {"step_size": 0.001, "b1": 0.9, "b2": 0.999, "eps": 1e-8}),
}


def _descent(name: str) -> Builtin:
    step, passes, defaults = WAYS[name]

    def descend(
        here: Locals, span: Span, gradient: Any, start: Any, callback: Any = None, num_iters: Any = passes,
        **given: Any,
    ) -> Any:  # fmt: skip
        own: dict[str, Any] = {**defaults, **{key: float(f.plain(value)) for key, value in given.items()}}
        vector, back = flat(start)
        x = np.array(f.plain(vector), dtype=float)
        for i in range(whole(num_iters)):
            here.run.spend(1, span, here)
            found = invoke(here, gradient, [back.call(x), i], {}, span)
            g = np.asarray(f.plain(flat(found)[0]), dtype=float)
            if callback is not None:
                invoke(here, callback, [back.call(x), i, back.call(g)], {}, span)
            x = step(x, g, i, own)
        return back.call(x)

    named = tuple(f"{one}:{one}" for one in defaults)
    return Builtin(f"autograd.misc.optimizers.{name}", descend, ("grad:gradient", "init_params:start", "callback",
                   "num_iters", *named), wants_locals=True)  # fmt: skip


DESCENTS: dict[str, Any] = {
    **{f"autograd.misc.optimizers.{name}": _descent(name) for name in WAYS},
    **{path: Builtin(path, flat, ("value",)) for path in ("autograd.misc.flatten", "autograd.misc.flatten.flatten")},
}
