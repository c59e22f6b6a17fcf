"""A finished result as it lies in its folder, whichever command made it, with every doubt about it put into words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text, clean
from sim.output.store import DOCUMENT, MANIFEST, digest, fingerprint
from sim.reading.files import LARGEST_FILE, shown_path
from sim.sweep.tables import TABLES_LISTED

#: Kinds of results that a report is made from, by the command that makes them.
KINDS = {
    "run": "run",
    "compare": "compare",
    "sensitivity": "sensitivity",
    "solve": "solve",
    "target-values": "solve --target-values",
    "required-path": "solve --required-path",
    "sweep": "sweep",
}
#: Kinds whose manifest says so.
_NAMED = ("sensitivity", "solve", "target-values", "required-path")
#: Results that hold nothing a report shows.
_OTHERS = {"calibration": "calibrate", "revision": "compare A B"}
#: Tables of a sweep that a report reads; that of indicators is there where the sweep asked for some.
SWEEP_TABLES = ("points.csv", "joint.csv")
SWEEP_INDICATORS = "indicators.csv"
#: A result is a few megabytes; a sweep of 100,000 points a few hundred.
_LARGEST = 40 * LARGEST_FILE


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a reader must know about a result before its numbers are used.

    kind : `edited` (a file is not as it was written), `incomplete` (a file is gone), `version` (made by another
    version of the program), `data` (facts or targets have changed since), `mixed` (results that do not go together).
    """

    kind: str
    text: Text

    @property
    def grave(self) -> bool:
        """Whether it stands on the page in red: the numbers may not be what the program computed."""
        return self.kind in ("edited", "incomplete")


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished result.

    kind : a key of KINDS; document : its result.json, empty for a sweep; tables : rows of a sweep's CSV files by
    file name; run_id : the first 12 digits of the hash of everything that determines its numbers.
    """

    folder: Path
    shown: str
    kind: str
    manifest: Mapping[str, Any]
    document: Mapping[str, Any]
    tables: Mapping[str, Sequence[Mapping[str, str]]]
    run_id: str
    doubts: tuple[Doubt, ...]

    @property
    def region(self) -> str:
        """Id of the region pack."""
        return str(self._asked["region"])

    @property
    def as_of(self) -> int:
        """Year up to which published figures were used."""
        return int(self._asked["as_of"])

    @property
    def draws(self) -> int:
        """Number of simulations."""
        return int(self._asked["draws"])

    @property
    def seed(self) -> int:
        """Seed of the random numbers."""
        return int(self._asked["seed"])

    @property
    def _asked(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.manifest["spec"] if self.kind == "sweep" else self.manifest
        return found


def read_finished(folder: Path) -> Finished:
    """Read a result folder; raises InputError for what is no result, has no numbers or is of no use in a report.

    Files that were changed or are gone are no error as long as the numbers can be read: they are `doubts`.
    """
    shown = shown_path(folder)
    if not folder.is_dir():
        raise _refused(shown, "没有这个结果文件夹", "no such result folder")
    manifest = _json(folder / MANIFEST, shown)
    kind = _kind(manifest, shown)
    document = {} if kind == "sweep" else cleaned(_json(folder / DOCUMENT, shown))
    tables = _tables(folder, shown) if kind == "sweep" else {}
    found = Finished(folder, shown, kind, manifest, document, tables, fingerprint(manifest)[:12], ())
    _require_keys(found, shown)
    return Finished(folder, shown, kind, manifest, document, tables, found.run_id, _doubts(found))


def cleaned(value: Any) -> Any:
    """Plain values with every text in them fit for any file: names in a result are whatever somebody wrote."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(part) for part in value]
    if isinstance(value, dict):
        return {key: cleaned(part) for key, part in value.items()}
    return value


def _kind(manifest: Mapping[str, Any], shown: str) -> str:
    if "spec" in manifest:
        return "sweep"
    if "comparison" in manifest:
        return "compare"
    named = manifest.get("kind")
    if named in _NAMED:
        return str(named)
    if named is not None:
        other = _OTHERS.get(named, str(named))
        zh = f"这是 {other} 的结果，报告不用它；可用：{'、'.join(KINDS.values())}"
        raise _refused(shown, zh, f"made by {other}, which a report does not use; of use: {', '.join(KINDS.values())}")
    if "written" in manifest or "scenario" in manifest:
        return "run"
    raise _refused(f"{shown}/{MANIFEST}", "不是本程序的结果清单", "is no manifest of this program")


def _require_keys(found: Finished, shown: str) -> None:
    try:
        known = all(isinstance(value, int | str) for value in (found.region, found.as_of, found.draws, found.seed))
    except (KeyError, TypeError, ValueError):
        known = False
    needed = ("region", "as_of", "draws")
    if not known or (found.document and any(key not in found.document for key in needed)):
        zh, en = (
            "清单或结果缺少必要的内容，可能由很早的版本写成",
            "lacks what a report needs; made by an early version?",
        )
        raise _refused(shown, zh + "；请重新测算", en + " Compute it again")


def _hashes(found: Finished) -> Mapping[str, str]:
    """Hash of every file as it was written; empty where the result does not say. A sweep lists its tables apart."""
    try:
        listed = _json(found.folder / TABLES_LISTED, "") if found.kind == "sweep" else found.manifest.get("outputs")
    except InputError:
        return {}
    return listed if isinstance(listed, dict) else {}


def _doubts(found: Finished) -> tuple[Doubt, ...]:
    outputs = _hashes(found)
    gone = [name for name in sorted(outputs) if not (found.folder / name).is_file()]
    changed = [n for n in sorted(outputs) if n not in gone and digest((found.folder / n).read_bytes()) != outputs[n]]
    doubts = []
    if changed:
        zh = f"结果 {found.folder.name} 的文件写成后被改动过：{_listed(changed)}；以下数字不能保证是测算所得"
        en = f"files of the result {found.folder.name} were changed after they were written: {_listed(changed, ', ')};"
        doubts.append(Doubt("edited", Text(zh, f"{en} the numbers may not be what was computed")))
    written = found.manifest.get("written")
    if isinstance(written, dict) and written.get("fingerprint") != fingerprint(found.manifest):
        zh = f"结果 {found.folder.name} 的清单写成后被改动过；所列设定可能不是测算时的设定"
        en = f"the manifest of {found.folder.name} was changed after it was written: settings may not be those used"
        doubts.append(Doubt("edited", Text(zh, en)))
    if gone or not outputs:
        zh = f"结果 {found.folder.name} 不完整，缺：{_listed(gone) or '各文件的校验值'}"
        en = (
            f"the result {found.folder.name} is incomplete; missing: {_listed(gone, ', ') or 'the hashes of its files'}"
        )
        doubts.append(Doubt("incomplete", Text(zh, en)))
    return tuple(doubts)


def _listed(names: Sequence[str], comma: str = "、") -> str:
    return comma.join(names[:5]) + ("…" if len(names) > 5 else "")


def _json(path: Path, shown: str) -> dict[str, Any]:
    try:
        found = json.loads(_content(path).decode("utf-8"))
    except OSError as error:
        raise _refused(
            shown, f"缺少 {path.name}，结果不完整；请重新测算", f"{path.name} is missing; compute it again"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _refused(
            f"{shown}/{path.name}", "不是完整的 JSON，已损坏；请重新测算", "is damaged (no JSON); compute it again"
        ) from error
    if not isinstance(found, dict):
        raise _refused(f"{shown}/{path.name}", "内容不是结果", "holds no result")
    return found


def _tables(folder: Path, shown: str) -> dict[str, tuple[dict[str, str], ...]]:
    names = [*SWEEP_TABLES, *((SWEEP_INDICATORS,) if (folder / SWEEP_INDICATORS).is_file() else ())]
    return {name: _rows(folder / name, shown) for name in names}


def _rows(path: Path, shown: str) -> tuple[dict[str, str], ...]:
    try:
        text = _content(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(
            shown,
            f"{path.name} 缺失或损坏；请再次运行同一条 sweep",
            f"{path.name} is missing or damaged; run the sweep again",
        ) from error
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise ValueError("too large")
    return path.read_bytes()


def _refused(shown: str, zh: str, en: str) -> InputError:
    return InputError(Problem(shown, None, None, "", Text(zh, en)))
