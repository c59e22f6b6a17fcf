"""The figures that planners paste. Each is made from the material, or is a reason why it cannot be."""

from sim.report.figures.pasted_contributions import contributions
from sim.report.figures.pasted_dumbbell import dumbbell
from sim.report.figures.pasted_facts import peers
from sim.report.figures.pasted_lines import plan_lines
from sim.report.figures.pasted_progress import progress
from sim.report.figures.pasted_years import level_growth, structure

__all__ = ["contributions", "dumbbell", "level_growth", "peers", "plan_lines", "progress", "structure"]
