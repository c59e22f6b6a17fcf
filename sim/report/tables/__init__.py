"""Tables that several reports share: Word, Excel and the web page show the same rows with the same words.

Each function takes the material, the edition and the language and gives a `Table`, or `Missing` with the reason.
"""

from sim.report.tables.comparison import compare_table, difference_table
from sim.report.tables.outlook import outlook_table
from sim.report.tables.packages import packages_table
from sim.report.tables.path import path_table
from sim.report.tables.scenarios import scenario_table
from sim.report.tables.sensitivity import boxes, information_table, sensitivity_table
from sim.report.tables.sources import sources_table
from sim.report.tables.sweep import sweep_table
from sim.report.tables.targets import basis_table, target_table
from sim.report.tables.values import values_table

__all__ = [
    "basis_table",
    "boxes",
    "compare_table",
    "difference_table",
    "information_table",
    "outlook_table",
    "packages_table",
    "path_table",
    "scenario_table",
    "sensitivity_table",
    "sources_table",
    "sweep_table",
    "target_table",
    "values_table",
]
