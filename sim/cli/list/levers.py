"""`list levers`: levers, and apart from them the world, with evidence, bounds, record and measured effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sim.cli.terminal import write_table
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.lever_effects.history import seen_of
from sim.lever_effects.measure import Effect, effect_unit
from sim.lever_effects.record import read_effects
from sim.levers.catalogue import ENTRIES, FAMILIES, GRADES, LEVERS, Ceiling, Lever, Seen, WorldAssumption
from sim.region.pack import Pack
from sim.resources import data_path

Record = dict[str, Any]

TITLES = {
    "lever": Text("政策杠杆：区里可以改变的，0为不变", "Levers: what the district can change; 0 is no change"),
    "world": Text(
        "外部假设：区里改变不了的，写的是绝对值，不写则用校准路径；情景之间外部假设不同，差别就不全是政策的作用",
        "World assumptions: nobody in the district can change them; absolute values, else the calibrated path. Between "
        "scenarios with other worlds the difference is not all due to policy",
    ),
}
NO_RECORD = Text("没有可比的历史记录", "no comparable record")
NO_OUTPUT = Text("模型中不改变实际产出", "leaves real output as it is in the model")
NOT_MEASURED = Text("尚未测算", "not measured")
NOTHING = Text("没有有基数的指标可动", "no indicator with a baseline to move")
EXPLAINED = Text(
    "一步从头一年起一直保持；增速、总量为不变价地区生产总值。点、%为与不动时之差，误差见 docs/levers.md。",
    "A step is held from the first year on; growth and level are those of real GDP, against no step; errors are in "
    "docs/levers.md.",
)
#: What the narrow column of effects calls the two measures of output, and percentage points.
SHORT = {"gdp_growth": Text("增速", "growth"), "gdp_real": Text("总量", "level")}
SHORT_POINTS = Text("点", " points")
TIMES = {
    "unit": Text("", ""),
    "manufacturing": Text("×制造业比重", " x share of manufacturing"),
    "marine": Text("×海洋产业比重", " x share of marine industries"),
    "services": Text("×服务业比重", " x share of services"),
    "head": Text("÷基年人口（万人）", " / population of the base year (10,000)"),
}


def lever_records(pack: Pack) -> list[Record]:
    """Levers, then assumptions about the world (`kind` tells them apart), with effects measured in the region."""
    effects = read_effects(data_path("calibration"), pack.id)
    return [_record(item, pack, [e for e in effects if e.lever == item.id]) for item in ENTRIES.values()]


def _record(item: Lever | WorldAssumption, pack: Pack, effects: Sequence[Effect]) -> Record:
    texts = {
        "label": item.label,
        "unit": item.unit,
        "meaning": item.meaning,
        "evidence": item.evidence,
        "family_label": FAMILIES[item.family],
    }
    return {
        "id": item.id,
        "kind": "lever" if item.id in LEVERS else "world",
        "family": item.family,
        **{key: text.zh for key, text in texts.items()},
        **{f"{key}_en": text.en for key, text in texts.items()},
        "low": item.low,
        "high": item.high,
        "step": item.step,
        "grade": item.grade,
        "acts_on": list(item.acts_on),
        "moves": dict(item.moves),
        "reaches": list(item.reaches),
        "history": _seen(seen_of(item, pack)),
        "ceilings": [_ceiling(ceiling) for ceiling in item.ceilings],
        "effects": [_effect(effect) for effect in effects],
    }


def _seen(seen: Seen | None) -> Record | None:
    if seen is None:
        return None
    return {"low": seen.low, "high": seen.high, "source": seen.source.zh, "source_en": seen.source.en}


def _ceiling(ceiling: Ceiling) -> Record:
    return {
        "indicator": ceiling.of,
        "effect": ceiling.effect,
        "per": ceiling.per,
        "within": ceiling.within,
        "grade": ceiling.grade,
        "source": ceiling.source.zh,
        "source_en": ceiling.source.en,
    }


def _effect(effect: Effect) -> Record:
    return {
        "indicator": effect.indicator,
        "year": effect.year,
        "unit": effect_unit(effect.indicator).zh,
        "effect": effect.mean,
        "standard_error": effect.standard_error,
    }


def print_levers(records: Sequence[Record], lang: str) -> None:
    """Levers with bounds, grade, the effect of one step, and what is known; then the world in a table of its own."""
    header = (
        Text("名称与编号", "Name and id"),
        Text("取值范围", "Range"),
        Text("等级", "Grade"),
        Text("一步的作用（测得的均值）", "Effect of one step (measured)"),
        Text("含义、依据、历史与上限", "Meaning, grounds, history and ceiling"),
    )
    for kind, title in TITLES.items():
        click.echo(title.pick(lang) + "\n")
        rows = [_row(r, lang) for r in records if r["kind"] == kind]
        write_table(header, rows, (30, 18, 6, 34, 62), lang)
        click.echo()
    joined = ("；" if lang == "zh" else "; ").join(f"{grade} {text.pick(lang)}" for grade, text in GRADES.items())
    click.echo(Text("证据等级：", "Evidence: ").pick(lang) + joined)
    click.echo(EXPLAINED.pick(lang))


def _row(record: Record, lang: str) -> list[str]:
    return [
        "\n".join([_of(record, "label", lang), record["id"], f"[{_of(record, 'family_label', lang)}]"]),
        f"{number(record['low'])} — {number(record['high'])}\n{_of(record, 'unit', lang)}",
        record["grade"],
        "\n".join(effect_lines(record, lang)),
        "\n".join(
            [
                _of(record, "meaning", lang),
                Text("依据：", "Grounds: ").pick(lang) + _of(record, "evidence", lang),
                Text("历史：", "History: ").pick(lang) + _history(record, lang),
                Text("上限：", "Ceiling: ").pick(lang) + _ceilings(record, lang),
            ]
        ),
    ]


def effect_lines(record: Record, lang: str) -> list[str]:
    """One step, then its effect on growth, on the level of output and on what it is meant to move first."""
    if not [name for name in record["moves"] if INDICATORS[name].compute is not None]:
        return [NOTHING.pick(lang)]
    if not record["effects"]:
        return [NOT_MEASURED.pick(lang)]
    lines = [Text("一步：", "step: ").pick(lang) + f"{record['step']:+g} {_of(record, 'unit', lang)}"]
    found = {(e["indicator"], e["year"]): e for e in record["effects"]}
    first = next((name for name in record["moves"] if (name, 2030) in found and name != "gdp_growth"), None)
    wanted = [("gdp_growth", 2025), ("gdp_growth", 2035), ("gdp_real", 2035), (first, 2030)]
    for indicator, year in wanted:
        effect = found.get((indicator or "", year))
        if effect is not None and indicator is not None:
            name = SHORT.get(indicator, INDICATORS[indicator].label).pick(lang)
            lines.append(f"{name} {year}{Text('：', ': ').pick(lang)}{_signed(effect, indicator, lang)}")
    return lines


def _signed(effect: Record, indicator: str, lang: str) -> str:
    unit = effect_unit(indicator)
    said = "%" if unit.zh == "%" else SHORT_POINTS.pick(lang) if unit.zh == "百分点" else f" {unit.pick(lang)}"
    return f"{effect['effect']:+.2g}".replace("-", "−") + said


def _history(record: Record, lang: str) -> str:
    seen = record["history"]
    if seen is None:
        return NO_RECORD.pick(lang)
    return f"{number(seen['low'])} — {number(seen['high'])}{Text('，', ', ').pick(lang)}{_of(seen, 'source', lang)}"


def _ceilings(record: Record, lang: str) -> str:
    if not record["ceilings"]:
        return NO_OUTPUT.pick(lang)
    said = []
    for ceiling in record["ceilings"]:
        what = INDICATORS[ceiling["indicator"]].label.pick(lang)
        unit = effect_unit(ceiling["indicator"]).pick(lang)
        until = ""
        if ceiling["within"] is not None:
            until = Text(f"（头{ceiling['within']}年）", f" (first {ceiling['within']} years)").pick(lang)
        bound = f"{what} ≤ {number(round(ceiling['effect'], 2))} {unit}{TIMES[ceiling['per']].pick(lang)}{until}"
        said.append(f"{bound} [{ceiling['grade']}] {_of(ceiling, 'source', lang)}")
    return Text("每一单位 ", "for one unit ").pick(lang) + Text("；", "; ").pick(lang).join(said)


def number(value: float) -> str:
    """A number with a real minus sign."""
    return f"{value:g}".replace("-", "−")


def _of(record: Record, key: str, lang: str) -> str:
    """A text of a record in the language asked for."""
    text: str = record[key if lang == "zh" else f"{key}_en"] or ""
    return text
