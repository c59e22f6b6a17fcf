"""What determines the numbers of a sweep, and which part of it differs from that of a stored one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sim.errors import InputError, Problem
from sim.language import Text
from sim.output.store import NO_NUMBER, digest, model_hash, pack_hashes, to_json
from sim.scenario.load import resolved_text
from sim.sweep.identity import identity
from sim.sweep.parts import FIGURES, MEASURES, Sweep

#: Format of the store; 1 kept points as lines of text.
FORMAT = 2
#: Where a value stands in a file and what a scenario is called change no number.
_WORDS = NO_NUMBER | {"label", "name"}

_PARTS = {
    "spec": Text("清单", "sweep file or options"),
    "scenario": Text("基准情景", "base scenario"),
    "inputs": Text("事实与先验文件", "facts and priors"),
    "model": Text("程序本身", "the program itself"),
    "versions": Text("程序库版本", "versions of libraries"),
}


def manifest_of(sweep: Sweep) -> dict[str, Any]:
    """The manifest of a sweep, as plain values; no clock, user name or path of this machine."""
    plan = sweep.plan
    scenario = resolved_text(sweep.base)
    computing = {part: value for part, value in identity().items() if part != "model"}
    return {
        "format": FORMAT,
        "spec": {
            "name": sweep.name,
            "region": plan.pack.id,
            "draws": plan.draws,
            "seed": plan.seed,
            "as_of": plan.known_until,
            "posterior": None if plan.posterior is None else plan.posterior.key,
            "horizon": plan.horizon,
            "targets": [target.id for target in sweep.targets],
            "indicators": list(sweep.indicators),
            "years": list(sweep.years),
            "together": [sweep.targets[place].id for place in sweep.together],
            "axes": [{"id": axis.id, "values": list(axis.values) or [axis.low, axis.high]} for axis in sweep.axes],
            "design": [dict(part) for part in sweep.design.made],
            "points": sweep.size,
            "rows": digest(sweep.design.rows.astype("<f8").tobytes()),
            "measures": [*MEASURES, *FIGURES],
        },
        "scenario": {key: value for key, value in scenario.items() if key not in _WORDS},
        "inputs": pack_hashes(plan),
        "model": model_hash(),
        "versions": computing,
    }


def require_same(content: bytes, manifest: Mapping[str, Any], shown: str) -> None:
    """Raise InputError unless the stored manifest `content` is this one; say which parts differ."""
    try:
        stored = json.loads(content)
        assert isinstance(stored, dict)
    except (ValueError, AssertionError):
        text = Text(
            "不是批量测算的记录，或已损坏；请换一个 --out",
            "not the manifest of a sweep, or damaged; choose another --out",
        )
        raise InputError(Problem(shown, None, None, "", text)) from None
    if stored.get("spec") is None:
        text = Text(
            "文件夹里是另一种结果，不是批量测算；请换一个 --out",
            "the folder holds a result of another kind, not a sweep; choose another --out",
        )
        raise InputError(Problem(shown, None, None, "", text))
    manifest = json.loads(to_json(manifest))
    if stored.get("format") != manifest["format"]:
        raise InputError(Problem(shown, None, None, "format", _of_another_format(stored.get("format"))))
    changed = [part for part in manifest if stored.get(part) != manifest[part]]
    if changed:
        raise InputError([Problem(shown, None, None, part, _changed(part, stored, manifest)) for part in changed])


def _of_another_format(stored: Any) -> Text:
    """A store that this program cannot read; what else differs does not matter then."""
    return Text(
        f"文件夹里的点由另一版程序存下（存储格式 {stored}，本程序为 {FORMAT}），不能续算；"
        "请用原来的版本续算，或换一个 --out 重新测算",
        f"the points were stored by another version of the program (format {stored}, this one writes {FORMAT}); "
        "go on with that version, or choose another --out",
    )


def _changed(part: str, stored: Mapping[str, Any], manifest: Mapping[str, Any]) -> Text:
    old, new = stored.get(part), manifest[part]
    keys: list[str] = []
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        keys = [key for key in keys if key != "rows"] or keys  # they follow from the design
    name = _PARTS[part]
    where_zh, where_en = (f"（{'、'.join(keys)}）", f" ({', '.join(keys)})") if keys else ("", "")
    return Text(
        f"{name.zh}{where_zh}与已存的点不同，不能续算，以免混入；请改回原样，或换一个 --out",
        f"{name.en}{where_en}: not what the stored points were computed with; change it back, or choose another --out",
    )
