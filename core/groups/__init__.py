"""A run folded into groups: calls of helper functions, loops and their passes, lines and blocks of a long run.

Every group is a range of consecutive entries, and groups nest. So a choice of open groups parts the tape into ranges,
between which values only flow forwards, and nothing is lost: each entry lies in exactly one of them. Knows tapes and
where entries come from; knows nothing of derivatives or drawing.
"""

from core.groups.build import group_tree
from core.groups.tree import FEW, ROOT, Group, GroupTree, Parting

__all__ = ["FEW", "ROOT", "Group", "GroupTree", "Parting", "group_tree"]
