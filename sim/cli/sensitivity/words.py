"""What inputs are called in the tables of `sensitivity`, and tables that fit the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.facts.provenance import UNITS
from sim.cli.terminal import page, wrap_cells
from sim.indicators.catalogue import INDICATORS
from sim.language import Text
from sim.levers.catalogue import LEVERS, WORLD
from sim.output.layout import fitted, grid
from sim.output.parameter_words import parameter_name
from sim.output.tables import unit_text
from sim.provenance.chance import RAIL_LENGTH
from sim.provenance.inputs import THE_WORLD, WORLD_PREFIX, rest_of
from sim.region.pack import Pack
from sim.sensitivity.screening import Unknown, unknowns_of

NOTHING = Text("", "")


def input_words(pack: Pack) -> dict[str, dict[str, Any]]:
    """By input: `label`, `of` (whose it is) and `record` (what its range in history is) in both languages, `grade` of
    the evidence, and `place` of its line.

    Levers and world assumptions go by `levers.<id>` and `assumptions.<id>`, priors by the names of their streams:
    one of the world has the id of an assumption.
    """
    out: dict[str, dict[str, Any]] = {}
    for section, entries in (("levers", LEVERS), ("assumptions", WORLD)):
        for entry in entries.values():
            seen = NOTHING if section == "assumptions" or entry.history is None else entry.history.source
            out[f"{section}.{entry.id}"] = _record(entry.label, NOTHING, entry.grade, "", seen)
    parts = {part.id: part for part in _parts(pack)}
    for unknown in unknowns_of(pack):
        out[unknown.play.name] = _words(unknown, parts, pack.id)
    return out


def words_key(kind: str, id: str) -> str:
    """Where `input_words` keeps the input of a bar of the tornado."""
    return f"assumptions.{id.removeprefix('world.')}" if kind == "world" else id


def _parts(pack: Pack) -> tuple[Pack, ...]:
    city = pack.whole
    return (pack,) if city is None else (city, *city.districts)


def _record(label: Text, of: Text, grade: str, place: str, record: Text) -> dict[str, Any]:
    texts = {"label": label, "of": of, "record": record}
    both = {key: text.zh for key, text in texts.items()} | {f"{key}_en": text.en for key, text in texts.items()}
    return {**both, "grade": grade, "place": place}


def _words(unknown: Unknown, parts: Mapping[str, Pack], asked: str) -> dict[str, Any]:
    """The short name of a prior, its cell or indicator, and the region where it is not the one asked for."""
    prefix, _, rest = unknown.play.name.partition(".")
    name, _, member = rest.partition(".")
    part = parts.get(prefix)
    label = Text(parameter_name(name), name.replace("_", " "))
    of = THE_WORLD if prefix == WORLD_PREFIX else Text(prefix, prefix) if part is None else rest_of(part)
    if prefix == asked and part is not None and not part.districts:
        of = NOTHING  # nobody takes it for another region's
    if unknown.prior is None:
        label = RAIL_LENGTH
    if member:
        said = _member(member, part)
        zh = f"{said.zh}{label.zh}" if label.zh.startswith("自身") else f"{label.zh}（{said.zh}）"
        label = Text(zh, f"{label.en} ({said.en})")
    return _record(label, of, unknown.play.grade, unknown.play.origin, NOTHING)


def _member(member: str, part: Pack | None) -> Text:
    """A cell, an indicator or a line."""
    if part is not None:
        for one in (*((cell.id, cell.label) for cell in part.cells), *((line.id, line.label) for line in part.rail)):
            if one[0] == member:
                return one[1]
    return INDICATORS[member].label if member in INDICATORS else Text(member, member)


def setting_text(bar: Mapping[str, Any], lang: str) -> str:
    """The two values of an input with their unit, digits as their distance calls for."""
    spread = abs(bar["high"] - bar["low"])
    digits = 0 if spread >= 20 else 1 if spread >= 2 else 2 if spread >= 0.2 else 3 if spread >= 0.02 else 4
    low, high = (f"{bar[end]:.{digits}f}".replace("-", "−") for end in ("low", "high"))
    english = bar["unit_en"] if bar["unit_en"] != bar["unit"] else unit_text(bar["unit"], "en")
    unit = UNITS.get(bar["unit"], Text(bar["unit"], english)).pick(lang)
    return f"{low} → {high} {unit}".rstrip()


def grid_lines(header: Sequence[str], rows: Sequence[Sequence[str]], most: Sequence[int], lang: str) -> list[str]:
    """A table whose widest columns give way where the page is narrow."""
    widths = fitted(list(zip(header, *rows, strict=True)), [4] * len(most), most)
    over = sum(widths) + 2 * (len(widths) - 1) - page()
    while over > 0 and max(widths) > 12:
        widest = widths.index(max(widths))
        widths[widest] -= 1
        over -= 1
    return grid(header, rows, widths, [False] * len(widths), ruled=False).split("\n")


def wrapped(text: Text, lang: str) -> list[str]:
    """Lines of a note."""
    return wrap_cells(text.pick(lang), min(page(), 120))
