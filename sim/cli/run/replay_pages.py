"""What `run --replay` prints: the verdict first, then what differs, then what may explain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from sim.cli.terminal import page_width, wrap_cells
from sim.language import Text
from sim.output.inputs_archive import PROGRAM
from sim.revision.changes import first_of

#: Lines of changed facts and keys; the document of --json has all of them.
MOST_CHANGES = 20
MOST_FILES = 8

Record = Mapping[str, Any]

PARTS = {
    "model": Text("程序", "the program"),
    "python": Text("Python", "Python"),
    "machine": Text("机器类型", "machine"),
}
KINDS = {
    "added": Text("新增", "added"),
    "removed": Text("删去", "removed"),
    "changed": Text("修改", "changed"),
    "layout": Text("只动了注释或排版", "comments or layout only"),
}
STATUSES = {
    "differs": Text("重算的与清单不同", "made again, it is not that of the manifest"),
    "missing": Text("没有重算出来", "not made again"),
    "new": Text("清单里没有", "not in the manifest"),
}


def print_replay(document: Record, lang: str) -> None:
    """Print a replay's document."""
    for text in (*_verdict(document), *_differences(document), *_reasons(document)):
        for line in wrap_cells(text.pick(lang), page_width()):
            click.echo(line)


def _verdict(document: Record) -> Iterator[Text]:
    shown, count = document["result"], len(document["checked"])
    if document["verdict"] == "identical":
        yield Text(
            f"逐字节一致：{shown} 的{count}个文件按清单重算，与原结果完全相同。",
            f"Identical byte for byte: the {count} files of {shown}, made again from its manifest.",
        )
    elif not document["files"]:
        yield Text(
            f"按清单重算与清单一致，但 {shown} 里的文件写成后被改动过或已损坏。",
            f"What the manifest says was made again, but files in {shown} were changed since or are damaged.",
        )
    else:
        yield Text(f"不能逐字节重现 {shown}。", f"{shown} cannot be made again byte for byte.")


def _differences(document: Record) -> Iterator[Text]:
    for one in document["files"]:
        said = STATUSES[one["status"]]
        yield Text(f"  {one['file']}：{said.zh}", f"  {one['file']}: {said.en}")
    for name in document["damaged"]:
        yield Text(
            f"  {name}：缺失，或与写成时不同（与清单不符）",
            f"  {name}: missing, or not as it was written (not that of the manifest)",
        )
    numbers = document["numbers"]
    if numbers is not None and numbers["differing"]:
        yield Text(
            f"  result.json 有{numbers['differing']}个值不同，相差最大的是 {numbers['place']}："
            f"原为{numbers['old']}，重算为{numbers['new']}（相对差{numbers['relative']:.2g}）",
            f"  result.json: {numbers['differing']} values differ, most of all {numbers['place']}: "
            f"{numbers['old']}, made again {numbers['new']} (relative difference {numbers['relative']:.2g})",
        )


def _reasons(document: Record) -> Iterator[Text]:
    """What differs from when the result was made; said of an identical result too, briefly."""
    for change in document["versions"]:
        name, made, now = (change["part"], change["made"], change["now"])
        label = PARTS.get(name, Text(name, name))
        if name == "model":
            made, now = made[:12], now[:12]
        yield Text(
            f"{label.zh}版本不同：当时{made or '无'}，现在{now or '无'}",
            f"{label.en} differs: {made or 'none'} then, {now or 'none'} now",
        )
    files = document["program_files"]
    if files:
        zh, en = (first_of(files, MOST_FILES, lang) for lang in ("zh", "en"))
        yield Text(f"改过的程序文件（{PROGRAM}）：{zh}", f"files of the program that changed ({PROGRAM}): {en}")
    if document["posterior_differs"]:
        yield Text("校准（后验）与当时的不同", "the posterior is not that of the result")
    yield from _changed_inputs(document)
    if document["files"] and not _explained(document):
        yield Text(
            "程序、程序库、公布数和先验都与当时相同：请把这个文件夹交给程序维护者核查。",
            "Program, libraries, facts and priors are all the same: please have this folder looked into.",
        )


def _explained(document: Record) -> bool:
    return bool(document["versions"] or document["program_files"] or document["posterior_differs"])


def _changed_inputs(document: Record) -> Iterator[Text]:
    changes = document["input_changes"]
    if changes:
        yield Text(
            "项目里的公布数或先验此后有改动；重算用的是结果自带的（inputs.zip）：",
            "The project's facts or priors have changed since; those of the result were used (inputs.zip):",
        )
        yield from change_lines(changes)
    elif document["inputs_from"] == "project":
        yield Text(
            "inputs.zip 缺失或已损坏；项目里的文件与清单相同，重算用的是它们。",
            "inputs.zip is missing or damaged; the project's files are those of the manifest and were used.",
        )


def change_lines(changes: Sequence[Record], most: int = MOST_CHANGES) -> Iterator[Text]:
    """One line for each changed fact or key, old value first; how many more there are."""
    for change in changes[:most]:
        said = KINDS[change["kind"]]
        place = f"{change['file']} {change['item']}".strip()
        old, new = change["old"], change["new"]
        values_zh = f"：{old or '无'} → {new or '无'}" if old or new else ""
        values_en = f": {old or 'none'} → {new or 'none'}" if old or new else ""
        yield Text(f"  {place}（{said.zh}）{values_zh}", f"  {place} ({said.en}){values_en}")
    if len(changes) > most:
        yield Text(f"  ……共{len(changes)}处，全部见 --json", f"  … {len(changes)} in all, see --json")
