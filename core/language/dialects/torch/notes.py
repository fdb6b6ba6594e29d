"""What PyTorch warns of where `.grad` is asked of a tensor that was computed, with the text's own names."""

from __future__ import annotations

from typing import Any

from core.basics.words import phrase, say
from core.language.dialects.torch.graph import CURRENT, autograd
from core.language.dialects.torch.leaves import Leaf
from core.language.dialects.torch.segments import Segment, sources_of, spot_of
from core.language.machine.values import Builtin, Written
from core.ops import INPUT
from core.tensor import Tensor

BACKWARD = {
    "mul": "Mul", "add": "Add", "sub": "Sub", "div": "Div", "pow": "Pow", "sum": "Sum", "mean": "Mean", "matmul": "Mm",
    "neg": "Neg", "abs": "Abs", "max": "Max", "min": "Min", "getitem": "Select", "reshape": "View",
    "transpose": "Permute", "identity": "Clone", "log_softmax": "LogSoftmax", "square": "Pow", "concatenate": "Cat",
    "expand_dims": "Unsqueeze", "squeeze": "Squeeze", "where": "Where", "silu": "Silu", "gelu": "Gelu",
    "softplus": "Softplus", "logsumexp": "Logsumexp", "broadcast_to": "Expand",
}  # fmt: skip


class GradFn(Written):
    """What `.grad_fn` gives: the operation that made a tensor, by the name that PyTorch has for its way back."""

    kind = say("language.a-grad-fn", "the operation behind a tensor")

    def __init__(self, segment: Segment, index: int) -> None:
        self.segment, self.index = segment.links.get(index, (segment, index))
        op = self.segment.ops[self.index]
        name = "".join(part.capitalize() for part in op.name.split("_"))
        self.name = "AccumulateGrad" if op is INPUT else f"{BACKWARD.get(op.name, name)}Backward0"

    def written(self, quoted: bool) -> str:
        """As `print` shows it."""
        return f"<{self.name} object>"

    def next_functions(self) -> tuple:
        """The operations behind the operands."""
        return tuple((GradFn(self.segment, one), 0) for one in sources_of(self.segment, self.index))

    def name_method(self) -> Builtin:
        """`grad_fn.name()`."""
        return Builtin("name", lambda: self.name, ())


def grad_fn(tensor: object) -> GradFn | None:
    """The operation that made a tensor; None of a leaf, and of what requires no gradient."""
    owner = CURRENT.get()
    if owner is None or not isinstance(tensor, Tensor) or isinstance(tensor, Leaf):
        return None
    spot = spot_of(tensor, owner)
    return None if spot is None else GradFn(*spot)


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
