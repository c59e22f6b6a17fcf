"""The two values at which an input is set for a tornado, and what they are: not every pair is a p10 and a p90."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD, Lever, WorldAssumption
from sim.parameters.priors import Z95
from sim.posterior.scores import StreamKey
from sim.randomness import Array
from sim.scenario.distributions import values_at
from sim.scenario.parts import AssumptionPath, Scenario

#: 90th percentile of the standard normal.
Z90 = 1.2815515655446004
#: What the two values of an input are. `step` is no percentile: such bars stand by themselves.
BASES: Mapping[str, Text] = MappingProxyType(
    {
        "scenario": Text("情景所给区间的第10、90百分位", "p10 and p90 of the scenario's own range"),
        "history": Text(
            "历史记录的第10、90百分位，超出目录上下限的取上下限，从数据截止次年起每年保持（记录多为单年离差，年年如此比历史上"
            "更强，读作上限）",
            "p10 and p90 of the record, held in every year after the facts: most records are of single years, so that "
            "this is stronger than history; at the bounds of the catalogue where it goes beyond them",
        ),
        "step": Text(
            "没有历史记录：减、加目录中的一步（碰到上下限为止），每年保持；不是百分位，不与其他各条比大小",
            "no history: minus and plus one step of the catalogue, in bounds, in every year; no percentiles, no rank",
        ),
        "model": Text(
            "模型自身分布的第10、90百分位（数据截止次年至目标年的年均），中心路径平移，各年冲击照常",
            "p10 and p90 of the model's own average from the facts to the target's year; the central path is shifted",
        ),
        "prior": Text(
            "先验的第10、90百分位，其余未知量照抽",
            "p10 and p90 of the prior, everything else as drawn",
        ),
        "posterior": Text(
            "校准后：该量排在第5—15、85—95百分位的各次模拟的达成比例，不另模拟，牵连的未知量随之而动",
            "after the figures: share of the draws in which it ranks in 5-15 % and 85-95 %; what is tied to it moves",
        ),
    }
)
#: Kinds of inputs, in the order of tables.
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "lever": Text("政策杠杆", "levers"),
        "world": Text("外部世界", "the world"),
        "prior": Text("模型参数与基年假设", "parameters and assumptions of the base year"),
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One input at a low and a high value.

    id : `levers.<id>`, `world.<id>`, or the stream of a prior; kind, basis : keys of KINDS and BASES; low, high : in
    `unit`, of a path the mean over the years after the facts; year : the target year it is made for, None is any.
    ends : the scenarios of both ends; key, scores : the stream that is held, and the standard normals it is held at.
    """

    id: str
    kind: str
    basis: str
    low: float
    high: float
    unit: Text
    year: int | None = None
    ends: tuple[Scenario, Scenario] | None = None
    key: StreamKey | None = None
    scores: tuple[float, float] = (-Z90, Z90)

    def judges(self, year: int) -> bool:
        """Whether it is made for targets of that year."""
        return self.year in (None, year)


def lever_settings(scenario: Scenario, years: Sequence[int]) -> list[Setting]:
    """Both values of every lever; `years` are those after the facts."""
    out = []
    for lever in LEVERS.values():
        path = scenario.levers.get(lever.id)
        if path is not None and _spreads(path, years):
            basis, ends = "scenario", (_at(path, -Z90, years, lever), _at(path, Z90, years, lever))
        else:
            basis, (down, up) = _deviation(lever)
            usual = _centre(path, years)
            ends = (_path(lever, usual + down, years), _path(lever, usual + up, years))
        out.append(_setting(scenario, "lever", basis, lever, (ends[0], ends[1])))
    return out


def world_settings(
    scenario: Scenario, central: Mapping[str, Array], moves: Mapping[tuple[str, int], tuple[float, float, float]],
    years: Sequence[int],
) -> list[Setting]:  # fmt: skip
    """Both values of every world assumption, for every target year.

    central : (year,) the path that holds without anything set, in the unit of the assumption; moves : (assumption,
    target year) -> p10, p50 and p90 of the model's average up to that year.
    """
    out = []
    for assumption in WORLD.values():
        path = scenario.world.get(assumption.id)
        if path is not None and _spreads(path, years):
            ends = (_at(path, -Z90, years, assumption), _at(path, Z90, years, assumption))
            out.append(_setting(scenario, "world", "scenario", assumption, ends))
            continue
        usual = central[assumption.id]
        for (name, year), (low, middle, high) in moves.items():
            if name == assumption.id:
                ends = (
                    _path(assumption, usual + (low - middle), years),
                    _path(assumption, usual + (high - middle), years),
                )
                made = _setting(scenario, "world", "model", assumption, ends)
                out.append(replace(made, low=low, high=high, year=year))
    return out


def _deviation(lever: Lever) -> tuple[str, tuple[float, float]]:
    """Where the two values lie from the scenario's: by the range of history, 5th to 95th percentile, or by a step."""
    if lever.history is None:
        return "step", (-lever.step, lever.step)
    middle = (lever.history.low + lever.history.high) / 2.0
    half = (lever.history.high - lever.history.low) / 2.0 * Z90 / Z95
    return "history", (middle - half, middle + half)


def _spreads(path: AssumptionPath, years: Sequence[int]) -> bool:
    """Whether a path is a range in some year that still matters."""
    ends = zip(path.years, path.low, path.high, strict=True)
    return any(year in years and low is not None and low != high for year, low, high in ends)


def _centre(path: AssumptionPath | None, years: Sequence[int]) -> Array:
    """The values of a lever, (year,), 0 where it is not set."""
    out = np.zeros(len(years))
    if path is not None:
        for year, low, high in zip(path.years, path.low, path.high, strict=True):
            if year in years and low is not None and high is not None:
                out[years.index(year)] = (low + high) / 2.0
    return out


def _at(path: AssumptionPath, score: float, years: Sequence[int], kind: Lever | WorldAssumption) -> AssumptionPath:
    """A path with each of its ranges at one quantile, given as a standard normal, within the bounds."""
    values: list[float | None] = []
    shapes = path.shapes or (None,) * len(path.years)
    for low, high, shape in zip(path.low, path.high, shapes, strict=True):
        if low is None or high is None:
            values.append(None)
        elif shape is not None:
            at = float(values_at(shape, np.array([score]))[0])
            values.append(min(max(at, kind.low), kind.high))
        else:
            values.append((low + high) / 2.0 + (high - low) / 2.0 / Z95 * score)
    return AssumptionPath(path.id, path.years, tuple(values), tuple(values))


def _path(kind: Lever | WorldAssumption, values: Array, years: Sequence[int]) -> AssumptionPath:
    """Values by year within the bounds of the catalogue."""
    inside = tuple(float(value) for value in np.clip(values, kind.low, kind.high))
    return AssumptionPath(kind.id, tuple(years), inside, inside)


def _setting(
    scenario: Scenario, kind: str, basis: str, entry: Lever | WorldAssumption,
    ends: tuple[AssumptionPath, AssumptionPath],
) -> Setting:  # fmt: skip
    section = "levers" if kind == "lever" else "world"
    made = [
        replace(scenario, levers={**scenario.levers, entry.id: path})
        if kind == "lever"
        else replace(scenario, world={**scenario.world, entry.id: path})
        for path in ends
    ]
    low, high = (float(np.mean([value for value in path.low if value is not None])) for path in ends)
    return Setting(f"{section}.{entry.id}", kind, basis, low, high, entry.unit, ends=(made[0], made[1]))
