"""Small finished results made by hand, for the tests of the figures of the working table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.charts.fonts import find_font
from sim.language import Text
from sim.material import Finished, Material, View
from sim.region.reading import read_pack
from sim.resources import data_path

PACK = read_pack(data_path("calibration"), "west_coast")
RUN_ID = "0123abcd4567"
FONT = find_font()


def target(row: int, indicator: str, probability: float | None = 0.4, **changes: Any) -> dict[str, Any]:
    """A record of a target of the plan's table."""
    ranged = probability is not None
    return {
        "id": f"plan14.{indicator}.2025", "indicator": indicator, "row": row, "year": 2025, "label": f"指标{row}",
        "label_en": f"Indicator {row}", "target_text": "≥42", "value": 42.0, "value_high": None, "operator": ">=",
        "unit": "%", "category": "", "reading_of": None, "status": "evaluated" if ranged else "no_baseline",
        "probability": probability, "probability_low": 0.2 if ranged else None,
        "probability_high": 0.6 if ranged else None, "standard_error": 0.004 if ranged else None, "outcome": None,
        "actual": None, "source_title": "规划纲要", "non_binding": False,
        **changes,
    }  # fmt: skip


def indicator(
    name: str, year: int, middle: float | None, reported: float | None = None, **changes: Any
) -> dict[str, Any]:
    """A record of an indicator in a year; quantiles lie 1, 2, 3 to each side."""
    steps = {"p05": -3, "p10": -2, "p25": -1, "p50": 0, "p75": 1, "p90": 2, "p95": 3}
    values = {key: None if middle is None else middle + step for key, step in steps.items()}
    return {"indicator": name, "year": year, "reported": reported, "mean": middle, **values, **changes}


def document(label: str = "基准情景", targets: Any = (), indicators: Any = (), **changes: Any) -> dict[str, Any]:
    """A run's document with what the figures read."""
    return {
        "region": "west_coast", "region_label": "新区", "region_label_en": "the area", "base_year": 2020, "as_of": 2021,
        "horizon": 2025, "draws": 500, "seed": 1, "scenario": "baseline", "scenario_label": label,
        "scenario_label_en": "Baseline", "targets": list(targets), "indicators": list(indicators),
        "distributions": None, **changes,
    }  # fmt: skip


def view(content: dict[str, Any], id: str = "baseline") -> View:
    return View(id, Text(content["scenario_label"], content["scenario_label_en"]), content, {}, RUN_ID)


def finished(kind: str, content: dict[str, Any]) -> Finished:
    manifest = {"region": "west_coast", "as_of": 2021, "draws": 500, "seed": 1}
    return Finished(Path("result"), "result", kind, manifest, content, {}, RUN_ID, ())


def material(*views: View, comparison: Any = None, sensitivity: Any = None, values: Any = None) -> Material:
    """Material of these views, with documents of other commands where given."""
    made = {
        "compare": comparison, "sensitivity": sensitivity, "target-values": values,
    }  # fmt: skip
    found = {kind: finished(kind, content) for kind, content in made.items() if content is not None}
    return Material(
        pack=PACK, results=(finished("run", document()),), views=views, comparison=found.get("compare"),
        sensitivity=(found["sensitivity"],) if "sensitivity" in found else (), solutions=(),
        target_values=found.get("target-values"), required_path=None, sweeps=(), doubts=(),
    )  # fmt: skip


def bar(label: str, low: float, high: float, **changes: Any) -> dict[str, Any]:
    """A bar of a tornado; changes of the probability in 0-1."""
    return {
        "input": f"world.{label}", "label": label, "label_en": label, "of": "", "of_en": "", "unit": "%/年",
        "unit_en": "% a year", "low": 4.2, "high": 6.4, "change_low": low, "change_high": high, "basis": "model",
        "swing": high - low, "swing_error": 0.004, "distinguishable": True, "nothing": low == high == 0.0,
        "kind": "world", **changes,
    }  # fmt: skip


def moved(id: str, bars: Any) -> dict[str, Any]:
    """A target of a tornado."""
    name = id.split(".")[1]
    return {"id": id, "indicator": name, "label": "海洋占比", "label_en": "Marine share", "year": 2025,
            "probability": 0.4, "bars": list(bars)}  # fmt: skip


def failing(id: str, boxes: Any, reason: str | None = None) -> dict[str, Any]:
    """A target of an analysis of failures."""
    name = id.split(".")[1]
    return {"id": id, "indicator": name, "label": "海洋占比", "label_en": "Marine share", "year": 2025,
            "boxes": list(boxes), "reason": reason, "reason_en": reason}  # fmt: skip


def found_box() -> dict[str, Any]:
    """A box of one condition on an input that the tornado knows as `world.growth`."""
    one = {"input": "growth", "label": "全国增速", "label_en": "growth", "low": None, "high": 5.3, "unit": "%",
           "text": "全国增速低于5.3%", "text_en": "growth is below 5.3%"}  # fmt: skip
    return {
        "restrictions": [one], "density": 0.8, "density_error": 0.01, "base": 0.6, "base_error": 0.01,
        "elsewhere": 0.55, "elsewhere_error": 0.01, "coverage": 0.4,
        "sentence": "全国增速低于5.3%时10次中约8次落空。", "sentence_en": "Missed.",
    }  # fmt: skip


def value(name: str = "marine_share", **changes: Any) -> dict[str, Any]:
    """A record of target values; more is better, 34 … 40 are reached with 90 … 30 %."""
    return {
        "indicator": name, "year": 2030, "scenario": "baseline", "direction": 1, "label": "海洋占比（%）",
        "label_en": "Marine share", "group": "plan", "p90": 34.0, "p70": 36.0, "p50": 38.0, "p30": 40.0, "plan": None,
        "probability_low": {"p90": 0.7, "p70": 0.5, "p50": 0.25, "p30": 0.1},
        "probability_high": {"p90": 0.99, "p70": 0.9, "p50": 0.75, "p30": 0.5}, "above": [], "last": None,
        "suggestion": {"value": 38.0, "threshold": 37.0, "words": "保持在38左右", "words_en": "about 38"},
        "chance": {"probability": 0.6, "probability_low": 0.4, "probability_high": 0.85}, **changes,
    }  # fmt: skip


def values(*records: dict[str, Any]) -> dict[str, Any]:
    """A document of target values."""
    return {**document(), "years": [2030, 2035], "values": list(records), "scenarios": ["baseline"],
            "scenario_labels": ["基准情景"], "scenario_labels_en": ["Baseline"]}  # fmt: skip
