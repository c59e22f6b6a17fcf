"""`--write FILE`: a package as a scenario file that `run` takes."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.cli.inputs import refused
from sim.cli.solve.asked import Asked
from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.language import Text
from sim.levers.catalogue import LEVERS
from sim.reading.files import shown_path
from sim.resources import data_path
from sim.scenario.files import SUFFIXES, locate, scenario_names
from sim.scenario.parts import AssumptionPath
from sim.scenario.paths import Spread
from sim.scenario.schema import FORBIDDEN_IN_NAMES
from sim.solve.levers import Span
from sim.solve.packaged import packaged


def check_write(asked: Asked) -> None:
    """Raises InputError, before the work, where the file must not or cannot be written."""
    path = asked.write
    if path is None:
        return
    if path.suffix not in SUFFIXES:
        raise refused("--write", f"“{path.name}”应以 .yaml 结尾", f"'{path.name}' must end in .yaml")
    if set(path.stem) & set(FORBIDDEN_IN_NAMES) or path.stem.startswith("."):
        raise refused("--write", f"“{path.stem}”不能作情景名", f"'{path.stem}' cannot name a scenario")
    if path.exists() and not asked.force:
        zh = f"“{shown_path(path)}”已存在，不改写；确要改写请加 --force"
        raise refused("--write", zh, f"'{shown_path(path)}' exists; --force replaces it")
    if not path.parent.is_dir():
        zh = f"没有文件夹“{shown_path(path.parent)}”"
        raise refused("--write", zh, f"there is no folder '{shown_path(path.parent)}'")
    parent_of(asked.scenario, path)


def parent_of(reference: str, path: Path) -> str:
    """What the file writes behind `extends`; raises InputError where the scenario could not be found from there."""
    folder = data_path("scenarios")
    if reference in scenario_names(folder):
        if reference == path.stem and path.resolve().parent == folder.resolve():
            raise refused("--write", "不能改写原情景本身", "would replace the scenario itself")
        return reference
    parent = locate(reference, folder)
    if parent.resolve() == path.resolve():
        raise refused("--write", "不能改写原情景本身", "would replace the scenario itself")
    if parent.resolve().parent != path.resolve().parent:
        zh = f"请写在原情景“{shown_path(parent)}”的同一文件夹里：情景文件的 extends 只读本文件旁边或项目内的文件"
        raise refused("--write", zh, f"must lie beside '{shown_path(parent)}', which it extends")
    return parent.stem if parent.suffix in SUFFIXES else parent.name


def write_package(asked: Asked, plan: Plan, document: Mapping[str, Any]) -> Path | None:
    """Write the first package of a document whole or not at all; None where there is none to write."""
    if asked.write is None or not document["packages"] or document["already"]:
        return None
    text, path = package_text(asked, plan, document), asked.write
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(text.encode("utf-8"))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        said = Text(f"写不进去：{error.strerror}", f"cannot be written: {error.strerror}")
        raise InputError(Problem(shown_path(path), None, None, "--write", said)) from None
    return path


def package_text(asked: Asked, plan: Plan, document: Mapping[str, Any]) -> str:
    """The scenario file of the first package: what it extends, and each changed lever year by year."""
    assert asked.write is not None
    base, package = plan.scenarios[0], document["packages"][0]
    made = packaged(base, package["levers"], Span(*document["years"]), plan.pack.base_year)
    ids, wanted = "、".join(target["id"] for target in document["targets"]), f"{document['wanted']:g}"
    lines = [
        f"# 由 solve 求得：使 {ids} 的达成概率不低于 {wanted} 的最小组合。",
        f"# 检验概率 {package['probability']:.4f}（{document['draws']} 次抽样，随机种子 {document['fresh_seed']}；"
        f"截至 {document['as_of']} 年的数据；搜索用的种子 {document['seed']}）。",
        "# 这是力度的度量，不是措施：每个杠杆由什么措施实现，须另行论证。",
        f"name: {_quoted(asked.write.stem)}",
        f"label: {_quoted(f'{base.label.zh}：求得的组合')}",
        f"question: {_quoted(f'{ids} 的达成概率不低于 {wanted}，需要多大力度？')}",
        f"extends: {_quoted(parent_of(asked.scenario, asked.write))}",
        f"horizon: {base.horizon}",
        "levers:",
    ]
    for name in package["levers"]:
        lines.append(f"  # {LEVERS[name].label.zh}（{LEVERS[name].unit.zh}）")
        lines.append(f"  {name}: {{{', '.join(_points(made.levers[name]))}}}")
    return "\n".join([*lines, ""])


def _points(path: AssumptionPath) -> Iterator[str]:
    """Years and values, of a run of equal ones the first and the last: what lies between is on the line."""
    shapes = path.shapes or (None,) * len(path.years)
    values = [
        Spread(low or 0.0, high or 0.0, shape)
        for low, high, shape in zip(path.low, path.high, shapes, strict=True)
    ]  # fmt: skip
    for i, (year, value) in enumerate(zip(path.years, values, strict=True)):
        inside = 0 < i < len(values) - 1 and values[i - 1] == value == values[i + 1]
        if not inside:
            yield f"{year}: {_value(value)}"


def _value(value: Spread) -> str:
    if value.shape is not None:
        return f"{{{value.shape.name}: [{', '.join(map(repr, value.shape.numbers))}]}}"
    return repr(value.low) if value.is_number else f"[{value.low!r}, {value.high!r}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
