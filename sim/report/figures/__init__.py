"""Figures of a report by name. Each is made from the material, in one language, or is a reason why it cannot be.

`internal` figures show probabilities, ranges or what drives them, and stand in the internal edition only.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from sim.language import Text
from sim.material import Material
from sim.report.blocks import Figure, Missing
from sim.report.editions import Edition


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of figure: who makes it (`module:function`), what it is called, whether it is internal.

    `asks` : the function takes `asked`, the id of an indicator or target, as fourth argument.
    """

    made_by: str
    label: Text
    internal: bool = False
    asks: bool = False


_PASTED, _WORKING = "sim.report.figures.pasted", "sim.report.figures.working"
FIGURES: dict[str, Kind] = {
    "level_growth": Kind(f"{_PASTED}:level_growth", Text("总量与增速", "level and growth"), asks=True),
    "structure": Kind(f"{_PASTED}:structure", Text("三次产业结构", "structure by industry")),
    "peers": Kind(f"{_PASTED}:peers", Text("对标", "peers"), asks=True),
    "progress": Kind(f"{_PASTED}:progress", Text("指标进度", "progress of all indicators")),
    "contributions": Kind(f"{_PASTED}:contributions", Text("拉动点与贡献率", "contributions to growth")),
    "dumbbell": Kind(f"{_PASTED}:dumbbell", Text("2025年与2030年", "2025 and 2030")),
    "plan_lines": Kind(f"{_PASTED}:plan_lines", Text("高中低方案", "high, middle and low"), asks=True),
    "fan": Kind(f"{_WORKING}:fan", Text("扇形图", "fan chart"), internal=True, asks=True),
    "attainment": Kind(f"{_WORKING}:attainment", Text("达成概率图", "attainment map"), internal=True),
    "chances": Kind(f"{_WORKING}:chances", Text("概率与区间", "probabilities with ranges"), internal=True),
    "waterfall": Kind(
        f"{_WORKING}:waterfall", Text("差值归因", "what explains a difference"), internal=True, asks=True
    ),
    "tornado": Kind(f"{_WORKING}:tornado", Text("敏感性", "sensitivity"), internal=True, asks=True),
    "cells": Kind(f"{_WORKING}:cells", Text("各部门增加值与海洋经济", "value added by sector, and marine")),
    "reliability": Kind(f"{_WORKING}:reliability", Text("回测可靠性", "reliability in hindcasts"), internal=True),
    "target_setting": Kind(
        f"{_WORKING}:target_setting", Text("目标值曲线", "target-setting curve"), internal=True, asks=True
    ),
    "box": Kind(f"{_WORKING}:box", Text("落空情形", "where a target fails"), internal=True, asks=True),
}


def figure(name: str, material: Material, edition: Edition, lang: str, asked: str | None = None) -> Figure | Missing:
    """The figure of that name; `Missing` where the material or the edition has none of it.

    asked : id of the indicator or target it shows, for kinds that ask; None for the usual one.
    """
    kind = FIGURES[name]
    if kind.internal and not edition.chances:
        return Missing(kind.label, Text("本稿不列", "not shown in this edition"))
    module, _, function = kind.made_by.partition(":")
    made: Callable[..., Figure | Missing] = getattr(importlib.import_module(module), function)
    return made(material, edition, lang, asked) if kind.asks else made(material, edition, lang)
