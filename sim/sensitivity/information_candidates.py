"""Numbers that somebody could find out: figures in full or unreported, coming releases, progress, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sim.base_year import draw_fact
from sim.drivers.policy import rail_openings
from sim.experiment.drawing import Block
from sim.experiment.measurement import COMPUTED
from sim.experiment.ranges import priors_in_play
from sim.experiment.simulation import Path, own_part
from sim.facts.ledger import Fact
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.parameters.priors import Prior
from sim.randomness import Array, Draws
from sim.region.pack import Pack
from sim.scenario.parts import Scenario
from sim.targets.comparable import comparable_fact

#: Kinds of numbers, by what it takes to find them out.
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "statistic": Text("统计数（可要）", "statistic to ask for"),
        "release": Text("待发布（等一年）", "coming release"),
        "progress": Text("项目进度", "progress of projects"),
        "research": Text("参数（靠研究）", "parameter, by research"),
    }
)
#: Parameters that are statistics under another name: a bureau has them, or could count them.
STATISTICS = frozenset(
    ("marine_share", "energy_intensity", "processing_share", "natural_rate", "migration_base_rate",
     "capital_output_ratio", "base_capital_growth")
)  # fmt: skip
#: Growth and sums that are counted from figures which are candidates themselves.
COUNTED = frozenset(
    ("gdp_growth_average", "gdp_real", "new_urban_jobs_cumulative", "energy_intensity_reduction_cumulative",
     "co2_intensity_reduction_cumulative")
)  # fmt: skip
#: What is known of a number so far.
STATUSES = {
    "rounded": Text("只公布到四舍五入", "published rounded"),
    "unreported": Text("未公布", "not published"),
    "reported": Text("已公布，有误差", "published, with an error"),
    "coming": Text("待公布", "to be published"),
    "": Text("", ""),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that could be known better.

    kind : a key of KINDS; year : of which it is, None for a parameter; indicator : that it is a figure of, or "";
    holder : what that starts from, as `sim.indicators.holders` knows it, or `project`; status : "" | "rounded" |
    "unreported" | "reported" (with an error) | "coming".
    """

    id: str
    kind: str
    label: Text
    unit: str
    year: int | None = None
    indicator: str = ""
    holder: str = ""
    status: str = ""


#: A candidate with its values in a block of draws, (draw,).
Row = tuple[Candidate, Array]


def candidates_of(pack: Pack, scenario: Scenario, block: Block, path: Path, known_until: int) -> Iterator[Row]:
    """Every candidate of one block of draws; those that do not vary are left to whoever joins the blocks.

    Values of indicators are those a release would show.
    """
    for part in regions_of(pack):
        yield from _base_figures(part, pack, block.draws)
    yield from _cells(pack, block)
    yield from _priors(pack, block)
    yield from _indicators(pack, path, block.years, known_until)
    yield from _progress(pack, scenario, block.draws, block.years[-1], known_until)


def regions_of(pack: Pack) -> tuple[Pack, ...]:
    """The region asked for, and those simulated with it."""
    city = pack.whole
    if city is None:
        return (pack,)
    return (pack, *(part for part in (city, *city.districts) if part.id != pack.id))


def _of(part: Pack, asked: Pack) -> Text:
    """Prefix that names another region than the one asked for."""
    return Text("", "") if part.id == asked.id else Text(part.label.zh, f"{part.label.en}: ")


def _base_figures(part: Pack, asked: Pack, draws: Draws) -> Iterator[Row]:
    """What rounding hides of the figures that the model starts from."""
    by_fact: dict[Fact, str] = {fact: name for name, fact in part.base_facts.items() if fact is not None}
    by_fact |= {bounded.fact: bounded.indicator for bounded in part.bounded}
    scope = _of(part, asked)
    for fact, name in by_fact.items():
        interval = fact.interval(part.words)
        if interval.low == interval.high:
            continue
        known = INDICATORS.get(fact.indicator)
        label = Text(fact.indicator, fact.indicator.replace("_", " ")) if known is None else known.label
        said = Text(
            f"{scope.zh}{fact.period}年{label.zh}（公布数{fact.printed}的准确值）",
            f"{scope.en}{label.en}, {fact.period} (behind the reported {fact.printed})",
        )
        id, whose = f"facts.{part.id}.{fact.id}", fact.indicator if part.id == asked.id else ""
        made = Candidate(id, "statistic", said, fact.unit, fact.last_year, whose, name, "rounded")
        yield made, draw_fact(fact, part, draws)


def _cells(pack: Pack, block: Block) -> Iterator[Row]:
    """Value added of the cells, which published figures leave open; of a city only what its districts leave."""
    rest = Text(f"{pack.label.zh}其余地区", f"rest of {pack.label.en}: ") if pack.districts else Text("", "")
    for cell, row in zip(own_part(pack, block).pack.cells, block.base.value_added, strict=True):
        said = Text(
            f"{rest.zh}{pack.base_year}年{cell.label.zh}增加值",
            f"{rest.en}value added of {cell.label.en}, {pack.base_year}",
        )
        made = Candidate(f"cells.{cell.id}", "statistic", said, "亿元", pack.base_year, "", "gdp", "unreported")
        yield made, row


def _priors(pack: Pack, block: Block) -> Iterator[Row]:
    """Parameters and base-year assumptions in their own units; whoever joins the blocks names them."""
    lines = prior_lines(pack)
    for prior in priors_in_play(pack):
        line = lines.get(prior.name)
        if line is None:
            continue
        assumed = any(prior.name == f"{p.id}.{a.name}" for p in regions_of(pack) for a in p.base_assumptions.values())
        asked = assumed or line.name.partition(".")[0] in STATISTICS
        kind, status = ("statistic", "unreported") if asked else ("research", "")
        year = pack.base_year if asked else None
        made = Candidate(
            f"parameters.{prior.name}", kind, Text(prior.name, prior.name), line.unit, year, "", "", status
        )
        yield made, in_own_unit(line, block.draws.normal(prior.part, prior.name)[0])


def in_own_unit(prior: Prior, normals: Array) -> Array:
    """Values for standard normals in the unit that the line of a prior is written in."""
    values = prior.value(normals)
    if prior.unit in ("%", "pp"):
        return 100.0 * values
    return 100.0 * np.expm1(values) if prior.unit == "growth %" else values


def prior_lines(pack: Pack) -> dict[str, Prior]:
    """Every prior behind a run by the name of its stream; numbers without a line of their own are left out."""
    out = {f"world.{prior.name}": prior for prior in pack.world.all()}
    for one in regions_of(pack):
        out |= {f"{one.id}.{prior.name}": prior for prior in (*one.priors.all(), *one.base_assumptions.values())}
    return out


def _indicators(pack: Pack, path: Path, years: tuple[int, ...], known_until: int) -> Iterator[Row]:
    """Indicators of the years up to the facts, as far as these leave them open, and of the first year after them."""
    for year in range(pack.base_year + 1, min(known_until + 1, years[-1]) + 1):
        for name in COMPUTED:
            values = path.value(name)[years.index(year)]
            if name in COUNTED or not np.isfinite(values).all():
                continue
            item = INDICATORS[name]
            if year > known_until:
                status = "coming"
            else:
                status = "unreported" if comparable_fact(pack, name, year) is None else "reported"
            said = Text(f"{year}年{item.label.zh}", f"{item.label.en}, {year}")
            holder = item.needs[0] if item.needs else name
            kind = "release" if status == "coming" else "statistic"
            yield Candidate(f"{name}.{year}", kind, said, item.unit, year, name, holder, status), values


def _progress(pack: Pack, scenario: Scenario, draws: Draws, last: int, known_until: int) -> Iterator[Row]:
    """Whether and when projects and lines of rail come."""
    for project in scenario.projects:
        chance = draws.uniform("shocks", f"project.{project.id}")[0]
        late = draws.uniform("shocks", f"project_delay.{project.id}")[0]
        delay = np.minimum(np.searchsorted(np.cumsum(project.delay), late, side="right"), len(project.delay) - 1)
        name = project.label
        for part, said, values in (
            ("", Text(f"项目“{name.zh}”是否落地", f'whether project "{name.en}" goes ahead'),
             (chance < project.probability).astype(np.float64)),
            (".delay", Text(f"项目“{name.zh}”推迟几年", f'delay of project "{name.en}"'), delay.astype(np.float64)),
        ):  # fmt: skip
            yield Candidate(f"projects.{project.id}{part}", "progress", said, "", None, "", "project"), values
    if pack.rail:
        openings = rail_openings(pack, draws, np.zeros(draws.size))
        for line, row in zip(pack.rail, openings, strict=True):
            if known_until < line.opening <= last:
                said = Text(f"“{line.label.zh}”开通年份", f'year in which "{line.label.en}" opens')
                yield Candidate(f"rail.{line.id}", "progress", said, "年", None, "rail_length", "rail"), row
