"""What is evaluated: indicators, the tree above them, and the plan that they serve."""

from evalkit.index.comparison import diff_systems
from evalkit.index.indicator import Goalposts, Indicator
from evalkit.index.plain_target import OFFICIAL, Target
from evalkit.index.system import Group, IndexSystem

__all__ = ["OFFICIAL", "Goalposts", "Group", "IndexSystem", "Indicator", "Target", "diff_systems"]
