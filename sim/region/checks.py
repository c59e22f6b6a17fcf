"""What may be wrong with the files of a region pack, beyond their form: against each other and the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sim.errors import Problem, unknown_name
from sim.facts.checks import COLUMNS
from sim.facts.ledger import Fact, Ledger
from sim.facts.units import factor
from sim.language import Text
from sim.parameters.priors import checked_prior
from sim.reading.source import Keys, YamlSource
from sim.region.schema import (
    BASE_ASSUMPTIONS,
    BASE_FACTS,
    NEEDED_FACTS,
    OLDEST,
    OR_SHARE,
    UNITS,
    BaseYearFile,
    RegionFile,
)


def _unknown_facts(source: YamlSource, ledger: Ledger, used: Mapping[Keys, str | None]) -> list[Problem]:
    ids = {fact.id for fact in ledger.facts}
    return [
        source.problem(keys, unknown_name(fact, ids))
        for keys, fact in used.items()
        if fact is not None and fact not in ids
    ]


def check_self(source: YamlSource, file: RegionFile, region: str, world_year: int | None) -> list[Problem]:
    """The pack's name is that of its folder, and its base year that of the world."""
    problems = []
    if file.id != region:
        text = Text(f"应与文件夹同名，写“{region}”", f'must be the name of the folder, "{region}"')
        problems.append(source.problem(("id",), text))
    if world_year not in (None, file.base_year):
        zh = f"外部世界（calibration/world.yaml）的基年是 {world_year}，地区的基年只能与它相同"
        en = f"the base year of calibration/world.yaml is {world_year}; a region must have the same"
        problems.append(source.problem(("base_year",), Text(zh, en)))
    return problems


def check_family(
    source: YamlSource, file: RegionFile, cities: Mapping[str, str | None], others: Collection[str]
) -> list[Problem]:
    """The city and the districts of a region: never itself, each once, and each naming the other.

    `cities` has every pack there is with the city it names; `others` are regions that only have figures.
    """
    problems = []
    if file.city == file.id:
        text = Text(f"“{file.id}”不能是自己所属的市", f'"{file.id}" cannot be its own city')
        problems.append(source.problem(("city",), text))
    elif file.city is not None and file.city not in cities and file.city not in others:
        problems.append(source.problem(("city",), unknown_name(file.city, {*cities, *others} - {file.id})))
    if file.city in cities and file.districts:
        text = Text("写了 city 的地区不能再有 districts", "a region with a city cannot have districts")
        problems.append(source.problem(("districts",), text))
    for i, id in enumerate(file.districts):
        found = _wrong_district(file, id, i, cities)
        if found is not None:
            problems.append(source.problem(("districts", i), found))
    return problems


def _wrong_district(file: RegionFile, id: str, place: int, cities: Mapping[str, str | None]) -> Text | None:
    if id == file.id:
        return Text(f"“{id}”不能是自己的区", f'"{id}" cannot be its own district')
    if id in file.districts[:place]:
        return Text(f"“{id}”重复列出", f'"{id}" is listed twice')
    if id not in cities:
        return unknown_name(id, set(cities) - {file.id})
    if cities[id] != file.id:
        zh = f"“{id}”的 region.yaml 没有写 city: {file.id}"
        return Text(zh, f'region.yaml of "{id}" does not say city: {file.id}')
    return None


def check_regions_of_facts(ledger: Ledger, file: RegionFile, others: Collection[str]) -> list[Problem]:
    """Rows of the ledger about a region that is neither the pack's, its city, province or districts, nor known."""
    parents = [parent for parent in (file.city, file.province) if parent is not None]
    known = {file.id, *parents, *file.districts, *others}
    column = COLUMNS.index("region") + 1
    return [
        Problem(ledger.shown, fact.row, column, fact.id, unknown_name(fact.region, known))
        for fact in ledger.facts
        if fact.region not in known
    ]


def check_region(source: YamlSource, file: RegionFile, ledger: Ledger) -> list[Problem]:
    """What in region.yaml does not fit the ledger or itself."""
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


def check_base(source: YamlSource, base: BaseYearFile, file: RegionFile, ledger: Ledger) -> list[Problem]:
    """What in base_year.yaml does not fit the cells and base year of region.yaml, the ledger or itself."""
    problems = []
    cells = [cell.id for cell in file.cells]
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
    return problems + _check_composed(source, base) + _check_figures(source, base, file, ledger)


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


def _check_figures(source: YamlSource, base: BaseYearFile, file: RegionFile, ledger: Ledger) -> list[Problem]:
    """Ids that the ledger does not have, and figures of another region, year or unit than the base year needs."""
    facts = {fact.id: fact for fact in ledger.facts}
    used = {name: id for name, id in base.facts.items() if id is not None and name in BASE_FACTS}
    problems = []
    for name, id in used.items():
        text = _misfit(name, facts[id], file) if id in facts else _unknown(name, id, facts)
        if text is not None:
            problems.append(source.problem(("facts", name), text))
    level = facts.get(used.get("income_level", ""))
    if level is not None and level.last_year < file.base_year:
        problems += _check_income(source, base, file.base_year - level.last_year)
    return problems


def _unknown(name: str, id: str, ids: Collection[str]) -> Text:
    """An id that the ledger does not have; what a pack can do without may be null."""
    text = unknown_name(id, ids)
    if name in NEEDED_FACTS:
        return text
    zh = f"台账里没有“{id}”；没有这个数就写 {name}: null，否则核对编号。{text.zh}"
    return Text(zh, f'"{id}" is not in the ledger: write {name}: null if there is none. {text.en}')


def _misfit(name: str, fact: Fact, file: RegionFile) -> Text | None:
    """Why a fact cannot be this figure of the base year; None where it can."""
    if fact.region != file.id:
        return Text(f"“{fact.id}”是{fact.region}的数", f'"{fact.id}" is a figure of {fact.region}')
    first = file.base_year - OLDEST.get(name, 0)
    whole_years = fact.period.endswith(str(fact.last_year))
    if not (whole_years and first <= fact.last_year <= file.base_year):
        years = str(first) if first == file.base_year else f"{first}—{file.base_year}"
        return Text(
            f"应为{years}年的数，“{fact.id}”是{fact.period}年的", f'"{fact.id}" is of {fact.period}, not {years}'
        )
    unit = UNITS.get(name, "%")
    if factor(fact.unit, unit) is None and not (name in OR_SHARE and fact.unit == "%"):
        zh = f"单位应为{unit}或其倍数，“{fact.id}”的单位是{fact.unit}"
        return Text(zh, f'the unit must be a multiple of {unit}, that of "{fact.id}" is {fact.unit}')
    if fact.value is None or fact.nature == "target":
        return Text(f"“{fact.id}”是目标或没有数值", f'"{fact.id}" is a target or has no number')
    return None


def _check_income(source: YamlSource, base: BaseYearFile, years: int) -> list[Problem]:
    """What carries an income level of an earlier year to the base year."""
    needed = [] if base.facts.get("income_growth") is not None else [("facts", "income_growth")]
    if years >= 2 and "income_growth_before" not in base.assumptions:
        needed.append(("assumptions", "income_growth_before"))
    return [
        source.problem(
            ("facts", "income_level"),
            Text(f"早于基年的收入水平需要 {section} 中的 {name}", f"an earlier level needs {name} among the {section}"),
        )
        for section, name in needed
    ]
