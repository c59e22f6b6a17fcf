"""Read a region pack: its files against each other, with every mistake reported at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import InputError, Problem, unknown_name
from sim.facts.choices import read_choices
from sim.facts.ledger import Fact, Ledger, read_ledger
from sim.facts.rounding import Rounding, read_rounding
from sim.facts.sources import Source, read_sources
from sim.language import Text
from sim.parameters.names import Parameters, WorldParameters
from sim.parameters.priors import Prior, PriorFile, Priors, ScalarLine, build_prior, read_priors
from sim.peers.regions import peer_names
from sim.reading.source import YamlSource, read, validate
from sim.region.checks import check_base, check_family, check_region, check_regions_of_facts, check_self
from sim.region.history import world_history_of
from sim.region.pack import Bounded, Cell, Composition, Pack, RailLine
from sim.region.schema import BASE_FACTS, BaseYearFile, RailFile, RegionFile

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
    peers: frozenset[str]
    history: Mapping[str, Mapping[int, Fact]]


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
    file = _related(shared, region, regions)
    if file.city is None:
        return _joined(_flat(shared, region), tuple(_flat(shared, id) for id in file.districts))
    if file.city not in regions:
        return _flat(shared, region)
    city_source, city_file = _region_file(shared, file.city)
    if region not in city_file.districts:
        zh = f"“{file.city}”的 districts 没有列出“{region}”"
        raise InputError(city_source.problem(("districts",), Text(zh, f'does not list "{region}"')))
    districts = tuple(_flat(shared, id) for id in _related(shared, file.city, regions).districts)
    alone = _flat(shared, file.city)
    city = _joined(alone, districts)
    own = next(pack for pack in districts if pack.id == region)
    ledger = Ledger((*own.ledger.facts, *_behind(city.id, city.own_facts)), own.ledger.shown)
    return replace(own, surroundings=city, ledger=ledger, sources={**city.sources, **own.sources},
                   parents={**city.parents, **own.parents}, chosen=own.chosen | _chosen_behind(alone))  # fmt: skip


def _shared(calibration: Path) -> _Shared:
    words = read_rounding(calibration / "rounding.yaml")
    folder = calibration / REFERENCE
    has_reference = (folder / "facts.csv").exists()
    sources = read_sources(folder / "sources.yaml") if has_reference else {}
    facts = _graded(read_ledger(folder / "facts.csv", words), sources) if has_reference else ()
    world = read_priors(calibration / "world.yaml", WorldParameters)
    history = world_history_of(calibration / "world.yaml", facts)
    base_year = world_base_year(calibration)
    return _Shared(calibration, words, world, facts, sources, base_year, peer_names(calibration), history)


def _region_file(shared: _Shared, region: str) -> tuple[YamlSource, RegionFile]:
    source = read(shared.calibration / region / "region.yaml")
    return source, validate(source, RegionFile)


def _related(shared: _Shared, region: str, regions: Sequence[str]) -> RegionFile:
    """region.yaml with its city and districts checked against theirs; raises InputError with every problem."""
    source, file = _region_file(shared, region)
    near = {file.city, *file.districts} - {region}
    cities = {id: _region_file(shared, id)[1].city if id in near else None for id in regions}
    problems = check_family(source, file, cities, {fact.region for fact in shared.reference} | shared.peers)
    if problems:
        raise InputError(problems)
    return file


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
        chosen=city.chosen.union(*map(_chosen_behind, districts)),
    )


def _behind(region: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(replace(fact, id=f"{region}.{fact.id}") for fact in facts)


def _chosen_behind(pack: Pack) -> frozenset[str]:
    """The recorded choices among a region's own facts, named as in the ledger of another region."""
    return frozenset(f"{pack.id}.{fact.id}" for fact in pack.own_facts if fact.id in pack.chosen)


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
    problems = check_self(source, file, region, shared.base_year) + check_region(source, file, ledger)
    problems += check_base(base_source, base, file, ledger)
    problems += check_regions_of_facts(own, file, {fact.region for fact in shared.reference})
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
        world_history=shared.history,
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
