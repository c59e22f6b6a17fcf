"""A region pack: the data of one region, read and checked. Nothing about any region is in the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem, unknown_name
from sim.facts.ledger import Fact, Ledger, read_ledger
from sim.facts.rounding import Rounding, read_rounding
from sim.language import Text
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Prior, Priors, ScalarLine, build_prior, checked_prior, read_priors
from sim.randomness import Array
from sim.reading.source import Keys, YamlSource, read, validate
from sim.region.schema import (
    BASE_ASSUMPTIONS,
    BASE_FACTS,
    BaseYearFile,
    BenchmarkFile,
    RailFile,
    RegionFile,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A production cell."""

    id: str
    label: Text
    industry: str
    group: str
    marine: bool


@dataclass(frozen=True, slots=True)
class Bounded:
    """A bounded social indicator: its base-year fact, its scale, and the lever that moves it."""

    indicator: str
    fact: Fact
    scale: str
    lever: str

    @property
    def lever_scale(self) -> float:
        """From the unit of the lever to that of the model: percentage points to a fraction, else one."""
        return 0.01 if self.scale == "ratio" else 1.0


@dataclass(frozen=True, slots=True)
class RailLine:
    """A metro line: length inside the district [公里, low and high], year of opening, chances of delay."""

    id: str
    label: Text
    length: tuple[float, float]
    opening: int
    delay: tuple[float, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A region to compare with: growth relative to the nation's, and its GDP of the base year."""

    id: str
    label: Text
    growth_premium: Prior
    growth_volatility: Prior
    gdp: Fact


@dataclass(frozen=True, slots=True)
class Composition:
    """How a cell's value added of the base year is made from reported figures."""

    cell: str
    of: str
    part: str
    share: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the program knows about a region before a run."""

    id: str
    label: Text
    base_year: int
    city: str | None
    cells: tuple[Cell, ...]
    bounded: tuple[Bounded, ...]
    rail: tuple[RailLine, ...]
    growth_targets: Mapping[int, Fact]
    censuses: tuple[int, ...]
    marine_standard: int | None
    benchmarks: Mapping[str, Benchmark]
    ledger: Ledger
    words: Mapping[str, Rounding]
    base_facts: Mapping[str, Fact | None]
    base_assumptions: Mapping[str, Prior]
    composition: tuple[Composition, ...]
    priors: Priors
    world: Priors
    folder: Path

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """Ids of the cells, in order."""
        return tuple(cell.id for cell in self.cells)

    @property
    def marine(self) -> Array:
        """(cell, 1): 1 for marine cells."""
        return _column(cell.marine for cell in self.cells)

    @property
    def secondary(self) -> Array:
        """(cell, 1): 1 for cells of the secondary industry."""
        return _column(cell.industry == "secondary" for cell in self.cells)

    def group(self, name: str) -> Array:
        """(cell, 1): 1 for cells of a group such as manufacturing or services."""
        return _column(cell.group == name for cell in self.cells)

    def industry(self, name: str) -> Array:
        """(cell, 1): 1 for cells of an industry: primary, secondary or tertiary."""
        return _column(cell.industry == name for cell in self.cells)


def _column(flags: object) -> Array:
    return np.array([[1.0 if flag else 0.0] for flag in flags])  # type: ignore[attr-defined]


def list_regions(calibration: Path) -> tuple[str, ...]:
    """Names of the region packs in a calibration folder."""
    return tuple(sorted(p.parent.name for p in calibration.glob("*/region.yaml")))


def read_pack(calibration: Path, region: str) -> Pack:
    """Read a region pack with the shared tables. Raises InputError with every problem of its files."""
    regions = list_regions(calibration)
    if region not in regions:
        raise InputError((Problem(None, None, None, "--region", unknown_name(region, regions)),))
    folder = calibration / region
    words = read_rounding(calibration / "rounding.yaml")
    ledger = read_ledger(folder / "facts.csv", words)
    source = read(folder / "region.yaml")
    file = validate(source, RegionFile)
    base_source = read(folder / "base_year.yaml")
    base = validate(base_source, BaseYearFile)
    cells = tuple(Cell(c.id, Text(c.label, c.label_en), c.industry, c.group, c.marine) for c in file.cells)
    ids = [cell.id for cell in cells]
    problems = _check_region(source, file, ledger) + _check_base(base_source, base, ids, ledger)
    if problems:
        raise InputError(tuple(problems))
    return Pack(
        id=file.id,
        label=Text(file.label, file.label_en),
        base_year=file.base_year,
        city=file.city,
        cells=cells,
        bounded=tuple(Bounded(b.indicator, ledger.get(b.fact), b.scale, b.lever) for b in file.bounded),
        rail=tuple(_rail(line, ledger) for line in file.rail),
        growth_targets={year: ledger.get(fact) for year, fact in file.growth_targets.items()},
        censuses=tuple(file.censuses),
        marine_standard=file.marine_standard,
        benchmarks={name: _benchmark(name, b, ledger, source) for name, b in file.benchmarks.items()},
        ledger=ledger,
        words=words,
        base_facts={name: None if fact is None else ledger.get(fact) for name, fact in base.facts.items()},
        base_assumptions={
            name: _prior(base_source, ("assumptions", name), name, line) for name, line in base.assumptions.items()
        },
        composition=tuple(Composition(c, base.composition[c].of, base.composition[c].part, base.composition[c].share)
                          for c in ids),
        priors=read_priors(folder / "priors.yaml", Parameters, ids, [b.indicator for b in file.bounded]),
        world=read_priors(calibration / "world.yaml", WorldParameters),
        folder=folder,
    )  # fmt: skip


def _prior(source: YamlSource, keys: tuple[str, ...], name: str, line: ScalarLine) -> Prior:
    row, _ = source.position(keys)
    return build_prior(name, line, line.range, f"{source.shown}:{row}")


def _benchmark(name: str, line: BenchmarkFile, ledger: Ledger, source: YamlSource) -> Benchmark:
    keys = ("benchmarks", name)
    return Benchmark(
        name,
        Text(line.label, line.label_en),
        _prior(source, (*keys, "growth_premium"), f"{name}.growth_premium", line.growth_premium),
        _prior(source, (*keys, "growth_volatility"), f"{name}.growth_volatility", line.growth_volatility),
        ledger.get(line.gdp),
    )


def _rail(line: RailFile, ledger: Ledger) -> RailLine:
    if line.fact is not None:
        number = ledger.get(line.fact).number
        length = (number, number)
    else:
        assert line.length is not None
        length = (line.length[0], line.length[1])
    return RailLine(line.id, Text(line.label, line.label_en), length, line.opening, tuple(line.delay), line.source)


def _unknown_facts(source: YamlSource, ledger: Ledger, used: Mapping[Keys, str | None]) -> list[Problem]:
    ids = {fact.id for fact in ledger.facts}
    return [
        source.problem(keys, unknown_name(fact, ids))
        for keys, fact in used.items()
        if fact is not None and fact not in ids
    ]


def _unbuildable(source: YamlSource, lines: Mapping[Keys, ScalarLine]) -> list[Problem]:
    """Ranges from which no prior can be made."""
    found: list[Problem] = []
    for keys, line in lines.items():
        checked_prior(source, keys, str(keys[-1]), line, line.range, found)
    return found


def _check_region(source: YamlSource, file: RegionFile, ledger: Ledger) -> list[Problem]:
    used: dict[Keys, str | None] = {}
    problems: list[Problem] = []
    for i, bounded in enumerate(file.bounded):
        used[("bounded", i, "fact")] = bounded.fact
    for i, line in enumerate(file.rail):
        used[("rail", i, "fact")] = line.fact
        if (line.fact is None) == (line.length is None):
            text = Text("fact 与 length 应恰有一个", "give either fact or length")
            problems.append(source.problem(("rail", i), text))
        if abs(sum(line.delay) - 1.0) > 1e-9 or min(line.delay) < 0.0:
            text = Text("delay 的概率应不为负且合计为 1", "the chances of delay must not be negative and sum to 1")
            problems.append(source.problem(("rail", i, "delay"), text))
    for year, fact in file.growth_targets.items():
        used[("growth_targets", year)] = fact
    for name, benchmark in file.benchmarks.items():
        used[("benchmarks", name, "gdp")] = benchmark.gdp
        problems += _unbuildable(
            source,
            {
                ("benchmarks", name, "growth_premium"): benchmark.growth_premium,
                ("benchmarks", name, "growth_volatility"): benchmark.growth_volatility,
            },
        )
    names = [cell.id for cell in file.cells]
    if len(set(names)) < len(names):
        problems.append(source.problem(("cells",), Text("部门编号重复", "cell ids must differ")))
    return problems + _unknown_facts(source, ledger, used)


def _check_base(source: YamlSource, base: BaseYearFile, cells: Sequence[str], ledger: Ledger) -> list[Problem]:
    problems = []
    for section, given, allowed in (
        ("facts", base.facts, BASE_FACTS),
        ("assumptions", base.assumptions, BASE_ASSUMPTIONS),
        ("composition", base.composition, cells),
    ):
        problems += [
            source.problem((section, name), unknown_name(name, allowed)) for name in given if name not in allowed
        ]
        missing = [name for name in allowed if name not in given]
        if missing:
            text = Text(f"缺少：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
            problems.append(source.problem((section,), text))
    return problems + _unknown_facts(source, ledger, {("facts", name): fact for name, fact in base.facts.items()})
