"""Finished results to make again and to compare: how tests make, copy and change them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import sim.resources
from sim.cli.compare.results import compare_results
from sim.cli.compare.revision import print_revision
from sim.output.store import DOCUMENT, MANIFEST, digest, fingerprint, to_json
from tests.running import FEW, call

PROJECT = Path(__file__).resolve().parents[1]


def result(folder: Path, *arguments: str) -> Path:
    """A finished run in `folder`."""
    code, _, err = call("run", *FEW, *arguments, "--json", "--out", str(folder))
    assert (code, err) == (0, "")
    return folder


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def signed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Change a manifest as another program or another run would have written it: its fingerprint fits."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    manifest["written"]["fingerprint"] = fingerprint(manifest)
    path.write_text(to_json(manifest), encoding="utf-8")
    return folder


def rewritten(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Change the document of a result together with its hash in the manifest."""
    path = folder / DOCUMENT
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(to_json(document), encoding="utf-8")
    return signed(folder, lambda manifest: manifest["outputs"].update({DOCUMENT: digest(path.read_bytes())}))


def other_program(folder: Path) -> Path:
    """A result as if another version of the program had written it."""
    return signed(folder, lambda manifest: manifest.update(model="0" * 64))


def own_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's data that commands use from now on; returns its calibration folder."""
    for name in ("calibration", "scenarios"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("posterior", "proof", "provinces"))
    monkeypatch.setattr(sim.resources, "_PACKAGE", folder / "sim")
    return folder / "calibration"


def replaced(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def replay(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a replay."""
    return call("run", "--replay", str(folder), *arguments)


def commented(path: Path) -> None:
    """Put a comment before a file, which changes its bytes and no value."""
    path.write_bytes("# 说明\n".encode() + path.read_bytes())


def revised(*folders: Path, out: Path | None = None) -> dict[str, Any]:
    """The document of a comparison of finished results."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with redirect_stdout(stream), redirect_stderr(io.StringIO()):
        compare_results([str(folder) for folder in folders], "zh", True, out)
    document: dict[str, Any] = json.loads(stream.buffer.getvalue())  # type: ignore[attr-defined]
    return document


def printed(document: dict[str, Any], newer: Path, lang: str = "zh") -> str:
    """What such a comparison prints."""
    stream = io.StringIO()
    with redirect_stdout(stream):
        print_revision(document, json.loads((newer / DOCUMENT).read_text(encoding="utf-8"))["targets"], lang)
    return stream.getvalue()
