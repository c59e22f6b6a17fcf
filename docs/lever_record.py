"""The record of measured effects of levers, and the generated parts of docs/levers.md.

`python docs/lever_record.py --write` measures anew (half a minute) and writes calibration/lever_effects/; the page
itself is renewed by `python docs/make.py`, from the record alone.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from sim.indicators.catalogue import INDICATORS  # noqa: E402
from sim.lever_effects.history import seen_of  # noqa: E402
from sim.lever_effects.measure import Effect, effect_unit  # noqa: E402
from sim.lever_effects.record import COLUMNS, facts_of, made, read_effects, record_path, rows_of  # noqa: E402
from sim.levers.catalogue import ENTRIES, FAMILIES, GRADES, LEVERS, WORLD, Ceiling, Lever, WorldAssumption  # noqa: E402
from sim.output.store import write_csv, write_text  # noqa: E402
from sim.region.pack import Pack  # noqa: E402
from sim.region.reading import list_regions, read_pack  # noqa: E402

CALIBRATION = ROOT / "calibration"
#: The region whose effects the page shows, and the columns it shows of them.
SHOWN = "west_coast"
GROWTH, LEVEL = "gdp_growth", "gdp_real"
LAST = 2035

Entry = Lever | WorldAssumption


@cache
def pack() -> Pack:
    return read_pack(CALIBRATION, SHOWN)


@cache
def effects() -> Mapping[tuple[str, str, int], Effect]:
    """Effects of the record by lever, indicator and year."""
    return {(e.lever, e.indicator, e.year): e for e in read_effects(CALIBRATION, SHOWN)}


def number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def signed(effect: Effect | None) -> str:
    """An effect with its Monte Carlo error, to one digit of that; 0 where the record has none."""
    if effect is None:
        return "0"
    digits = min(4, max(2, -math.floor(math.log10(effect.standard_error)))) if effect.standard_error else 2
    return f"{effect.mean:+.{digits}f}±{effect.standard_error:.{digits}f}".replace("-", "−")


def last_of(entry: Entry, indicator: str) -> Effect | None:
    """The effect in the last year of the record in which there is one."""
    found = [effects()[key] for key in effects() if key[:2] == (entry.id, indicator)]
    return max(found, key=lambda effect: effect.year, default=None)


def arrows(entry: Entry) -> str:
    """Indicators it is meant to move, with the direction."""
    return "、".join(f"{INDICATORS[name].label.zh}{'↑' if sign > 0 else '↓'}" for name, sign in entry.moves.items())


def bound(ceiling: Ceiling) -> str:
    """A ceiling in words."""
    what = "增速（百分点）" if ceiling.of == GROWTH else "水平（%）"
    times = {
        "unit": "", "manufacturing": "×制造业比重", "marine": "×海洋产业比重", "services": "×服务业比重",
        "head": "÷基年人口（万人）",
    }[ceiling.per]  # fmt: skip
    until = "" if ceiling.within is None else f"，头{ceiling.within}年内"
    return f"{what}≤{number(round(ceiling.effect, 2))}{times}{until}〔{ceiling.grade}〕：{ceiling.source.zh}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    rule = ["---" if i < left else "---:" for i in range(len(header))]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in [header, rule, *rows]
    )


def named(entry: Entry) -> str:
    return f"`{entry.id}` {entry.label.zh}"


def _catalogue(entries: Sequence[Entry]) -> str:
    rows = [
        [named(x), x.unit.zh, f"{number(x.low)} 至 {number(x.high)}", x.grade, x.meaning.zh, arrows(x), x.evidence.zh]
        for x in entries
    ]
    return table(["编号和名称", "单位", "取值范围", "等级", "含义", "用来改变什么", "依据"], rows, 7)


def lever_tables() -> str:
    """All levers, one table for each family."""
    parts = []
    for family, title in FAMILIES.items():
        chosen = [x for x in LEVERS.values() if x.family == family]
        if chosen:
            parts.append(f"### {title.zh}\n\n{_catalogue(chosen)}")
    return "\n\n".join(parts)


def world_tables() -> str:
    """All assumptions about the world."""
    return _catalogue(list(WORLD.values()))


def grade_list() -> str:
    """What the letters mean, and how many entries bear each."""
    counts = {grade: sum(x.grade == grade for x in ENTRIES.values()) for grade in GRADES}
    return "\n".join(f"- **{grade}** {text.zh}：{counts[grade]} 个" for grade, text in GRADES.items())


def effect_table() -> str:
    """The measured effect of one step on output, and on what each is meant to move first."""
    rows = []
    for entry in ENTRIES.values():
        known = [name for name in entry.moves if INDICATORS[name].compute is not None]
        first = next((name for name in known if name not in (GROWTH, LEVEL)), None)
        own = "—"
        if first is not None:
            found = last_of(entry, first)
            year = f"（{found.year}年）" if found is not None and found.year != LAST else ""
            own = f"{INDICATORS[first].label.zh} {signed(found)} {effect_unit(first).zh}{year}"
        growth = [signed(effects().get((entry.id, GROWTH, year))) for year in (2025, LAST)]
        level = signed(effects().get((entry.id, LEVEL, LAST)))
        rows.append([named(entry), f"{entry.step:+g} {entry.unit.zh}", own, *growth, level])
    header = ["编号和名称", "一步", f"直接指标，{LAST}年", "增速，2025年（点）", f"增速，{LAST}年（点）",
              f"不变价生产总值，{LAST}年（%）"]  # fmt: skip
    return table(header, rows, 3)


def bounds_table() -> str:
    """The range seen in history and the most that the record supports, of those that have either."""
    rows = []
    for entry in ENTRIES.values():
        seen = seen_of(entry, pack())
        if seen is None and not entry.ceilings:
            continue
        past = "没有可比的历史记录"
        if seen is not None:
            past = f"{number(round(seen.low, 2))} 至 {number(round(seen.high, 2))} {entry.unit.zh}：{seen.source.zh}"
        ceilings = "；".join(bound(ceiling) for ceiling in entry.ceilings) or "模型中不改变实际产出"
        rows.append([named(entry), past, ceilings])
    return table(["编号和名称", "历史上见过的范围", "每一单位对地区生产总值的作用上限"], rows, 3)


def short_levers() -> str:
    """Every lever in short, family by family, with the page that says more."""
    return _short_list(list(LEVERS.values())) + "\n\n每个杠杆的含义、依据和等级、测得的作用、上限见[杠杆](levers.md)。"


def short_world() -> str:
    """Every assumption about the world in short."""
    return _short_list(list(WORLD.values()))


def _short_list(entries: Sequence[Entry]) -> str:
    """One line for each family: id, Chinese label, unit and bounds of its members."""
    members: dict[str, list[str]] = {}
    for x in entries:
        said = f"`{x.id}` {x.label.zh}（{number(x.low)} 至 {number(x.high)} {x.unit.zh}）"
        members.setdefault(x.family, []).append(said)
    return "\n".join(f"- **{FAMILIES[family].zh}**：{'；'.join(lines)}" for family, lines in members.items())


def made_with() -> str:
    """What the record of the page was made with."""
    facts = facts_of(pack())
    draws = f"{facts['draws']:,} 次模拟，随机种子 {facts['seed']}"
    return (
        f"{pack().label.zh}，{draws}，以{facts['as_of']}年为基年、不用以后的公布数；“±”是模拟误差（一个标准误），"
        "有无这一步用同一批随机数。全部测得的数在 `calibration/lever_effects/`。"
    )


PARTS = {
    "lever-grades": grade_list,
    "lever-catalogue": lever_tables,
    "world-catalogue": world_tables,
    "lever-effects": effect_table,
    "lever-bounds": bounds_table,
    "lever-made": made_with,
}


def main(arguments: Sequence[str]) -> int:
    """Measure and write the record of every region that comes with the program."""
    if list(arguments) != ["--write"]:
        print("usage: python docs/lever_record.py --write", file=sys.stderr)
        return 2
    for region in list_regions(CALIBRATION):
        one = read_pack(CALIBRATION, region)
        path = record_path(CALIBRATION, region)
        path.parent.mkdir(exist_ok=True)
        write_csv(path, COLUMNS, rows_of(made(one)))
        lines = [f"{key}: {value}" for key, value in facts_of(one).items()]
        write_text(path.with_suffix(".yaml"), "\n".join(lines) + "\n")
        print(f"written: calibration/lever_effects/{region}.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
