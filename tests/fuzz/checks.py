"""`python -m tests.fuzz checks [--programs N] [--seed N]`: what the check says of right gradients and of wrong ones.

Smooth random programs, each once as it is and then with a wrong rule planted at one entry of its tape. A right gradient
has to agree (at least 99 in 100); a wrong one must get none of the words that let it pass. With `--directions N` also
the random directions that many numbers are checked along: in N of them, one wrong number and two that cancel.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings

from core.checking.runs import checks
from core.checking.ways import Ways
from core.language import parse
from core.op import Op
from core.run import Run, record
from tests.mutate_rules import spoilt_rows
from tests.strategies import NAMESPACE, Program, programs

LETS_PASS = frozenset({"agrees", "noise", "skipped", "cut", "convention", "kink", "custom"})
WRONG = 1e-3  # by so much of the largest number the planted gradient must be off to count
MOST_PLANTED = 3  # wrong rules for each program


def run_of(program: Program) -> Run:
    """The program in our language, with the constants that it uses written into it."""
    head, *body = program.text.split("\n")
    used = {name: value for name, value in NAMESPACE.items() if name != "np" and name in program.text}
    constants = [f"    {name} = np.array({np.asarray(value).tolist()})" for name, value in used.items()]
    text = "\n".join([head, *constants, *body])
    names = head[len("def f(") : -2].split(", ")
    return record(parse(text), dict(zip(names, program.arguments, strict=True)))


def planted(run: Run, chance: random.Random) -> Iterator[tuple[str, Run]]:
    """The run with another wrong rule at another entry of its tape, where that changes the gradient."""
    right, tape = run.gradients(), run.tape
    places = [index for index, op in enumerate(tape.ops) if op.rules]
    for _ in range(MOST_PLANTED if places else 0):
        index = chance.choice(places)
        sound = tape.ops[index]
        change, wrong = chance.choice(spoilt(sound))
        tape.ops[index] = wrong
        try:
            if is_wrong(run, right):
                yield f"{sound.name} {change}", run
        finally:
            tape.ops[index] = sound


ROWS: dict[str, list[tuple[str, Op]]] = {}


def spoilt(op: Op) -> list[tuple[str, Op]]:
    """The ways to write the rules of an op wrongly."""
    if op.name not in ROWS:
        slips = [(f"partials[{k}] a thousandth off", k) for k, rule in enumerate(op.partials) if rule]
        ROWS[op.name] = [*spoilt_rows(op), *((told, slightly_off(op, k)) for told, k in slips if not op.vjps)]
    return ROWS[op.name]


def slightly_off(op: Op, slot: int) -> Op:
    """The op with one partial that is a little too large."""
    rules = list(op.partials)
    rules[slot] = f"1.003 * ({rules[slot]})"
    return replace(op, partials=tuple(rules))


def is_wrong(run: Run, right: dict) -> bool:
    """Whether the sweep runs, and its gradients are now others."""
    try:
        gradients = run.gradients()
    except Exception:
        return False
    wrong = False
    for name, gradient in right.items():
        if gradient is not None:
            now = np.asarray(gradients[name], dtype=float)
            if now.shape != np.shape(gradient):
                return False
            size = max(float(np.max(np.abs(gradient))), float(np.max(np.abs(now))))
            wrong = wrong or not float(np.max(np.abs(now - gradient))) <= WRONG * size
    return wrong


def wrong_inputs(run: Run, right: dict) -> list[str]:
    """The inputs whose gradient is another than the right one."""
    return [name for name in right if right[name] is not None and is_wrong(run, {name: right[name]})]


def campaign(count: int, number: int, show: int = 0) -> tuple[Counter[str], Counter[str]]:
    """How often which word was said of right gradients, and of wrong ones, in so many random programs."""
    of_right: Counter[str] = Counter()
    of_wrong: Counter[str] = Counter()
    chance = random.Random(number)

    def look(program: Program) -> None:
        run = run_of(program)
        if run.failure or run.target is None:
            of_right["refused"] += 1
            return
        right = run.gradients()
        for name, check in checks(run).items():
            of_right[check.verdict] += 1
            if check.verdict != "agrees" and of_right[check.verdict] <= show:
                print(f"--- right, but {name} {check.verdict}: {check}\n{program}\n{program.arguments}", flush=True)
        for change, wrong in planted(run, chance):
            found = checks(wrong)
            for name in wrong_inputs(wrong, right):
                word = found[name].verdict
                of_wrong[word] += 1
                if word in LETS_PASS and of_wrong[word] <= show:
                    print(
                        f"--- wrong, but {name} {word}: {change}\n{found[name]}\n{program}\n{program.arguments}",
                        flush=True,
                    )

    for arrays in (False, True):
        seed(number)(
            settings(
                max_examples=count // 2, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(given(programs(arrays=arrays))(look))
        )()  # fmt: skip
    return of_right, of_wrong


def missed(count: int, size: int, number: int) -> tuple[int, int]:
    """Of so many random gradients with an error of a thousandth of the largest number: how many passed.

    First with the error in one number, then with two opposite ones in two numbers.
    """
    random = np.random.default_rng(number)
    ways = Ways((size,), True)
    one = two = 0
    for _ in range(count):
        gradient = random.normal(size=size)
        off = 1e-3 * np.max(np.abs(gradient))
        first, second = random.choice(size, 2, replace=False)
        wrong = np.zeros(size)
        wrong[first] = off
        one += not np.any(np.abs(ways.along(wrong)) > off / 2)
        wrong[second] = -off
        two += not np.any(np.abs(ways.along(wrong)) > off / 2)
    return one, two


def main(arguments: list[str] | None = None) -> int:
    """1 when a wrong gradient passes, or more than one right one in a hundred does not agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz checks", description=__doc__)
    parser.add_argument("--programs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directions", type=int, default=0)
    parser.add_argument("--show", type=int, default=3, help="how many of each finding are printed")
    options = parser.parse_args(arguments)
    of_right, of_wrong = campaign(options.programs, options.seed, options.show)
    total = sum(of_right.values()) - of_right["refused"]
    passed = sum(of_wrong[word] for word in LETS_PASS)
    print(f"right gradients: {dict(of_right)}")
    print(f"wrong gradients: {dict(of_wrong)}, {passed} passed")
    bad = passed > 0 or of_right["agrees"] < 0.99 * total
    if options.directions:
        one, two = missed(options.directions, 4_192, options.seed)
        print(f"directions: of {options.directions} wrong gradients {one} with one error and {two} with two passed")
        bad = bad or one + two > 0
    return int(bad)
