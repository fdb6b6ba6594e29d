"""The functions of the library, with NumPy's names and arguments, on floats, arrays and tensors alike.

Plain numbers in, plain numbers out; with a tensor among the operands the operation is recorded. The formulas of
the op table are written with these functions, so that derivatives can be differentiated again. Knows nothing of
sweeps or programs.
"""

import math
from typing import TYPE_CHECKING

from core import op as rules
from core.basics.cuts import Reason
from core.basics.types import Value
from core.functions import elementwise, methods
from core.functions.calculus import *  # noqa: F403
from core.functions.calling import *  # noqa: F403
from core.functions.calling import FUNCTIONS
from core.functions.distributions import *  # noqa: F403
from core.functions.elementwise import *  # noqa: F403
from core.functions.losses import *  # noqa: F403
from core.functions.networks import *  # noqa: F403
from core.functions.products import *  # noqa: F403
from core.functions.reductions import *  # noqa: F403
from core.functions.selecting import *  # noqa: F403
from core.functions.shaping import *  # noqa: F403
from core.tensor import Tensor, cut

if TYPE_CHECKING:

    def __getattr__(name: str) -> Value: ...  # the elementwise functions come from the table


pi = math.pi
globals().update((name, function) for name, function in FUNCTIONS.items() if name not in vars(elementwise))
power, absolute = FUNCTIONS["pow"], FUNCTIONS["abs"]


def stop_gradient(x: Value) -> Value:
    """The same value, cut off from every tape: a constant for all derivatives. No tape hears of a variable read so.

    Shape and dtype stay; what is not a tensor comes back as it is.
    """
    if not isinstance(x, Tensor):
        return x
    detached = Tensor.__new__(Tensor)
    detached.primal, detached.index = x.primal, None
    detached.tape = cut(Reason.STOP_GRADIENT, "stop_gradient", (x,))
    return detached


rules.GENERAL.update(globals(), abs=absolute)
methods.install()
