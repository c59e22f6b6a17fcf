"""What may be wrong with the files of a region pack, beyond their form: against each other and the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sim.errors import Problem, unknown_name
from sim.facts.ledger import Ledger
from sim.language import Text
from sim.parameters.priors import checked_prior
from sim.reading.source import Keys, YamlSource
from sim.region.schema import BASE_ASSUMPTIONS, BASE_FACTS, NEEDED_FACTS, BaseYearFile, RegionFile


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


def check_base(source: YamlSource, base: BaseYearFile, cells: Sequence[str], ledger: Ledger) -> list[Problem]:
    """What in base_year.yaml does not fit the cells, the ledger or itself."""
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
