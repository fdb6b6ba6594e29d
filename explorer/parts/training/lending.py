"""Inputs that a page lends to itself: what was chosen before is kept, and comes back with one click.

What a person changes meanwhile stays changed. Knows the session; knows no widget.
"""

from collections.abc import Mapping

import numpy as np

from explorer.model.values import Value
from explorer.session import Session


class Lending:
    """`kept` is what had been chosen for the inputs before; None while nothing is lent."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.kept: dict[str, Value] | None = None
        self.point: dict[str, Value] = {}
        self._put: dict[str, Value] = {}

    def put(self, values: Mapping[str, Value]) -> None:
        """Let inputs have these values for now."""
        if self.kept is None:
            self.kept, self.point = self._session.chosen_values(), self._session.point()
        self._put |= values
        self._session.set_inputs(values)

    def give_back(self) -> None:
        """All inputs as they were, but for those that were changed since."""
        if self.kept is not None:
            values = {**self.kept, **self._typed(self._session.chosen_values())}
            self.forget()
            self._session.choose_values(values)

    def restored(self, point: Mapping[str, Value]) -> dict[str, Value]:
        """A point as it will be once all is given back."""
        return {**self.point, **self._typed(point)} if self.kept is not None else dict(point)

    def _typed(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Those that are not what was put there."""
        return {
            name: value
            for name, value in values.items()
            if name not in self._put or not np.array_equal(value, self._put[name], equal_nan=True)
        }

    def forget(self) -> None:
        """Leave the inputs as they are now."""
        self.kept, self._put = None, {}
