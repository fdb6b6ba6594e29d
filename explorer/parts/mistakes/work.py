"""The mistakes that can be made in the reverse sweep of a run. Knows no widget."""

from collections.abc import Sequence

from core.mistakes import Mistake, mistakes_for
from core.run import Run


def mistakes_to_make(run: Run) -> Sequence[Mistake]:
    """The mistakes, each with its name; none where the run failed, for it has no reverse sweep."""
    return () if run.failure else mistakes_for(run)
