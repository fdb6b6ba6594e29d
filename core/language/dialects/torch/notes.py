"""What PyTorch warns of where `.grad` is asked of a tensor that was computed, with the text's own names."""

from __future__ import annotations

from typing import Any

from core.basics.words import phrase
from core.language.dialects.torch.graph import autograd
from core.language.dialects.torch.leaves import Leaf
from core.language.dialects.torch.segments import Segment, spot_of
from core.ops import INPUT
from core.tensor import Tensor

COMPUTED = phrase(
    "language.grad-computed-tensor-none",
    "`.grad` of a computed tensor is None: call {name}.retain_grad() before `backward()`.\n",
)
NO_LEAF = phrase(
    "language.grad-of-no-leaf",
    "`{name}.grad` is None: {name} was computed from the tensor that requires the gradient, which has no name. "
    "Write {name} = {name}.detach().requires_grad_() below this line.\n",
)
REBOUND = phrase(
    "language.grad-of-a-new-tensor",
    "`{name}.grad` is None: {name} = ... has given the name to a computed tensor. Write {name} -= ... inside "
    "`with torch.no_grad():`, which changes the leaf itself.\n",
)


def no_grad_kept(here: Any, value: Tensor) -> str:
    """A line about a computed tensor whose gradient was not kept: how to have it, by the reason why it has none."""
    names = [names for names in (here, here.run.globals) if names is not None]
    name = next((name for scope in names for name, one in scope.items() if one is value), None)
    if name is None:
        return COMPUTED.say(name="h")
    tape, place = here.run.tape, here.run.tape.index_of(value)
    if any(known == name and index != place and tape.ops[index] is INPUT for index, known in tape.names.items()):
        return REBOUND.say(name=name)
    held = {id(one) for scope in names for one in scope.values()}
    if (spot := spot_of(value, autograd())) is not None and not any(id(one) in held for one in _leaves(*spot)):
        return NO_LEAF.say(name=name)
    return COMPUTED.say(name=name)


def _leaves(segment: Segment, index: int) -> list[Tensor]:
    """The leaves from which an entry was computed."""
    below = segment.below({index})
    sources = segment.sources.values()
    found: list[Tensor] = [one for one, read in sources if isinstance(one, Leaf) and below.intersection(read)]
    for link in below & segment.links.keys():
        found += _leaves(*segment.links[link])
    return found
