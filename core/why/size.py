"""Why a gradient is so large or so small: the factors along the strongest path from the output.

Knows runs; reads no text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from core.basics.words import in_row, say, sentences
from core.custom import CustomOp
from core.events import AdjointAccumulated
from core.notation import number, partial
from core.why.answer import Answer, Factor
from core.why.kinds import OWN_RULE
from core.why.own_rules import own_rule
from core.why.pulled import Pulled, magnitude

if TYPE_CHECKING:
    from core.run import Run

SHOWN = 3


class Strongest(NamedTuple):
    """The product of the factors of the strongest path from the output to an entry, and the last step of it."""

    product: float
    event: AdjointAccumulated | None


def why_large(run: Run, index: int) -> Answer | None:
    """The factors that make the entry's gradient large, largest first in the sentence; None where there is none."""
    return _sized(run, index, "large")


def why_small(run: Run, index: int) -> Answer | None:
    """The factors that make the entry's gradient small, smallest first in the sentence; None where there is none."""
    return _sized(run, index, "small")


def _sized(run: Run, index: int, reason: str) -> Answer | None:
    pulled = Pulled.of(run)
    if run.target is None or pulled.adjoint(index) is None:
        return None
    path, factors = _walk(run, pulled, _strongest(run, pulled), index)
    order = sorted(factors, key=lambda factor: factor.value, reverse=reason == "large")
    named = [one for one in order if (one.value > 1 if reason == "large" else one.value < 1)][:SHOWN]
    product = math.prod(factor.value for factor in factors)
    label, target = run.tape.label(index), run.target_label
    arrived = len(pulled.arrivals.get(index, ()))
    adjoint = number(pulled.adjoint(index))
    way = " → ".join(run.tape.label(one) for one in path)
    if arrived > 1:
        way = say(
            "why.strongest",
            "{path}, the strongest of the {arrived} that arrive at {name}",
            path=way,
            arrived=arrived,
            name=label,
        )
    sentence = say(
        "why.along",
        "∂{target}/∂{name} is {adjoint}. Along {path}, the factors multiply to {factors}.",
        target=target,
        name=label,
        adjoint=adjoint,
        path=way,
        factors=_told(number(product), [one.text for one in named]),
    )
    marked = named[0].index if named else index
    own, remedy = own_rule(run.tape, pulled, factors)
    if remedy:
        reason, marked = OWN_RULE, next(one.index for one in factors if isinstance(run.tape.ops[one.index], CustomOp))
    remedy, span = remedy or REMEDIES[reason], run.tape[marked].span
    return Answer(reason, sentences(sentence, own), remedy, marked, span, path, factors, product)


def _told(product: str, factors: list[str]) -> str:
    """The product, and the factors that made it what it is."""
    if not factors:
        return product
    return say("why.product-of", "{product}: {factors}", product=product, factors=in_row(factors))


REMEDIES = {
    "large": say(
        "why.make-largest-factors-smaller", "Make the largest factors smaller: scale the values, or clip the gradient."
    ),
    "small": say(
        "why.make-smallest-factors-larger",
        "Make the smallest factors larger: scale the values, or use functions that do not saturate.",
    ),
}


def _strongest(run: Run, pulled: Pulled) -> dict[int, Strongest]:
    """For each entry the path with the largest product; the sweep's order is the order of dependence."""
    assert run.target is not None
    best = {run.target: Strongest(1.0, None)}
    for event in pulled.in_order:
        product = best[event.source].product * _ratio(pulled, event)
        if event.index not in best or product > best[event.index].product:
            best[event.index] = Strongest(product, event)
    return best


def _ratio(pulled: Pulled, event: AdjointAccumulated) -> float:
    """The size of the local factor: of the partial, or how much larger the largest element became."""
    if event.partial is not None and not hasattr(event.partial, "shape"):
        return abs(float(event.partial))
    upstream = magnitude(pulled.adjoint(event.source))
    return magnitude(event.contribution) / upstream if upstream else 0.0


def _walk(
    run: Run, pulled: Pulled, best: dict[int, Strongest], index: int
) -> tuple[tuple[int, ...], tuple[Factor, ...]]:
    path, factors = [index], []
    while (event := best[path[-1]].event) is not None:
        text = partial(run.tape, event.source, event.slot)
        factors.append(Factor(event.source, event.slot, _ratio(pulled, event), text))
        path.append(event.source)
    return tuple(reversed(path)), tuple(reversed(factors))
