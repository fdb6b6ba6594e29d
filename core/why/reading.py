"""One reading of a program's text for what its values are computed from, as the questions of this folder need it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.basics.span import Span
from core.language.abstract.dependence import DependenceDomain
from core.language.abstract.links import Value
from core.language.abstract.walk import Walk
from core.language.reading.places import Places

if TYPE_CHECKING:
    from core.language.program import Program


class Reading:
    """A program that has been read; `found` is what was noticed on the way.

    `skipped` are the spans of the blocks that the run did not enter.
    """

    def __init__(self, program: Program, skipped: Iterable[Span] = ()) -> None:
        self.program = program
        self.places = Places(program.text)
        domain = DependenceDomain(program.inputs, self.places, skipped, program.library)
        self.found = domain.found
        self._walk = Walk(domain, program.interface)
        self._walk.read(program.tree)

    def target(self, name: str = "") -> Value:
        """The value of the output, or of the name that is differentiated."""
        main = self.program.interface.main_function
        return self._walk.value_of(name or ("" if main is not None else self.program.output))
