"""A finished result of `run` as it lies in its folder: its manifest, checked whole, and what it was made from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from sim.errors import InputError, Problem, unknown_name
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.output.inputs_archive import WORDS, Archive, is_inside, read_archive
from sim.output.store import DOCUMENT, FORMAT, INPUTS, MANIFEST, SYSTEM_FILES, digest, fingerprint
from sim.randomness import SOURCES
from sim.reading.files import shown_path
from sim.reading.source import StrictModel, YamlSource, read, validate
from sim.scenario.load import Scenario, scenario_of

Hash = Annotated[str, StringConstraints(pattern=r"\A[0-9a-f]{64}\z")]
Name = Annotated[str, StringConstraints(pattern=r"\A[A-Za-z0-9_]{1,100}\z")]
_OTHERS = {"comparison": "compare", "compared": "compare", "spec": "sweep"}
_KINDS = {
    "calibration": "calibrate",
    "revision": "compare",
    "sensitivity": "sensitivity",
    "solve": "solve",
    "target-values": "solve --target-values",
    "required-path": "solve --required-path",
}


class WrittenFile(StrictModel):
    """Which files the run wrote, and in what words."""

    lang: Literal["zh", "en"]
    figures: bool
    fan: str | None
    keep: bool
    budget: bool
    inflate: bool
    fingerprint: Hash


class ManifestFile(StrictModel):
    """manifest.json of a run."""

    format: int
    region: Name
    scenario: dict[str, Any]
    inputs: dict[str, Hash] = Field(min_length=1)
    model: Hash
    seed: int = Field(ge=0)
    draws: int = Field(ge=1)
    as_of: int
    posterior: str | None
    horizon: int
    sources: list[str]
    python: str
    machine: str
    packages: dict[str, str]
    warnings: list[str]
    written: WrittenFile
    outputs: dict[str, Hash]


@dataclass(frozen=True, slots=True)
class Stored:
    """A result folder with a whole manifest; what else lies in it may still be damaged.

    shown : the folder as people see it; key : fingerprint of all that determines the numbers.
    """

    folder: Path
    shown: str
    manifest: ManifestFile
    scenario: Scenario
    key: str

    @property
    def program(self) -> tuple[object, ...]:
        """What the numbers depend on beside the inputs: the program, Python, its packages and the machine."""
        found = self.manifest
        return (found.model, found.python, found.machine, tuple(sorted(found.packages.items())))

    def damaged(self) -> list[str]:
        """Files of the result that are missing, cannot be read, or are not as they were written."""
        return [name for name, value in sorted(self.manifest.outputs.items()) if self._digest(name) != value]

    def strange(self) -> list[str]:
        """Files in the folder that the manifest does not name."""
        names = [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*")) if p.is_file()]
        known = {*self.manifest.outputs, MANIFEST}
        return [n for n in names if n not in known and n.rpartition("/")[2] not in SYSTEM_FILES and n[0] != "."]

    def _digest(self, name: str) -> str | None:
        path = self.folder / name
        try:
            return digest(path.read_bytes()) if path.is_file() else None  # a pipe would wait for somebody to write
        except OSError:
            return None

    def archive(self) -> Archive:
        """The facts and priors it was made from; raises InputError where they are missing or not those."""
        found = read_archive(self.folder / INPUTS)
        hashes = found.hashes()
        listed = self.manifest.inputs
        names = {*listed, *hashes} - (set(WORDS) - set(listed))
        wrong = [name for name in sorted(names) if hashes.get(name) != listed.get(name)]
        if wrong:
            shown = "、".join(wrong[:5])
            zh = f"包内的文件与清单不符：{shown}"
            text = Text(zh, f"members are not those of the manifest: {', '.join(wrong[:5])}")
            raise InputError(Problem(f"{self.shown}/{INPUTS}", None, None, "", text))
        return found


def read_stored(folder: Path) -> Stored:
    """Read the manifest of a result of `run`; raises InputError with every problem of it."""
    shown = shown_path(folder)
    _require_folder(folder, shown)
    source = read(folder / MANIFEST)
    _require_run(source)
    found = validate(source, ManifestFile)
    key = fingerprint(source.data)
    if key != found.written.fingerprint:
        text = Text("清单写成后被改动过，或已损坏", "the manifest was changed after it was written, or is damaged")
        raise InputError(source.problem((), text))
    problems = _troubles(source, found)
    if problems:
        raise InputError(problems)
    try:
        scenario = scenario_of(found.scenario)
    except InputError as error:
        told = [Problem(source.shown, p.line, p.column, p.key or "scenario", p.text) for p in error.problems]
        raise InputError(told) from None
    return Stored(folder, shown, found, scenario, key)


def _require_folder(folder: Path, shown: str) -> None:
    """Raises InputError for what is no folder, or holds no manifest."""
    zh = en = ""
    if os.path.isfile(folder):
        zh, en = "这是文件；请给结果文件夹，而不是其中的文件", "this is a file; name the folder of the result"
    elif not os.path.isdir(folder):
        zh, en = "没有这个文件夹", "there is no such folder"
    elif not os.path.isfile(folder / MANIFEST):
        zh = f"其中没有 {MANIFEST}，不是 run 写完的结果文件夹"
        en = f"it holds no {MANIFEST}: not the folder of a finished run"
    if zh:
        raise InputError(Problem(shown, None, None, "", Text(zh, en)))


def _require_run(source: YamlSource) -> None:
    """Raises InputError for the manifest of another command or of another version of the program."""
    data = source.data
    if not isinstance(data, Mapping):
        text = Text("不是结果的清单，或已损坏", "not the manifest of a result, or damaged")
        raise InputError(source.problem((), text))
    other = next((command for key, command in _OTHERS.items() if key in data), None)
    other = _KINDS.get(str(data.get("kind")), other)
    if other is not None:
        zh = f"这是 {other} 写的结果；这里需要 run 写的结果文件夹"
        raise InputError(source.problem((), Text(zh, f"written by {other}; a result of run is needed here")))
    made = data.get("format")
    if type(made) is int and made < FORMAT:
        zh = f"由较早版本的程序写成（清单格式{made}，现为{FORMAT}），没有保存公布数和先验，不能重算；请重新运行 run"
        en = f"written by an earlier program (format {made}, now {FORMAT}) that kept no facts and priors; run it anew"
        raise InputError(source.problem(("format",), Text(zh, en)))
    if type(made) is int and made > FORMAT:
        zh = f"由较新版本的程序写成（清单格式{made}，本程序为{FORMAT}）；请用写它的版本"
        en = f"written by a later program (format {made}, this one has {FORMAT}); use the version that wrote it"
        raise InputError(source.problem(("format",), Text(zh, en)))


def _troubles(source: YamlSource, found: ManifestFile) -> list[Problem]:
    """What no manifest of a run says: names outside its folder, unknown sources, a run without a document."""
    outside = Text("文件名超出了文件夹", "the name leaves the folder")
    problems = [
        source.problem((section, name), outside, at_key=True)
        for section, names in (("inputs", found.inputs), ("outputs", found.outputs))
        for name in names
        if not is_inside(name)
    ]
    for name in (DOCUMENT, INPUTS):
        if name not in found.outputs:
            text = Text(f"清单中没有 {name}，结果不完整", f"{name} is not listed: the result is not whole")
            problems.append(source.problem(("outputs",), text))
    for i, name in enumerate(found.sources):
        if name not in SOURCES:
            text = Text(f"未知的不确定性来源“{name}”", f'unknown source of uncertainty "{name}"')
            problems.append(source.problem(("sources", i), text))
    fan = found.written.fan
    if fan is not None and fan not in INDICATORS:
        problems.append(source.problem(("written", "fan"), unknown_name(fan, INDICATORS)))
    if found.horizon <= found.as_of:
        text = Text("期末应晚于数据截止年", "the horizon must be later than the last year of figures")
        problems.append(source.problem(("horizon",), text))
    return problems
