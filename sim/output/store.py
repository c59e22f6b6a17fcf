"""Results on disk: a folder that is written whole or not at all, with a manifest that says what made it."""

from __future__ import annotations

import csv
import errno
import hashlib
import importlib.metadata
import io
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.experiment.plan import Plan
from sim.language import Text
from sim.output.contributions import FILE as CONTRIBUTIONS
from sim.output.contributions import HEADER as OF_CONTRIBUTIONS
from sim.output.contributions import contribution_rows
from sim.output.document import QUANTILE_NAMES
from sim.region.pack import Pack
from sim.region.reading import REFERENCE
from sim.scenario.load import resolved_text
from sim.second_opinion.table import MET_FILE
from sim.targets import target_files

#: Format of a run's manifest; 2 adds `written` and the folder's INPUTS, without which a run cannot be made again.
FORMAT = 2
PACKAGES = ("numpy", "scipy", "pandas", "matplotlib", "pydantic", "PyYAML", "click")
MANIFEST = "manifest.json"
DOCUMENT = "result.json"
INPUTS = "inputs.zip"
#: What a run writes, and what systems leave in folders that people look into.
OWN_FILES = frozenset(
    (
        MANIFEST, DOCUMENT, INPUTS, "targets.csv", "indicators.csv", CONTRIBUTIONS, "midterm.csv", "error_budget.csv",
        "draws.npz",
    )
)  # fmt: skip
OWN_FOLDERS = ("figures/",)
#: Data of all regions that determine numbers, or which figures count.
SHARED = ("definitions", "model_error", "reporting_error", "rounding", "world")
#: Keys of a resolved scenario that change no number: where its values stand, and words around them.
NO_NUMBER = frozenset(("asked_by", "files", "origins", "question", "rests_on"))
#: Rooms that print or set numbers and make none.
SHOWN_BY = frozenset(("cli", "material", "report", "native", "word", "workbook", "webpage"))
SYSTEM_FILES = frozenset(("Thumbs.db", "desktop.ini"))


#: What the system says of a folder that cannot be written, in Chinese.
REASONS_ZH = {
    errno.ENOSPC: "磁盘已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘只读",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
}


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def text_digest(path: Path) -> str:
    """SHA-256 of a text file with line ends made alike, so that a checkout on Windows gives the same."""
    return digest(path.read_bytes().replace(b"\r\n", b"\n"))


def pack_files(pack: Pack) -> dict[str, Path]:
    """Every data file that determines the numbers, by name inside the calibration folder."""
    calibration = pack.folder.parent
    city = pack if pack.surroundings is None else pack.surroundings
    folders = {pack.folder, city.folder, *(district.folder for district in city.districts), calibration / REFERENCE}
    files = [path for folder in sorted(folders) for end in ("yaml", "csv") for path in sorted(folder.glob(f"*.{end}"))]
    files += [path for path in (calibration.joinpath(*MET_FILE),) if path.exists()]
    files += [*target_files(pack), *(path for name in SHARED if (path := calibration / f"{name}.yaml").exists())]
    return {path.relative_to(calibration).as_posix(): path for path in files}


def pack_hashes(plan: Plan) -> dict[str, str]:
    """Hash of every data file that determines the numbers, by name inside the calibration folder."""
    return {name: text_digest(path) for name, path in pack_files(plan.pack).items()}


def program_hashes() -> dict[str, str]:
    """Hash of every file of the program's own source, commands included, by name inside `sim/`."""
    root = Path(__file__).parent.parent
    files = sorted(p for p in root.rglob("*.py") if "_data" not in p.parts)
    return {p.relative_to(root).as_posix(): text_digest(p) for p in files}


def model_hash() -> str:
    """Hash of the program's own source without what only shows finished results and makes none."""
    files = program_hashes()
    return digest("\n".join(f"{name} {files[name]}" for name in files if name.split("/")[0] not in SHOWN_BY).encode())


def manifest(plan: Plan, index: int, as_of: int, warnings: Sequence[str]) -> dict[str, Any]:
    """What determines the numbers of one scenario of a plan; no clock, user name or absolute path.

    A run adds `written`, which files it wrote and in what words, so that they can be made again: no number.
    """
    scenario = plan.scenarios[index]
    return {
        "format": FORMAT,
        "region": plan.pack.id,
        "scenario": resolved_text(scenario),
        "inputs": pack_hashes(plan),
        "model": model_hash(),
        "seed": plan.seed,
        "draws": plan.draws,
        "as_of": as_of,
        "posterior": None if plan.posterior is None else plan.posterior.key,
        "horizon": plan.horizon,
        "sources": sorted(plan.sources),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "warnings": list(warnings),
    }


def fingerprint(document: Mapping[str, Any]) -> str:
    """Hash of everything in a manifest that determines the numbers."""
    chosen = {k: v for k, v in document.items() if k not in ("warnings", "written", "outputs")}
    chosen["scenario"] = {k: v for k, v in chosen["scenario"].items() if k not in NO_NUMBER}
    return digest(json.dumps(chosen, sort_keys=True, ensure_ascii=False).encode())


def folder_name(scenario: str, key: str) -> str:
    """`<scenario>-<hash>`, with characters that no file system minds."""
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in scenario)[:60] or "scenario"
    return f"{safe}-{key[:12]}"


def finished(folder: Path, key: str, needed: Sequence[str]) -> bool:
    """Whether a folder holds this very result, whole: every file there, with the hash its manifest gives."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if fingerprint(found) != key:
            return False
        outputs = found["outputs"]
        return all(name in outputs for name in needed) and all(
            digest((folder / name).read_bytes()) == value for name, value in outputs.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def write_folder(
    folder: Path, key: str, force: bool, fill: Callable[[Path], None], document: Mapping[str, Any]
) -> None:
    """Write a result folder: to a temporary name beside it, then renamed.

    `fill(path)` writes the files; the manifest is written last with their hashes. An existing folder is only
    replaced when it is empty, holds the same run, or `force` is given and it is a result of this program.
    """
    may_replace(folder, key, force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    try:
        fill(temporary)
        outputs = {p.relative_to(temporary).as_posix(): digest(p.read_bytes()) for p in _files(temporary)}
        write_text(temporary / MANIFEST, to_json({**document, "outputs": outputs}))
        temporary.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(temporary, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def may_replace(folder: Path, key: str, force: bool) -> None:
    """Raises InputError when a folder holds anything but this run (damaged or not) or, with `force`, another run."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(Problem(str(folder), None, None, "--out", Text("已有同名文件", "a file of that name exists")))
    if not any(folder.iterdir()):
        return
    made, written = _made(folder)
    names = {path.relative_to(folder).as_posix() for path in _files(folder)}
    strange = [n for n in names - written - OWN_FILES - SYSTEM_FILES if not n.startswith((".", *OWN_FOLDERS))]
    ours = not strange and bool(names & {MANIFEST, DOCUMENT})
    if ours and (force or made == key):
        return
    if ours:
        text = Text(
            "文件夹里已有另一次测算的结果；换一个 --out，或用 --force 覆盖",
            "the folder holds the result of another run; choose another --out, or overwrite it with --force",
        )
    else:
        text = Text(
            "文件夹里有不是本程序写的文件，不会覆盖；请换一个 --out",
            "the folder holds files this program did not write; choose another --out",
        )
    raise InputError(Problem(str(folder), None, None, "--out", text))


def _made(folder: Path) -> tuple[str, set[str]]:
    """Fingerprint and files of the run that a folder holds; nothing when its manifest cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return fingerprint(found), set(found["outputs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", set()


def _unwritable(folder: Path, error: OSError) -> InputError:
    why = error.strerror or str(error)
    zh = REASONS_ZH.get(error.errno or 0, why)
    text = Text(f"写不进去：{zh}。请检查权限和剩余空间", f"cannot write: {why}. Check permissions and free space")
    return InputError(Problem(str(folder), None, None, "--out", text))


def to_json(document: object) -> str:
    """JSON text with sorted keys and a final line end; the same bytes on every machine."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write text with line feeds, through a temporary name."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(text.encode(encoding))
    os.replace(temporary, path)


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table that Excel opens: UTF-8 with a byte-order mark, CRLF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, stream.getvalue(), "utf-8-sig")


def cell(value: object) -> object:
    """A value as it stands in a CSV cell: nothing for None, lists joined, and no text that Excel would run."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, str) and value[:1] in ("=", "@", "\t", "\r"):
        return "'" + value
    return value


def write_tables(folder: Path, document: Mapping[str, Any]) -> None:
    """Write targets.csv, indicators.csv and, where growth was accounted for, contributions.csv of a run's document."""
    targets = [
        {
            **t,
            "first_year": (t["first_year"] or {}).get("p50"),
            "never": (t["first_year"] or {}).get("never"),
            "second_opinion": (t["second_opinion"] or {}).get("share"),
            "second_opinion_error": (t["second_opinion"] or {}).get("standard_error"),
            "second_opinion_years": (t["second_opinion"] or {}).get("effective_years"),
        }
        for t in document["targets"]
    ]
    header = list(targets[0]) if targets else ["id"]
    write_csv(folder / "targets.csv", header, [[cell(t[k]) for k in header] for t in targets])
    rows = [
        [document["region"], document["scenario"], r["indicator"], r["unit"], r["year"], name, repr(r[name])]
        for r in document["indicators"]
        for name in (*QUANTILE_NAMES.values(), "mean", "reported")
        if r[name] is not None
    ]
    header = ["region", "scenario", "indicator", "unit", "year", "quantile", "value"]
    write_csv(folder / "indicators.csv", header, rows)
    if document["contributions"]:
        rows = [[cell(value) for value in row] for row in contribution_rows(document)]
        write_csv(folder / CONTRIBUTIONS, OF_CONTRIBUTIONS, rows)
