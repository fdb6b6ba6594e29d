"""Moving through a timeline: steps by event, entry, line, loop pass or call; breakpoints; searching for entries.

Pure functions and data on a timeline: who holds the cursor asks for the step to go to. Knows nothing of drawing.
"""

from core.navigation.breakpoints import Breakpoint, hits, next_hit, parse_breakpoint
from core.navigation.search import search
from core.navigation.steps import UNITS, Steps

__all__ = ["UNITS", "Breakpoint", "Steps", "hits", "next_hit", "parse_breakpoint", "search"]
