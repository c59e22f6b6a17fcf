"""The reported figures of 2021-2023 placed in the intervals that the model gave as of 2020.

Knowledge in sample, not a test: nothing in the program reads these figures or reacts to them.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from model_runs import ROOT, pack, run, scenario, table

from sim.experiment.drawing import draw_block
from sim.experiment.simulation import Path
from sim.randomness import BLOCK, SOURCES, Array

OBSERVATIONS = ROOT.parent / "shared" / "data" / "observations.csv"
DRAWS, SEED = 20_000, 1
YEARS = ("2021", "2022", "2023")
GRADES = {"official": "官方", "press": "报刊", "mirror": "镜像网页", "none": "镜像网页（无地址）"}
LEVELS = (5, 25, 50, 75, 95)

#: Where a copy lies is no part of a citation.
PAGE_HOST = re.compile(r"\s*\((?:mirror[^)]*|[\w.]+\.com)\)|\s*\([^()]*, mirror\)|10100\.com | mirror \w+|, 镜像")

NARROW = "不计：窄口径，与宽口径不可比"

Measure = Callable[[Path], Array]  # (year, draw)


def _indicator(name: str) -> Measure:
    return lambda path: path.value(name)


def _industry(name: str, real: bool) -> Measure:
    """Value added of an industry at current prices [亿元], or its real growth [%]."""
    chosen = pack().industry(name)

    def measure(path: Path) -> Array:
        field = "value_added_real" if real else "value_added_nominal"
        level = np.stack([(getattr(s.reporting, field) * chosen).sum(axis=0) for s in path.states])
        return 100.0 * (level[1:] / level[:-1] - 1.0) if real else level

    def growth(path: Path) -> Array:
        found = measure(path)
        return np.concatenate([np.full_like(found[:1], np.nan), found])

    return growth if real else measure


#: Column of the observations -> (label, measure, whether it counts, remark).
LEVEL_OF: dict[str, tuple[str, Measure, str]] = {
    "gdp": ("`gdp`（亿元）", _indicator("gdp"), ""),
    "va_primary": ("第一产业增加值（亿元）", _industry("primary", False), ""),
    "va_secondary": ("第二产业增加值（亿元）", _industry("secondary", False), ""),
    "va_tertiary": ("第三产业增加值（亿元）", _industry("tertiary", False), ""),
    "share_primary": ("`primary_share`（%）", _indicator("primary_share"), ""),
    "share_secondary": ("`secondary_share`（%）", _indicator("secondary_share"), ""),
    "share_tertiary": ("`services_share`（%）", _indicator("services_share"), ""),
    "population_resident": ("`population`（万人）", _indicator("population"), ""),
    "urbanization_rate": ("`urbanisation_rate_census`（%）", _indicator("urbanisation_rate_census"), ""),
    "urban_new_jobs": ("`new_urban_jobs`（万人）", _indicator("new_urban_jobs"), ""),
    "fdi_actual": ("`fdi`（亿美元）", _indicator("fdi"), ""),
    "marine_gop": ("`marine_gop`（亿元）", _indicator("marine_gop"), ""),
    "marine_gop_share_gdp": ("`marine_share`（%）", _indicator("marine_share"), ""),
    "marine_gop_growth": ("`marine_gop_growth`（%）", _indicator("marine_gop_growth"), ""),
    "gdp_share_of_city": ("`gdp_share_of_city`（%）", _indicator("gdp_share_of_city"), "全市为本区与其余地区之和"),
    "industrial_va_above_scale_growth": (
        "`industry_value_added_growth`（%）", _indicator("industry_value_added_growth"), "不计：规上工业，口径不同"),
    "trade_total": ("`trade_total`（亿元）", _indicator("trade_total"), NARROW),
    "trade_total_growth": ("`trade_total_growth`（%）", _indicator("trade_total_growth"), NARROW),
    "population_resident_growth": ("`population` 增速（%）", lambda p: _growth(p.value("population")), ""),
}  # fmt: skip
#: The real growth printed beside a level.
GROWTH_OF: dict[str, tuple[str, Measure]] = {
    "gdp": ("`gdp_growth`（%）", _indicator("gdp_growth")),
    "va_primary": ("第一产业增速（%）", _industry("primary", True)),
    "va_secondary": ("第二产业增速（%）", _industry("secondary", True)),
    "va_tertiary": ("第三产业增速（%）", _industry("tertiary", True)),
    "marine_gop": ("`marine_gop_growth`（%）", _indicator("marine_gop_growth")),
}


def _growth(level: Array) -> Array:
    return np.concatenate([np.full_like(level[:1], np.nan), 100.0 * (level[1:] / level[:-1] - 1.0)])


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure with its place in the interval."""

    label: str
    year: int
    value: float
    printed: str
    grade: str
    title: str
    remark: str
    quantiles: tuple[float, ...]
    percentile: float

    @property
    def counts(self) -> bool:
        """Whether it measures the same thing as the model."""
        return not self.remark.startswith("不计")


@functools.cache
def paths() -> tuple[Path, ...]:
    """The baseline as of 2020 with every source of uncertainty on, block by block."""
    out = []
    for number in range(-(-DRAWS // BLOCK)):
        block = draw_block(pack(), SEED, number, 2023, frozenset(SOURCES))
        out += run(scenario(horizon=2023), block=block)
    return tuple(out)


def _rows() -> list[dict[str, str]]:
    with OBSERVATIONS.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region"] == "district" and row["year"] in YEARS]
    usable = [row for row in rows if row["nature"] not in {"target", "unverified"}]
    return sorted(usable, key=lambda row: list(GRADES).index(row["host_grade"]))


def _values() -> list[tuple[str, int, str, dict[str, str], Measure, str]]:
    """Label, year, printed value, row, measure and remark of each figure; the best source of equal ones first."""
    out: list[tuple[str, int, str, dict[str, str], Measure, str]] = []
    for row in _rows():
        year = int(row["year"])
        if row["indicator"] in LEVEL_OF and row["value"]:
            label, measure, remark = LEVEL_OF[row["indicator"]]
            out.append((label, year, row["value"], row, measure, remark))
        if row["indicator"] in GROWTH_OF and row["growth_real_pct"]:
            label, measure = GROWTH_OF[row["indicator"]]
            out.append((label, year, row["growth_real_pct"], row, measure, ""))
    kept: list[tuple[str, int, str, dict[str, str], Measure, str]] = []
    for item in out:
        same = [k for k in kept if k[:2] == item[:2] and abs(float(k[2]) - float(item[2])) < 2e-5 * float(k[2])]
        if not same:
            kept.append(item)
    order = [label for label, *_ in (*GROWTH_OF.values(), *LEVEL_OF.values())]
    return sorted(kept, key=lambda item: (order.index(item[0]), item[1]))


@functools.cache
def figures() -> tuple[Figure, ...]:
    """All reported figures that an indicator of the model answers to."""
    out = []
    for label, year, printed, row, measure, remark in _values():
        draws = np.concatenate([measure(path)[year - 2020] for path in paths()])[:DRAWS]
        value = float(printed)
        is_level = printed == row["value"]
        note = row["unit"][row["unit"].find("(") :] if is_level and "(" in row["unit"] else ""
        title = PAGE_HOST.sub("", row["source_title"]).strip()
        out.append(
            Figure(label, year, value, f"{printed}{note}", row["host_grade"], title, remark,
                   tuple(np.percentile(draws, LEVELS).tolist()), 100.0 * float((draws < value).mean()))
        )  # fmt: skip
    return tuple(out)


def reported_table() -> str:
    rows = [
        [f.label, str(f.year), f.printed, GRADES[f.grade], f.title, *(f"{q:.4g}" for q in f.quantiles),
         _percentile(f.percentile) if f.counts else "—", f.remark or "计入"]
        for f in figures()
    ]  # fmt: skip
    header = ["指标", "年", "报告数", "来源等级", "来源", "p05", "p25", "p50", "p75", "p95", "落在百分位", "说明"]
    return table(header, rows, left=5)


def _percentile(value: float) -> str:
    return "<1" if value < 0.5 else ">99" if value > 99.5 else f"{value:.0f}"


def inside(width: float) -> tuple[int, int]:
    """How many of the counted figures lie inside the central interval of `width` percent, and how many there are."""
    counted = [f for f in figures() if f.counts]
    edge = (100.0 - width) / 2.0
    return sum(edge <= f.percentile <= 100.0 - edge for f in counted), len(counted)


def reported_findings() -> str:
    """The count inside 50, 80 and 90 % intervals, and the figures outside, in words."""
    parts = [f"{width}%区间内 {inside(width)[0]} 个" for width in (50, 80, 90)]
    out = [f for f in figures() if f.counts and not 5.0 <= f.percentile <= 95.0]
    named = "、".join(f"{f.year}年{f.label} {f.printed}（第{_percentile(f.percentile)}百分位）" for f in out)
    return f"可比的报告数共 {inside(50)[1]} 个：{'，'.join(parts)}。落在90%区间以外的：{named or '无'}。"
