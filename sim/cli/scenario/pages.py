"""What `scenario show` and `scenario schema` gather and print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.inputs import load_pack, refused, targets_of
from sim.cli.options import region_names
from sim.cli.scenario.warnings import warnings_of
from sim.cli.terminal import write_table
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.store import to_json, write_text
from sim.reading.source import read_tolerant
from sim.region.pack import Pack
from sim.resources import data_path
from sim.scenario.distributions import FORMS
from sim.scenario.json_schema import scenario_schema
from sim.scenario.load import Resolved, resolve
from sim.scenario.origins import WAYS, Value, values_of
from sim.scenario.paths import Spread
from sim.scenario.resolved import resolved_text
from sim.targets import read_targets
from sim.targets.rules import labels_of, target_rules

Record = dict[str, Any]

HEADER = (
    Text("名称与编号", "Name and id"),
    Text("年份或键", "Year or key"),
    Text("值", "Value"),
    Text("怎样得来", "How"),
    Text("出处（文件:行）", "Where (file:line)"),
)
NO_CHANGE, CALIBRATED = Text("0（不变）", "0 (no change)"), Text("校准路径", "calibrated path")
SECTIONS = {
    "": Text("情景", "Scenario"),
    "levers": Text("政策杠杆", "Levers"),
    "world": Text("外部假设", "World"),
    "projects": Text("项目", "Projects"),
    "events": Text("冲击", "Events"),
    "targets": Text("自己的目标", "Own targets"),
}


def shown(reference: str, region: str, horizon: int | None) -> Record:
    """The document of `scenario show`: the scenario, every value with its origin, files and warnings.

    Raises InputError with every mistake of the file, those that only a run would meet included.
    """
    pack = load_pack(region)
    found = resolve(
        reference, folder=data_path("scenarios"), base_year=pack.base_year, horizon=horizon, cells=pack.cell_ids,
        indicators=tuple(INDICATORS), region=pack.id, labels=labels_of(pack), rules=target_rules(pack),
    )  # fmt: skip
    targets_of(pack, found.scenario)
    warnings = warnings_of(pack, found.scenario, pack.base_year)
    return {
        "region": pack.id,
        "base_year": pack.base_year,
        "scenario": resolved_text(found.scenario),
        "values": [_record(value) for value in values_of(found)],
        "replaces": _replaced(found, pack),
        "warnings": [text.zh for text in warnings],
        "warnings_en": [text.en for text in warnings],
    }


def _record(value: Value) -> Record:
    texts = {"part": value.part, "label": value.label, "unit": value.unit, "how": WAYS[value.way]}
    return {
        "key": value.key,
        "year": value.year,
        "value": _plain(value.value),
        "way": value.way,
        "origins": list(value.origins),
        **{name: text.zh for name, text in texts.items()},
        **{f"{name}_en": text.en for name, text in texts.items()},
    }


def _plain(value: Any) -> Any:
    """A value as JSON: of a lever its percentiles and, where it has one, its named distribution."""
    if not isinstance(value, Spread):
        return value
    shape = None if value.shape is None else {value.shape.name: list(value.shape.numbers)}
    return {"p5": value.low, "p95": value.high, "distribution": shape}


def _replaced(found: Resolved, pack: Pack) -> list[Record]:
    """The targets of the region that the scenario puts its own in the place of."""
    own = {target.id for target in found.scenario.targets}
    return [
        {"id": target.id, "label": target.label.zh, "label_en": target.label.en, "target_text": target.target_text}
        for target in read_targets(pack)
        if target.id in own
    ]


def print_scenario(document: Record, lang: str) -> None:
    """Print the values as a table, years alike in one row."""
    zh, scenario = lang == "zh", document["scenario"]
    label = scenario["label"][lang]
    click.echo(f"情景：{label}（{scenario['name']}）" if zh else f"Scenario: {label} ({scenario['name']})")
    files = [record["file"] for record in scenario["files"]]
    click.echo(("所读文件：" if zh else "Files read: ") + ("、" if zh else ", ").join(files))
    for section, title in SECTIONS.items():
        records = [record for record in document["values"] if _section(record) == section]
        if records:
            click.echo(f"\n{title.pick(lang)}")
            write_table(HEADER, _rows(records, files, lang), (34, 14, 44, 12, 44), lang, ruled=False)
    rest = Text(
        "没有列出的杠杆为 0（不变），没有列出的外部假设按校准路径。",
        "Levers not listed are 0 (no change); world assumptions not listed follow the calibrated path.",
    )
    click.echo(rest.pick(lang))
    for record in document["replaces"]:
        name = record["label" if zh else "label_en"]
        told = f"替换规划目标：{record['id']}（{name}，原为{record['target_text']}）"
        click.echo(told if zh else f"Replaces the target {record['id']} ({name}, was {record['target_text']})")
    for warning in document["warnings" if zh else "warnings_en"]:
        click.echo(("提示：" if zh else "Note: ") + warning)


def _grouped(records: Sequence[Record]) -> list[list[Record]]:
    """Neighbouring years of a lever that are alike, together."""
    groups: list[list[Record]] = []
    for record in records:
        last = groups[-1][-1] if groups else None
        alike = last is not None and all(last[k] == record[k] for k in ("key", "value", "origins"))
        ways = last is not None and (
            {last["way"], record["way"]} <= {"written", "held"} or last["way"] == record["way"]
        )
        if alike and ways and record["year"] is not None:
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _section(record: Record) -> str:
    """The section of the file that a value stands in; empty for what a file says of itself."""
    section, dot, _ = str(record["key"]).partition(".")
    return section if dot else ""


def _rows(records: Sequence[Record], files: Sequence[str], lang: str) -> list[list[str]]:
    """Rows of a section; the name of a lever or project stands in its first row only."""
    rows, former = [], ""
    for group in _grouped(records):
        name = _name(group[0], lang)
        rows.append([name if name != former else "", *_cells(group, files, lang)])
        former = name
    return rows


def _name(record: Record, lang: str) -> str:
    """The label of a lever, project, event or target with its id; what the scenario says of itself."""
    section = _section(record)
    if not section:
        return str(record["label" if lang == "zh" else "label_en"])
    key = record["key"].removeprefix(f"{section}.")
    id = key if record["year"] is not None else key.rpartition(".")[0]
    return f"{record['part' if lang == 'zh' else 'part_en']}\n{id}"


def _cells(records: Sequence[Record], files: Sequence[str], lang: str) -> list[str]:
    """Year or key, value, how it came about and where it stands, of one year or several alike."""
    first, last = records[0], records[-1]
    item = first["key"].rpartition(".")[2] if first["year"] is None else str(first["year"])
    if last is not first:
        item = f"{item}—{last['year']}" if lang == "zh" else f"{item}–{last['year']}"
    suffix = "" if lang == "zh" else "_en"
    unit = first["unit" + suffix] if first["value"] is not None and first["year"] is not None else ""
    return [item, f"{_said(first, lang)} {unit}".strip(), first["how" + suffix], _places(first["origins"], files)]


def _places(origins: Sequence[str], files: Sequence[str]) -> str:
    """Where a value stands, without the folder where the file's name alone is clear: `port.yaml:15, 17`."""
    out: list[str] = []
    former = ""
    for origin in origins:
        file, _, line = origin.rpartition(":")
        name = file.rpartition("/")[2]
        alone = [other.rpartition("/")[2] for other in files].count(name) == 1
        out.append(line if former == file else f"{name if alone else file}:{line}" if file else origin)
        former = file
    return ", ".join(out)


def _said(record: Record, lang: str) -> str:
    value = record["value"]
    if record["year"] is None:
        return _plainly(value)
    if value is None:
        return (NO_CHANGE if record["key"].startswith("levers.") else CALIBRATED).pick(lang)
    if value["distribution"] is not None:
        ((name, numbers),) = value["distribution"].items()
        return f"{FORMS[name].label.pick(lang)} [{', '.join(_number(x) for x in numbers)}]"
    if value["p5"] == value["p95"]:
        return _number(value["p5"])
    return f"[{_number(value['p5'])}, {_number(value['p95'])}]"


def _plainly(value: Any) -> str:
    """A value as one would write it in the file."""
    if isinstance(value, list):
        return "[" + ", ".join(_plainly(item) for item in value) + "]"
    if isinstance(value, dict):
        return " ".join(str(item) for item in value.values())
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return (f"{value:.4g}" if abs(value) < 1000 else f"{value:.10g}").replace("-", "−")


def schema_text() -> str:
    """The JSON Schema as it is committed."""
    indicators = {name: item.label for name, item in INDICATORS.items()}
    cells: dict[str, Text] = {}
    for region in region_names():
        for cell in read_tolerant(data_path("calibration", region, "region.yaml")).data["cells"]:
            cells.setdefault(cell["id"], Text(cell["label"], cell["label_en"]))
    return to_json(scenario_schema(indicators, cells))


def write_schema(out: Path | None) -> None:
    """Print the schema as UTF-8, or write it; raises InputError where the file cannot be written."""
    text = schema_text()
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(out, text)
    except OSError as error:
        why = error.strerror or str(error)
        raise refused("--out", f"写不进去：{why}", f"cannot write: {why}") from error
    click.echo(str(out))
