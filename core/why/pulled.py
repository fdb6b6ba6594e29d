"""The reverse sweep of a run as what each entry received: adjoints and contributions. Knows no words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from core.events import AdjointAccumulated, Event
from core.sweeps import reverse

if TYPE_CHECKING:
    from core.run import Run


@dataclass
class Pulled:
    """Adjoints of all entries, and the contributions that made them up, in the order of arrival."""

    adjoints: list[Any] = field(default_factory=list)
    arrivals: dict[int, list[AdjointAccumulated]] = field(default_factory=dict)
    in_order: list[AdjointAccumulated] = field(default_factory=list)

    @classmethod
    def of(cls, run: Run) -> Pulled:
        """Run the sweep from the run's output; empty where there is none."""
        pulled = cls()
        if run.target is not None and not run.failure:
            pulled.adjoints = reverse(run.tape, {run.target: run.seed}, pulled._observe)
        return pulled

    def _observe(self, event: Event) -> None:
        if isinstance(event, AdjointAccumulated):
            self.in_order.append(event)
            self.arrivals.setdefault(event.index, []).append(event)

    def adjoint(self, index: int) -> Any:
        """The entry's adjoint, None where nothing arrived."""
        return self.adjoints[index] if index < len(self.adjoints) else None


def magnitude(value: Any) -> float:
    """The largest absolute element."""
    return float(np.max(np.abs(value))) if np.size(value) else 0.0


def is_zero(value: Any) -> bool:
    """Whether every element is zero."""
    return not np.any(value)


def is_finite(value: Any) -> bool:
    """Whether every element is finite."""
    return bool(np.all(np.isfinite(value)))
