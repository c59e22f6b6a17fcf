"""The mid-term evaluation of a plan: how far its indicators have come, and what is needed from here."""

from sim.midterm.needed import Needed, needed
from sim.midterm.progress import CONCLUSIONS, Standing, growth_standing, level_standing
from sim.midterm.readings import judged_reading
from sim.midterm.rows import MidtermRow, YearFigure, midterm_row

__all__ = [
    "CONCLUSIONS",
    "MidtermRow",
    "Needed",
    "Standing",
    "YearFigure",
    "growth_standing",
    "judged_reading",
    "level_standing",
    "midterm_row",
    "needed",
]
