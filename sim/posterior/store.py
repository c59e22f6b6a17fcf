"""Posteriors in files: small, byte-identical for the same posterior, and refused where damaged."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import InputError, Problem
from sim.language import Text
from sim.posterior.posterior import Component, Posterior
from sim.posterior.scores import Restriction, Score
from sim.reading.files import shown_path

FORMAT = 1
_HEAD = "head"


def write_arrays(path: Path, arrays: Mapping[str, Any], compression: int = zipfile.ZIP_STORED) -> None:
    """Write arrays as .npz with fixed dates, one member after another: byte-identical, one array in memory."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name in sorted(arrays):
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.compress_type = compression
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(info, buffer.getvalue())


def write_posterior(path: Path, posterior: Posterior) -> None:
    """Write a posterior: directions in single, moves in half precision, a twentieth of an error of the tightest fact.

    To a temporary name beside `path`, then renamed.
    """
    whose = np.zeros(posterior.members, dtype=np.uint8)
    arrays: dict[str, Any] = {}
    for i, one in enumerate(posterior.components):
        whose[one.members] = i
        arrays[f"directions_{i}"] = one.directions.astype(np.float32)
        with np.errstate(under="ignore"):  # moves too small for half precision are none
            arrays[f"moves_{i}"] = one.moves.astype(np.float16)
    head = {
        "format": FORMAT,
        "as_of": posterior.as_of,
        "key": posterior.key,
        "seed": posterior.seed,
        "members": posterior.members,
        "scores": [[s.source, s.stream, s.row] for s in posterior.scores],
        "components": [
            [c.name, c.weight, [[r.source, r.stream, r.row, r.low, r.high] for r in c.restrictions]]
            for c in posterior.components
        ],
        "facts": list(posterior.facts),
        "record": posterior.record,
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    arrays |= {"component": whose, _HEAD: np.frombuffer(text, dtype=np.uint8)}
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    write_arrays(temporary, arrays, zipfile.ZIP_DEFLATED)
    temporary.replace(path)


def read_posterior(path: Path) -> Posterior:
    """Read a posterior as it was written. Raises InputError for a file that is not one, or is damaged."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        head = json.loads(arrays[_HEAD].tobytes().decode("utf-8"))
        if head["format"] != FORMAT:
            raise ValueError(f"format {head['format']}")
        return _made(head, arrays)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        EOFError,
        AttributeError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        zh = f"不是校准结果文件，或已损坏：{type(error).__name__}"
        text = Text(zh, f"not a file of a calibration, or damaged: {type(error).__name__}")
        raise InputError(Problem(shown_path(path), None, None, "", text)) from error


def _made(head: Mapping[str, Any], arrays: Mapping[str, Any]) -> Posterior:
    whose = arrays["component"]
    components = tuple(
        Component(
            name,
            float(weight),
            tuple(Restriction(source, stream, row, low, high) for source, stream, row, low, high in rows),
            arrays[f"directions_{i}"].astype(np.float64),
            np.flatnonzero(whose == i),
            arrays[f"moves_{i}"].astype(np.float64),
        )
        for i, (name, weight, rows) in enumerate(head["components"])
    )
    whole = all(isinstance(head[name], int) for name in ("as_of", "seed", "members"))
    if not whole or len(whose) != head["members"] or sum(len(one.members) for one in components) != len(whose):
        raise ValueError("members")
    for one in components:
        if one.moves.shape != (one.directions.shape[1], len(one.members)) or len(one.directions) != len(head["scores"]):
            raise ValueError("shapes")
    scores = tuple(Score(source, stream, row) for source, stream, row in head["scores"])
    return Posterior(
        head["as_of"],
        head["key"],
        head["seed"],
        head["members"],
        scores,
        components,
        tuple(head["facts"]),
        head["record"],
    )
