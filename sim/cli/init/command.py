"""`init`: the forms of a new region's pack, to be filled in; or a filled pack put where the program looks for it."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from sim.cli import options
from sim.cli.bilingual import Checked, Refused, language
from sim.cli.inputs import load_pack, refused
from sim.cli.terminal import write_json
from sim.errors import InputError, Problem
from sim.facts.ledger import read_ledger
from sim.facts.rounding import read_rounding
from sim.language import Text
from sim.output.store import REASONS_ZH
from sim.reading.files import decode, read_bytes, shown_path
from sim.reading.source import read
from sim.region.pack import NATION
from sim.region.reading import REFERENCE, world_base_year
from sim.resources import data_path

#: Folder of the forms inside `calibration/`; its name is none that a region may have.
TEMPLATE = "_template"
#: File of a pack -> the pieces it is made of; `{cells}` is the number of production cells.
FORMS: Mapping[str, tuple[str, ...]] = {
    "region.yaml": ("region_top.yaml", "region_cells_{cells}.yaml", "region_bottom.yaml", "region_marine_{cells}.yaml"),
    "base_year.yaml": (
        "base_year_facts.yaml",
        "base_year_marine_{cells}.yaml",
        "base_year_assumptions.yaml",
        "base_year_assumptions_{cells}.yaml",
        "base_year_composition_{cells}.yaml",
    ),
    "priors.yaml": ("priors_parameters.yaml", "priors_cells_{cells}.yaml", "priors_bounded.yaml"),
    "sources.yaml": ("sources.yaml",),
    "facts.csv": ("facts.csv", "facts_{cells}.csv"),
    "targets/plan.yaml": ("targets.yaml",),
}
#: What marks a line of the forms whose words are still those of the form.
TO_REWRITE = "待改写"
SPAN = 5  # years of a plan, whose average growth the forms ask for
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
#: What a pack may consist of, as patterns below its folder.
PACK_FILES = ("*.yaml", "facts.csv", "targets/*.yaml")


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        zh = f"“{value}”应为小写字母、数字和下划线，以字母开头，如 my_city"
        raise Refused(Text(zh, f"'{value}' must be lower-case letters, digits and underscores, such as my_city"))
    return value


def _label(value: str) -> str:
    if not value.strip() or any(ord(character) < ord(" ") for character in value):
        raise Refused(Text("名称不能为空，也不能换行", "a label must not be empty nor hold a line break"))
    return value.strip()


@options.command(
    Text(
        zh="为一个新地区写一套待填的地区包：每行注释说明填什么、数在哪个部门。填法见 docs/region.md。",
        en="Write the forms of a new region's pack; comments say what to fill in and which office has it.",
    )
)
@options.argument("region", Text("地区编号，如 my_city", "id of the region, such as my_city"), type=Checked(_name))
@options.option("--label", metavar="NAME", type=Checked(_label), text=Text("地区名称，印在表上", "the region's name"))
@options.option(
    "--base-year",
    metavar="YEAR",
    default=2020,
    type=options.whole_number(options.FIRST_YEAR, options.LAST_YEAR),
    text=Text("基年（默认 2020，目前只有这一年的外部世界）", "base year (default 2020, the only one so far)"),
)
@options.option(
    "--cells",
    metavar="3|7",
    default="3",
    type=options.choice(("3", "7")),
    text=Text("部门数：3 三次产业；7 另分制造业和海洋（默认 3）", "cells: 3, or 7 with manufacturing and marine"),
)
@options.option(
    "--from",
    "filled",
    metavar="DIR",
    type=Checked(Path),
    text=Text("不写空表，放入这个文件夹里填好的一套", "put the filled pack of this folder instead of blank forms"),
)
@options.option(
    "--out",
    metavar="DIR",
    type=Checked(Path),
    text=Text("写到哪个文件夹（默认 calibration/<地区编号>）", "folder to write (default calibration/<region>)"),
)
@options.option("--force", is_flag=True, text=Text("改写已有的地区包", "overwrite the files of an existing pack"))
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    region: str,
    label: str | None,
    base_year: int,
    cells: str,
    filled: Path | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write a region pack. With `--json` what was written is one document, see `_record`."""
    _check_region(region, base_year)
    files = blank_forms(region, label or region, base_year, cells) if filled is None else filled_pack(filled, region)
    folder = out or data_path("calibration", region)
    write_pack(folder, files, force)
    written = Written(region, folder, files, out is None)
    if as_json:
        write_json(_record(written))
        return
    program = "python run.py" if ctx.find_root().info_name is None else str(ctx.find_root().info_name)
    click.echo(_report(written, program).pick(language(ctx)))


def _check_region(region: str, base_year: int) -> None:
    """Refuse names that facts of nation, province and world carry, and years without a world."""
    calibration = data_path("calibration")
    facts = read_ledger(calibration / REFERENCE / "facts.csv", read_rounding(calibration / "rounding.yaml")).facts
    if region in {REFERENCE, NATION, *(fact.region for fact in facts)}:
        raise refused("REGION", f"“{region}”已有他用，请换一个编号", f"'{region}' means something else, choose another")
    world = world_base_year(calibration)
    if world not in (None, base_year):
        zh = f"外部世界（全国、世界贸易、价格、汇率）只校准了 {world} 年，基年只能是 {world}"
        raise refused("--base-year", zh, f"the world outside is calibrated for {world} only")


def blank_forms(region: str, label: str, base_year: int, cells: str) -> dict[str, bytes]:
    """The forms of a pack by name of the file, with the region's name and years put in."""
    following = base_year + 1
    quoted = {
        "QUOTED_LABEL": label,
        "QUOTED_LABEL_EN": region.replace("_", " ").title(),
        "BULLETIN": f"{base_year}年{label}国民经济和社会发展统计公报",
        "REPORT": f"{following}年{label}政府工作报告",
        "CENSUS": f"{label}第七次全国人口普查公报",
        "BUREAU": f"{label}统计局",
        "GOVERNMENT": f"{label}人民政府",
    }
    words = {
        name: json.dumps(text, ensure_ascii=False) for name, text in quoted.items()
    }  # valid YAML, whatever it holds
    words |= {"REGION": region, "LABEL": label, "YEAR": str(base_year), "NEXT": str(following)}
    words["SPAN"] = f"{following - SPAN}-{base_year}"

    def filled(pieces: tuple[str, ...]) -> str:
        text = "".join(_piece(piece.format(cells=cells)) for piece in pieces)
        return re.sub(r"@([A-Z_]+)@", lambda match: words[match[1]], text)

    encodings = {"facts.csv": "utf-8-sig"}  # Excel needs the mark to see Chinese
    return {name: filled(pieces).encode(encodings.get(name, "utf-8")) for name, pieces in FORMS.items()}


def _piece(name: str) -> str:
    """The text of a piece, nothing where only the larger form has one."""
    path = data_path("calibration", TEMPLATE, name)
    return decode(read_bytes(path), shown_path(path)).replace("\r\n", "\n") if path.exists() else ""


def filled_pack(folder: Path, region: str) -> dict[str, bytes]:
    """The files of a pack that somebody has filled in; raises InputError when it is not one of this region."""
    source = read(folder / "region.yaml")
    found = source.data.get("id") if isinstance(source.data, dict) else None
    if found != region:
        text = Text(f"这是“{found}”的地区包，应为“{region}”", f"this is the pack of '{found}', not '{region}'")
        raise InputError(source.problem(("id",), text))
    paths = sorted(path for pattern in PACK_FILES for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): read_bytes(path) for path in paths}


def write_pack(folder: Path, files: Mapping[str, bytes], force: bool) -> None:
    """Write a new folder whole or not at all; with `force` the files of an existing pack, one by one."""
    if folder.is_file():
        text = Text("是文件，应为文件夹", "is a file, a folder is needed")
        raise InputError(Problem(shown_path(folder), None, None, "", text))
    taken = folder.exists() and any(folder.iterdir())
    if taken and not (force and (folder / "region.yaml").is_file()):
        zh = "已有内容，不会改写；改写已有的地区包请加 --force" if not force else "不是地区包，不会改写"
        en = "is not empty; overwrite an existing pack with --force" if not force else "is not a region pack"
        raise InputError(Problem(shown_path(folder), None, None, "", Text(zh, en)))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (temporary / name).parent.mkdir(exist_ok=True)
                (temporary / name).write_bytes(content)
            _place(temporary, folder, files, taken)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        why = error.strerror or str(error)
        text = Text(f"写不进去：{REASONS_ZH.get(error.errno or 0, why)}", f"cannot write: {why}")
        raise InputError(Problem(shown_path(folder), None, None, "", text)) from error


def _place(temporary: Path, folder: Path, files: Mapping[str, bytes], taken: bool) -> None:
    if taken:
        for name in files:
            (folder / name).parent.mkdir(exist_ok=True)
            os.replace(temporary / name, folder / name)
        return
    temporary.chmod(0o755)
    if folder.exists():
        folder.rmdir()  # empty; Windows does not rename onto a folder
    os.replace(temporary, folder)


@dataclass(frozen=True, slots=True)
class Written:
    """A pack that has just been written; `found` says whether the program looks for it there."""

    region: str
    folder: Path
    files: Mapping[str, bytes]
    found: bool


def _marks(files: Mapping[str, bytes]) -> dict[str, int]:
    """Lines by file that still hold the words of the form."""
    lines = {name: content.decode("utf-8-sig").splitlines() for name, content in files.items()}
    marked = {
        name: sum(TO_REWRITE in line and not line.startswith("#") for line in text) for name, text in lines.items()
    }
    return {name: count for name, count in marked.items() if count}


def _record(written: Written) -> dict[str, object]:
    """Folder and files; `to_fill` counts cells to be filled in or mended, null for a folder not looked into.

    `to_rewrite` counts, by file, lines whose words are still those of the form.
    """
    return {
        "region": written.region,
        "folder": shown_path(written.folder),
        "files": list(written.files),
        "to_fill": len(_problems(written.region)) if written.found else None,
        "to_rewrite": _marks(written.files),
    }


def _report(written: Written, program: str) -> Text:
    """What was written, what is left to do in it, and the command that says whether it is done."""
    shown = shown_path(written.folder)
    zh = [f"已写好 {shown}：{'、'.join(written.files)}"]
    en = [f"Written: {shown}: {', '.join(written.files)}"]
    marks = _marks(written.files)
    problems = _problems(written.region) if written.found else ()
    if problems:
        zh.append(
            f"待填或待改 {len(problems)} 格，运行下面的命令会逐行列出；没有的数删去整行，并在 base_year.yaml 写 null"
        )
        en.append(f"{len(problems)} cells to be filled in or mended; the command below lists them row by row")
    if marks:
        listed = [f"{name} {count} 处" for name, count in marks.items()]
        zh.append(f"标“{TO_REWRITE}”的出处要换成本地的依据：{'、'.join(listed)}")
        en.append(
            f"marked {TO_REWRITE}, to be put in your own words: {', '.join(f'{n} {c}' for n, c in marks.items())}"
        )
    follows = f"run --region {written.region}" if written.found else f"init {written.region} --from {shown}"
    zh.append(f"填好后：{program} {follows}")
    en.append(f"Then: {program} {follows}")
    return Text("\n".join(zh), "\n".join(en))


def _problems(region: str) -> tuple[Problem, ...]:
    """What the pack's own checks still find."""
    try:
        load_pack(region)
    except InputError as error:
        return error.problems
    return ()
