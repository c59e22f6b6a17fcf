"""When a figure stands out, and how that is said. Imports nothing heavy: `check` says it too."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.language import Text

#: Residual, in errors, from which a figure goes to the reconciliation report, and from which it is beyond the model.
LARGE, BEYOND = 2.0, 4.0
#: Distance from what the prior expected, in its spread, from which a figure is told of first.
FAR = 2.5
#: The same from which a figure is beyond the model even where little is left of it: unknowns that were pushed so far
#: (volatilities many times their own range) explain nothing.
UNHEARD_OF = 6.0


def large(line: Mapping[str, Any]) -> bool:
    """Whether a line of `facts` is told of first: much is left of it, or it is far from what the prior expected."""
    return abs(line["residual"]) >= LARGE or abs(line["before"]) >= FAR


def shown(value: float, spread: float) -> str:
    """A number with the digits that a spread of this size leaves meaning, and a true minus sign."""
    digits = 0 if spread <= 0.0 else max(0, min(4, 1 - math.floor(math.log10(spread))))
    return f"{value + 0.0:.{digits}f}".replace("-", "−")


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign, `+0.9` or `−1.6`."""
    return f"{round(value, digits) + 0.0:+.{digits}f}".replace("-", "−")


def reported(line: Mapping[str, Any]) -> str:
    """A reported value with about the digits it was reported with: percentages have one decimal at least."""
    return shown(line["value"], min(3.0 * line["error"], 1.0 if line["unit"] == "%" else math.inf))


def expected(line: Mapping[str, Any]) -> str:
    """What the prior expected, with its spread."""
    return f"{shown(line['expected'], line['spread'])}±{shown(line['spread'], line['spread'])}"


def large_words(line: Mapping[str, Any]) -> Text:
    """One figure that stands out, in the words that planners use."""
    if line["region"] is None:
        zh = f"{line['label']}：实际{_way(line['before'])}于先验所期 {abs(line['before']):.1f} 个标准差，校准后"
        zh += f"{_way(line['residual'])} {abs(line['residual']):.1f} 个；这是当年外部冲击的大小，数据照用"
        en = f"{line['label_en']}: {signed(line['before'])} of its usual spread from the prior, "
        return Text(zh, f"{en}{signed(line['residual'])} after; the size of that year's shock, used as it is")
    value, foreseen = f"{reported(line)}{line['unit']}", expected(line)
    zh = f"{line['label']}：公布数 {value}，先验预期 {foreseen}（偏离 {signed(line['before'])}）"
    en = f"{line['label_en']}: reported {value}, expected {foreseen} ({signed(line['before'])})"
    if abs(line["residual"]) >= LARGE:
        zh += f"，校准后余差 {signed(line['residual'])} 个误差。与其他公布数口径不一致，待核实"
        en += f", {signed(line['residual'])} errors after. On another basis than other figures; to be confirmed"
    else:
        zh += f"，校准后余差 {signed(line['residual'])} 个误差。先验未料到，其他公布数没有与之相抵的；"
        zh += "校准按它移动，宜先核实"
        en += f", {signed(line['residual'])} errors after. Not foreseen by the prior, and no other figure speaks "
        en += "against it; calibration moves with it, so confirm it first"
    return Text(f"{zh}（{line['id']}）", f"{en} ({line['id']})")


def _way(value: float) -> str:
    return "高" if value > 0 else "低"
