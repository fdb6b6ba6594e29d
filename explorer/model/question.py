"""What is asked about a text: where to look at it, what to watch, which way to sweep, and how much it may take.

Data only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.basics.budget import Budget
from core.run import At
from explorer.model.values import Value


@dataclass(frozen=True, eq=False)
class Question:
    """A text and where to look at it.

    `point` are the values that were chosen, and may name more inputs than the text has; `watch` tells which inputs the
    user has switched to be watched or not, the others are as the text says. `output` is the name to differentiate, ""
    the text's own output; `at` the pass of a loop that trains. `mode` is "reverse" or "forward", which goes along
    `direction`.
    """

    text: str = ""
    point: Mapping[str, Value] = field(default_factory=dict)
    watch: Mapping[str, bool] = field(default_factory=dict)
    output: str = ""
    at: At | None = None
    mode: str = "reverse"
    direction: Mapping[str, Value] = field(default_factory=dict)
    limits: Budget = field(default_factory=Budget)
