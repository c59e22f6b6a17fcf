"""Templates by name. Each makes a `Report` from the material; one is imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from sim.language import Text
from sim.material import Material
from sim.report.blocks import Report
from sim.report.editions import Edition

Template = Callable[[Material, Edition, str], Report]

TEMPLATES: dict[str, tuple[str, Text]] = {
    "chapter": ("sim.report.chapter:chapter", Text("情景分析一章", "the chapter of scenario analysis")),
    "evaluation": ("sim.report.evaluation:evaluation", Text("规划实施评估", "evaluation of the plan")),
    "indicator-notes": (
        "sim.report.indicator_notes.pages:indicator_notes",
        Text("指标测算说明和指标调整对照表", "notes on each indicator, table of changed indicators"),
    ),
}


def template(name: str) -> Template:
    """The template of that name."""
    module, _, function = TEMPLATES[name][0].partition(":")
    found: Template = getattr(importlib.import_module(module), function)
    return found
