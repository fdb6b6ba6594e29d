"""The same program in the real library and here: what each prints, answers and refuses."""

from __future__ import annotations

import contextlib
import io
import re
import textwrap
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.basics.errors import ProgramError
from core.language import Budget, parse
from core.run import record
from tests.fuzz.imperative.dialects import DIALECTS
from tests.fuzz.imperative.generate import Written, modules

NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|None|-?inf")
TOLERANCE = 1e-6
TOLERANCE_OF_DIFFERENCES = 1e-4
STEP = 1e-6
UNKNOWN = float("inf")  # the derivative at a place where the program jumps


@dataclass(frozen=True)
class Answer:
    """What came of a program: its numbers (None stands for a missing gradient, as nan), or why it was refused."""

    numbers: list[float]
    refusal: str = ""


def text_of(written: Written) -> str:
    """The whole program."""
    head, lines = DIALECTS[written.library].head, [written.body, f"out = {_output(written)}"]
    x, w = written.point["x"], written.point["w"]
    if written.library == "numpy":
        return "\n".join([head, "def main(x, w):", textwrap.indent("\n".join([*lines, "return out"]), "    ")])
    if written.library == "torch":
        given = [f"x = torch.tensor({x}, requires_grad=True)", f"w = torch.tensor({w}, requires_grad=True)"]
        leaves = ["first = x", "second = w"]
        shown = [f"print(None if {leaf}.grad is None else {leaf}.grad.tolist())" for leaf in ("first", "second")]
        return "\n".join([*given, *leaves, head, *lines, "out.backward()", "print(out.item())", *shown])
    if written.library == "jax":
        body = textwrap.indent("\n".join([*lines, "return out"]), "    ")
        at = f"(jnp.array({x}), jnp.array({w}))"
        asked = [f"print(f{at})", f"dx, dw = jax.grad(f, argnums=(0, 1)){at}"]
        asked += ["print(dx.tolist())", "print(dw.tolist())"]
        return "\n".join([head, "def f(x, w):", body, *asked])
    given = [f"x = tf.Variable({x}, dtype=tf.float64)", f"w = tf.Variable({w}, dtype=tf.float64)"]
    given += ["first = x", "second = w"]
    shown = ["dx, dw = tape.gradient(out, [first, second])", "print(out.numpy())"]
    shown += [f"print(None if {one} is None else {one}.numpy().tolist())" for one in ("dx", "dw")]
    body = textwrap.indent("\n".join(lines), "    ")
    return "\n".join([*given, head, "with tf.GradientTape() as tape:", body, *shown])


def _output(written: Written) -> str:
    """One number that depends on every element of every array at the end, each with a weight of its own."""
    total = {"numpy": "np.sum", "torch": "torch.sum", "jax": "jnp.sum", "tensorflow": "tf.reduce_sum"}[written.library]
    parts = []
    for number, (name, shape) in enumerate(written.kinds.items(), 1):
        weights = np.round(np.linspace(1, 2, int(np.prod(shape))).reshape(shape) / number, 3).tolist()
        given = {"numpy": "np.array({})", "torch": "torch.tensor({})", "jax": "jnp.array({})"}.get(
            written.library, "tf.constant({}, dtype=tf.float64)"
        )
        parts.append(f"{total}({name} * {given.format(weights)})" if shape else f"{name} * {weights}")
    return " + ".join(parts)


def real(written: Written, text: str) -> Answer:
    """What the real library answers."""
    names = modules(written.library)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            if written.library == "numpy":
                return Answer(_with_differences(text, names, written.point))
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(text, dict(names))
            return Answer(numbers_in(printed.getvalue()))
        except Exception as error:  # whatever the library says
            return Answer([], f"{type(error).__name__}: {error}"[:300])


def _with_differences(text: str, names: dict[str, Any], point: dict[str, Any]) -> list[float]:
    """The output of a NumPy program and its central differences along every number of the point."""

    def value(at: dict[str, Any]) -> float:
        inputs = {name: np.array(one, dtype=float) if np.ndim(one) else float(one) for name, one in at.items()}
        scope = dict(names)
        exec(text, scope)
        return float(scope["main"](**inputs))

    found = [value(point)]
    for name in ("x", "w"):
        flat = np.ravel(np.asarray(point[name], dtype=float))
        for place in range(flat.size):
            slopes = []
            for step in (STEP, STEP / 4):
                ends = []
                for there in (flat[place] + step, flat[place] - step):
                    flat_there = np.array([*flat[:place], there, *flat[place + 1 :]])
                    ends.append(value({**point, name: np.reshape(flat_there, np.shape(point[name])).tolist()}))
                slopes.append((ends[0] - ends[1]) / (2 * step))
                bend = (ends[0] + ends[1] - 2 * found[0]) / step
            smooth = max(abs(slopes[0] - slopes[1]), abs(bend)) < TOLERANCE_OF_DIFFERENCES * (1 + abs(slopes[0]))
            found.append(slopes[0] if smooth else UNKNOWN)
    return found


def ours(written: Written, text: str) -> Answer:
    """What is answered here."""
    try:
        program = parse(text)
        run = record(program, written.point if written.library == "numpy" else None, budget=Budget(seconds=10.0))
    except ProgramError as error:
        return Answer([], str(error))
    if run.failure is not None:
        return Answer([], str(run.failure))
    if written.library != "numpy":
        return Answer(numbers_in(run.printed))
    gradients = run.gradients()
    found = [float(np.asarray(run.value))]
    for name in ("x", "w"):
        one = gradients.get(name)
        zeros = np.zeros(np.shape(written.point[name]))
        found += np.ravel(zeros if one is None else np.asarray(one, dtype=float)).tolist()
    return Answer(found)


def numbers_in(printed: str) -> list[float]:
    """The numbers of a text, in order."""
    return [float("nan") if one == "None" else float(one) for one in NUMBER.findall(printed)]


def verdict(written: Written) -> tuple[str, str]:
    """`same`, `different`, `refused here` or `ran here`, with what was said."""
    text = text_of(written)
    wanted, got = real(written, text), ours(written, text)
    if wanted.refusal and got.refusal:
        return "same", ""
    if wanted.refusal:
        return "ran here", f"{wanted.refusal} / {got.numbers}"
    if got.refusal:
        return "refused here", got.refusal
    tolerance = TOLERANCE_OF_DIFFERENCES if written.library == "numpy" else TOLERANCE
    near = len(wanted.numbers) == len(got.numbers) and all(
        one == UNKNOWN or np.isclose(other, one, rtol=tolerance, atol=tolerance, equal_nan=True)
        for one, other in zip(wanted.numbers, got.numbers, strict=True)
    )
    return ("same", "") if near else ("different", f"{wanted.numbers} / {got.numbers}")
