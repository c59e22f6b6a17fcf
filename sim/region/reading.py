"""Read a region pack: its files against each other, with every mistake reported at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.facts.choices import read_choices
from sim.facts.ledger import Fact, Ledger, read_ledger
from sim.facts.rounding import Rounding, read_rounding
from sim.facts.sources import Source, read_sources
from sim.language import Text
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Prior, PriorFile, Priors, ScalarLine, build_prior, checked_prior, read_priors
from sim.reading.source import Keys, YamlSource, read, validate
from sim.region.pack import Bounded, Cell, Composition, Pack, RailLine
from sim.region.schema import (
    BASE_ASSUMPTIONS,
    BASE_FACTS,
    NEEDED_FACTS,
    BaseYearFile,
    RailFile,
    RegionFile,
)

#: Folder of the facts about nation, province and world that all packs share.
REFERENCE = "reference"


def list_regions(calibration: Path) -> tuple[str, ...]:
    """Names of the region packs in a calibration folder."""
    return tuple(sorted(p.parent.name for p in calibration.glob("*/region.yaml")))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all packs of a calibration folder share."""

    calibration: Path
    words: Mapping[str, Rounding]
    world: Priors
    reference: tuple[Fact, ...]
    sources: Mapping[str, Source]
    base_year: int | None


def world_base_year(calibration: Path) -> int | None:
    """The only base year a region can have: the one that `world.yaml` is about. None where it does not say."""
    return validate(read(calibration / "world.yaml"), PriorFile).base_year


def read_pack(calibration: Path, region: str) -> Pack:
    """Read a region pack with the shared tables, and with the packs of its city or districts.

    Raises InputError with every problem of a file.
    """
    regions = list_regions(calibration)
    if region not in regions:
        raise InputError((Problem(None, None, None, "--region", unknown_name(region, regions)),))
    shared = _shared(calibration)
    source, file = _region_file(shared, region)
    if file.city is None:
        districts = tuple(_flat(shared, id) for id in _listed(source, file, regions))
        return _joined(_flat(shared, region), districts)
    if file.city not in regions:
        return _flat(shared, region)
    city_source, city_file = _region_file(shared, file.city)
    if region not in city_file.districts:
        zh = f"“{file.city}”的 districts 没有列出“{region}”"
        raise InputError(city_source.problem(("districts",), Text(zh, f'does not list "{region}"')))
    districts = tuple(_flat(shared, id) for id in _listed(city_source, city_file, regions))
    city = _joined(_flat(shared, file.city), districts)
    own = next(pack for pack in districts if pack.id == region)
    ledger = Ledger((*own.ledger.facts, *_behind(city.id, city.own_facts)), own.ledger.shown)
    return replace(own, surroundings=city, ledger=ledger, sources={**city.sources, **own.sources},
                   parents={**city.parents, **own.parents})  # fmt: skip


def _shared(calibration: Path) -> _Shared:
    words = read_rounding(calibration / "rounding.yaml")
    folder = calibration / REFERENCE
    has_reference = (folder / "facts.csv").exists()
    sources = read_sources(folder / "sources.yaml") if has_reference else {}
    facts = _graded(read_ledger(folder / "facts.csv", words), sources) if has_reference else ()
    world = read_priors(calibration / "world.yaml", WorldParameters)
    return _Shared(calibration, words, world, facts, sources, world_base_year(calibration))


def _region_file(shared: _Shared, region: str) -> tuple[YamlSource, RegionFile]:
    source = read(shared.calibration / region / "region.yaml")
    return source, validate(source, RegionFile)


def _listed(source: YamlSource, file: RegionFile, regions: Sequence[str]) -> tuple[str, ...]:
    problems = [
        source.problem(("districts", i), unknown_name(id, regions))
        for i, id in enumerate(file.districts)
        if id not in regions
    ]
    if problems:
        raise InputError(problems)
    return tuple(file.districts)


def _joined(city: Pack, districts: tuple[Pack, ...]) -> Pack:
    """A city with its districts, whose facts stand behind their names in its ledger."""
    if not districts:
        return city
    theirs = [fact for pack in districts for fact in _behind(pack.id, pack.own_facts)]
    sources: dict[str, Source] = {}
    for pack in districts:
        sources |= pack.sources
    return replace(
        city,
        districts=districts,
        ledger=Ledger((*city.ledger.facts, *theirs), city.ledger.shown),
        sources={**sources, **city.sources},
        parents={**city.parents, **{pack.id: city.id for pack in districts}},
    )


def _behind(region: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(replace(fact, id=f"{region}.{fact.id}") for fact in facts)


def _graded(ledger: Ledger, sources: Mapping[str, Source]) -> tuple[Fact, ...]:
    """The facts with the grade of their sources; raises InputError for documents that no source describes."""
    unknown = [
        Problem(ledger.shown, fact.row, None, "document", unknown_name(fact.document, sources))
        for fact in ledger.facts
        if fact.document not in sources
    ]
    if unknown:
        raise InputError(unknown)
    return tuple(replace(fact, grade=sources[fact.document].grade) for fact in ledger.facts)


def _flat(shared: _Shared, region: str) -> Pack:
    """The pack of one region alone."""
    folder = shared.calibration / region
    own_sources = read_sources(folder / "sources.yaml")
    sources = {**shared.sources, **own_sources}
    own = read_ledger(folder / "facts.csv", shared.words)
    ledger = Ledger((*_graded(own, sources), *shared.reference), own.shown)
    source, file = _region_file(shared, region)
    base_source = read(folder / "base_year.yaml")
    base = validate(base_source, BaseYearFile)
    cells = tuple(Cell(c.id, Text(c.label, c.label_en), c.industry, c.group, c.marine) for c in file.cells)
    ids = [cell.id for cell in cells]
    problems = _check_self(source, file, region, shared) + _check_region(source, file, ledger)
    problems += _check_base(base_source, base, ids, ledger)
    if problems:
        raise InputError(tuple(problems))
    parent = file.city or file.province
    return Pack(
        id=file.id,
        label=Text(file.label, file.label_en),
        base_year=file.base_year,
        parents={} if parent is None else {file.id: parent},
        districts=(),
        surroundings=None,
        related={name: line.correlation for name, line in file.related.items()},
        cells=cells,
        bounded=tuple(Bounded(b.indicator, ledger.get(b.fact), b.scale, b.lever) for b in file.bounded),
        rail=tuple(_rail(line, ledger) for line in file.rail),
        growth_targets={year: ledger.get(fact) for year, fact in file.growth_targets.items()},
        censuses=tuple(file.censuses),
        marine_standard=file.marine_standard,
        ledger=ledger,
        chosen=frozenset(choice.use for choice in read_choices(folder / "choices.yaml", ledger)),
        sources=sources,
        words=shared.words,
        base_facts={name: None if (fact := base.facts.get(name)) is None else ledger.get(fact) for name in BASE_FACTS},
        base_assumptions={
            name: _prior(base_source, ("assumptions", name), name, line) for name, line in base.assumptions.items()
        },
        composition=tuple(
            Composition(c, base.composition[c].of, base.composition[c].part, base.composition[c].share) for c in ids
        ),
        priors=read_priors(folder / "priors.yaml", Parameters, ids, [b.indicator for b in file.bounded]),
        world=shared.world,
        folder=folder,
    )


def _prior(source: YamlSource, keys: tuple[str, ...], name: str, line: ScalarLine) -> Prior:
    row, _ = source.position(keys)
    return build_prior(name, line, line.range, f"{source.shown}:{row}")


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


def _check_self(source: YamlSource, file: RegionFile, region: str, shared: _Shared) -> list[Problem]:
    """The pack's name is that of its folder, and its base year that of the world."""
    problems = []
    if file.id != region:
        text = Text(f"应与文件夹同名，写“{region}”", f'must be the name of the folder, "{region}"')
        problems.append(source.problem(("id",), text))
    if shared.base_year not in (None, file.base_year):
        zh = f"外部世界（calibration/world.yaml）的基年是 {shared.base_year}，地区的基年只能与它相同"
        en = f"the base year of calibration/world.yaml is {shared.base_year}; a region must have the same"
        problems.append(source.problem(("base_year",), Text(zh, en)))
    return problems


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
    used = [line.share for line in base.composition.values() if line.share is not None]
    missing_in: tuple[tuple[str, Collection[str], Sequence[str]], ...] = (
        ("facts", [name for name, fact in base.facts.items() if fact is not None], NEEDED_FACTS),
        ("assumptions", base.assumptions, used),
        ("composition", base.composition, cells),
    )
    for section, present, needed in missing_in:
        missing = [name for name in needed if name not in present]
        if missing:
            text = Text(f"缺少：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
            problems.append(source.problem((section,), text))
    for name, line in base.assumptions.items():
        checked_prior(source, ("assumptions", name), name, line, line.range, problems)
    return problems + _check_composed(source, base) + _check_figures(source, base, ledger)


def _check_composed(source: YamlSource, base: BaseYearFile) -> list[Problem]:
    """Figures that only some compositions need: of manufacturing, of the marine economy, of exports."""
    present = {name for name, fact in base.facts.items() if fact is not None}
    lines = base.composition.values()
    needed = {
        "manufacturing_share": any(line.of == "manufacturing" for line in lines),
        "marine_share": any(line.part == "marine_closure" for line in lines),
    }
    problems = []
    for name in (name for name, used in needed.items() if used and name not in present):
        text = Text(f"composition 的部门要由它组成，不能没有：{name}", f"needed by the composition: {name}")
        problems.append(source.problem(("facts", name) if name in base.facts else ("facts",), text))
    if "trade_total" in present and "exports" not in present and "export_share" not in base.assumptions:
        zh = "有 trade_total 时，须有 exports 的数或 assumptions 中的 export_share"
        text = Text(zh, "trade_total needs exports, or export_share among the assumptions")
        problems.append(source.problem(("facts", "trade_total"), text))
    return problems


def _check_figures(source: YamlSource, base: BaseYearFile, ledger: Ledger) -> list[Problem]:
    """Ids that the ledger does not have; what a pack can do without may be null."""
    ids = {fact.id for fact in ledger.facts}
    problems = []
    for name, fact in base.facts.items():
        if fact is not None and fact not in ids:
            text = unknown_name(fact, ids)
            if name not in NEEDED_FACTS:
                zh = f"台账里没有“{fact}”；没有这个数就写 {name}: null，否则核对编号。{text.zh}"
                text = Text(zh, f'"{fact}" is not in the ledger: write {name}: null if there is none. {text.en}')
            problems.append(source.problem(("facts", name), text))
    return problems
