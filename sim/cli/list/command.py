"""`list`: what there is to use: levers, indicators, targets, scenarios and regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from sim.cli import options
from sim.cli.bilingual import language
from sim.cli.inputs import load_pack
from sim.cli.list.levers import lever_records, print_levers
from sim.cli.list.peer_pages import print_peers
from sim.cli.list.peers import peer_records
from sim.cli.terminal import write_json, write_table
from sim.errors import InputError
from sim.indicators.catalogue import INDICATORS, Indicator, missing_of
from sim.language import Text
from sim.output.tables import MECHANISMS, NATURES, STATUSES
from sim.reading.source import read
from sim.region.pack import Pack
from sim.region.reading import list_regions
from sim.resources import data_path
from sim.scenario.load import DEFAULT_HORIZON, list_scenarios
from sim.targets import Target, read_targets, status_of

Record = dict[str, Any]

DIRECTIONS = {
    1: Text("越高越好", "more is better"),
    -1: Text("越低越好", "less is better"),
    0: Text("不分高低", "neither"),
}
CAN_BE_EVALUATED = Text("可测算", "can be evaluated")


def indicator_records(pack: Pack) -> list[Record]:
    """Indicators with unit, direction (1, -1, 0), mechanism, and what is missing where they have no value."""
    return [_indicator(item, pack) for item in INDICATORS.values()]


def _indicator(item: Indicator, pack: Pack) -> Record:
    missing = missing_of(item, pack)
    return {
        "id": item.id,
        "label": item.label.zh,
        "label_en": item.label.en,
        "unit": item.unit,
        "direction": item.direction,
        "mechanism": item.mechanism,
        "source": item.source or None,
        "computed": missing is None,
        "missing": None if missing is None else missing.zh,
        "missing_en": None if missing is None else missing.en,
    }


def print_indicators(records: Sequence[Record], lang: str) -> None:
    """Indicators with their mechanism."""
    header = (
        Text("编号", "Id"),
        Text("指标", "Indicator"),
        Text("单位", "Unit"),
        Text("方向", "Direction"),
        Text("测算方式", "Method"),
        Text("说明", "Remark"),
    )
    rows = [
        [
            r["id"],
            _of(r, "label", lang),
            r["unit"],
            DIRECTIONS[r["direction"]].pick(lang),
            MECHANISMS[r["mechanism"]].pick(lang),
            _of(r, "missing", lang) or (r["source"] if lang == "zh" else "") or "",
        ]
        for r in records
    ]
    write_table(header, rows, (38, 50, 12, 14, 16, 60), lang, ruled=False)


def target_records(pack: Pack) -> list[Record]:
    """Targets of the pack with their status before any draw is made."""
    return [_target(target, pack) for target in read_targets(pack)]


def _target(target: Target, pack: Pack) -> Record:
    status, reason = status_of(target, DEFAULT_HORIZON, pack)
    known = INDICATORS.get(target.indicator)
    names = ("id", "reading_of", "indicator", "row", "category")
    later = ("target_text", "nature", "year", "operator", "value", "value_high", "tolerance", "benchmark", "margin")
    return {
        **{name: getattr(target, name) for name in names},
        "label": target.label.zh,
        "label_en": target.label.en,
        "unit": target.unit,
        **{name: getattr(target, name) for name in later},
        "base": target.base,
        "base_text": target.base_text,
        "owner": list(target.owners),
        "mechanism": "none" if known is None else known.mechanism,
        "status": status,
        "reason": None if reason is None else reason.zh,
        "reason_en": None if reason is None else reason.en,
        "source": target.source,
        "note": None if target.note is None else target.note.zh,
        "note_en": None if target.note is None else target.note.en,
    }


def print_targets(records: Sequence[Record], lang: str) -> None:
    """Targets in the words of the plan, and whether they can be evaluated."""
    header = (
        Text("序号", "No."),
        Text("指标与编号", "Indicator and id"),
        Text("年份", "Year"),
        Text("目标", "Target"),
        Text("属性", "Nature"),
        Text("测算情况", "Status"),
        Text("备注（口径）", "Remark"),
    )
    rows = [
        [
            "" if r["row"] is None or r["reading_of"] else str(r["row"]),
            f"{_of(r, 'label', lang)}\n{r['id']}",
            str(r["year"]),
            r["target_text"],
            (r["nature"] or "") if lang == "zh" else NATURES.get(r["nature"] or "", r["nature"] or ""),
            (CAN_BE_EVALUATED if r["status"] == "evaluated" else STATUSES[r["status"]]).pick(lang),
            _of(r, "note", lang) or _of(r, "reason", lang) or "",
        ]
        for r in records
    ]
    write_table(header, rows, (4, 48, 5, 16, 8, 20, 80), lang)


def scenario_records() -> list[Record]:
    """Scenario files that come with the program."""
    return [
        {"id": s.name, "label": s.label.zh, "label_en": s.label.en, "question": s.question, "readable": s.readable}
        for s in list_scenarios(data_path("scenarios"))
    ]


def print_scenarios(records: Sequence[Record], lang: str) -> None:
    """Scenarios with the question each asks."""
    header = (Text("情景", "Scenario"), Text("名称", "Name"), Text("要回答的问题", "Question"))
    broken = Text("读不懂，请用 run 查看哪里有错", "unreadable; `run` says what is wrong").pick(lang)
    rows = [[r["id"], _of(r, "label", lang), r["question"] if r["readable"] else broken] for r in records]
    write_table(header, rows, (30, 30, 100), lang)


def region_records() -> list[Record]:
    """Region packs that come with the program."""
    calibration = data_path("calibration")
    return [_region(name) for name in list_regions(calibration)]


def _region(name: str) -> Record:
    try:
        data = read(data_path("calibration", name, "region.yaml")).data
        found = {key: data.get(key) for key in ("label", "label_en", "base_year", "city")}
        return {"id": name, **found, "readable": True}
    except (InputError, AttributeError):
        return {"id": name, "label": name, "label_en": name, "base_year": None, "city": None, "readable": False}


def print_regions(records: Sequence[Record], lang: str) -> None:
    """Region packs with their base year."""
    header = (Text("地区", "Region"), Text("名称", "Name"), Text("基年", "Base year"), Text("所属市", "City"))
    broken = Text("读不懂", "unreadable").pick(lang)
    rows = [
        [r["id"], _of(r, "label", lang), str(r["base_year"] or "") if r["readable"] else broken, r["city"] or ""]
        for r in records
    ]
    write_table(header, rows, (30, 40, 9, 30), lang)


def _of(record: Mapping[str, Any], key: str, lang: str) -> str:
    """A text of a record in the language asked for."""
    return record[key if lang == "zh" else f"{key}_en"] or ""


def _signed(number: float) -> str:
    return f"{number:g}".replace("-", "−")


KINDS: dict[str, tuple[Callable[[str], list[Record]], Callable[[Sequence[Record], str], None]]] = {
    "levers": (lambda region: lever_records(load_pack(region)), print_levers),
    "indicators": (lambda region: indicator_records(load_pack(region)), print_indicators),
    "targets": (lambda region: target_records(load_pack(region)), print_targets),
    "scenarios": (lambda region: scenario_records(), print_scenarios),
    "regions": (lambda region: region_records(), print_regions),
    "peers": (lambda region: peer_records(load_pack(region)), print_peers),
}


@options.command(
    Text(
        zh="列出政策杠杆与外部假设（levers）、指标、规划目标、情景和地区；peers 为与市、省、全国及其他新区的比较。",
        en="What there is: levers and world assumptions, indicators, targets, scenarios, regions; peers: comparisons.",
    )
)
@options.argument("kind", Text("要列出的种类", "what to list"), type=options.choice(KINDS))
@options.region
@options.as_json
@click.pass_context
def command(ctx: click.Context, kind: str, region: str, as_json: bool) -> None:
    """List things of one kind."""
    gather, show = KINDS[kind]
    records = gather(region)
    if as_json:
        write_json(records)
    else:
        show(records, language(ctx))
