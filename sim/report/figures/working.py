"""Figures of the working table by the names of the registry: probabilities, ranges and what drives them."""

from sim.report.figures.working_causes import tornado, waterfall
from sim.report.figures.working_chances import attainment, chances
from sim.report.figures.working_failure import box
from sim.report.figures.working_fan import fan
from sim.report.figures.working_record import reliability
from sim.report.figures.working_values import target_setting
from sim.report.figures.working_years import cells

__all__ = ["attainment", "box", "cells", "chances", "fan", "reliability", "target_setting", "tornado", "waterfall"]
