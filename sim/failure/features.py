"""What planners can read off a draw: averages of the world, rare events, levers, projects, and parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.drivers.arrays import World
from sim.drivers.policy import assumption_values
from sim.experiment.drawing import Block
from sim.experiment.simulation import own_part, worlds
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.parameters.priors import Prior
from sim.randomness import Array
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.sensitivity.information_candidates import in_own_unit, regions_of

#: Least fall of demand, log, that tells a rare event from rounding.
_LEAST_FALL = 1e-9
NO_UNIT, PERCENT = Text("", ""), Text("%", "%")
POINTS = Text("个百分点", " points")
#: Units of priors as people read them; others are shown as they are.
UNITS = {"1": NO_UNIT, "pp": POINTS, "growth %": PERCENT, "%": PERCENT}
#: What the lines of a yearly drift say of its unit: of a ratio it is one of log odds, else that of its indicator.
DRIFT, RATIO = "bounded_drift", "ratio"
#: The share of people in towns has a drift of another name.
SPEED = "urbanisation_speed"
UNITS |= {
    f"{DRIFT} {RATIO}": Text("（对数发生比/年）", " (log odds a year)"),
    f"{DRIFT} %": Text("个百分点/年", " points a year"),
    f"{DRIFT} 岁": Text("岁/年", " years a year"),
    f"{DRIFT} 年": Text("年/年", " years a year"),
    f"{DRIFT} 万吨": Text("万吨/年", " (10,000 tonnes a year)"),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """An input that a box may restrict.

    kind : "number", "count" (whole years) or "yes" (0 or 1, then `label` says what happened and `opposite` that it
    did not).
    """

    id: str
    label: Text
    unit: Text = NO_UNIT
    kind: str = "number"
    opposite: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Inputs of draws: values (feature, draw) of the features, in order."""

    features: tuple[Feature, ...]
    values: Array


_Row = tuple[Feature, Array]


def features_of(pack: Pack, scenario: Scenario, block: Block, first: int, last: int) -> Features:
    """Inputs of one block of draws over the years from `first` to `last`, without parameters.

    Averages are over those years. What is the same in every draw is left out by `joined`, not here, so that all blocks
    have the same features.
    """
    window = slice(block.years.index(first), block.years.index(last) + 1)
    (world,) = worlds((scenario,), block)
    rows = [
        *_of_world(world, block, window),
        *_own_chance(pack, block, window),
        *_of_events(scenario, block, window),
        *_of_levers(scenario, block, window),
        *_of_projects(scenario, block),
        *_of_rail(pack, block, last),
    ]
    size = block.draws.size
    values = np.stack([np.broadcast_to(row, (size,)) for _, row in rows])
    return Features(tuple(feature for feature, _ in rows), values)


def joined(blocks: Sequence[Features]) -> Features:
    """The features of all blocks, (feature, draw), without those that are the same in every draw."""
    values = np.concatenate([block.values for block in blocks], axis=1)
    varies = values.min(axis=1) < values.max(axis=1)
    features = tuple(f for f, moves in zip(blocks[0].features, varies, strict=True) if moves)
    return Features(features, values[varies])


def _mean_growth(growth: Array, window: slice) -> Array:
    """Yearly average of log growth in percent, (draw,)."""
    mean: Array = 100.0 * np.expm1(growth[window].mean(axis=0))
    return mean


def _of_world(world: World, block: Block, window: slice) -> Iterator[_Row]:
    for id, label, growth in (
        ("world_trade", Text("世界贸易年均增速", "average growth of world trade"), world.world_trade_growth),
        ("national_growth", Text("全国经济年均增速", "average national growth"), world.national_growth),
        ("producer_prices", Text("工业品价格年均涨幅", "average change of producer prices"),
         world.producer_price_growth),
    ):  # fmt: skip
        yield Feature(id, label, PERCENT), _mean_growth(growth, window)
    yield (
        Feature(
            "exchange_rate",
            Text("人民币汇率平均值", "average exchange rate"),
            Text("元/美元", " yuan to the dollar"),
        ),
        np.asarray(world.exchange_rate[window].mean(axis=0)),
    )
    # What a strike leaves a year later is (1 - recovery) of it: more lost than that is a new strike.
    gap, recovery = world.rare_event_gap, block.world_parameters.rare_event_recovery
    left = (1.0 - recovery) * gap[window.start - 1 : window.stop - 1]
    struck = (gap[window] < left - _LEAST_FALL).any(axis=0)
    yield (
        Feature(
            "rare_event",
            Text("发生罕见冲击（如疫情）", "a rare event (such as a pandemic) strikes"),
            kind="yes",
            opposite=Text("未发生罕见冲击（如疫情）", "no rare event (such as a pandemic) strikes"),
        ),
        np.asarray(struck, dtype=np.float64),
    )


def _own_chance(pack: Pack, block: Block, window: slice) -> Iterator[_Row]:
    """Chance of the region's own growth and demand, summed over the years: what no condition outside explains."""
    own, rows = own_part(pack, block), len(block.years)
    for id, label, volatility in (
        ("relative", Text("本地增长的意外变动（累计）", "the sum of surprises of local growth"),
         own.parameters.relative_volatility),
        ("home", Text("本地需求的意外变动（累计）", "the sum of surprises of local demand"),
         own.parameters.home_volatility),
    ):  # fmt: skip
        shocks = volatility * own.draws.normal("shocks", f"{pack.id}.{id}", rows)
        yield Feature(f"own.{id}", label, POINTS), np.asarray(100.0 * shocks[window].sum(axis=0))


def _of_events(scenario: Scenario, block: Block, window: slice) -> Iterator[_Row]:
    """Events of the scenario that strike by chance."""
    for event in scenario.events:
        if event.year is None and 0.0 < (event.probability or 0.0) < 1.0:
            chance = block.draws.uniform("shocks", f"event.{event.id}", len(block.years))[window]
            struck = np.asarray((chance < (event.probability or 0.0)).any(axis=0), dtype=np.float64)
            happens = Text(f"发生“{event.label.zh}”", f"{event.label.en} happens")
            opposite = Text(f"未发生“{event.label.zh}”", f"{event.label.en} does not happen")
            yield Feature(f"event.{event.id}", happens, kind="yes", opposite=opposite), struck


def _of_levers(scenario: Scenario, block: Block, window: slice) -> Iterator[_Row]:
    """Levers that the scenario gives as a range: their average over the years."""
    for name, path in scenario.levers.items():
        values = assumption_values(path, block.draws, block.years, 0.0)[window].mean(axis=0)
        label, unit = LEVERS[name].label, LEVERS[name].unit
        shown = Text(f"“{label.zh}”的力度（平均）", f'average of "{label.en}"')
        yield Feature(f"levers.{name}", shown, Text(unit.zh, f" {unit.en}")), np.asarray(values)


def _of_projects(scenario: Scenario, block: Block) -> Iterator[_Row]:
    """Whether projects go ahead, and how late they are."""
    for project in scenario.projects:
        happens = block.draws.uniform("shocks", f"project.{project.id}")[0] < project.probability
        name = project.label
        yield (
            Feature(
                f"projects.{project.id}",
                Text(f"项目“{name.zh}”落地", f'project "{name.en}" goes ahead'),
                kind="yes",
                opposite=Text(f"项目“{name.zh}”未落地", f'project "{name.en}" does not go ahead'),
            ),
            happens.astype(np.float64),
        )
        late = _late(project.delay, block.draws.uniform("shocks", f"project_delay.{project.id}")[0])
        label = Text(f"项目“{name.zh}”推迟", f'delay of project "{name.en}"')
        yield Feature(f"projects.{project.id}.delay", label, Text("年", " years"), "count"), late


def _of_rail(pack: Pack, block: Block, last: int) -> Iterator[_Row]:
    """How late lines of rail are that should open by the last year."""
    for line in pack.rail:
        if pack.base_year < line.opening <= last:
            late = _late(line.delay, block.draws.uniform("shocks", f"{pack.id}.rail.{line.id}")[0])
            label = Text(f"“{line.label.zh}”推迟", f'delay of "{line.label.en}"')
            yield Feature(f"rail.{line.id}", label, Text("年", " years"), "count"), late


def _late(delay: Sequence[float], chance: Array) -> Array:
    """Whole years of delay, as `project_flows` and `rail_openings` draw them."""
    late = np.searchsorted(np.cumsum(delay), chance, side="right").astype(np.float64)
    return np.minimum(late, len(delay) - 1)


def drift_unit(pack: Pack, name: str) -> str | None:
    """The key in UNITS of a yearly drift, by the name of its stream; None of anything else, and of unknown units."""
    region, _, line = name.partition(".")
    kind, _, indicator = line.partition(".")
    if line == SPEED:
        return f"{DRIFT} {RATIO}"
    if kind != DRIFT:
        return None
    for part in regions_of(pack):
        for bounded in part.bounded:
            if (part.id, bounded.indicator) == (region, indicator):
                key = f"{DRIFT} {RATIO if bounded.scale == RATIO else INDICATORS[indicator].unit}"
                return key if key in UNITS else None
    return None


def parameter_features(priors: Sequence[tuple[str, Prior]], normals: Array, label: Callable[[str], Text]) -> Features:
    """Parameters in the unit of their lines; `priors` with the names of their streams, normals (prior, draw)."""
    features = []
    for name, prior in priors:
        unit = UNITS.get(prior.unit, Text(prior.unit, f" {prior.unit}"))
        features.append(Feature(f"parameters.{name}", label(name), unit))
    rows = [in_own_unit(prior, row) for (_, prior), row in zip(priors, normals, strict=True)]
    return Features(tuple(features), np.stack(rows) if rows else np.zeros((0, normals.shape[-1])))
